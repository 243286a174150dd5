"""The matching form: one text for every way of typing it, and the way back to what was typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.figures.normalising import Matching, key, normalise

PIECES = st.lists(
    st.one_of(
        st.sampled_from(["hóa", "ủy", "quý", "a\u0323\u0306", "\u00a0", "–", "\u200b", "\n", "“", "９"]), st.text()
    )
)


@given(PIECES)
def test_normalising_twice_is_normalising_once(pieces):
    once = normalise("".join(pieces))
    assert normalise(once) == once


@given(PIECES)
def test_every_place_leads_back_in_order_to_the_text_as_given(pieces):
    given_text = "".join(pieces)
    matching = Matching(given_text)
    places = [matching.origin(place) for place in range(len(matching.text) + 1)]
    assert len(matching.low) == len(matching.text)
    assert places == sorted(places)
    assert places[-1] == len(given_text)
    assert all(matching.origin(matching.place(place)) >= place for place in (0, len(given_text) // 2))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ủy ban", "Uỷ ban"),
        ("khóa hoá", "khoá hóa"),
        ("ĐẢNG ỦY", "đảng uỷ"),
        ("2020 – 2025", "2020\u00a0-\u00a02025"),
        (unicodedata.normalize("NFD", "Tổ chức cơ sở Đảng"), "tổ chức cơ sở đảng"),
        ("th\u200bứ hai", "thứ hai"),
    ],
)
def test_what_reads_the_same_matches(one, other):
    assert key(one) == key(other)


def test_a_span_of_the_matching_form_is_a_span_of_the_text_as_given():
    text = unicodedata.normalize("NFD", "Đảng ủy\u00a0Khối: 71/75 tập thể")
    matching = Matching(text)
    start = matching.low.index("71/75")
    assert matching.given_slice(start, start + 5) == "71/75"
    assert text[: matching.origin(start)].endswith("Khối: ") is False
    assert unicodedata.normalize("NFC", text[: matching.origin(start)]) == "Đảng ủy\u00a0Khối: "
