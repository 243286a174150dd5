"""How Vietnamese is folded, ordered and printed."""

import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.vietnamese import (
    SORT_KEY_LENGTH,
    day,
    fold,
    moment,
    normalise,
    number,
    read_number,
    roman,
    slugify,
    sort_key,
)


@pytest.mark.parametrize(
    "written",
    [
        "Đảng bộ Khối",
        unicodedata.normalize("NFD", "Đảng bộ Khối"),
        "Đảng\u00a0bộ  Khối",
        "dang bo khoi",
        "ĐẢNG BỘ KHỐI",
        "Đảng\u200b bộ Khối",
    ],
)
def test_every_way_of_writing_a_name_has_one_search_key(written):
    assert fold(written) == "dang bo khoi"


def test_both_styles_of_placing_a_tone_are_found_by_each_other():
    assert fold("uỷ viên, hoá chất") == fold("ủy viên, hóa chất")


def test_names_stand_in_the_order_of_the_vietnamese_alphabet():
    """Python's own order would put Đ after Z and Ă after every plain letter."""
    names = ["an", "ăn", "ân", "ban", "bàn", "bản", "bán", "ban công", "dân", "Đảng", "en", "ê", "o", "ô", "ơ", "ư"]
    assert sorted(set(names), key=sort_key) == names


def test_numbers_inside_names_are_ordered_as_numbers():
    assert sorted(["Chi bộ 10", "Chi bộ 6", "Chi bộ 06b"], key=sort_key) == ["Chi bộ 6", "Chi bộ 06b", "Chi bộ 10"]


def test_an_address_keeps_the_d_of_dang():
    assert slugify("Đảng bộ Khối các cơ quan – 2022!") == "dang-bo-khoi-cac-co-quan-2022"
    assert slugify("★★★", "bai-viet") == "bai-viet"
    assert len(slugify("từ " * 100)) <= 80


def test_what_is_not_known_is_printed_as_no_number():
    """Least of all as a zero, of which there is one: what is remembered of it has no sign."""
    with pytest.raises(TypeError):
        number(None)  # type: ignore[arg-type]
    assert [number(Decimal("-0.00"), 1), number(0, 1), number(Decimal("-0.00")), number(0)] == ["0,0", "0,0", "0", "0"]


def test_numbers_and_days_are_printed_as_vietnamese_prints_them():
    assert number(6027) == "6.027"
    assert number(Decimal("94.6700")) == "94,67"
    assert number(Decimal("90"), 0) == "90"
    assert number(Decimal("98.6"), 2) == "98,60"
    assert day(date(2023, 2, 4)) == "04/02/2023"


def test_a_moment_names_the_zone_of_its_clock():
    vietnam, india = timezone(timedelta(hours=7)), timezone(timedelta(hours=5, minutes=30))
    assert moment(datetime(2023, 2, 14, 16, 40, tzinfo=vietnam)) == "14/02/2023 | 16:40 GMT+7"
    assert moment(datetime(2023, 2, 14, 16, 40, tzinfo=india)) == "14/02/2023 | 16:40 GMT+5:30"
    assert moment(datetime(2023, 2, 14, 16, 40, tzinfo=UTC)) == "14/02/2023 | 16:40 GMT+0"


def test_terms_are_counted_in_roman_numerals():
    assert [roman(term) for term in (1, 4, 8, 9, 14, 19, 40)] == ["I", "IV", "VIII", "IX", "XIV", "XIX", "XL"]


@given(st.text())
def test_any_text_has_keys_and_making_them_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)
    assert fold(fold(text)) == fold(text)
    assert len(sort_key(text)) <= SORT_KEY_LENGTH
    assert sort_key(text).isdigit()


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_a_printed_number_reads_back_as_itself(value):
    assert int(number(value).replace(".", "")) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_what_is_printed_is_read_back_as_it_was(value):
    """A form shows a number and gets it back: nothing may be lost on the way."""
    assert read_number(number(value)) == value


@pytest.mark.parametrize("text", ["", "abc", "1,2,3", "1.23.456", "1e5", "71/75", "94,67%", "--5", "1.234.5"])
def test_what_is_no_number_is_not_guessed(text):
    with pytest.raises(ValueError, match=r".*"):
        read_number(text)
