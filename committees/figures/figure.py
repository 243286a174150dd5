"""What a text says in numbers: each number with what it is, each figure with its parts and its place."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class NumberKind(StrEnum):
    """What a number in a running text is. Only a `FIGURE` says how much of something there is."""

    FIGURE = "figure"  # a count, a ratio, a percentage, a bound, a range: part of one `Figure`
    DATE = "date"  # 8/4, 15/01/2021, tháng 6
    TIME = "time"  # 10:54, 07 giờ 30
    YEAR = "year"  # năm 2022, Nhâm Dần 2022, Mậu Thân 1968
    PERIOD = "period"  # quý I, 9 tháng, nhiệm kỳ 2020-2025, giai đoạn 2017-2020
    ORDINAL = "ordinal"  # lần thứ 7, thứ hai
    TERM = "term"  # khóa IV
    DOCUMENT = "document"  # 21-NQ/TW, Chỉ thị 05, Quyết định 217, 218-QĐ/TW
    ANNIVERSARY = "anniversary"  # 133 năm ngày sinh
    STREAK = "streak"  # 5 năm liền, hơn 3 năm qua
    LEVEL = "level"  # 30, 40 năm tuổi Đảng
    NAME = "name"  # Covid-19, Ban Chỉ đạo 35, Chi bộ 6, 4 tại chỗ
    ADDRESS = "address"  # what stands in a web address, a phone number, an e-mail
    FURNITURE = "furniture"  # counters and stamps of the page that the text was copied from
    UNKNOWN = "unknown"  # none of these can be told: never taken for a figure


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a text: a run of digits with its separators, a Roman numeral, or a number in words.

    `start` and `end` are code points of the text as it was given, half open; `text` is that slice.
    `figure` is the index of the figure it belongs to (in `Reading.figures`), for a `FIGURE` alone.
    """

    start: int
    end: int
    text: str
    kind: NumberKind
    figure: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """How much of something: `71/75 tập thể (94,67%)` is one, `trên 90% TCCSĐ` is one, `12 lớp` is one.

    Numbers are as printed and never computed. `start`, `end` go from the first word that belongs to it (its
    comparator, else its first number) to the last (its closing bracket, its unit, its comparator behind).

    comparator: "=", ">", ">=", "<", "<=", "~" (khoảng), "~<" (gần), "range" (then `value_max` is the upper end;
    of a range of percentages `percent` and `percent_max`).
    unit: the noun behind the number as printed ("tổ chức cơ sở Đảng"); empty where none stands there.
    rating: excellent | good | done | failed, with `rating_scale` "new" or "old" (trong sạch, vững mạnh); else "".
    subject: the words of its clause that say what is counted, the figure itself left out; may be empty.
    part_of: the index of the figure that this one is inside of (“trong đó”); None where nothing is said.
    clause, sentence: (start, end) of those around it.
    """

    start: int
    end: int
    value: Decimal | None = None
    value_max: Decimal | None = None
    whole: Decimal | None = None
    percent: Decimal | None = None
    percent_max: Decimal | None = None
    percent_places: int | None = None
    plan_percent: Decimal | None = None
    comparator: str = "="
    unit: str = ""
    rating: str = ""
    rating_scale: str = ""
    subject: str = ""
    part_of: int | None = None
    clause: tuple[int, int] = (0, 0)
    sentence: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that `read` finds in a text, in the order in which it stands there."""

    text: str
    numbers: tuple[Number, ...]
    figures: tuple[Figure, ...]
