"""One sentence that tells of awards, read from left to right."""

import re
from collections.abc import Sequence

from articles.importing.award_details import REACH, AwardSentence, Item
from articles.importing.award_words import (
    ADVERB,
    ALONE,
    AND,
    ANYBODY,
    BEHIND_TO,
    ELEMENT,
    FORM_OF,
    FORMS,
    IN_ALL,
    IS_LINK,
    JOINS,
    LINKED,
    NAMED_BEFORE,
    NO_FORM,
    OF_THE_BODY,
    ONE_PERSON,
    POPULATION,
    RECEIVES,
    RECEIVES_AT_ONCE,
    TO,
    TO_ALL,
    TO_PEOPLE,
    TOGETHER,
    WITHIN,
)
from articles.importing.recipients import is_person, kind_of, names_in
from committees.figures.normalising import Matching
from committees.figures.tokens import spelled_out

_AHEAD = 24  # forms and numbers to look ahead for: no report goes further


class SentenceReader(AwardSentence):
    """One sentence that speaks of awards, read from left to right."""

    def __init__(self, matching: Matching, start: int, end: int, before: Sequence[Item] = ()) -> None:
        super().__init__(matching, start, end)
        self._elements = [one for one in ELEMENT.finditer(self._low, start, end) if self._counts(one)]
        self._waiting: list[Item] = []  # counted recipients whose form is still to come
        self.numbered: list[Item] = []
        # "Trong đó, ..." at the head of a sentence itemises what the sentence before it told in one number.
        self.goes_on = WITHIN.match(self._low, start) is not None
        self._totals = [item for item in before if item.count] if self.goes_on else []

    def items(self) -> list[Item]:
        form: str | None = NO_FORM
        form_end, is_verb, counted = self._start, False, None
        verb, last_end, group = "", self._start, 0
        parent: Item | None = None
        linked_forms: set[int] = set()
        for index, element in enumerate(self._elements):
            if element["end"] is not None:
                self._waiting = []
                group += 1
            elif element["within"] is not None:
                parent = self._items[-1] if self._items else None
            elif element["chain"] is not None or element["any"] is not None:
                item = self._counted(element, group)
                gap = self._low[last_end : element.start()]
                if self._form_is_behind(index, has_form=form is not NO_FORM):
                    self._waiting.append(item)
                elif form is not NO_FORM and (
                    LINKED.search(gap)
                    or ALONE.fullmatch(gap)
                    or (is_verb and last_end == form_end and ADVERB.fullmatch(gap))
                ):
                    item.form, item.form_end, item.form_counted = form, form_end, counted
                    names = self._names_before(form_end, element.start()) if last_end == form_end else []
                    if names and _kind_of_names(names) not in (item.kind, None):
                        self._items.append(_named(form, form_end, element.start(), names))
                    elif names:
                        item.count, item.names = None, names
                    self._add(item, parent, gap)
                    linked_forms.add(form_end)
                    last_end = item.end
                elif verb == "give":
                    self._waiting.append(item)
            elif element["counted_form"] is not None:
                item = self._counted(element, group)
                item.is_form_counted = True
                item.form = form = _form_of(element["counted_form"])
                form_end, is_verb, counted = element.end(), False, item
                item.form_end = form_end
                self._add(item, parent, self._low[last_end : element.start()])
                last_end = item.end
            elif _is_form(element):
                form, is_verb, counted = self._same_or_new(form, form_end, element), False, None
                form_end = last_end = element.end()
                self._take_waiting(form, element, parent, linked_forms)
            elif self._is_passive(element):
                self._take_waiting(
                    "biểu dương" if element["praise"] is not None else None, element, parent, linked_forms
                )
                form, last_end = NO_FORM, element.end()
            elif element["praise"] is not None or element["commend"] is not None:
                if not (verb == "praise" and element.start() - form_end <= 6):
                    form = "biểu dương" if element["praise"] is not None else None
                    verb = "praise" if element["praise"] is not None else "commend"
                form_end = last_end = element.end()
                is_verb, counted, parent = True, None, None
                self._waiting = []
            elif form is NO_FORM or IS_LINK.search(self._low, element.start() - 4, element.end() + 6) is None:
                form, verb, counted = NO_FORM, "give", None
                form_end = last_end = element.end()
                parent = parent if element["receive"] is not None else None
        self._announce(linked_forms)
        self._finish()
        return self._items

    def _counts(self, element: re.Match[str]) -> bool:
        """Whether an element is one: a number before a noun of no list is, where it says to whom a form goes."""
        if element["any"] is None:
            return True
        before = self._low[max(self._start, element.start() - 12) : element.start()]
        return BEHIND_TO.search(before) is not None and ANYBODY.match(self._low, element.end(), self._end) is not None

    def _counted(self, element: re.Match[str], group: int) -> Item:
        number = element["number"]
        spelled = spelled_out(number)
        count = int(number.replace(".", "")) if number[0].isdigit() else int(spelled[1]) if spelled else None
        noun = element["chain"] or element["counted_form"]
        somebody = None if noun else ANYBODY.match(self._low, element.end(), self._end)
        item = Item(None, element.start(), somebody.end() if somebody else element.end(), count or None, group=group)
        item.noun = self._matching.given_slice(element.start() + len(number) + 1, item.end)
        item.kind = kind_of(noun) if element["chain"] else None
        return item

    def _add(self, item: Item, parent: Item | None, gap: str) -> None:
        if gap.rstrip().endswith("(") and self._items and self._items[-1].group == item.group:
            parent = self._items[-1] if not self._items[-1].is_form_counted else parent
        if parent is not None and parent.form == item.form and (parent.count or 0) >= (item.count or 0):
            item.parent = parent
        for total in self._totals if item.parent is None else ():
            is_alike = total.form in (item.form, None, "biểu dương") and total.kind in (item.kind, None)
            if is_alike and item.count is not None and total.parts + item.count <= (total.count or 0):
                total.parts += item.count
                item.parent = total
                break
        self._items.append(item)
        self.numbered.append(item)

    def _is_passive(self, element: re.Match[str]) -> bool:
        """Whether it is "... được Đảng ủy biểu dương": those praised stand before it."""
        return (element["praise"] is not None or element["commend"] is not None) and bool(self._waiting)

    def _form_is_behind(self, index: int, *, has_form: bool) -> bool:
        """Whether "được nhận bằng khen" follows: its form is then the one behind, not one before."""
        element = self._elements[index]
        end = element.end()
        if self._low.endswith(IN_ALL, 0, element.start()):
            return False
        for following in self._elements[index + 1 : index + 1 + _AHEAD]:
            if following["end"] is not None or following["counted_form"] is not None:
                return False
            if following["chain"] is not None:
                # Only what is told in one breath shares a form: "12 tập thể và 8 cá nhân được ...".
                if TOGETHER.fullmatch(self._low, end, following.start()) is None:
                    return False
                end = following.end()
            elif _is_form(following) or following["praise"] is not None or following["commend"] is not None:
                between = self._low[end : following.start()]
                if OF_THE_BODY.match(between) and POPULATION.search(self._low, self._start, element.start()):
                    return False
                if has_form:
                    return RECEIVES_AT_ONCE.fullmatch(between) is not None
                return RECEIVES.search(between) is not None and " cho " not in between
        return False

    def _take_waiting(
        self, form: str | None, element: re.Match[str], parent: Item | None, linked_forms: set[int]
    ) -> None:
        for item in self._waiting:
            between = self._low[item.end : element.start()]
            if not (RECEIVES.search(between) or (len(between) < 40 and not re.search(r"[,;.]", between))):
                continue
            item.form, item.form_end, item.is_backward = form, element.end(), True
            self._add(item, parent, "")
            linked_forms.add(element.end())
        self._waiting = []

    def _same_or_new(self, form: str | None, form_end: int, element: re.Match[str]) -> str | None:
        """Of "cờ, bằng khen cho ..." the first form stands for both; else the one that stands here."""
        joined = form is not NO_FORM and JOINS.fullmatch(self._low, form_end, element.start())
        return form if joined else _form_of(element[0])

    def _names_before(self, start: int, end: int) -> list[str]:
        """Names between a form and a number: "tặng cờ cho Đảng bộ A, Chi bộ B và 6 tập thể"."""
        given = self._matching.given_slice(start, end)
        found = None if ";" in given else TO.search(given)
        return names_in(AND.sub("", given[found.end() :])) if found else []

    def _announce(self, linked_forms: set[int]) -> None:
        """Forms that go with no number: to somebody named, or only announced."""
        for index, element in enumerate(self._elements):
            is_verb = element["praise"] is not None or element["commend"] is not None
            if not (_is_form(element) or is_verb) or element.end() in linked_forms:
                continue
            following = self._elements[index + 1 : index + 1 + _AHEAD]
            end = next((one.start() for one in following if one["within"] is None), self._end)
            given = self._matching.given_slice(element.end(), end)
            if _is_form_next(self._elements[index + 1 : index + 2]) and JOINS.fullmatch(
                self._low, element.end(), self._elements[index + 1].start()
            ):
                continue
            item = None if is_verb else self._named_before(element)
            if item is not None:
                self._items.append(item)
                continue
            found = TO.search(given) or (re.match(r"[ :]*", given) if is_verb else None)
            form = _form_of(element[0]) if not is_verb else "biểu dương" if element["praise"] is not None else None
            item = Item(form, element.start(), element.end(), form_end=element.end())
            if found and (names := names_in(AND.sub("", given[found.end() :].rstrip()))):
                item.names = names
                item.kind = _kind_of_names(names)
                item.end = self._matching.place(self._matching.origin(element.end()) + len(given.rstrip()))
                self._items.append(item)
            elif to := (TO_ALL if is_verb else TO_PEOPLE).match(self._low, element.end(), end):
                item.kind, item.is_announced, item.end = kind_of(to["of"]), True, to.end()
                item.noun = self._matching.given_slice(to.start("of"), to.end("of"))
                item.is_praise = is_verb
                self._items.append(item)
        self._items.sort(key=lambda item: item.start)

    def _named_before(self, element: re.Match[str]) -> Item | None:
        """Who is named before a form: "riêng Chi bộ 5 được Tỉnh ủy tặng bằng khen"."""
        start = max(self._start, self._low.rfind(";", self._start, element.start()) + 1)
        start = max(start, element.start() - REACH)
        found = NAMED_BEFORE.search(self._low, start, element.start())
        if found is None:
            return None
        names = names_in(self._matching.given_slice(*found.span("name")))
        if not names and (person := ONE_PERSON.search(self._matching.given_slice(start, found.end("name")))):
            names = [person["name"]]
        if not names:
            return None
        item = Item(_form_of(element[0]), found.start("name"), found.end("name"), form_end=element.end())
        item.names, item.kind, item.is_backward = names, _kind_of_names(names), True
        return item


def _named(form: str | None, start: int, end: int, names: list[str]) -> Item:
    """Those named before a number of others: "cho Chi bộ thôn 3 và 1 đảng viên" are two awards of one form."""
    item = Item(form, start, end, form_end=start)
    item.names, item.kind = names, _kind_of_names(names)
    return item


def _is_form(element: re.Match[str]) -> bool:
    return any(element[f"form{place}"] is not None for place in range(len(FORMS)))


def _is_form_next(elements: Sequence[re.Match[str]]) -> bool:
    return bool(elements) and _is_form(elements[0])


def _form_of(words: str) -> str | None:
    return next((form for form, pattern in FORM_OF if pattern.match(words)), None)


def _kind_of_names(names: Sequence[str]) -> str | None:
    heads = {"individual" if is_person(name) else kind_of(" ".join(name.split()[:2]).lower()) for name in names}
    return heads.pop() if len(heads) == 1 else None
