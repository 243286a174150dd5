"""The periods that a text names, and which of them its figures belong to."""

from datetime import date

import pytest

from committees.figures.normalising import Matching
from committees.figures.periods import Timeline, periods_in


def period_of(text, words, title=""):
    """Return the period of the figure that `words` of `text` are, each line of which is a paragraph."""
    passages, place = [], 0
    for line in text.split("\n"):
        passages.append((place, place + len(line)))
        place += len(line) + 1
    start = text.index(words)
    sentence = max(text.rfind(". ", 0, start) + 2, text.rfind("\n", 0, start) + 1), text.find(".", start)
    clause = max(text.rfind(";", sentence[0], start) + 1, sentence[0]), sentence[1]
    return Timeline(Matching(text), passages).at(start, start + len(words), clause, sentence)


@pytest.mark.parametrize(
    ("words", "kind", "first", "last"),
    [
        ("năm 2022", "year", date(2022, 1, 1), date(2022, 12, 31)),
        ("quý I/2022", "quarter", date(2022, 1, 1), date(2022, 3, 31)),
        ("Quý IV năm 2021", "quarter", date(2021, 10, 1), date(2021, 12, 31)),
        ("quý III-2012", "quarter", date(2012, 7, 1), date(2012, 9, 30)),
        ("9 tháng đầu năm 2020", "months", date(2020, 1, 1), date(2020, 9, 30)),
        ("sáu tháng cuối năm 2022", "half", date(2022, 7, 1), date(2022, 12, 31)),
        ("nửa đầu năm 2023", "half", date(2023, 1, 1), date(2023, 6, 30)),
        ("nhiệm kỳ 2020 – 2025", "term", date(2020, 1, 1), date(2025, 12, 31)),
        ("giai đoạn 2017-2020", "range", date(2017, 1, 1), date(2020, 12, 31)),
        ("từ năm 2017 – 2021", "range", date(2017, 1, 1), date(2021, 12, 31)),
        ("quý I", "quarter", None, None),
    ],
)
def test_a_period_is_read_with_its_days(words, kind, first, last):
    [found] = periods_in(f"Kết quả {words}, toàn Khối")
    assert (found.label, found.type, found.first, found.last) == (words, kind, first, last)


def test_a_figure_takes_the_period_that_opened_a_paragraph_before_it():
    found = period_of("Năm 2020, mọi việc đều tốt.\nĐảng bộ kết nạp 147 đảng viên.", "147")
    assert (found.first, found.last, found.inferred_from) == (date(2020, 1, 1), date(2020, 12, 31), "Năm 2020")


def test_a_period_in_the_clause_of_the_figure_comes_first():
    found = period_of("Năm 2020, mọi việc đều tốt.\nĐảng bộ mở 2 lớp trong quý I năm 2021.", "2 lớp")
    assert (found.label, found.inferred_from) == ("quý I năm 2021", "")


def test_what_is_wanting_and_what_is_to_come_end_the_period_of_the_results():
    """ "Tuy nhiên" and "Thời gian tới" close it: a figure behind them is of no period that anybody named."""
    text = "Năm 2020, kết nạp 147 đảng viên.\n{} còn 3 chi bộ yếu."
    assert period_of(text.format("Tuy nhiên,"), "3 chi bộ") is None
    assert period_of(text.format("Thời gian tới,"), "3 chi bộ") is None
    assert period_of(text.format("Bên cạnh đó,"), "3 chi bộ").label == "Năm 2020"


def test_the_year_of_a_quarter_is_that_of_the_same_words_before():
    found = period_of("Hội nghị sơ kết quý I năm 2022.\nTrong quý I vừa qua, kết nạp 26 đảng viên.", "26")
    assert (found.first, found.inferred_from) == (date(2022, 1, 1), "quý I năm 2022")


def test_a_period_of_a_plan_or_of_a_congress_is_not_that_of_the_figure():
    """A share of the plan for the whole year may be reached by June."""
    text = "Trong quý II năm 2022, hoàn thành 50% kế hoạch năm 2021 và nghị quyết Đại hội nhiệm kỳ 2020-2025."
    assert period_of(text, "50%").label == "quý II năm 2022"


def test_a_period_whose_year_nothing_tells_has_no_days():
    found = period_of("Trong 9 tháng qua, kết nạp 99 đảng viên.", "99")
    assert (found.label, found.first, found.last) == ("9 tháng qua", None, None)
