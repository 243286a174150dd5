"""What each page costs, and that ten times the rows cost the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Citation
from committees.models import Attendance, AwardRecipient, CommitteeAlias, Indicator
from tests import situations

# Queries of a page: two of them are the site's name and its menu, which a process that follows the book keeps.
BUDGET = {
    "committees": 6,
    "committee": 8,  # one of them for what became of its targets
    "conferences": 5,
    "conference": 9,  # one of them for how many are named of those who were commended
    "calendar": 8,
    "awards": 7,  # one of them for the board by form, year and committee
    "award": 8,  # one of them for the rating that it is for
    "statistics": 7,
    "statistic": 7,  # one of them for the figures beside it, by which it is worked out
    "targets": 10,
    "indicators": 4,
    "indicator": 5,
    "documents": 5,
    "document": 4,
}


def grow(report, times):
    """Add so many of everything that stands on the report's pages."""
    for number in range(times):
        committee = situations.a_committee(parent=report.committee)
        situations.a_committee(predecessor=report.committee)
        situations.a_committee(province=f"Tỉnh {number}")
        CommitteeAlias.objects.create(committee=report.committee, name=f"Tên khác {number}")
        conference = situations.a_conference(report.committee)
        for shown_at in (conference, report.conference):
            Attendance.objects.create(conference=shown_at, person=situations.a_person(f"Người {number}"))
            figure = situations.a_statistic(conference=shown_at, indicator=report.indicator, whole=900)
            situations.a_statistic(conference=shown_at, indicator=report.indicator, part_of=figure)
            award = situations.an_award(reported_at=shown_at)
            AwardRecipient.objects.create(award=award, name="Tập thể", committee=report.committee)
        code = "x." + "".join("abcdefghij"[int(digit)] for digit in str(Indicator.objects.count()))
        situations.a_statistic(committee=committee, indicator=situations.an_indicator(code))
        situations.a_statistic(part_of=report.whole, indicator=report.indicator)
        situations.an_award(part_of=report.award)
        AwardRecipient.objects.create(award=report.award, name=f"Chi bộ {number}", committee=committee)
        article = situations.an_article(conference=report.conference)
        article.committees.add(report.committee)
        for thing in (report.whole, report.award):
            situations.a_mention(article, thing, "79/85")
        Citation.objects.create(article=article, document=report.document)
        situations.a_document()


def queries(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    # Savepoints are there only because a test is one transaction; and Django asks SQLite once whether it knows JSON.
    own = ("SAVEPOINT", "SELECT JSON(")
    return [query["sql"] for query in asked if not any(words in query["sql"] for words in own)]


@pytest.mark.parametrize("name", BUDGET)
def test_a_page_keeps_to_its_budget(client, report, name):
    assert len(queries(client, report.pages[name])) <= BUDGET[name]


@pytest.mark.parametrize("name", ["conference", "award", "statistic"])
def test_a_process_that_keeps_what_stands_on_every_page_asks_eight_questions_at_most(client, report, followed, name):
    grow(report, 3)
    client.get(report.pages[name])
    assert len(queries(client, report.pages[name])) <= 8


def test_ten_times_the_rows_cost_the_same(client, report):
    grow(report, 3)
    few = {name: queries(client, path) for name, path in report.pages.items()}
    grow(report, 30)
    for name, path in report.pages.items():
        many = queries(client, path)
        assert len(many) == len(few[name]), f"{name}:\n" + "\n".join(many)
        assert len(many) <= BUDGET[name], f"{name}:\n" + "\n".join(many)


@pytest.mark.alike  # templates alone decide how long a page is
def test_no_page_grows_with_its_tables(client, report):
    """Lists go on by key, and what a page shows of a list is bounded."""
    grow(report, 65)
    few = {name: len(client.get(path).content) for name, path in report.pages.items()}
    grow(report, 65)
    for name, path in report.pages.items():
        assert len(client.get(path).content) < 1.1 * few[name], name


@pytest.mark.parametrize("name", ["committees", "conferences", "awards", "statistics", "documents"])
def test_a_narrowed_list_costs_little_more(client, report, name):
    """Each chosen thing is looked up once."""
    grow(report, 3)
    query = {
        "committees": f"cap-tren={report.committee.pk}&loai=other",
        "conferences": f"to-chuc={report.committee.pk}&nam=2023",
        "awards": f"to-chuc={report.committee.pk}&hoi-nghi={report.conference.pk}",
        "statistics": f"chi-so={report.indicator.pk}&to-chuc={report.committee.pk}&hoi-nghi={report.conference.pk}",
        "documents": "loai=other",
    }[name]
    chosen = query.count("to-chuc") + query.count("hoi-nghi") + query.count("chi-so") + query.count("cap-tren")
    assert len(queries(client, f"{report.pages[name]}?{query}")) <= BUDGET[name] + chosen
