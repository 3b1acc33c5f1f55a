"""How fast, how large and how good: figures to decide by, printed as a table (`make bench`), never a test.

Each module measures one thing and says how. Figures depend on the machine; compare those of one run.
"""
