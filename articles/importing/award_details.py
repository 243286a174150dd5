"""What stands around an award in its sentence: who gave it to whom, for what, of which level."""

import re
from dataclasses import dataclass, field

from articles.importing.award_words import (
    ACHIEVED,
    AND,
    BODY,
    GIVEN_BY,
    KIND,
    LEVEL,
    NAMED,
    OF,
    OPENING,
    PERSON,
    SUBJECT_TAIL,
    TO_ANY,
    VERBS,
)
from articles.importing.recipients import kind_of, names_in
from articles.importing.report import Words
from committees.figures.normalising import Matching

# How far words are looked for: no report goes further.
REACH = 400


@dataclass(slots=True)
class Item:
    """An award in the making: places are of the matching form, the number first."""

    form: str | None
    start: int
    end: int
    count: int | None = None
    noun: str = ""
    is_form_counted: bool = False
    kind: str | None = None
    names: list[str] = field(default_factory=list)
    parent: "Item | None" = None
    parts: int = 0
    achievement: str | None = None
    form_end: int | None = None
    level: str = ""
    is_announced: bool = False
    is_praise: bool = False  # announced by the verb alone: "khen thưởng các tập thể"
    group: int = 0  # items of one group share the words behind the last of them
    form_counted: "Item | None" = None
    is_backward: bool = False  # "5 tập thể được nhận bằng khen": its form stands behind it


class AwardSentence:
    """A sentence that speaks of awards, with what it says around those that were found in it."""

    def __init__(self, matching: Matching, start: int, end: int) -> None:
        self._matching, self._low, self._start, self._end = matching, matching.low, start, end
        self._elements: list[re.Match[str]] = []
        self._items: list[Item] = []

    def _finish(self) -> None:
        """Who, for what, which level: from the words behind each, shared where one tail serves several."""
        children: dict[int, list[Item]] = {}
        for item in self._items:
            if item.form_counted is not None:
                children.setdefault(id(item.form_counted), []).append(item)
        for item in list(self._items):
            if not item.is_form_counted:
                continue
            to = children.get(id(item), [])
            if len(to) == 1 and (to[0].count == item.count or to[0].count is None):
                item.kind, item.names = to[0].kind, to[0].names
                item.end = max(item.end, to[0].end)
                self._items.remove(to[0])
            elif to and item.count is not None and sum(one.count or 0 for one in to) <= item.count:
                for one in to:
                    one.parent = item
            if item.kind is None and not to:
                item.kind = self._kind_behind(item)
        following = self._end
        tail: str | None = None
        for place in range(len(self._items) - 1, -1, -1):
            item = self._items[place]
            behind = max(item.end, item.form_end or 0) if item.is_backward else item.end
            limit = self._low.find(";", behind, following)
            limit = following if limit < 0 else limit
            if place + 1 < len(self._items) and self._items[place + 1].group != item.group:
                tail = None
            if not item.names and not item.is_announced:
                named = NAMED.match(self._low, behind, limit)
                if named:
                    given = self._matching.given_slice(named.end(), limit)
                    item.names = names_in(
                        AND.sub("", given.split(")")[0] if named[0].endswith("( ") or "(" in named[0] else given),
                        item.count,
                    )
            if item.form == "huy hiệu Đảng":
                item.level = self._level(item, behind, limit)
            if not item.names:
                item.achievement = self._achievement(behind, limit) or tail
            else:
                item.achievement = tail
            tail = item.achievement or tail
            following = item.start

    def _level(self, item: Item, behind: int, limit: int) -> str:
        """The years of a badge: behind the number ("5 đồng chí 70 năm"), else between the form and the number."""
        places = [(item.end, limit)] if item.count is not None else [(item.form_end or item.start, limit)]
        if item.form_end is not None:
            places.append((min(item.form_end, item.start), max(item.form_end, item.start) + 40 * item.is_backward))
        for start, end in places:
            if found := LEVEL.search(self._low, start, min(end, start + 60)):
                return self._matching.given_slice(*found.span())
        return ""

    def _kind_behind(self, item: Item) -> str | None:
        if said := KIND.match(self._low, item.end, self._end):
            return kind_of(said["kind"])
        to = TO_ANY.search(self._low, item.end, min(self._end, item.end + REACH))
        return kind_of(to["of"]) if to else None

    def _achievement(self, start: int, end: int) -> str | None:
        found = ACHIEVED.search(self._low, start, min(end, start + REACH))
        if found is None:
            return None
        words = " ".join(self._matching.given_slice(found.end(), min(end, found.end() + 2 * REACH)).split())
        return AND.sub("", words).rstrip(" .;,:/)…-") or None

    def subject(self, item: Item | None = None) -> str | None:
        """Whoever awards or hands over: the words of the clause before its verb, without what opens the sentence.

        None where the clause begins with its verb: whoever was told before goes on. "" where the words name nobody.
        """
        place = self._end if item is None else item.form_end if item.is_backward and item.form_end else item.start
        start = max(self._start, self._low.rfind(";", self._start, place) + 1)
        verb = next((one for one in self._elements if one.start() >= start and one.lastgroup in VERBS), None)
        if verb is None or verb.start() > place or (item is not None and item.is_backward):
            return None
        opening = OPENING.match(self._low, start, verb.start())
        start = opening.end() if opening else start
        words = SUBJECT_TAIL.split(self._low[start : verb.start()], maxsplit=1)[0]
        given = self._matching.given_slice(start, start + len(words))
        words, given = words.strip(" ,:“"), given.strip(" ,:“")
        if words in ("", "đồng chí", "ông", "bà"):
            return None
        return given if len(given) <= 160 and (BODY.match(words) or PERSON.match(words)) else ""

    def of(self, item: Item) -> tuple[str | None, str | None]:
        """(of whom the form is: "của ...", by whom it was given: "được ... tặng"), as printed."""
        owner = OF.match(self._low, item.form_end or item.end, self._end)
        giver = GIVEN_BY.search(self._low, item.end, item.form_end) if item.is_backward and item.form_end else None
        return (
            self._matching.given_slice(*owner.span("who")) if owner else None,
            self._matching.given_slice(*giver.span("who")) if giver else None,
        )

    def given_end(self, item: Item) -> int:
        """Where the words behind an item end, in the text as given."""
        stop = self._low.find(";", item.end, self._end)
        return self._matching.origin(self._end if stop < 0 else stop)

    def words(self, item: Item) -> Words:
        """The words that the award comes from: from its number or name, with its form where that stands behind."""
        end = max(item.end, item.form_end or 0) if item.is_backward else item.end
        given = self._matching.given_slice(item.start, end)
        start = self._matching.origin(item.start) + len(given) - len(given.lstrip())
        return Words(given.strip(), start, start + len(given.strip()))
