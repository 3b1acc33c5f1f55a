"""Between a record as staff see it, a form, and as it is kept, YAML: shapes, hours, pasted text, faults."""
