"""Statements that are asked again and again, and which of their parameters change. PostgreSQL may keep their plans."""

# By the text of a statement the places of its parameters that change, those of one value together. The others stay in
# it as they are: an index of a part of a table is used only where the statement itself says that it asks for that part.
CHANGING: dict[str, tuple[tuple[int, ...], ...]] = {}

TOGETHER = ";\n"  # between statements that are asked in one go
