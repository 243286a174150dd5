"""A thing has one address; every other leads there."""

import pytest
from django.test import RequestFactory

from newsroom.addresses import elsewhere
from tests.situations import a_committee

pytestmark = pytest.mark.django_db


def test_the_right_address_leads_nowhere_else():
    committee = a_committee("Đảng bộ Sở Y tế")
    assert elsewhere(RequestFactory().get(committee.get_absolute_url()), committee) is None


@pytest.mark.parametrize("slug", ["dang-bo", "x", "DANG-BO-SO-Y-TE"])
def test_an_old_slug_leads_to_the_right_one_for_good(slug):
    committee = a_committee("Đảng bộ Sở Y tế")
    answer = elsewhere(RequestFactory().get(f"/to-chuc/{slug}-{committee.pk}/"), committee)
    assert (answer.status_code, answer["Location"]) == (301, f"/to-chuc/dang-bo-so-y-te-{committee.pk}/")


def test_the_query_string_goes_along():
    """A page of a list stays that page when the thing it belongs to is renamed."""
    committee = a_committee("Đảng bộ Sở Y tế")
    answer = elsewhere(RequestFactory().get(f"/to-chuc/x-{committee.pk}/?sau=20230214T000000Z~12&nam=2023"), committee)
    assert answer["Location"] == f"/to-chuc/dang-bo-so-y-te-{committee.pk}/?sau=20230214T000000Z~12&nam=2023"
