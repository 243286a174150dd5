"""The public pages of committees and of what is known of them."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["committees", "conferences", "awards", "statistics", "indicators", "documents"])
def test_an_empty_newsroom_has_its_lists(client, name):
    assert client.get(reverse(f"committees:{name}")).status_code == 200
