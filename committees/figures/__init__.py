"""The number engine: what the numbers of a report are, and whether they can all be true.

normalise -> tokenise -> classify -> figures with their spans -> rules -> verdicts. Pure functions over text:
no database and no Django, so that a command, a test or another program may ask it alone. docs/figures.md tells
what each rule holds, with its arithmetic, and what is bound by nothing.
"""

from committees.figures.examining import Examination, Held, Part, Standing, check, examine
from committees.figures.figure import Figure, Number, NumberKind, Reading
from committees.figures.reading import read
from committees.figures.verdict import Verdict, Weight

__all__ = [
    "Examination", "Figure", "Held", "Number", "NumberKind", "Part", "Reading", "Standing", "Verdict", "Weight",
    "check", "examine", "read",
]  # fmt: skip
