"""A key that an address or a form brings is a number that some row may have, or nothing."""

import pytest

from newsroom.keys import key_in

pytestmark = pytest.mark.alike


@pytest.mark.parametrize("said", ["", "-1", "1.5", "１２", "²", "12a", " 12", "9" * 19, "0x10"])
def test_what_is_no_number_of_a_row_is_nothing(said: str):
    """PostgreSQL refuses what no column holds, SQLite falls over it, and int() reads digits of any script."""
    assert key_in(said) is None


def test_a_key_is_the_number_it_is():
    assert (key_in("12"), key_in("9" * 18)) == (12, 10**18 - 1)
