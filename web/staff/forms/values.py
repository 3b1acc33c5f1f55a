"""The values of records and forms, exactly as `bot.knowledge.strict_yaml.plain` gives them."""

from __future__ import annotations

#: Text, a list or a block; a key that is not there is a field left empty.
Value = str | list["Value"] | dict[str, "Value"]
Data = dict[str, Value]
Path = tuple[str | int, ...]
