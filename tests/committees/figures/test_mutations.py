"""A floor under the rules: what they see of every single wrong digit in paragraphs full of figures."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from committees.figures import computing
from newsroom.vietnamese import read_number
from tests.committees.figures.test_rules import RATED, TRUE
from tools import mutants

Numbers = Sequence[Decimal]
# Relations that must hold of a paragraph, by the places of its numbers in the order of the text.
Relation = Callable[[Numbers], bool]

FLOOR = Decimal("0.94")


def is_share(part: int, whole: int, percent: int) -> Relation:
    return lambda n: computing.agrees(n[part], n[whole], n[percent], 2)


def fits(part: int, whole: int) -> Relation:
    return lambda n: n[part] <= n[whole]


def adds_up(whole: int, *parts: int) -> Relation:
    return lambda n: sum(n[part] for part in parts) == n[whole]


def is_same(*places: int) -> Relation:
    return lambda n: len({n[place] for place in places}) == 1


def broken(line: str, relations: Sequence[Relation]) -> bool:
    """Whether one of `relations` does not hold of the numbers of `line`, years left out."""
    numbers = [read_number(found) for found in re.findall(r"\d+(?:[.,]\d+)*", re.sub(r"[Nn]ăm \d{4}", "", line))]
    return not all(relation(numbers) for relation in relations)


def held(text: str, relations: Sequence[Relation]) -> tuple[int, int, set[str]]:
    """Return how many wrong digits there are and are seen, and the numbers of which one is not.

    Every one that breaks a relation of the paragraph that rates has to be seen, whatever the share of all is.
    """
    ((start, end),) = mutants.rating_paragraphs(text)
    every, seen, unseen = 0, 0, set()
    for mutant in mutants.of(text):
        every += 1
        if mutants.objections(mutant.text):
            seen += 1
        else:
            unseen.add(mutant.printed)
            assert not broken(mutant.text[start:end], relations), f"{mutant.printed} as {mutant.wrong}"
    return every, seen, unseen


# 40/40 36/40 90% 8/36 3/40 1/40
OURS = [
    lambda n: computing.agrees(n[2], n[3], n[4], 0),
    fits(0, 1),
    fits(5, 6),
    fits(7, 8),
    fits(9, 10),
    is_same(0, 3, 8, 10),
    is_same(2, 6),
    adds_up(3, 2, 7, 9),
]


def test_wrong_digits_in_ratings_are_seen():
    """One number of them is bound by nothing but its whole: how many of the good were excellent, without its share."""
    every, seen, unseen = held(RATED.format(**TRUE), OURS)
    assert unseen == {"08/36"}
    assert seen >= FLOOR * every


# Of the report that rates 75 committees, 85 bodies and 6.110 members: which number is which, no word of it.
COMMITTEES = [
    is_share(2, 3, 4),
    is_share(5, 6, 7),
    fits(0, 1),
    fits(8, 9),
    fits(10, 11),
    is_same(0, 3, 9, 11),
    is_same(2, 6),
    adds_up(3, 2, 8, 10),
]
BODIES = [
    is_share(2, 3, 4),
    fits(0, 1),
    fits(5, 6),
    fits(7, 8),
    fits(9, 10),
    is_same(0, 3, 8, 10),
    is_same(2, 6),
    adds_up(3, 2, 7, 9),
]
MEMBERS = [
    lambda n: n[0] + n[1] == 100,
    is_share(2, 3, 4),
    is_share(7, 8, 9),
    is_share(10, 11, 12),
    fits(5, 6),
    is_same(3, 8, 11),
    is_same(2, 6),
    adds_up(3, 2, 7, 10),
]


def test_wrong_digits_in_the_real_report_full_of_ratings_are_seen(reports_dir):
    """Without their shares, how many of the good were excellent is bound by nothing: docs/figures.md names both."""
    text = (reports_dir / "report_002.txt").read_text(encoding="utf-8")
    places = mutants.rating_paragraphs(text)
    awards = next(line for line in text.splitlines() if "16 giấy khen" in line)
    found = [
        # Each paragraph with all that has a part in it: what else the report says would be read again for nothing.
        held("\n\n".join([text.splitlines()[0], text[start:end], awards]), relations)
        for (start, end), relations in zip(places, [COMMITTEES, BODIES, MEMBERS], strict=True)
    ]
    assert sum(every for every, _seen, _unseen in found) == 864
    assert set.union(*(unseen for _every, _seen, unseen in found)) == {"16/79", "922/6.027"}
    assert sum(seen for _every, seen, _unseen in found) >= FLOOR * 864
