"""Awards held against what else is known (committees/reconciling.py)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committees.dossiers.conference import conference_dossier
from committees.models import Award, AwardRecipient
from committees.reconciling import reconciliation
from tests.situations import a_committee, a_conference, a_person, a_statistic, an_award, an_indicator, draft

pytestmark = pytest.mark.django_db

EXCELLENT = "“Hoàn thành xuất sắc nhiệm vụ”"
YEAR = {"period_starts_on": date(2022, 1, 1), "period_ends_on": date(2022, 12, 31)}
FIVE_YEARS = {"period_type": "range", "period_starts_on": date(2017, 1, 1), "period_ends_on": date(2021, 12, 31)}


def named(award, *names, **fields):
    return [AwardRecipient.objects.create(award=award, name=name, **fields) for name in names]


def found(award, parts=()):
    return reconciliation(award, list(award.recipients.all()), parts)


def test_of_those_who_were_commended_it_is_told_how_many_are_named(client):
    """Collectives and individuals apart; a result of the past is none of this conference's awards."""
    conference = a_conference()
    at = {"reported_at": conference, "given_at": conference}
    named(an_award(count=1, form="flag", **at), "Đảng bộ Một")
    certificates = an_award(count=3, form="certificate", **at)
    named(certificates, "Chi bộ Hai", "Chi bộ Ba", "Chi bộ Bốn")
    an_award(count=9, recipient_kind="individual", **at)
    an_award(count=66, reported_at=conference)
    an_award(count=7, part_of=certificates, **at)
    an_award(count=5, **at, **draft())
    assert [(each.announced, each.named) for each in conference_dossier(conference).named] == [(4, 4), (9, 0)]
    assert "tập thể 4/4; cá nhân 0/9" in client.get(conference.get_absolute_url()).content.decode()


def test_who_asked_to_be_taken_off_is_counted_nowhere(client):
    conference = a_conference()
    award = an_award(count=2, reported_at=conference, given_at=conference, recipient_kind="individual")
    named(award, "Người Một", person=a_person("Người Một"))
    withheld = a_person("Người Hai")
    withheld.is_withheld = True
    withheld.save()
    named(award, "Người Hai", person=withheld)
    assert [(each.announced, each.named) for each in conference_dossier(conference).named] == [(2, 1)]
    assert "1 trong số 2" in client.get(award.get_absolute_url()).content.decode()


def rated(conference, value, subject="org", unit="tổ chức cơ sở Đảng", **fields):
    indicator = an_indicator(f"rating.{subject}.excellent", name=subject)
    return a_statistic(conference=conference, indicator=indicator, value=value, unit_printed=unit, **YEAR | fields)


@pytest.mark.parametrize(("count", "fits"), [(16, True), (15, True), (17, False)])
def test_the_rating_that_an_award_is_for_is_found_in_the_same_report(count, fits):
    conference = a_conference()
    figure = rated(conference, 16, whole=79)
    rated(conference, 14, "committee", "tập thể")
    rated(a_conference(), 3)
    award = an_award(
        count=count,
        reported_at=conference,
        recipients_described="các tổ chức cơ sở Đảng",
        achievement=EXCELLENT,
        **YEAR,
    )
    ground = found(award).ground
    assert (ground.statistic, ground.fits) == (figure, fits)


@pytest.mark.parametrize(
    "fields",
    [
        {"recipients_described": "Ủy ban Kiểm tra Đảng ủy cơ sở"},  # no organization, whatever it is of
        {"recipients_described": "tập thể, cá nhân"},
        {"achievement": "Học tập và làm theo Bác"},
        {"achievement": "“Hoàn thành tốt nhiệm vụ”"},
        {"achievement": f"{EXCELLENT} 5 năm liền"},
        {"period_starts_on": date(2021, 1, 1), "period_ends_on": date(2021, 12, 31)},
    ],
)
def test_no_rating_is_taken_for_the_ground_of_another_award(fields):
    conference = a_conference()
    rated(conference, 16)
    defaults = {"recipients_described": "các tổ chức cơ sở Đảng", "achievement": EXCELLENT, **YEAR}
    assert found(an_award(reported_at=conference, **defaults | fields)).ground is None


def test_of_a_streak_it_is_told_which_years_are_borne_out(client):
    """By a committee's own rating of one year, or by another award that names it for one: nothing else."""
    committee = a_committee()
    award = an_award(count=2, form="flag", achievement=f"{EXCELLENT} 5 năm liền", **FIVE_YEARS)
    named(award, "Đảng bộ Một", committee=committee)
    named(award, "Chi bộ Hai")
    for year in (2019, 2020):
        days = {"period_starts_on": date(year, 1, 1), "period_ends_on": date(year, 12, 31)}
        a_statistic(committee=committee, level="excellent", indicator=an_indicator("rating.committee_self"), **days)
    days = {"period_starts_on": date(2020, 1, 1), "period_ends_on": date(2020, 12, 31)}
    other = an_award(achievement=EXCELLENT, **days)
    named(other, "Chi bộ  Hai")
    named(
        an_award(achievement="Hoàn thành tốt nhiệm vụ", **days | {"period_starts_on": date(2020, 2, 1)}), "Chi bộ Hai"
    )
    named(an_award(achievement=EXCELLENT, **days, **draft()), "Đảng bộ Một")
    a_statistic(committee=committee, level="excellent", kind="target", **days)
    with CaptureQueriesContext(connection) as asked:
        streak = reconciliation(award, list(award.recipients.all()), []).streak
    assert len(asked) == 3, "the recipients themselves, awards, figures"
    first, second = streak.lines
    assert [evidence.year for evidence in first.years if evidence.source] == [2019, 2020]
    assert [(evidence.year, evidence.source) for evidence in second.years if evidence.source] == [(2020, other)]
    assert (streak.announced, streak.known, streak.misses_years) == (5, 1, False)
    page = client.get(award.get_absolute_url()).content.decode()
    assert "1 trong số 5 năm có trong dữ liệu của trang tin" in page
    assert other.get_absolute_url() in page


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("đảng viên xuất sắc 5 năm liên tục", 5),
        ("hoàn thành xuất sắc nhiệm vụ năm năm liền", 5),
        ("03 năm liên tiếp hoàn thành tốt nhiệm vụ", 3),
        ("30 năm tuổi Đảng", None),
        ("Hoàn thành xuất sắc nhiệm vụ năm 2022", None),
    ],
)
def test_a_streak_is_read_as_the_report_says_it(words, years):
    streak = found(an_award(achievement=words)).streak
    assert (streak.announced if streak else None) == years


def test_a_streak_whose_years_are_not_named_or_not_as_many_says_so(client):
    award = an_award(count=5, achievement="đảng viên xuất sắc 5 năm liên tục")
    assert "báo cáo không nói rõ những năm nào" in client.get(award.get_absolute_url()).content.decode()
    four = FIVE_YEARS | {"period_ends_on": date(2020, 12, 31)}
    assert found(an_award(achievement=f"{EXCELLENT} 5 năm liền", **four)).streak.misses_years


def test_what_a_total_itemises_is_added_beside_it():
    total = an_award(count=637)
    an_award(count=24, part_of=total)
    an_award(count=13, part_of=total)
    assert found(total, Award.objects.filter(part_of=total)).itemised == 37
