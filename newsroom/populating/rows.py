"""The rows of one chunk of a made newsroom, with what a save would compute of each."""

from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models

from articles.models import Article, Byline, Citation, Comment, Mention, Photo
from committees.models import Attendance, Award, AwardRecipient, Conference, Statistic
from committees.models.award import FORM_WORDS
from newsroom import fulltext
from newsroom.populating import words
from newsroom.populating.figures import INDICATORS, SORTS
from newsroom.populating.plan import PICTURES, Plan
from newsroom.populating.telling import Setting, Told, period_before, tell
from newsroom.publishing import State
from newsroom.vietnamese import fold

Row = tuple[Any, ...]


class Table(NamedTuple):
    """A table that is filled, and the columns that differ from row to row: the others keep their defaults."""

    model: type[models.Model]
    columns: tuple[str, ...]

    @property
    def constants(self) -> dict[str, Any]:
        """The values of the other columns, by name."""
        return {
            str(field.column): field.get_default()
            for field in self.model._meta.concrete_fields
            if field.column not in self.columns
        }


# In this order: what is pointed at before what points at it.
TABLES = {
    "conference": Table(
        Conference,
        (
            "id", "committee_id", "convened_by", "name", "ordinal", "term_number", "term_start", "term_end", "review",
            "held_on", "sorted_on", "session", "period_label", "period_type", "period_starts_on", "period_ends_on",
            "state", "published_at", "search_key", "search_words",
        ),
    ),
    "attendance": Table(
        Attendance,
        ("id", "conference_id", "person_id", "role", "committee_id", "has_chaired", "has_spoken", "position"),
    ),
    "article": Table(
        Article,
        (
            "id", "title", "lead", "body", "category_id", "conference_id", "state", "published_at", "created_at",
            "saved_at", "search_key", "search_words",
        ),
    ),
    "article_committee": Table(Article.committees.through, ("id", "article_id", "committee_id")),
    "article_tag": Table(Article.tags.through, ("id", "article_id", "tag_id")),
    "byline": Table(Byline, ("id", "article_id", "person_id", "credit", "unit", "position")),
    "citation": Table(Citation, ("id", "article_id", "document_id", "printed", "position")),
    "photo": Table(Photo, ("id", "article_id", "image", "width", "height", "alt", "caption", "position")),
    "statistic": Table(
        Statistic,
        (
            "id", "committee_id", "conference_id", "indicator_id", "label", "kind", "comparator", "value", "whole",
            "percent", "percent_places", "plan_percent", "unit_printed", "part_of_id", "position", "period_label",
            "period_type", "period_starts_on", "period_ends_on", "state", "published_at", "search_key", "search_words",
            "period_year",
        ),
    ),
    "award": Table(
        Award,
        (
            "id", "form", "granted_by", "granted_by_committee_id", "recipient_kind", "count", "count_unit",
            "recipients_described", "level", "achievement", "reported_at_id", "given_at_id", "position",
            "period_label", "period_type", "period_starts_on", "period_ends_on", "state", "published_at",
            "search_key", "search_words",
        ),
    ),
    "recipient": Table(AwardRecipient, ("id", "award_id", "name", "position", "search_key")),
    "mention": Table(
        Mention, ("id", "article_id", "statistic_id", "award_id", "part", "words", "before", "after")
    ),
    "comment": Table(
        Comment,
        (
            "id", "article_id", "parent_id", "name", "text", "state", "moderated_at", "created_at", "consented_at",
            "search_key",
        ),
    ),
}  # fmt: skip


def rows(plan: Plan, chunk: int, pictures: list[tuple[int, int]]) -> dict[str, list[Row]]:
    """Return the rows of `chunk` by table. `pictures` are the widths and heights of `plan.PICTURES`."""
    found: dict[str, list[Row]] = {table: [] for table in TABLES}
    for number in plan.numbers(chunk):
        _article(plan, number, pictures, found)
    _comments(plan, chunk, found["comment"])
    return found


_line = lru_cache(maxsize=20_000)(fulltext.line)


def _words(*parts: Iterable[str]) -> str:
    """Return what a `WordsField` of these parts holds. Its lines repeat: labels, bodies and periods are few."""
    return "\n".join(_line(" | ".join(part)) for part in parts)


@lru_cache(maxsize=20_000)
def _key(*sources: str) -> str:
    """Return what a `SearchKeyField` of these sources holds."""
    return " | ".join(filter(None, map(fold, sources)))


def _article(plan: Plan, number: int, pictures: list[tuple[int, int]], found: dict[str, list[Row]]) -> None:
    chance = Random(f"{plan.seed} {number}")
    sort = SORTS[number % len(SORTS)]
    at = plan.moment(number)
    day = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    place, before = plan.committee_of(number)
    body = plan.bodies[place]
    committee = plan.base.get("committee", 0) + place + 1
    period = period_before(day, number)
    period_row = (period.label, period.type, period.first, period.last)
    public = (State.PUBLISHED.value, at)
    chair, speaker = chance.sample(range(len(plan.people)), 2)
    organ, name, ordinal = _conference_name(body.name, before)
    is_morning = chance.random() < 0.7
    setting = Setting(
        sort, body.name, organ, f"hội nghị lần thứ {ordinal}" if sort.has_conference else "", day, is_morning,
        period.label[:1].lower() + period.label[1:], f"đồng chí {plan.people[chair]}",
        f"đồng chí {plan.people[speaker]}", chance.choice(plan.places),
    )  # fmt: skip
    told = tell(setting, chance)
    article = plan.key("article", number)
    conference = plan.key("conference", number) if sort.has_conference else None
    person = plan.base.get("person", 0) + 1
    if conference is not None:
        start = day.year - (day.year % 5)
        found["conference"].append((
            conference, committee, organ, name, ordinal, start // 5 - 400, start, start + 5,
            "summary" if period.type == "year" else "interim", day, day, "morning" if is_morning else "afternoon",
            *period_row, *public, _key(name, organ), _words((name,), (organ,), (period.label,)),
        ))  # fmt: skip
        first = plan.key("attendance", number)
        found["attendance"] += [
            (first, conference, person + chair, f"Bí thư {_office(body.name)}", committee, True, False, 1),
            (first + 1, conference, person + speaker, f"Phó Bí thư {_office(body.name)}", committee, False, True, 2),
        ]
    found["article"].append((
        article, told.title, told.lead, told.body, plan.known["category"][chance.randrange(len(words.CATEGORIES))],
        conference, *public, at, at, " | ".join((fold(told.title), fold(told.lead))),
        "\n".join(map(fulltext.line, (told.title, told.lead, told.plain))),
    ))  # fmt: skip
    found["article_committee"].append((plan.key("article_committee", number), article, committee))
    tag = plan.key("article_tag", number)
    for each, chosen in enumerate(chance.sample(plan.known["tag"], 2)):
        found["article_tag"].append((tag + each, article, chosen))
    writer = person + chance.randrange(plan.writers)
    found["byline"].append((plan.key("byline", number), article, writer, "text", _office(body.name), 1))
    paper = chance.randrange(len(plan.papers))
    document = plan.base.get("document", 0) + 1 + paper
    found["citation"].append((plan.key("citation", number), article, document, plan.papers[paper][0], 1))
    if number % 4 == 0:
        shown = number // 4 % len(PICTURES)
        found["photo"].append((
            plan.key("photo", number), article, f"photos/populated/{PICTURES[shown]}", *pictures[shown],
            "Tranh vẽ minh họa một buổi họp.", words.CAPTIONS[shown], 1,
        ))  # fmt: skip
    _facts(plan, number, told, (committee, conference, _office(body.name)), (*period_row, *public), found)
    _mentions(plan, number, told, found["mention"])


def _office(name: str) -> str:
    return name.replace("Đảng bộ", "Đảng ủy")


def _conference_name(body: str, before: int) -> tuple[str, str, int]:
    """Return the organ, the name and the ordinal of the conference that `before` others of its committee precede."""
    organ = ("Ban Chấp hành", "Ban Thường vụ")[before % 2]
    ordinal = before // 2 + 1
    return organ, f"Hội nghị lần thứ {ordinal} {organ} {body}", ordinal


def _facts(
    plan: Plan,
    number: int,
    told: Told,
    whose: tuple[int, int | None, str],
    when: tuple[Any, ...],
    found: dict[str, list[Row]],
) -> None:
    """Add the figures and awards that the article `number` reports."""
    committee, conference, office = whose
    first = plan.key("statistic", number)
    for place, figure in enumerate(told.figures):
        label = INDICATORS[figure.indicator].label
        found["statistic"].append((
            first + place, committee, conference, plan.known["indicator"][figure.indicator], label, figure.kind,
            figure.comparator, figure.value, figure.whole, figure.percent, figure.places, figure.plan, figure.unit,
            None if figure.inside is None else first + figure.inside, place + 1, *when,
            _key(label, figure.unit), _words((label,), (figure.unit,), (when[0],)), when[2].year,
        ))  # fmt: skip
    first = plan.key("award", number)
    for place, award in enumerate(told.awards):
        found["award"].append((
            first + place, award.form, office, committee, award.recipients, award.amount, award.unit, award.described,
            award.level, award.achievement, conference, conference, place + 1, *when,
            _key(award.achievement, award.described, office),
            _words((award.achievement,), (FORM_WORDS[award.form], award.described, office), (award.level, "")),
        ))  # fmt: skip
    if told.awards:
        recipient = plan.key("recipient", number)
        for each in range(2):
            name = f"Chi bộ {plan.places[(number + 7 * each) % len(plan.places)]}"
            found["recipient"].append((recipient + each, first, name, each + 1, _key(name)))


def _mentions(plan: Plan, number: int, told: Told, found: list[Row]) -> None:
    article, figures = plan.key("article", number), len(told.figures)
    statistic, award, mention = (plan.key(table, number) for table in ("statistic", "award", "mention"))
    for each, place in enumerate(told.places):
        is_figure = place.of < figures
        of = (statistic + place.of, None) if is_figure else (None, award + place.of - figures)
        found.append((mention + each, article, *of, place.part, place.words, place.before, place.after))


def _comments(plan: Plan, chunk: int, found: list[Row]) -> None:
    """Add the comments of `chunk`: many below a few articles, none below most."""
    key, count = plan.comments_of(chunk)
    chance = Random(f"{plan.seed} comments {chunk}")
    numbers = list(plan.numbers(chunk))
    chance.shuffle(numbers)
    weights = [1 / (rank + 4) for rank in range(len(numbers))]
    answered: dict[int, int] = {}  # below which comment of an article there is room for an answer
    minutes: dict[int, int] = {}
    for number in chance.choices(numbers, weights, k=count):
        key += 1
        minutes[number] = minutes.get(number, 20) + chance.randint(1, 240)
        at = plan.moment(number) + timedelta(minutes=minutes[number])
        parent = answered.get(number) if chance.random() < 0.3 else None
        said = chance.choice(words.REMARKS if parent is None else words.ANSWERS)
        text = said.format(place=chance.choice(plan.places))
        name = f"{chance.choice(words.MIDDLE)} {chance.choice(words.GIVEN)}"
        drawn = chance.random()
        state = "approved" if drawn < 0.95 else "rejected" if drawn < 0.98 else "spam" if drawn < 0.998 else "pending"
        decided = None if state == "pending" else at + timedelta(minutes=45)
        if parent is None and state == "approved":
            answered[number] = key
        article = plan.key("article", number)
        found.append((key, article, parent, name, text, state, decided, at, at, " | ".join((fold(name), fold(text)))))
