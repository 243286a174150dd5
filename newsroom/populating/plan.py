"""What a made newsroom consists of: who and what there is, and which row has which key, before any is written.

All of it follows from the seed and the size, so that any part can be made by itself: the same seed gives the same
newsroom, in whatever pieces it was made.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import accumulate
from math import isqrt
from random import Random
from typing import NamedTuple

from newsroom.populating import words
from newsroom.populating.figures import SORTS

CHUNK = 200  # articles of one transaction
BEGINS = datetime(2015, 7, 1, tzinfo=UTC)
LASTS = timedelta(days=3652)
LARGE = 8  # committees of whom a third of all is reported
PICTURES = ("hoi-truong.jpg", "thao-luan.jpg", "trao-giay-khen.jpg")


def _rows_of(number: int) -> dict[str, int]:
    """Return how many rows of each table come with the article `number`, but for its comments."""
    sort = SORTS[number % len(SORTS)]
    return {
        "article": 1, "article_committee": 1, "article_tag": 2, "byline": 1, "citation": 1,
        "photo": int(number % 4 == 0), "conference": int(sort.has_conference), "attendance": 2 * sort.has_conference,
        "statistic": sort.figures, "award": sort.awards, "recipient": 2 * bool(sort.awards),
        "mention": sort.figures + sort.awards + 1,
    }  # fmt: skip


_TURN = 2 * len(SORTS)  # articles after which the numbers of rows repeat
_TABLES = tuple(_rows_of(0))
_BEFORE = {
    table: list(accumulate((_rows_of(number)[table] for number in range(_TURN)), initial=0)) for table in _TABLES
}


class Body(NamedTuple):
    """A committee: its name, kind, short name and the place of the one above it."""

    name: str
    kind: str
    short: str
    above: int | None


@dataclass(frozen=True)
class Plan:
    """`articles` articles and `comments` comments, told by `seed`.

    `base` holds the highest key of each table before; `known` the keys of what is there once and for all: of
    categories, tags and indicators, in their order.
    """

    articles: int
    comments: int
    seed: int
    base: dict[str, int] = field(default_factory=dict)
    known: dict[str, list[int]] = field(default_factory=dict)

    @property
    def chunks(self) -> int:
        return -(-self.articles // CHUNK)

    def numbers(self, chunk: int) -> range:
        """Return the numbers of the articles of `chunk`."""
        return range(chunk * CHUNK, min((chunk + 1) * CHUNK, self.articles))

    def key(self, table: str, number: int, place: int = 0) -> int:
        """Return the key of the row of `table` at `place` among those of the article `number`."""
        turns, rest = divmod(number, _TURN)
        before = _BEFORE[table]
        return self.base.get(table, 0) + turns * before[-1] + before[rest] + place + 1

    def comments_of(self, chunk: int) -> tuple[int, int]:
        """Return the key before that of the first comment of `chunk`, and how many it has."""
        first, last = (self.comments * each // self.chunks for each in (chunk, chunk + 1))
        return self.base.get("comment", 0) + first, last - first

    def moment(self, number: int) -> datetime:
        """Return when the article `number` was published: they come one after another through ten years."""
        return BEGINS + timedelta(minutes=int(LASTS.total_seconds() // 60 * number / self.articles))

    def committee_of(self, number: int) -> tuple[int, int]:
        """Return the place of the committee that the article `number` is about, and how many it has before it."""
        if number % 3 == 0:
            return number // 3 % LARGE, number // 3 // LARGE
        small = number - (number + 2) // 3
        return LARGE + small % (len(self.bodies) - LARGE), small // (len(self.bodies) - LARGE)

    # Who and what there is. Larger newsrooms know more of them, but not in proportion.

    @cached_property
    def places(self) -> list[str]:
        names = [f"{first} {last}" for first in words.PLACE_FIRST for last in words.PLACE_LAST]
        Random(f"{self.seed} places").shuffle(names)
        return names

    @cached_property
    def bodies(self) -> list[Body]:
        kinds = ("agencies_and_enterprises_bloc", "enterprises_bloc", "agencies_bloc", "province")
        names = ("Khối Cơ quan và Doanh nghiệp", "Khối Doanh nghiệp", "Khối Các cơ quan", "Công an tỉnh")
        large = [
            Body(f"Đảng bộ {names[each % 4]} {self.places[each]}", kinds[each % 4], "", None) for each in range(LARGE)
        ]
        small: list[Body] = []
        for each in range(20 + isqrt(self.articles)):
            place = self.places[LARGE + each]
            if each % 4 == 0:
                trade = words.TRADES[each // 4 % len(words.TRADES)]
                small.append(Body(f"Đảng bộ Sở {trade} {place}", "grassroots", "", each % LARGE))
            else:
                kind = ("xã", "phường", "huyện")[each % 3]
                small.append(Body(f"Đảng bộ {kind} {place}", "district", "", each % LARGE))
        return large + small

    @cached_property
    def people(self) -> list[str]:
        chance = Random(f"{self.seed} people")
        return [
            f"{chance.choice(words.FAMILY)} {chance.choice(words.MIDDLE)} {chance.choice(words.GIVEN)}"
            for _each in range(100 + self.articles // 50)
        ]

    @property
    def writers(self) -> int:
        """How many of the people, the first of them, write."""
        return 40 + self.articles // 1000

    @cached_property
    def papers(self) -> list[tuple[str, str, str, str, str, date]]:
        """Documents: name, number, type, issuer, subject and day."""
        chance = Random(f"{self.seed} papers")
        found = []
        for each in range(40 + self.articles // 500):
            sort, mark, name = chance.choice(
                (("resolution", "NQ", "Nghị quyết"), ("plan", "KH", "Kế hoạch"), ("directive", "CT", "Chỉ thị"))
            )
            number = f"{chance.randint(2, 240)}-{mark}/ĐU"
            issued = BEGINS.date() + timedelta(days=chance.randrange(LASTS.days))
            issuer = self.bodies[each % len(self.bodies)].name.replace("Đảng bộ", "Đảng ủy")
            found.append((f"{name} số {number}", number, sort, issuer, chance.choice(words.SUBJECTS), issued))
        return found
