"""How right an output of the importer is, held against an annotated report.

Figures are compared by value, whole and percentage, then with their kind and comparator; awards by form, count and
kind of recipient; facts by what the annotation states. Repeated rows count as often as they stand there. The
annotations of `fixtures/reports` are read, and those of the same keys that wrap a value as `{"value": ...}`.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

Row = tuple[Any, ...]

FOLDER = Path(__file__).resolve().parents[3] / "fixtures" / "reports"
_FORMS = ("cờ", "bằng khen", "giấy khen", "huy hiệu", "kỷ niệm chương")


@dataclass(frozen=True, slots=True)
class Tally:
    """What was found of what is there, what was missed of it, and what was found that is not there."""

    found: int = 0
    missed: list[Row] = field(default_factory=list)
    wrong: list[Row] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.found / (self.found + len(self.wrong)) if self.found or self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.found / (self.found + len(self.missed)) if self.found or self.missed else 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """How one output stands to one annotation. `readings` are figures with their kind, comparator and more."""

    figures: Tally
    readings: Tally
    awards: Tally
    facts: Tally

    def worst(self) -> float:
        """Return the lowest share of all that is measured."""
        tallies = (self.figures, self.readings, self.awards, self.facts)
        return min(min(tally.precision, tally.recall) for tally in tallies)

    def told(self) -> str:
        """Return a line for each kind of thing, with what was missed and what is wrong."""
        lines = []
        for name in ("figures", "readings", "awards", "facts"):
            tally: Tally = getattr(self, name)
            there = tally.found + len(tally.missed)
            lines.append(f"{name}: {tally.found} of {there}; missed {tally.missed}; wrong {tally.wrong}")
        return "\n".join(lines)


def score(annotation: Mapping[str, Any], output: Mapping[str, Any]) -> Score:
    """Hold `output` (schema report/1) against `annotation`."""
    there, also, said = annotation["statistics"], annotation.get("may", ()), output.get("statistics", ())
    stated, answered = facts_of(annotation), _answers(output)
    return Score(
        figures=_tally(map(_annotated, there), map(_proposed, said), map(_annotated, also)),
        readings=_tally(
            (_annotated(row) + _reading(row) for row in there),
            (_proposed(row) + _reading(row) for row in said),
            (_annotated(row) + _reading(row) for row in also),
        ),
        awards=_tally(map(_award, annotation["awards"]), map(_award, output.get("awards", ()))),
        facts=Tally(
            found=sum(same(answered.get(name), value) for name, value in stated.items()),
            missed=[
                (name, value, answered.get(name))
                for name, value in stated.items()
                if not same(answered.get(name), value)
            ],
        ),
    )


def details(text: str, annotation: Mapping[str, Any], output: Mapping[str, Any]) -> list[Row]:
    """Return what is other than annotated beyond the score: (what, the words, as annotated, as proposed).

    Of figures their indicator, period and whole; of awards who grants them, to whom by name and of which level; of the
    article its stamps and captions; of the conference its kind; the committee, and who took part in what.
    """
    return [*_figures(text, annotation, output), *_awards(annotation, output), *_surroundings(annotation, output)]


def _figures(text: str, annotation: Mapping[str, Any], output: Mapping[str, Any]) -> Iterator[Row]:
    rows, said = annotation["statistics"], output.get("statistics", ())
    pairs: dict[int, int] = {}
    for index, row in enumerate(rows):
        places = [found.span() for found in re.finditer(re.escape(row["quote"]), text)]
        for other, proposed in enumerate(said):
            is_there = any(proposed["start"] < end and start < proposed["end"] for start, end in places)
            if is_there and other not in pairs.values() and _annotated(row) == _proposed(proposed):
                pairs[index] = other
                break
    for index, other in pairs.items():
        row, proposed = rows[index], said[other]
        if row["indicator"] != (proposed.get("indicator") or ""):
            yield "indicator", row["quote"], row["indicator"], proposed.get("indicator")
        period = proposed.get("period") or {}
        if "period" in row and row["period"] != f"{period.get('start')}/{period.get('end')}":
            yield "period", row["quote"], row["period"], period
        if row.get("part_of", index) in pairs and pairs.get(row.get("part_of", -1)) != proposed.get("part_of"):
            yield "part_of", row["quote"], row.get("part_of"), proposed.get("part_of")


def _awards(annotation: Mapping[str, Any], output: Mapping[str, Any]) -> Iterator[Row]:
    for award in annotation["awards"]:
        like = [other for other in output.get("awards", ()) if _award(other) == _award(award)]
        for name in ("granted_by", "recipients", "level"):
            said = [other.get(name) for other in like]
            if name in award and like and not any(same(other, award[name]) for other in said):
                yield name, award["quote"], award[name], said


def _surroundings(annotation: Mapping[str, Any], output: Mapping[str, Any]) -> Iterator[Row]:
    for part, names in (
        ("article", ("dateline", "published_at", "updated_at", "captions")),
        ("committee", ("name", "province")),
        ("conference", ("kind", "review")),
    ):
        stated, said = annotation.get(part, {}), output.get(part) or {}
        for name in names:
            if name in stated and not same(said.get(name), stated[name]):
                yield name, "", stated[name], said.get(name)
    acts = {person["name"]: person for person in output.get("officials", ())}
    for person in annotation.get("officials", ()):
        said = acts.get(person["name"])
        if said is None or not set(person["acts"]) <= set(said["acts"]) or person["roles"] != list(said["roles"]):
            yield "official", person["name"], (person["roles"], person["acts"]), said


def facts_of(annotation: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the annotation states of the article and its conference, by the name of the fact."""
    article, conference = annotation.get("article", annotation), annotation.get("conference") or {}
    term = _bare(conference.get("term"))
    start = int(str(term).replace("–", "-").split("-")[0]) if term else None
    number = conference.get("term_number")
    stated = {
        "title": _bare(article.get("title")),
        "byline": _bare(article.get("byline")),
        "event_date": _bare(article.get("event_date")) or _bare(conference.get("date")),
        "session": _bare(conference.get("session")),
        "ordinal": _bare(conference.get("ordinal")),
        "term_number": number.get("int") if isinstance(number, dict) else number,
        "term_start": start,
        "view_count": _bare(article.get("view_count")),
        "source_url": _bare(article.get("source_url")),
    }
    return {name: value for name, value in stated.items() if value not in (None, "")}


def same(answer: Any, value: Any) -> bool:
    """Say whether `answer` is `value`, spaces, case and a full stop apart; longer words may hold the value."""
    if answer is None:
        return False
    given, wanted = (" ".join(str(each).split()).casefold().strip(" .") for each in (answer, value))
    return given == wanted or (len(wanted) > 6 and wanted in given)


def annotated_reports() -> list[Path]:
    """Return the sample reports, in order; the annotation of each is beside it."""
    return sorted(FOLDER.glob("*.txt"))


def annotation_of(report: Path) -> dict[str, Any]:
    """Return the annotation of a sample report."""
    return json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))


def _answers(output: Mapping[str, Any]) -> dict[str, Any]:
    article, conference = output.get("article") or {}, output.get("conference") or {}
    return {**conference, **article, "source_url": (article.get("source") or {}).get("url")}


def _bare(value: Any) -> Any:
    return value.get("value") if isinstance(value, dict) else value


def _number(value: Any) -> Decimal | None:
    return None if value is None else round(Decimal(str(value)), 4)


def _annotated(row: Mapping[str, Any]) -> Row:
    top, percent = _number(row.get("numerator")), _number(row.get("percent"))
    if top is None and percent is None:
        top = _number(row.get("value"))
    return top, _number(row.get("denominator")), percent


def _proposed(row: Mapping[str, Any]) -> Row:
    return _number(row.get("value")), _number(row.get("whole")), _number(row.get("percent"))


def _reading(row: Mapping[str, Any]) -> Row:
    return _number(row.get("plan_percent")), row.get("kind"), row.get("comparator"), _number(row.get("value_max"))


def _award(row: Mapping[str, Any]) -> Row:
    form = (row.get("form") or "").casefold().strip()
    named = next((name for name in _FORMS if form.startswith(name)), "other")
    return named, row.get("count"), row.get("recipient_kind")


def _tally(there: Iterable[Row], said: Iterable[Row], also: Iterable[Row] = ()) -> Tally:
    """Count `said` against `there`; what is in `also` may be said or left unsaid."""
    wanted, given, free = (Counter(row for row in rows if _says(row)) for rows in (there, said, also))
    found = wanted & given
    return Tally(
        found.total(), sorted((wanted - found).elements(), key=str), sorted((given - found - free).elements(), key=str)
    )


def _says(row: Row) -> bool:
    """A level alone says no number."""
    return any(part is not None for part in row[:4])
