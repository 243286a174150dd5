"""The sample newsroom: whole in itself, and true to the reports it is told from.

The first part always runs. The second holds every fact of the sample against the annotated reports, where
they are at hand (`REPORTS_DIR`): they are other people's words and no part of the project.
"""

import hashlib
import json
import re
import subprocess
import sys
import unicodedata
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from PIL import Image

from articles.models import Article, Byline, Comment, Mention, Photo, Video
from committees.models import Attendance, Award, Committee, Conference, Document, Indicator, Person, Statistic
from newsroom.fields import DerivedField, LineField
from newsroom.management.commands.load_sample import FOLDER
from newsroom.models import MenuItem, Page, SiteIdentity
from newsroom.publishing import State
from newsroom.richtext import RichTextField, plain_text
from newsroom.vietnamese import number
from newsroom.visits.models import VisitAdjustment, VisitDay

pytestmark = pytest.mark.django_db

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
PICTURES = sorted((FOLDER / "pictures").glob("*.jpg"))


@pytest.fixture(scope="module")
def sample(sample_rows: None) -> None:
    """The rows of the sample, without the pictures in the storage, loaded once: each test looks at the same."""


def part_of(article: Article, part: str) -> list[str]:
    """Return the texts of `article` in which a mention of `part` may stand."""
    if part == Mention.Part.CAPTION:
        return [photo.caption for photo in article.photos.all()]
    return [plain_text(article.body) if part == Mention.Part.BODY else getattr(article, part)]


def told(article: Article) -> str:
    """Return all the words of `article`: title, lead, body and captions."""
    return "\n".join([article.title, article.lead, plain_text(article.body), *part_of(article, "caption")])


# --- Whole in itself ---------------------------------------------------------------------------


@pytest.mark.alike
def test_it_has_five_articles_44_figures_and_13_awards(sample):
    counted = {model: model.objects.count() for model in (Article, Committee, Conference, Statistic, Award, Document)}
    assert counted == {Article: 5, Committee: 5, Conference: 5, Statistic: 44, Award: 13, Document: 16}


@pytest.mark.alike
def test_all_of_it_is_public_from_seven_in_the_morning_of_its_conference(sample):
    """No report states when it was published; the note of every article says what stands there instead."""
    for article in Article.objects.all():
        assert article.conference is not None and article.conference.held_on is not None
        seven = datetime.combine(article.conference.held_on, time(7), VIETNAM)
        assert article.published_at == seven and "07:00" in article.note
        conference = article.conference
        for thing in (article, conference, *conference.statistics.all(), *conference.awards.all()):
            assert (thing.state, thing.published_at) == (State.PUBLISHED, seven)
        assert conference.inferred_from and conference.held_on_printed in article.lead


@pytest.mark.alike
def test_every_figure_and_award_is_mentioned_in_the_article_that_reports_it(sample):
    for thing in (*Statistic.objects.all(), *Award.objects.all()):
        conference = thing.conference if isinstance(thing, Statistic) else thing.reported_at
        assert {mention.article.conference for mention in thing.mentions.all()} == {conference}, thing


@pytest.mark.alike
def test_every_mention_stands_exactly_where_it_says(sample):
    for mention in Mention.objects.select_related("article"):
        here = mention.before + mention.words + mention.after
        assert sum(text.count(here) for text in part_of(mention.article, mention.part)) == 1, mention
        assert mention.words.strip() == mention.words and mention.state == Mention.State.ANCHORED
        [place] = filter(None, (mention.find_in(text) for text in part_of(mention.article, mention.part)))
        assert place[1] - place[0] == len(mention.words)


@pytest.mark.alike
def test_every_mention_says_the_number_of_its_row(sample):
    """What the reader sees marked in the text and what the box beside it says are one figure."""
    for mention in Mention.objects.select_related("statistic", "award"):
        figure = mention.statistic
        if figure is None:
            assert mention.award is not None and mention.award.count is not None
            expected = [number(mention.award.count)]
        elif figure.level:
            assert mention.words.casefold() == "hoàn thành xuất sắc nhiệm vụ"
            continue
        elif mention.part == Mention.Part.TITLE:
            expected = [figure.share or figure.count]
        else:
            expected = list(filter(None, (figure.count, figure.share)))
        assert re.findall(r"[\d.,/]*\d%?", mention.words) == expected, (mention.words, expected)
        if figure is not None:
            sign = ">" if "trên" in mention.words else ">=" if "trở lên" in mention.words else "="
            assert sign == figure.comparator


@pytest.mark.alike
def test_every_citation_stands_in_its_article(sample):
    for article in Article.objects.all():
        for citation in article.citations.all():
            assert citation.printed in told(article)


@pytest.mark.alike
def test_a_part_is_measured_against_the_figure_it_is_part_of(sample):
    parts = Statistic.objects.exclude(part_of=None)
    assert parts.count() == 3
    for part in parts:
        assert part.part_of is not None and part.whole == part.part_of.value


def test_derived_columns_equal_what_a_save_would_give(sample):
    """A fixture is loaded as it is, so it has to carry what `pre_save` computes."""
    checked = 0
    for thing in rows_of_the_sample():
        for field in thing._meta.concrete_fields:
            if isinstance(field, DerivedField | LineField | RichTextField):
                stood = getattr(thing, field.attname)
                assert field.pre_save(thing, False) == stood, (thing, field.name)
                checked += 1
    assert checked > 900


def rows_of_the_sample() -> Iterator[models.Model]:
    for model in (SiteIdentity, MenuItem, Page):
        yield from model._default_manager.all()
    for label in ("committees", "articles", "visits"):
        for model in apps.get_app_config(label).get_models():
            yield from model._default_manager.all()


@pytest.mark.alike
def test_comments_are_there_in_every_state_with_a_reply_of_the_newsroom(sample):
    assert set(Comment.objects.values_list("state", flat=True)) == set(Comment.State.values)
    reply = Comment.objects.get(is_staff_reply=True)
    assert reply.parent is not None and reply.parent.state == Comment.State.APPROVED
    assert all(comment.email.endswith("@example.com") for comment in Comment.objects.exclude(email=""))


@pytest.mark.alike
def test_visits_begin_with_the_totals_that_were_brought_along(sample):
    assert VisitDay.objects.total() == 755845
    assert [row.amount for row in VisitAdjustment.objects.filter(key="article:2")] == [2120]


@pytest.mark.alike
def test_every_picture_is_small_bare_marked_as_drawn_and_another(sample):
    names = [Path(photo.image.name).name for photo in Photo.objects.all()]
    assert sorted(names) == [file.name for file in PICTURES] and len(names) == 14
    assert len({hashlib.sha256(file.read_bytes()).digest() for file in PICTURES}) == len(PICTURES)
    for file in PICTURES:
        with Image.open(file) as image:
            assert (image.format, image.size, len(image.getexif())) == ("JPEG", (1600, 900), 0)
        assert file.stat().st_size < 200_000
    for photo in Photo.objects.all():
        assert photo.alt and (photo.width, photo.height) == (1600, 900) and photo.credit == "Ảnh minh họa"
    assert {article.photos.count() for article in Article.objects.all()} == {1, 2, 3, 6}


def test_every_picture_can_be_drawn_again():
    """The script lists what it draws when it is asked for a picture it does not know."""
    script = FOLDER / "draw_pictures.py"
    asked = subprocess.run([sys.executable, script, "không có"], capture_output=True, text=True, check=False)
    assert asked.returncode == 2 and not asked.stdout
    assert set(re.findall(r"[a-z]+(?:-[a-z]+)+", asked.stderr)) == {file.stem for file in PICTURES}


# --- True to the reports -----------------------------------------------------------------------

NUMBERS = range(5)
FORMS = {
    None: "unstated", "cờ": "flag", "bằng khen": "certificate", "giấy khen": "commendation",
    "huy hiệu Đảng": "badge", "biểu dương": "praise",
}  # fmt: skip
TYPES = {
    "Nghị quyết": "resolution", "Chỉ thị": "directive", "Kết luận": "conclusion", "Quy chế": "rules",
    "Điều lệ": "charter",
}  # fmt: skip


class Report:
    """One report with its annotation, and what the sample made of it."""

    def __init__(self, folder: Path, index: int) -> None:
        self.text = (folder / f"report_00{index}.txt").read_text()
        self.gold: dict[str, Any] = json.loads((folder / f"report_00{index}.gold.json").read_text())
        self.article = Article.objects.get(pk=index + 1)
        assert self.article.conference is not None
        self.conference = self.article.conference
        # Both stand in the order of the report.
        self.statistics = dict(zip(ids(self.gold["statistics"]), self.conference.statistics.all(), strict=True))
        self.awards = dict(zip(ids(self.gold["awards"]), self.conference.awards.all(), strict=True))


def ids(things: list[dict[str, Any]]) -> list[str]:
    return [thing["id"] for thing in things]


def value(thing: Any) -> Any:
    """Return what an annotated thing holds: {"value": 7, "span": ...} or 7."""
    return thing.get("value") if isinstance(thing, dict) else thing


@pytest.fixture(params=[pytest.param(number, marks=pytest.mark.alike) for number in NUMBERS])
def report(request, sample, reports_dir) -> Report:
    return Report(reports_dir, request.param)


def test_the_article_says_where_it_comes_from(report):
    gold, article = report.gold["article"], report.article
    assert article.dateline == (value(gold["dateline"]) or "")
    assert article.source_url == (value(gold["source_url"]) or "")
    assert article.source_label == (gold["source_url"].get("label") or "")
    assert article.source_published_at is None  # stated by none
    updated = value(gold["updated"])
    assert article.source_updated_at == (datetime.fromisoformat(updated) if updated else None)
    page_date = value(gold.get("page_date"))
    assert str(article.retrieved_on or "") == (page_date or "")
    assert article.published_at is not None
    assert str(article.published_at.astimezone(VIETNAM).date()) == value(gold["event_date"])
    if article.publication is not None:
        assert not article.publication.name  # a host is an address, not a name
        assert article.source_url.startswith(article.publication.address)


def test_the_byline_is_the_reports(report):
    gold, bylines = report.gold["article"]["byline"], report.article.bylines.all()
    assert [byline.person.name.casefold() for byline in bylines] == [
        name.casefold() for name in gold.get("authors", [])
    ]
    for byline in bylines:
        assert byline.unit == gold.get("author_unit", "")
        assert byline.credit == (Byline.Credit.BOTH if gold["credit"] == "Tin, ảnh" else "")


def test_the_captions_the_video_and_the_view_count_are_the_reports(report):
    gold, article = report.gold["article"], report.article
    captions = [photo.caption for photo in article.photos.all() if photo.caption]
    assert len(captions) == len(gold["captions"])
    assert Video.objects.filter(article=article).exists() == bool(gold["video_marker"].get("has_video"))
    assert [row.amount for row in VisitAdjustment.objects.filter(key=article.reads_key)] == list(
        filter(None, [value(gold["view_count"])])
    )
    for furniture in gold["furniture"]:
        if furniture.get("id") == "counter":
            assert VisitDay.objects.total() == furniture["value"]["all"]


def test_the_committee_is_the_reports(report):
    gold, [committee] = report.gold["committee"], report.article.committees.all()
    assert committee == report.conference.committee
    assert committee.name == value(gold["name"])
    assert committee.abbreviation == (value(gold["abbreviation"]) or "")
    assert committee.kind == gold["kind"]
    assert committee.province == (value(gold["province"]) or "")  # a hint is not a value
    assert committee.parent is None and committee.predecessor is None


def test_a_province_that_is_not_stated_is_not_told(report):
    hint = (report.gold["committee"]["province"].get("hint") or {}).get("value")
    if hint:
        assert f"tỉnh {hint}" not in told(report.article)
        assert hint not in told(report.article).replace("Báo Lạng Sơn", "")


def test_the_conference_is_the_reports(report):
    gold, conference = report.gold["conference"], report.conference
    assert conference.name == gold["name"]
    assert conference.convened_by and conference.convened_by in value(gold["organizer"])
    assert conference.ordinal == value(gold["ordinal"])
    assert conference.term_number == gold["term_number"].get("int")
    assert (conference.term_start, conference.term_end) == (gold["term"].get("start"), gold["term"].get("end"))
    assert conference.kind == value(gold["kind"])
    assert conference.review == {None: "none", "sơ kết": "interim", "tổng kết": "summary"}[value(gold["review"])]
    assert str(conference.held_on) == value(gold["date"])
    assert conference.held_on_printed == gold["date"]["span"]["text"]
    assert conference.session == (value(gold["session"]) or "")
    reported = gold["period_reported"]
    assert value(reported).casefold() in conference.period_label.casefold()
    assert (conference.period_starts_on, conference.period_ends_on) == days_of(reported["normalized"])
    assert bool(conference.period_inferred_from) == ("inferred_from" in gold["period_reported"])


def days_of(normalized: str) -> tuple[date, date]:
    """Return the first and last day of "2022", "2022-Q1" or "2020-01/2020-09"."""
    year = int(normalized[:4])
    if "/" in normalized:
        first, last = int(normalized[5:7]), int(normalized[-2:])
    elif "Q" in normalized:
        first, last = int(normalized[-1]) * 3 - 2, int(normalized[-1]) * 3
    else:
        first, last = 1, 12
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def test_the_officials_are_the_reports(report):
    gold, attendances = report.gold["officials"], list(report.conference.attendances.all())
    assert [attendance.person.name for attendance in attendances] == [official["name"] for official in gold]
    for official, attendance in zip(gold, attendances, strict=True):
        for role in official["roles"]:
            assert said_in(role, attendance.role), role["text"]
        acts = " ".join(official["acts"])
        assert acts_of(attendance) == tuple(word in acts for word in ("chủ trì", "phát biểu", "kết luận", "trao"))
        assert official["name"] in told(report.article)


def said_in(role: dict[str, Any], line: str) -> bool:
    """Whether `line` holds the role as printed, or with its abbreviation written out."""
    expansion = role.get("expansion")
    if expansion and expansion in line:
        return True
    return role["text"].casefold() in line.casefold()


def acts_of(attendance: Attendance) -> tuple[bool, ...]:
    return (attendance.has_chaired, attendance.has_spoken, attendance.has_concluded, attendance.has_presented)


@pytest.mark.alike
def test_nobody_is_in_the_sample_whom_no_report_names(sample, reports_dir):
    named = set()
    for index in NUMBERS:
        gold = Report(reports_dir, index).gold
        named |= {official["name"].casefold() for official in gold["officials"]}
        named |= {name.casefold() for name in gold["article"]["byline"].get("authors", [])}
    assert {person.name.casefold() for person in Person.objects.all()} == named


def test_every_figure_is_the_reports(report):
    for gold in report.gold["statistics"]:
        figure, percent = report.statistics[gold["id"]], gold["percent"]
        top = gold["numerator"] if gold["numerator"] is not None or percent is not None else gold["value"]
        assert figure.committee == report.conference.committee
        assert figure.indicator.code == gold["indicator"]
        assert (figure.kind, figure.comparator) == (gold["kind"], gold["comparator"])
        assert (figure.value, figure.whole) == (exactly(top), exactly(gold["denominator"]))
        assert figure.percent == exactly(percent)
        if percent is not None:
            assert figure.share in gold["clause"]["text"]  # at its printed precision
        assert (figure.plan_percent, figure.value_max, figure.origin) == (None, None, "quoted")
        assert figure.level == (gold["rating"] if gold["value_type"] == "level" else "")
        assert figure.unit_printed == (gold["unit"] or "").removeprefix("% ")
        assert figure.part_of == (report.statistics[gold["subset_of"]] if gold["subset_of"] else None)
        assert figure.rating_includes == "".join(gold["rating_includes"] or [])
        assert has_period(figure, gold["period"])
        mentioned = Counter(mention.part for mention in figure.mentions.all())
        assert mentioned["body"] >= 1
        for other in gold.get("other_mentions", []):
            assert mentioned[other["where"]] >= 1


def exactly(amount: float | None) -> Decimal | None:
    return None if amount is None else Decimal(str(amount))


def has_period(thing: Statistic | Award, gold: dict[str, Any]) -> bool:
    """Whether the days of `thing` are the annotated ones, and it says from what they follow where they do."""
    days = tuple(str(day) if day else None for day in (thing.period_starts_on, thing.period_ends_on))
    return days == (gold["start"], gold["end"]) and bool(thing.period_inferred_from) == bool(gold["inferred_from"])


def test_every_award_is_the_reports(report):
    for gold in report.gold["awards"]:
        award = report.awards[gold["id"]]
        assert award.form == FORMS[gold["form"]]
        assert award.granted_by == gold["granting_body"]
        assert award.granted_by_committee == (award.reported_at.committee if "Khối" in award.granted_by else None)
        assert award.recipient_kind == (gold["recipient_kind"] or "unstated")
        assert (award.count, award.count_unit) == (gold["count"], gold["count_unit"])
        assert gold["recipients_described"].endswith(award.recipients_described) and award.recipients_described
        assert award.achievement == (gold["achievement_title"] or "")
        assert [row.name for row in award.recipients.all()] == [row["name"] for row in gold["named_recipients"]]
        assert re.findall(r"\d+", award.level) == [
            str(year) for year in (gold["level"] or {}).get("party_age_years", [])
        ]
        assert has_period(award, gold["period"]) and award.period_label.casefold() == gold["period"]["label"].casefold()
        assert (award.given_at is None) == ("not at this conference" in str(gold["notes"]).replace("handed over ", ""))
        if "presenter" in gold:
            [presenter] = [one for one in report.gold["officials"] if one["id"] == gold["presenter"]]
            assert presenter["name"] in award.presented_by


def test_every_document_is_the_reports_and_no_two_are_made_one(report):
    documents = [citation.document for citation in report.article.citations.select_related("document")]
    for gold, document in zip(report.gold["documents"], documents, strict=True):
        assert document.number == (gold["number"] or "")
        assert document.type == TYPES[gold["type"]]
        assert document.issuer == (gold["issuer"] or "")
        assert str(document.issued_on or "") == (gold["date"] or "")
        assert gold["title"].startswith(document.name)
        assert document.articles.count() == 1


@pytest.mark.alike
def test_indicators_are_those_of_the_figures_and_never_say_result_or_target(sample, reports_dir):
    codes = {figure["indicator"] for index in NUMBERS for figure in Report(reports_dir, index).gold["statistics"]}
    assert set(Indicator.objects.values_list("code", flat=True)) == codes
    assert all(indicator.definition for indicator in Indicator.objects.all())


def test_no_number_of_the_report_is_lost_and_none_is_made_up(report):
    """Furniture apart, the digits and Roman numerals of the report are those of the article, both ways round."""
    apart = {"counter", "url_digits", "view_count", "time", "utc_offset"}
    printed = [
        entry["text"]
        for entry in report.gold["numbers"]
        if entry["kind"] not in apart and entry["ref"] not in {"updated", "page_date"}
    ]
    lost = numerals(" ".join(printed)) - numerals(told(report.article))
    made_up = numerals(told(report.article)) - numerals(report.text)
    assert (lost, made_up) == (set(), set())


def numerals(text: str) -> set[str]:
    """Return the numbers in `text` as digits without leading zeros, and its Roman numerals."""
    roman = set(re.findall(r"\b[IVX]+\b", text))
    return roman | {found.lstrip("0") for found in re.findall(r"\d+(?:\.\d{3})*(?:,\d+(?=%))?", text)}


@pytest.mark.alike
def test_no_sentence_is_taken_over(sample, reports_dir):
    """The longest run of words that an article, or a sample report, shares with any of the reports is below 14.

    Nothing is set aside here: neither the names of bodies and documents nor what stands in quotation marks.
    """
    limit = 14
    taken = {run for index in NUMBERS for run in runs_of(words_of(Report(reports_dir, index).text), limit)}
    ours = [path.read_text(encoding="utf-8") for path in (FOLDER / "reports").rglob("*.txt")]
    for text in (*map(told, Article.objects.all()), *ours):
        shared = [" ".join(run) for run in runs_of(words_of(text), limit) if run in taken]
        assert shared == []


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())


def runs_of(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[start : start + length]) for start in range(len(words) - length + 1))


def test_the_fixtures_are_where_loaddata_looks():
    assert settings.FIXTURE_DIRS == [FOLDER]
