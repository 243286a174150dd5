"""Every number of an article with its standing to the data (committees/figures/examining.py)."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import pytest

from committees.figures import Part, Standing, check, examine


@dataclass
class Row:
    """A row of data, without a database."""

    label: str
    unit_printed: str = ""
    value: Decimal | None = None
    whole: Decimal | None = None
    percent: Decimal | None = None
    percent_places: int | None = None
    value_max: Decimal | None = None
    plan_percent: Decimal | None = None
    comparator: str = "="
    kind: str = "result"
    mentions: list[Any] = field(default_factory=list)


@dataclass
class Said:
    words: str
    before: str = ""
    after: str = ""
    part: str = "body"


GOOD = Row(
    "Tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ", "tổ chức cơ sở Đảng", Decimal(79), Decimal(85), Decimal("92.94"), 2
)
DONE = Row("Tổ chức cơ sở đảng hoàn thành nhiệm vụ", "tổ chức cơ sở Đảng", Decimal(5), Decimal(85))
ADMITTED = Row("Kết nạp đảng viên mới", "đảng viên", Decimal(99))
ROWS = [GOOD, DONE, ADMITTED]
TITLE = "92,94% tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ"
BODY = (
    "Sáng 14/02, có 79/85 tổ chức cơ sở đảng (92,94%) “Hoàn thành tốt nhiệm vụ”; 05/85 tổ chức cơ sở đảng"
    " “Hoàn thành nhiệm vụ”. Đảng bộ kết nạp 99 đảng viên mới; mở 12 lớp bồi dưỡng."
)


def standings(examination, part="body"):
    return {number.text: (number.standing, number.row) for number in examination.numbers if number.part == part}


def test_every_number_has_its_standing():
    found = examine([Part("title", TITLE), Part("body", BODY)], ROWS)
    assert list(standings(found, "title").values()) == [(Standing.AGREES, 0)]
    body = standings(found)
    assert {text.rstrip("%"): row for text, (standing, row) in body.items() if standing == Standing.AGREES} == {
        "79/85": 0, "92,94": 0, "05/85": 1, "99": 2,
    }  # fmt: skip
    assert body["12"] == (Standing.NO_ROW, None)
    assert body["14/02"] == (Standing.SET_ASIDE, None)
    assert found.against_rows == (5, 6), "a day is none of the numbers that are checked"
    assert found.coverage == (5, 6)


def test_a_number_that_the_data_say_otherwise_blocks():
    found = examine([Part("body", BODY.replace("05/85", "06/85"))], ROWS)
    assert standings(found)["06/85"] == (Standing.CONTRADICTS, 1)
    (block,) = [verdict for verdict in found.verdicts if verdict.weight == "block"]
    assert (block.rule, block.row, block.quote.split()[0]) == ("R6", 1, "06/85")
    assert "5/85" in block.message


def test_a_share_that_was_mended_in_one_place_blocks_and_the_rest_of_the_figure_agrees():
    found = examine([Part("body", BODY.replace("92,94", "92,95"))], ROWS)
    assert {verdict.rule for verdict in found.verdicts if verdict.weight == "block"} == {"R1", "R6"}


@pytest.mark.parametrize(("words", "part"), [("99 đảng viên", "body"), ("kết nạp 99 đảng viên", "")])
def test_a_figure_is_found_by_the_words_in_which_it_was_mentioned(words, part):
    """Whatever number stands there now: its neighbours are still the same."""
    before, _words, after = BODY.partition(words)
    row = Row("Phát triển đảng", "quần chúng", Decimal(99), mentions=[Said(words, before[-40:], after[:40], part)])
    changed = BODY.replace("99 đảng viên", "98 đảng viên")
    assert [v.rule for v in check(changed, title="Kết nạp 98 đảng viên", rows=[row]) if v.weight == "block"] == ["R6"]
    assert standings(examine([Part("body", BODY)], [row]))["99"] == (Standing.AGREES, 0)


@pytest.mark.parametrize(
    "text",
    [
        "Khen thưởng 8 tập thể.",  # another thing than the row
        "Năm sau phấn đấu kết nạp 120 đảng viên mới trở lên.",  # a target beside a result
        "Các chi bộ kết nạp 40 đảng viên mới; các đảng bộ kết nạp 59 đảng viên mới.",  # which of them would be the row?
        "Có 12/40 chi bộ hoàn thành nhiệm vụ.",  # another population
    ],
)
def test_what_is_not_certainly_a_row_has_none(text):
    """A false block is worse than silence."""
    found = examine([Part("body", text)], ROWS)
    assert not [verdict for verdict in found.verdicts if verdict.rule == "R6"]
    assert {number.standing for number in found.numbers} == {Standing.NO_ROW}


def test_a_row_alone_of_its_kind_is_found_by_its_label():
    found = examine([Part("body", "Đảng bộ kết nạp 100 đảng viên mới trong năm.")], ROWS)
    assert [(verdict.rule, verdict.row) for verdict in found.verdicts if verdict.weight == "block"] == [("R6", 2)]


@pytest.mark.parametrize(
    ("title", "rules"),
    [
        ("Gần 93% tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ", []),
        ("93% tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ", []),
        ("92% tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ", ["R6"]),
        ("Gần 92% tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ", ["R6"]),
    ],
)
def test_a_looser_word_for_the_row_agrees_with_it(title, rules):
    row = replace(GOOD, mentions=[Said(title[:-5], part="title")])
    found = check(BODY, title=title, rows=[row])
    assert [verdict.rule for verdict in found if verdict.weight == "block"] == rules


def test_what_is_bounded_in_the_data_is_bounded_in_the_text():
    row = Row("Kết nạp đảng viên mới", "đảng viên", Decimal(120), comparator=">=", mentions=[Said("120 đảng viên")])
    assert [v.rule for v in check("Đã kết nạp 120 đảng viên.", rows=[row]) if v.weight == "block"] == ["R6"]
    assert not [v for v in check("Kết nạp 120 đảng viên trở lên.", rows=[row]) if v.weight == "block"]


def test_captions_are_parts_with_names_of_their_own():
    found = examine([Part("body", BODY), Part("caption.7", "Trao giấy khen cho 6 tập thể")], ROWS)
    assert standings(found, "caption.7") == {"6": (Standing.NO_ROW, None)}
