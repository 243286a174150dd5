"""A number where it stands: what is around it, and what was found before it."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from .figure import NumberKind
from .normalising import Matching, styled
from .tokens import Token


@dataclass(slots=True)
class Item:
    """A number of a text with its kind, in places of the matching form.

    form: count | ratio | percent | range (`second` is its upper end, `is_percent` of percentages), "" for what is
    no figure. `unit` is the span of the noun behind it, `places` how many decimals are printed.
    """

    start: int
    end: int
    kind: NumberKind
    form: str = ""
    value: Decimal | None = None
    second: Decimal | None = None
    places: int | None = None
    is_percent: bool = False
    unit: tuple[int, int] | None = None


@dataclass(slots=True)
class Scene:
    """A text while its numbers are classified: what stands around a number, and what was found before it."""

    matching: Matching
    low: str
    text: str
    zones: list[tuple[int, int]]
    items: list[Item] = field(default_factory=list)

    def before(self, token: Token, length: int = 56) -> str:
        """Return what stands before `token` on its line, at most `length` characters, its last blanks cut."""
        start = max(self.low.rfind("\n", max(0, token.start - length), token.start) + 1, token.start - length, 0)
        return self.low[start : token.start].rstrip(" ")

    def after(self, token: Token, length: int = 56) -> str:
        """Return what stands behind `token`, at most `length` characters, with its first blank."""
        return self.low[token.end : token.end + length]

    def last(self, token: Token, *kinds: NumberKind) -> Item | None:
        """Return the item just before `token` if it is of `kinds` and only a comma, a dash or "và" stands between."""
        if not self.items or self.items[-1].kind not in kinds:
            return None
        between = self.low[self.items[-1].end : token.start]
        return self.items[-1] if len(between) < 14 and _JOINS.fullmatch(between) else None


_JOINS = re.compile(
    styled(r" ?(?:,|-|\+|/|và|hoặc|đến|tới|, và) ?(?:năm|tháng|ngày|quý|khóa|thứ|lần thứ|số|tối|sáng|chiều)? ?")
)
NUMERAL = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)*"
RATIO = re.compile(rf"({NUMERAL})/({NUMERAL})")
RANGE = re.compile(rf"({NUMERAL})-({NUMERAL})")
PERCENT = re.compile(styled(r" ?(?:%|phần trăm\b)"))


def ends(words: str) -> re.Pattern[str]:
    """Return a pattern that finds one of `words` (a regular expression) at the end of what stands before a number."""
    return re.compile(rf"(?:\A|(?<!\w))(?:{styled(words)})\Z")


def begins(words: str) -> re.Pattern[str]:
    return re.compile(rf" ?(?:{styled(words)})(?!\w)")


QUANTITY = ends(
    r"(?:hoàn thành|đạt|chiếm|có|tổng số|được|cho|chỉ đạo|với|gồm|của|tại|kết quả,?|là|bằng|hơn|gần|trên|quá)"
)
_HEAD = re.compile(r"[ \t•*-]*\(?\Z")


def line_begins(scene: Scene, token: Token) -> bool:
    lead = scene.low[max(0, token.start - 8) : token.start]
    line = lead[lead.rfind("\n") + 1 :]
    return (("\n" in lead) or token.start < 8) and _HEAD.fullmatch(line) is not None
