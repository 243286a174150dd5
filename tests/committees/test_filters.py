"""How the lists of this app are narrowed: what a reader may choose, and what an address may say."""

from datetime import date, timedelta
from operator import attrgetter
from random import Random

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from committees.filters import StatisticFilter
from committees.models import Statistic
from newsroom import filtering, tables
from tests import situations
from tests.pages import read, words

pytestmark = pytest.mark.django_db


def listed(client, name, **query):
    """The things that a list shows, by the last part of their addresses."""
    start = reverse(f"committees:{name}")
    page = read(client, start, **query)
    return {link for link in page.links if link.startswith(start) and link != start and "?" not in link}


def addresses(*things):
    return {thing.get_absolute_url() for thing in things}


def choices(client, name, field):
    """What a list offers in one of its fields, as value -> words."""
    page = read(client, reverse(f"committees:{name}"))
    (select,) = [element for element in page.root.iter("select") if element.get("name") == field]
    return {option.get("value"): words(option) for option in select.iter("option")}


def test_committees_are_narrowed_by_kind_province_and_parent(client):
    root = situations.a_committee("Tỉnh ủy", province="Trà Vinh", kind="province")
    cell = situations.a_committee("Chi bộ", parent=root, kind="cell")
    other = situations.a_committee("Đảng bộ", province="Đắk Nông", kind="grassroots")
    assert listed(client, "committees") == addresses(root, cell, other)
    assert listed(client, "committees", **{"cap-tren": root.pk}) == addresses(root, cell)  # the parent is named
    assert listed(client, "committees", loai="grassroots") == addresses(other)
    assert listed(client, "committees", tinh="Đắk Nông") == addresses(other)
    assert list(choices(client, "committees", "tinh")) == ["", "Đắk Nông", "Trà Vinh"]


def test_conferences_are_narrowed_by_committee_year_kind_and_review(client):
    one = situations.a_conference(held_on=date(2023, 12, 31), kind="extended")
    two = situations.a_conference(one.committee, held_on=date(2022, 1, 1), review="summary")
    three = situations.a_conference(held_on=None, held_on_printed="8/4")

    def found(**query):
        return listed(client, "conferences", **query)

    assert found(**{"to-chuc": one.committee_id}) == addresses(one, two)
    assert found(nam=2023) == addresses(one)
    assert found(nam=2022) == addresses(two)
    assert found(ngay="chua-ro") == addresses(three)
    assert found(loai="extended") == addresses(one)
    assert found(**{"tong-ket": "summary"}) == addresses(two)
    assert found(**{"tong-ket": "none", "nam": 2023}) == addresses(one)
    assert found() == addresses(one, two, three)
    assert list(choices(client, "conferences", "nam")) == ["", "2023", "2022"]


def test_awards_are_narrowed_by_form_recipient_committee_conference_and_year(client):
    old = situations.a_conference(held_on=date(2021, 5, 5))
    new = situations.a_conference(held_on=date(2023, 5, 5))
    flag = situations.an_award(form="flag", recipient_kind="collective", reported_at=old)
    badge = situations.an_award(form="badge", recipient_kind="individual", reported_at=new)
    alone = situations.an_award(form="praise", reported_at=None)

    def found(**query):
        return listed(client, "awards", **query)

    assert found() == addresses(flag, badge, alone)
    assert found(**{"hinh-thuc": "flag"}) == addresses(flag)
    assert found(**{"doi-tuong": "individual"}) == addresses(badge)
    assert found(**{"to-chuc": new.committee_id}) == addresses(badge)
    assert found(**{"hoi-nghi": old.pk}) == addresses(flag)
    assert found(nam=2021) == addresses(flag)


def test_figures_are_narrowed_by_indicator_committee_conference_kind_and_period(client):
    conference = situations.a_conference()
    other = situations.an_indicator("org.total", name="Tổng số tổ chức")
    result = situations.a_statistic(conference=conference, period_type="year")
    target = situations.a_statistic(kind="target", indicator=other, period_type="quarter")

    def found(**query):
        return listed(client, "statistics", **query)

    assert found() == addresses(result, target)
    assert found(**{"chi-so": other.pk}) == addresses(target)
    assert found(**{"to-chuc": conference.committee_id}) == addresses(result)
    assert found(**{"hoi-nghi": conference.pk}) == addresses(result)
    assert found(loai="target") == addresses(target)
    assert found(ky="quarter") == addresses(target)
    assert found(loai="target", ky="year") == set()


def test_a_year_finds_every_period_that_touches_it(client):
    """“2017–2021” speaks of 2019 too, and a quarter of its year."""
    long = situations.a_statistic(period_starts_on=date(2017, 1, 1), period_ends_on=date(2021, 12, 31))
    quarter = situations.a_statistic(period_starts_on=date(2021, 10, 1), period_ends_on=date(2021, 12, 31))
    unknown = situations.a_statistic(period_label="9 tháng")
    assert listed(client, "statistics", nam=2019) == addresses(long)
    assert listed(client, "statistics", nam=2021) == addresses(long, quarter)
    assert listed(client, "statistics") == addresses(long, quarter, unknown)
    assert list(choices(client, "statistics", "nam")) == ["", "2021", "2020", "2019", "2018", "2017"]


def test_a_year_finds_the_same_figures_in_its_parts():
    """An index finds those of the year alone, and those of several years: together they are all that touch it, once."""
    chance = Random()
    known = situations.a_statistic()

    def day():
        any_day = date(2017, 12, 30) + timedelta(days=chance.randrange(1500))
        return chance.choice([None, date(2018, 1, 1), date(2021, 12, 31), any_day])

    periods = [(day(), day()) for _trial in range(80)]
    periods = [(start, end) for start, end in periods if not (start and end) or start <= end]
    Statistic.objects.bulk_create(
        Statistic(
            committee=known.committee, indicator=known.indicator, value=1, period_starts_on=start, period_ends_on=end
        )
        for start, end in periods
    )
    narrowed, whole = StatisticFilter.base_filters["nam"], Statistic.objects.order_by("pk")
    for year in map(str, range(2016, 2024)):
        parts = [row for part in narrowed.parts(whole, year) for row in part]
        assert sorted(parts, key=attrgetter("pk")) == list(narrowed.filter(whole, year)), (year, periods)


def test_a_file_of_a_year_goes_on_in_the_order_of_the_list(client, monkeypatch):
    """Its rows come of two parts, and what is in either is in it once."""
    monkeypatch.setattr(tables, "ANSWER", 2)
    made = [
        situations.a_statistic(period_starts_on=start, period_ends_on=date(2021, 12, 31), **situations.published(days))
        for days, start in enumerate([date(2021, 1, 1), date(2017, 1, 1), date(2021, 7, 1), date(2020, 2, 2)] * 2, 1)
    ]
    situations.a_statistic(period_starts_on=date(2019, 1, 1), period_ends_on=date(2020, 12, 31))
    address, found = "/so-lieu/?format=json&nam=2021", []
    while address:
        answer = client.get(address).json()
        assert len(answer["rows"]) == 2
        found += [row["id"] for row in answer["rows"]]
        address = answer["next"]
    assert found == [figure.pk for figure in made]


def test_documents_are_narrowed_by_type_year_and_issuer(client):
    one = situations.a_document(type="resolution", issued_on=date(2018, 1, 25), issuer="Tỉnh ủy")
    two = situations.a_document(type="plan", issued_on=date(2021, 5, 18), issuer="Đảng ủy Khối")
    three = situations.a_document(type="plan")
    assert listed(client, "documents", loai="plan") == addresses(two, three)
    assert listed(client, "documents", nam=2018) == addresses(one)
    assert list(choices(client, "documents", "nam")) == ["", "2021", "2020", "2019", "2018"]
    assert listed(client, "documents", **{"co-quan": "Tỉnh ủy"}) == addresses(one)
    assert list(choices(client, "documents", "co-quan")) == ["", "Đảng ủy Khối", "Tỉnh ủy"]


def test_a_conference_is_offered_with_its_day(client):
    """Conferences of many committees bear one name."""
    conference = situations.a_conference(name="Hội nghị lần thứ 8", held_on=date(2022, 4, 7))
    situations.a_statistic(conference=conference)
    situations.an_award(reported_at=conference)
    for name in ("statistics", "awards"):
        assert choices(client, name, "hoi-nghi")[str(conference.pk)] == "07/04/2022 – Hội nghị lần thứ 8"


def test_nothing_that_is_not_public_can_be_chosen(client):
    """A choice would tell that it is there; so would an address that finds something behind it."""
    draft = situations.a_conference(name="Hội nghị chưa công bố", held_on=date(1999, 1, 1), **situations.draft())
    situations.a_statistic(conference=draft, period_starts_on=date(1999, 1, 1), period_ends_on=date(1999, 1, 2),
                           indicator=situations.an_indicator("org.secret", name="Chỉ số chưa công bố"),
                           **situations.draft())  # fmt: skip
    situations.an_award(reported_at=draft, **situations.draft())
    for name in ("conferences", "statistics", "awards"):
        html = read(client, reverse(f"committees:{name}")).html
        assert "chưa công bố" not in html
        assert "1999" not in html
        assert draft.committee.name not in html
    public = situations.a_statistic(conference=draft)
    page = read(client, "/so-lieu/", **{"hoi-nghi": draft.pk})
    assert page.with_class("errorlist")
    assert public.get_absolute_url() in page.links
    assert draft.name not in page.html


def test_choices_do_not_grow_and_the_chosen_one_is_among_them(client, monkeypatch):
    monkeypatch.setattr(filtering, "CHOICES", 3)
    figures = [
        situations.a_statistic(
            committee=situations.a_committee(f"Đảng bộ {number}"),
            indicator=situations.an_indicator("x." + "a" * (number + 1), name=f"Chỉ số {number}"),
            conference=situations.a_conference(held_on=date(2020, 1, number + 1)),
        )
        for number in range(6)
    ]
    for field, of in (("to-chuc", "committee"), ("chi-so", "indicator"), ("hoi-nghi", "conference")):
        assert len(choices(client, "statistics", field)) == 1 + 3
        chosen = {getattr(figure, f"{of}_id") for figure in figures} - {
            int(value) for value in choices(client, "statistics", field) if value
        }
        last = chosen.pop()
        page = read(client, "/so-lieu/", **{field: last})
        (select,) = [element for element in page.root.iter("select") if element.get("name") == field]
        (selected,) = [option for option in select.iter("option") if "selected" in option.attrib]
        assert selected.get("value") == str(last)
        assert len(list(select.iter("option"))) == 1 + 3 + 1


def test_a_process_that_follows_the_book_asks_once_what_a_list_offers(client, followed, django_assert_num_queries):
    """Narrowed or not: what is offered is the same, and so is the form above a list that is whole."""
    conference = situations.a_conference(held_on=date(2023, 2, 14))
    followed.look()
    choices(client, "conferences", "to-chuc")
    with django_assert_num_queries(1):  # for the conferences themselves
        assert str(conference.committee_id) in choices(client, "conferences", "to-chuc")
    assert listed(client, "conferences", nam=2023, **{"to-chuc": conference.committee_id}) == addresses(conference)
    with django_assert_num_queries(1):
        listed(client, "conferences", nam=2023)
    other = situations.a_conference(held_on=date(2021, 2, 14))
    followed.look()
    assert str(other.committee_id) in choices(client, "conferences", "to-chuc")
    assert list(choices(client, "conferences", "nam")) == ["", "2023", "2022", "2021"]


NONSENSE = [
    "987654",
    "-1",
    "0",
    "abc",
    "1e400",
    "nan",
    "9" * 40,
    "9" * 5000,
    "\x00",
    "' OR 1=1 --",
    "<b>",
    "١٢",
    "\ud7ff",
]
FIELDS = {
    "committees": ["cap-tren", "loai", "tinh"],
    "conferences": ["to-chuc", "nam", "ngay", "loai", "tong-ket"],
    "awards": ["hinh-thuc", "doi-tuong", "to-chuc", "hoi-nghi", "nam"],
    "statistics": ["chi-so", "to-chuc", "hoi-nghi", "loai", "nam", "ky"],
    "documents": ["loai", "nam", "co-quan"],
}


@pytest.mark.alike
@pytest.mark.parametrize("name", FIELDS)
def test_a_choice_that_is_not_offered_is_said_and_the_list_still_shown(client, report, name):
    """Somebody mistyped an address, or follows an old one: the list is what they came for."""
    whole = listed(client, name)
    for value in NONSENSE:
        answer = client.get(reverse(f"committees:{name}"), dict.fromkeys(FIELDS[name], value))
        assert answer.status_code == 200, value
        assert answer.content.decode().count('class="errorlist"') == len(FIELDS[name]), value
    for field in FIELDS[name]:
        page = read(client, reverse(f"committees:{name}"), **{field: "<b>"})
        assert words(page.with_class("errorlist")[0])
        assert "?" in [link.get("href") for link in page.with_class("filters")[0].iter("a")]
        assert listed(client, name, **{field: "<b>"}) == whole


def test_the_rest_of_a_choice_still_narrows_when_one_part_of_it_is_nonsense(client):
    one, two = situations.a_conference(kind="extended"), situations.a_conference()
    assert listed(client, "conferences", loai="extended", nam="abc") == addresses(one)
    assert listed(client, "conferences", loai="", nam="") == addresses(one, two)


def test_an_empty_list_says_whose_choice_emptied_it(client, report):
    for path in (
        "/so-lieu/?loai=result&ky=term",
        "/so-lieu/?loai=abc&ky=term",
        "/hoi-nghi/?loai=thematic",
        "/khen-thuong/?hinh-thuc=medal",
    ):
        (empty,) = read(client, path).with_class("empty")
        assert [link.get("href") for link in empty.iter("a")] == ["?"]


def test_a_list_goes_on_with_what_was_chosen(client):
    conference = situations.a_conference()
    for _number in range(3):
        situations.a_conference(conference.committee)
    for _number in range(20):
        situations.a_conference(conference.committee, kind="extended")
    query = {"loai": "extended", "to-chuc": conference.committee_id}
    assert len(listed(client, "conferences", **query)) == 20
    situations.a_conference(conference.committee, kind="extended")
    (older,) = [link for link in read(client, "/hoi-nghi/", **query).links if "sau=" in link]
    page = read(client, f"/hoi-nghi/{older}")
    assert len(page.with_class("entry")) == 1
    assert [words(link) for link in page.with_class("pager-newer")] == [_("Newer")]
