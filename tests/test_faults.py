"""What the experiments with faults count by (bench/faults): a count that sees nothing would promise everything."""

import pytest

from bench.faults.__main__ import EXPERIMENTS
from bench.faults.tally import Tally


@pytest.fixture
def tally() -> Tally:
    tally = Tally()
    for text in ("một", "hai"):
        tally.acknowledge(text)
    return tally


def test_what_is_all_there_once_is_no_complaint(tally):
    tally.audit(["một", "hai", "chưa ai trả lời"])
    assert tally.complaints() == []


def test_a_dropped_row_is_lost_and_a_row_more_is_there_twice(tally):
    tally.audit(["một", "một"])
    assert tally.complaints() == ["1 lost", "1 duplicated"]


def test_what_is_slow_or_fails_too_long_or_is_nobodys_business_is_complained_of(tally):
    tally.audit(["một", "hai"])
    tally.fail("503", took=2.5)
    tally.wonder("an answer 500")
    tally.healed = tally.failures[0][0] - 11
    assert tally.complaints() == [
        "somebody waited 2.5 s",
        "failures 11.0 s after the fault was over",
        "1 times an answer 500",
    ]


def test_an_experiment_in_which_nobody_did_anything_proves_nothing():
    assert Tally().complaints() == ["nothing was acknowledged"]


def test_every_experiment_has_a_fault_of_its_own_to_find():
    assert len({one.name for one in EXPERIMENTS}) == len(EXPERIMENTS)
    assert all(one.planted and one.sign for one in EXPERIMENTS)
