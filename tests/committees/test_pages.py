"""The public pages of committees and of what is known of them: what each shows, and what none shows."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Citation, Mention
from committees.around import with_counts
from committees.models import Attendance, AwardRecipient, Conference, Statistic
from committees.questions import SOME
from newsroom.publishing import State
from tests import situations
from tests.committees.conftest import a_report
from tests.pages import parse, read, words

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

LISTS = ["committees", "conferences", "awards", "statistics", "indicators", "documents"]
NOT_PUBLIC = {
    "draft": situations.draft(),
    "submitted": {"state": State.SUBMITTED, "published_at": None},
    "returned": {"state": State.RETURNED, "published_at": None},
    "withdrawn": {"state": State.WITHDRAWN, "published_at": timezone.now() - timedelta(days=1)},
    "scheduled": situations.published(hours_ago=-1),
}
NAME = "Việc chưa ai được biết"


# --- What is public, and what is not -----------------------------------------------------------


def a_hidden_conference(report, **state):
    """A conference of the report's committee, and a public figure and award that point at it."""
    hidden = situations.a_conference(report.committee, name=NAME, held_on=date(2023, 2, 15), **state)
    for public in (report.whole, report.award):
        public.conference = public.reported_at = public.given_at = hidden
        public.save()
    return hidden


def a_hidden_figure(report, **state):
    """A figure that holds the report's part, and is inside of its whole."""
    fields = {"indicator": report.indicator, "conference": report.conference, "label": NAME, "value": Decimal(5)}
    inner = situations.a_statistic(part_of=report.whole, **fields, **state)
    outer = situations.a_statistic(**fields, **state)
    Statistic.objects.filter(pk=report.whole.pk).update(part_of=outer)
    return inner


def a_hidden_award(report, **state):
    """An award whose part the report's award is, with the report's committee as its recipient."""
    hidden = situations.an_award(reported_at=report.conference, given_at=report.conference, achievement=NAME, **state)
    AwardRecipient.objects.create(award=hidden, name=NAME, committee=report.committee)
    report.award.part_of = hidden
    report.award.save()
    situations.an_award(part_of=report.award, achievement=NAME, **state)
    return hidden


def a_hidden_article(report, **state):
    """An article that is filed beside everything and mentions it."""
    hidden = situations.an_article(NAME, conference=report.conference, body=f"<p>{NAME}: 79/85.</p>", **state)
    hidden.committees.add(report.committee)
    for thing in (report.whole, report.award):
        situations.a_mention(hidden, thing, NAME)
    Citation.objects.create(article=hidden, document=report.document, printed=NAME)
    return hidden


HIDDEN = {
    "conference": a_hidden_conference,
    "figure": a_hidden_figure,
    "award": a_hidden_award,
    "article": a_hidden_article,
}


@pytest.mark.parametrize("state", NOT_PUBLIC)
@pytest.mark.parametrize("kind", HIDDEN)
def test_what_is_not_public_is_on_no_page(client, report, kind, state):
    """Not in a list, beside a public neighbour, in a choice of a filter, or at its own address."""
    hidden = HIDDEN[kind](report, **NOT_PUBLIC[state])
    for path in report.pages.values():
        html = client.get(path).content.decode()
        assert NAME not in html, path
        assert hidden.get_absolute_url() not in html, path
    if kind != "article":
        assert client.get(hidden.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("kind", "shown_on"),
    {
        "conference": {
            "committee", "conferences", "conference", "awards", "award", "statistics", "statistic", "indicator",
            "calendar",
        },
        "figure": {"committee", "conference", "statistics", "statistic", "indicator"},
        "award": {"committee", "conference", "awards", "award"},
        "article": {"committee", "conference", "award", "statistic", "document"},
    }.items(),
)  # fmt: skip
def test_what_is_public_is_on_every_page_it_belongs_to(client, report, kind, shown_on):
    """The same situations, published: the test above could fail."""
    HIDDEN[kind](report, **situations.published())
    found = {name for name, path in report.pages.items() if NAME in client.get(path).content.decode()}
    assert found == shown_on


def test_what_is_not_public_is_not_counted(client, report):
    for state in NOT_PUBLIC.values():
        situations.a_statistic(conference=report.conference, **state)
        situations.an_award(reported_at=report.conference, **state)
    (conference,) = with_counts(Conference.objects.all())
    assert (conference.figures, conference.commended) == (3, 1)


def test_a_scheduled_conference_appears_at_its_minute(client, report, monkeypatch):
    """No job has to run for it."""
    scheduled = situations.a_conference(name=NAME, **situations.published(hours_ago=-1))
    assert NAME not in read(client, "/hoi-nghi/").text
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert NAME in read(client, "/hoi-nghi/").text
    assert client.get(scheduled.get_absolute_url()).status_code == 200


def test_a_withheld_person_is_on_no_page(client, report):
    """Whoever asks to be taken off is taken off all of them; the report keeps its facts."""
    name = report.chair.name
    report.award.presented_by = f"đồng chí {name}"
    report.award.save()
    AwardRecipient.objects.create(award=report.award, name=name, person=report.chair)
    assert {key for key, path in report.pages.items() if name in read(client, path).html} == {
        "committee",
        "conference",
        "award",
    }
    report.chair.is_withheld = True
    report.chair.save()
    assert not {key for key, path in report.pages.items() if name in read(client, path).html}


# --- Addresses ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_newsroom_has_its_lists(client, name):
    (empty,) = read(client, reverse(f"committees:{name}")).with_class("empty")
    assert words(empty)


@pytest.mark.parametrize("kind", ["committee", "conference", "award", "statistic", "indicator", "document"])
def test_an_old_slug_leads_to_the_right_address(client, report, kind):
    thing = report.details[kind]
    start = thing.get_absolute_url().rsplit("/", 2)[0]
    for old in (f"{start}/ten-cu-{thing.pk}/", f"{start}/ten-cu-00{thing.pk}/"):
        answer = client.get(f"{old}?sau=1&nam=2022")
        assert answer.status_code == 301
        assert answer.headers["Location"] == f"{thing.get_absolute_url()}?sau=1&nam=2022"


def test_every_missing_page_is_the_same_page(client, report):
    """A 404 that told a draft from nothing would tell that there is a draft."""
    hidden = [
        situations.a_conference(name=NAME, **state) for state in NOT_PUBLIC.values()
    ] + [situations.a_statistic(**state) for state in NOT_PUBLIC.values()]  # fmt: skip
    hidden += [situations.an_award(**state) for state in NOT_PUBLIC.values()]
    paths = [thing.get_absolute_url() for thing in hidden]
    for start in ("to-chuc", "hoi-nghi", "khen-thuong", "so-lieu", "chi-so", "van-ban"):
        for number in ("0", "987654", "9" * 19, "9" * 30, "9" * 5000):
            paths.append(f"/{start}/khong-co-{number}/")
        paths += [f"/{start}/?sau=x", f"/{start}/?truoc=~~", f"/{start}/?sau=", f"/{start}/?sau=1~{10**30}"]
    paths += [f"{report.pages[name]}?sau=0" for name in ("statistic", "award", "document")]
    missing = client.get("/khong-co-gi/")
    assert missing.status_code == 404
    for path in paths:
        answer = client.get(path)
        assert (answer.status_code, answer.content) == (404, missing.content), path


def test_pages_are_only_read(client, report):
    for path in report.pages.values():
        assert client.head(path).status_code == 200
        assert client.post(path).status_code == 405


def test_names_are_printed_and_never_run(client):
    """Names come from reports and from other people's files."""
    hostile = """<script>alert("1")</script>'" onload=x &lt; {{ 7 }}"""
    report = a_report(hostile)
    for thing in (*report.details.values(), report.chair, report.article, report.part):
        for field in ("name", "label", "recipients_described", "achievement", "title", "inferred_from", "definition"):
            if hasattr(thing, field):
                setattr(thing, field, hostile)
        thing.save()
    Attendance.objects.update(role=hostile)
    AwardRecipient.objects.update(name=hostile)
    Mention.objects.update(words=hostile, part="title")
    Statistic.objects.update(period_label=hostile[:100], unit_printed=hostile, period_inferred_from=hostile)
    for path in report.pages.values():
        page = read(client, path)
        for script in page.root.iter("script"):  # those that are ours, and data, which no browser runs
            assert script.get("src", "").startswith("/static/js/") or script.get("type") == "application/ld+json"
        assert not [element for element in page.root.iter() if element.get("onload")]
    assert hostile in read(client, report.committee.get_absolute_url()).text


# --- Committees --------------------------------------------------------------------------------


def test_the_list_is_a_tree_and_narrowed_it_is_a_list(client):
    root = situations.a_committee("Tỉnh ủy Thử")
    below = situations.a_committee("Đảng bộ Khối Thử", parent=root, kind="agencies_bloc")
    deep = situations.a_committee("Chi bộ Thử", parent=below, kind="cell")
    (tree,) = read(client, "/to-chuc/").with_class("tree")
    assert [words(item.find("a")) for item in tree.findall("li")] == [root.name]
    assert [words(item) for item in tree.findall("li/ul/li")] == [below.name]
    (narrowed,) = read(client, "/to-chuc/", loai="cell").with_class("tree")
    assert [words(item.find("a")) for item in narrowed.findall("li")] == [deep.name]
    assert below.name in words(narrowed)


def test_many_committees_under_one_lead_to_their_own_list(client):
    root = situations.a_committee("Tỉnh ủy Thử")
    under = [situations.a_committee(f"Chi bộ {number}", parent=root) for number in range(1, SOME + 3)]
    for path in ("/to-chuc/", root.get_absolute_url()):
        page = read(client, path)
        assert under[SOME - 1].name in page.text
        assert under[SOME].name not in page.text
        (more,) = [link for link in page.links if "cap-tren" in link]
        listed = read(client, more if more.startswith("/") else f"/to-chuc/{more}")
        assert [words(item.find("a")) for item in listed.with_class("tree")[0]] == [each.name for each in under]


def test_a_committee_shows_where_it_stands(client, report):
    above = situations.a_committee("Tỉnh ủy Thử")
    before = situations.a_committee("Đảng bộ Sở Cũ")
    after = situations.a_committee("Đảng bộ Sở Mới", predecessor=report.committee)
    report.committee.parent, report.committee.predecessor = above, before
    report.committee.save()
    page = read(client, report.committee.get_absolute_url())
    (crumbs,) = page.with_class("crumbs")
    assert above.name in words(crumbs)
    for shown in (before.name, after.name, "ĐB STN", "Trà Vinh"):
        assert shown in page.text


def test_a_ring_of_committees_hangs_no_page(client, report):
    """The form refuses one; a fixture could still hold it."""
    other = situations.a_committee(parent=report.committee)
    report.committee.parent = other
    report.committee.save()
    assert other.name in read(client, report.committee.get_absolute_url()).text


def test_officials_stand_in_their_latest_role_and_guests_do_not(client, report):
    earlier = situations.a_conference(report.committee, held_on=date(2020, 1, 1))
    Attendance.objects.create(conference=earlier, person=report.chair, role="Phó Bí thư")
    guest = situations.a_person("Khách Mời")
    Attendance.objects.create(conference=report.conference, person=guest, committee=situations.a_committee())
    page = read(client, report.committee.get_absolute_url())
    assert page.text_of("person") == [report.chair.name]
    assert page.text_of("role") == ["Bí thư Đảng ủy"]


# --- Conferences -------------------------------------------------------------------------------


def test_a_conference_says_when_it_was_and_how_that_is_known(client, report):
    page = read(client, report.conference.get_absolute_url())
    assert "14/02/2023" in page.text
    assert "“tổng kết năm 2022”" in page.text


def test_a_conference_of_an_unknown_year_shows_what_is_known(client, report):
    Conference.objects.update(held_on=None, held_on_printed="8/4", sorted_on=date.min)
    for name in ("conference", "conferences", "committee", "statistics", "statistic"):
        text = read(client, report.pages[name]).text
        assert "8/4" in text, name
        assert "0001" not in text, name


def test_a_conference_shows_all_that_it_reports(client, report):
    page = read(client, report.conference.get_absolute_url())
    for figure in (report.whole, report.part, report.target):
        assert figure.get_absolute_url() in page.links
    assert report.award.get_absolute_url() in page.links
    assert report.article.get_absolute_url() in page.links
    (people,) = page.with_class("people")
    assert report.chair.name in words(people)
    assert _("concluded") in words(people)


def test_a_part_stands_under_its_whole_on_its_scale(client, report):
    """16 of 79 of 85: its bar ends at 18.8 of 100, inside of 92.9."""
    page = read(client, report.conference.get_absolute_url())
    (table,) = page.with_class("figures-table")
    rows = [row for row in table.iter("tr") if row.get("class")]
    assert [row.get("class") for row in rows] == ["whole", "part", "whole"]
    bars = [element for element in rows[1].iter() if str(element.tag).endswith("rect")]
    lengths = {bar.get("class"): bar.get("width") for bar in bars}
    assert lengths == {"bar-rest": "100", "bar-whole": "92.94", "bar-part": "18.82"}


def test_a_conference_leads_to_its_neighbours(client, report):
    """Of its own committee, by their days; two of one day are neighbours too."""
    earlier = situations.a_conference(report.committee, name="Hội nghị trước", held_on=date(2022, 7, 1))
    later = situations.a_conference(report.committee, name="Hội nghị sau", held_on=date(2023, 2, 14))
    situations.a_conference(name="Hội nghị của nơi khác", held_on=date(2023, 2, 14))
    (beside,) = read(client, report.conference.get_absolute_url()).with_class("beside")
    assert [(link.get("rel"), link.get("href")) for link in beside] == [
        ("prev", later.get_absolute_url()),
        ("next", earlier.get_absolute_url()),
    ]
    (alone,) = read(client, later.get_absolute_url()).with_class("beside")
    assert [link.get("href") for link in alone] == [report.conference.get_absolute_url()]


def test_an_award_is_shown_where_it_was_given_too(client, report):
    elsewhere = situations.a_conference(name="Nơi trao")
    report.award.given_at = elsewhere
    report.award.save()
    for conference in (elsewhere, report.conference):
        assert report.award.get_absolute_url() in read(client, conference.get_absolute_url()).links
    assert elsewhere.get_absolute_url() in read(client, report.award.get_absolute_url()).links


# --- Figures -----------------------------------------------------------------------------------


def test_a_figure_is_printed_big_with_its_parts_and_its_period(client, report):
    page = read(client, report.whole.get_absolute_url())
    assert page.text_of("reading-number") == ["79/85 (92,94%)"]
    assert report.part.get_absolute_url() in page.links
    assert report.conference.get_absolute_url() in page.links
    assert report.indicator.get_absolute_url() in page.links
    assert "01/01/2022 – 31/12/2022" in page.text


def test_a_part_leads_to_its_whole_and_says_how_its_share_is_computed(client, report):
    """Ours is marked as ours, with the sum that anybody can do again."""
    page = read(client, report.part.get_absolute_url())
    assert report.whole.get_absolute_url() in page.links
    (ours,) = page.text_of("ours")
    assert "20,25%" in ours
    assert "100 × 16 / 79" in ours
    assert "câu trước" in page.text


def test_a_printed_share_is_never_called_ours(client, report):
    (reading,) = read(client, report.whole.get_absolute_url()).with_class("reading")
    assert not [element for element in reading.iter() if element.get("class") == "ours"]


def test_a_figure_is_quoted_in_its_sentence_with_a_way_to_it(client, report):
    """The report is the data: every number leads back to its words."""
    mention = report.article.mentions.get(statistic=report.whole)
    mention.words = "79/85 tổ chức (92,94%)"
    mention.save()
    page = read(client, report.whole.get_absolute_url())
    (quote,) = [words(element) for element in page.root.iter("blockquote")]
    assert quote == "Năm 2022, 79/85 tổ chức (92,94%) hoàn thành tốt;"
    assert f"{report.article.get_absolute_url()}#m{mention.pk}" in page.links


@pytest.mark.parametrize("part", ["title", "lead", "body", "caption"])
def test_a_figure_is_quoted_from_every_part_of_an_article(client, report, part):
    text = "Có 79 tổ chức hoàn thành tốt."
    article = situations.an_article(title=text, lead=text, body=f"<p>{text}</p>", conference=report.conference)
    situations.a_photo(article, caption=text)
    Mention.objects.all().delete()
    situations.a_mention(article, report.whole, "79 tổ chức", part=part)
    page = read(client, report.whole.get_absolute_url())
    (mark,) = page.root.iter("mark")
    assert words(mark) == "79 tổ chức"


def test_words_that_an_edit_took_away_are_not_quoted(client, report):
    """The article still reports the figure, so the way to it stays."""
    Mention.objects.update(words="tám mươi mốt")
    page = read(client, report.whole.get_absolute_url())
    assert not list(page.root.iter("blockquote"))
    assert report.article.get_absolute_url() in page.links


def test_every_article_that_mentions_a_figure_is_reached_page_by_page(client, report):
    for number in range(24):
        situations.a_mention(situations.an_article(f"Bài nữa {number}"), report.whole, "79/85")
    first = read(client, report.whole.get_absolute_url())
    (older,) = [link for link in first.links if link.startswith("?sau=")]
    second = read(client, report.whole.get_absolute_url() + older)
    found = [link for page in (first, second) for link in page.links if "/bai-viet/" in link and "#" not in link]
    assert len(set(found)) == 25


@pytest.mark.parametrize(
    ("fields", "printed"),
    [
        ({"comparator": ">=", "value": Decimal(120)}, "120"),
        ({"level": "excellent"}, ""),
        ({"comparator": "range", "value": Decimal(5), "value_max": Decimal(9)}, "5–9"),
        ({"plan_percent": Decimal("140.8")}, "140,8"),
        ({"value": Decimal("1836000")}, "1.836.000"),
        ({"value": Decimal(0), "whole": Decimal(0)}, "0/0"),
        ({"value": Decimal(9), "whole": Decimal(7)}, "9/7"),
    ],
)
def test_figures_of_every_shape_have_a_page(client, report, fields, printed):
    figure = situations.a_statistic(conference=report.conference, indicator=report.indicator, **fields)
    assert printed in read(client, figure.get_absolute_url()).text_of("reading-number")[0]
    for name in ("statistics", "conference", "indicator"):
        assert figure.get_absolute_url() in read(client, report.pages[name]).links


def test_the_list_of_figures_keeps_the_order_of_the_report(client, report):
    """Its parts under its whole, its results before its targets, under the conference that reports them."""
    (table,) = read(client, "/so-lieu/").with_class("figures-table")
    heads = [words(head) for head in table.iter("th") if head.get("scope") == "row"]
    assert [head.split(" năm")[0] for head in heads][:2] == [report.whole.label, report.part.label]
    assert heads[2].startswith(report.target.label)
    (group,) = [words(row) for row in table.iter("tr") if row.get("class") == "group"]
    assert report.conference.name in group


# --- Indicators --------------------------------------------------------------------------------


def test_an_indicator_sets_results_and_targets_apart(client, report):
    page = read(client, report.indicator.get_absolute_url())
    assert report.indicator.definition in page.text
    results, targets = page.with_class("figures-table")
    assert [link.get("href") for link in results.iter("a")].count(report.whole.get_absolute_url()) == 1
    assert report.target.get_absolute_url() in [link.get("href") for link in targets.iter("a")]
    assert report.target.get_absolute_url() not in [link.get("href") for link in results.iter("a")]


def test_an_indicator_stands_by_committee_and_the_latest_period_comes_first(client, report):
    first = situations.a_committee("An Biên")
    common = {"indicator": report.indicator, "committee": first}
    for year in (2021, 2023, 2022):
        situations.a_statistic(period_label=f"Năm {year}", period_ends_on=date(year, 12, 31), **common)
    situations.a_statistic(**common)
    table = read(client, report.indicator.get_absolute_url()).with_class("figures-table")[0]
    heads = [words(head) for head in table.iter("th") if head.get("scope") == "rowgroup"]
    assert [head.split(" Trà")[0] for head in heads] == [first.name, report.committee.name]
    periods = [words(head.find("a")) for head in table.iter("th") if head.get("scope") == "row"]
    assert periods[:4] == ["Năm 2023", "Năm 2022", "Năm 2021", _("Period not stated")]


def test_the_list_of_indicators_shows_the_latest_public_figure_of_each(client, report):
    situations.a_statistic(indicator=report.indicator, value=Decimal(4321), **situations.draft())
    newest = situations.a_statistic(indicator=report.indicator, value=Decimal(77), **situations.published(0))
    situations.an_indicator("member.none", name="Chưa có số liệu nào")
    page = read(client, "/chi-so/")
    assert newest.get_absolute_url() in page.links
    assert "4.321" not in page.text
    assert "Chưa có số liệu nào" in page.text


# --- Awards and documents ----------------------------------------------------------------------


def test_an_award_says_all_that_is_known_of_it(client, report):
    page = read(client, report.award.get_absolute_url())
    for shown in ("Chi bộ Hai", "Đảng ủy cơ sở", "Đảng ủy Khối", "12-QĐ/ĐU", "10/02/2023", report.award.achievement):
        assert shown in page.text
    assert [words(quote) for quote in page.root.iter("blockquote")] == [
        "Hội nghị trao 8 giấy khen cho tổ chức tiêu biểu."
    ]


def test_an_award_without_a_form_or_a_count_has_a_page(client):
    award = situations.an_award(form="unstated", recipient_kind="unstated", count=None, granted_by="", achievement="")
    assert award.form_name in read(client, award.get_absolute_url()).text
    assert award.get_absolute_url() in read(client, "/khen-thuong/").links


def test_a_document_shows_its_file_and_who_cites_it(client, report, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    report.document.file.save("x.pdf", ContentFile(b"%PDF-1.7"))
    page = read(client, report.document.get_absolute_url())
    assert report.document.file.url in page.links
    assert report.article.get_absolute_url() in page.links
    for shown in ("16/06/2022", "Củng cố tổ chức", "Nghị quyết 21", "8 byte"):
        assert shown in page.text
    assert read(client, "/van-ban/").text_of("badge") == ["PDF"]


def test_a_document_whose_file_is_lost_is_still_shown(client, report, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    report.document.file.save("x.pdf", ContentFile(b"%PDF-1.7"))
    report.document.file.storage.delete(report.document.file.name)
    page = read(client, report.document.get_absolute_url())
    assert report.document.file.url in page.links and "byte" not in page.text


def test_a_document_without_a_date_comes_last_and_shows_none(client, report):
    situations.a_document("Văn bản không ngày")
    rows = [words(row) for row in read(client, "/van-ban/").root.iter("tr")]
    assert "Văn bản không ngày" in rows[-1]
    assert "0001" not in rows[-1]


def test_links_to_filtered_lists_lead_to_what_they_promise(client, report, monkeypatch):
    """A detail page shows the first of a list, and the way to all of it."""
    for page, bound in product(("committee", "conference", "indicator"), ("FEW", "SOME", "MANY")):
        monkeypatch.setattr(f"committees.dossiers.{page}.{bound}", 1, raising=False)
    for _number in range(3):
        situations.a_conference(report.committee)
        situations.an_award(reported_at=report.conference)
        situations.a_statistic(conference=report.conference, indicator=report.indicator)
        situations.an_article(conference=report.conference).committees.add(report.committee)
    for name, lists in {
        "committee": {"/hoi-nghi/", "/khen-thuong/", "/so-lieu/", "/bai-viet/", "/chi-tieu/"},
        "conference": {"/khen-thuong/", "/so-lieu/"},
        "indicator": {"/so-lieu/", "/chi-tieu/"},
    }.items():
        page = read(client, report.pages[name])
        more = [link for element in page.with_class("more") if (link := element.get("href"))]
        assert {link.split("?")[0] for link in more} == lists
        for link in more:
            listed = read(client, link)
            assert not listed.with_class("empty"), link
            assert parse(listed.html).with_class("errorlist") == [], link
