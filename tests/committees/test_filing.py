"""Committee and year of a conference beside its awards: whichever door an award or a conference comes through."""

from datetime import date

import pytest

from committees.models import Award, Conference
from tests import situations
from tests.pages import read

pytestmark = pytest.mark.django_db


def filed(award):
    return Award.objects.values_list("reported_by", "reported_year").get(pk=award.pk)


def test_committee_and_year_of_a_conference_stand_beside_its_awards():
    conference = situations.a_conference(held_on=date(2021, 1, 15))
    award = situations.an_award(reported_at=conference)
    assert filed(award) == (conference.committee_id, 2021)
    award.count = 7
    award.save()  # with what it does not know of
    Award.objects.filter(pk=award.pk).update(reported_by=None, reported_year=1999)
    assert filed(award) == (conference.committee_id, 2021)


def test_awards_follow_what_their_conference_becomes_and_whose_it_is():
    award = situations.an_award(reported_at=situations.a_conference(held_on=date(2021, 1, 15)))
    other = situations.a_committee()
    Conference.objects.filter(pk=award.reported_at_id).update(committee=other)
    conference = Conference.objects.get(pk=award.reported_at_id)
    conference.held_on = date(2019, 7, 1)
    conference.save()
    assert filed(award) == (other.pk, 2019)


def test_an_award_of_an_unknown_day_has_no_year():
    conference = situations.a_conference(held_on=None)
    assert filed(situations.an_award(reported_at=conference)) == (conference.committee_id, None)


def test_an_award_of_no_conference_is_filed_nowhere():
    award = situations.an_award(reported_at=situations.a_conference(held_on=date(2021, 1, 15)))
    Award.objects.filter(pk=award.pk).update(reported_at=None)
    assert filed(award) == (None, None)


def test_the_list_of_awards_is_narrowed_by_committee_and_year(client):
    early = situations.an_award(reported_at=situations.a_conference(held_on=date(2019, 7, 1)), achievement="Sớm")
    late = situations.an_award(reported_at=situations.a_conference(held_on=date(2021, 7, 1)), achievement="Muộn")
    for query in (f"to-chuc={early.reported_at.committee_id}", "nam=2019"):
        html = read(client, f"/khen-thuong/?{query}").html
        assert early.get_absolute_url() in html
        assert late.get_absolute_url() not in html
