"""The board of awards: sums that are ours, parts that are not added twice, numbers that lead to their awards."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from committees.award_board import MOST_LINES, award_board
from committees.models import Award
from tests import situations
from tests.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    return situations.a_conference(situations.a_committee("Đảng bộ thử"), held_on=date(2023, 2, 14))


def board():
    return award_board(Award.objects.public(), {})


def cells():
    return {(line.year, line.committee, cell.form): cell for line in board().lines for cell in line.cells if cell}


def test_awards_are_summed_by_form_year_and_committee(conference):
    situations.an_award(reported_at=conference, count=15)
    situations.an_award(reported_at=conference, count=16)
    situations.an_award(reported_at=conference, form="flag", count=1)
    found = cells()
    sums = {form: (cell.text, cell.is_computed) for (_year, _committee, form), cell in found.items()}
    assert sums == {"Giấy khen": ("31", True), "Cờ": ("1", False)}
    assert {key[:2] for key in found} == {(2023, "Đảng bộ thử")}


def test_a_part_is_not_added_to_its_total(conference):
    total = situations.an_award(reported_at=conference, count=31)
    situations.an_award(reported_at=conference, count=16, part_of=total)
    (cell,) = cells().values()
    assert (cell.text, cell.is_computed) == ("31", False)


def test_what_states_no_number_is_not_counted_as_none(conference):
    situations.an_award(reported_at=conference, count=None)
    (cell,) = cells().values()
    assert cell.text == ""
    situations.an_award(reported_at=conference, count=4)
    (cell,) = cells().values()
    assert cell.text == "≥4"


def test_a_number_leads_to_its_awards(client, conference):
    award = situations.an_award(reported_at=conference, count=15)
    situations.an_award(reported_at=conference, count=16, form="flag")
    page = read(client, "/khen-thuong/", **{"doi-tuong": "collective"})
    links = [link for link in page.links if "hinh-thuc=commendation" in link]
    assert parse_qs(urlsplit(links[0]).query) == {
        "doi-tuong": ["collective"],
        "hinh-thuc": ["commendation"],
        "to-chuc": [str(conference.committee_id)],
        "nam": ["2023"],
    }
    narrowed = read(client, links[0])
    assert [link for link in narrowed.links if link.startswith("/khen-thuong/1") or "-" in link].count(
        award.get_absolute_url()
    ) == 1
    assert not narrowed.with_class("award-board")


def test_a_conference_that_is_not_public_lends_the_board_nothing(conference):
    hidden = situations.a_conference(held_on=date(1999, 1, 1), **situations.draft())
    situations.an_award(reported_at=hidden, count=5)
    situations.an_award(reported_at=conference, count=5, **situations.draft())
    assert board().lines == []


def test_the_board_is_bounded_and_stands_on_the_first_page(client, report):
    for year in range(1990, 2015):
        situations.an_award(
            reported_at=situations.a_conference(report.committee, held_on=date(year, 5, 1)),
            form="flag",
        )
    page = read(client, "/khen-thuong/")
    assert len(page.with_class("award-board")[0].findall(".//td[@class='sum']")) <= MOST_LINES * 2
    assert "những khen thưởng mới nhất" in page.text
    older = next(link for link in page.links if "sau=" in link)
    assert not read(client, f"/khen-thuong/{older}").with_class("award-board")
