"""Figures and awards are found again in a text that has been edited, and never taken for another without asking."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.anchors import NEIGHBOURHOOD, anchors
from articles.models import Mention

ANCHORED, CHANGED, LOST = Mention.State.ANCHORED, Mention.State.CHANGED, Mention.State.LOST

REPORT = (
    "Năm 2021, có 71/75 tập thể hoàn thành tốt nhiệm vụ (94,67%), trong đó 14/71 tập thể hoàn thành xuất sắc; "
    "3/75 tập thể hoàn thành nhiệm vụ. Kết nạp 147 đảng viên mới, tặng 15 giấy khen."
)
MARKED = ("71/75 tập thể", "14/71 tập thể", "3/75 tập thể", "147 đảng viên", "15 giấy khen")


@dataclass
class Kept:
    words: str
    before: str = ""
    after: str = ""
    words_now: str = ""


def marked(text: str, words: str, nth: int = 0) -> Kept:
    """What is kept of the `nth` place of `words` in `text`."""
    start = -1
    for _time in range(nth + 1):
        start = text.index(words, start + 1)
    end = start + len(words)
    return Kept(words, text[max(0, start - NEIGHBOURHOOD) : start], text[end : end + NEIGHBOURHOOD])


def found(edited: str, words: str, text: str = REPORT) -> tuple[str, str]:
    """Where one of the figures of `text` stands once it has been edited, while the others are marked as well."""
    kept = [marked(text, each) for each in MARKED if each in text]
    anchor = dict(zip((one.words for one in kept), anchors(kept, [edited]), strict=True))[words]
    return anchor.state, anchor.words_in([edited])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("Năm 2021, có", "Năm 2021, toàn Đảng bộ đã có"),
        (" hoàn thành tốt nhiệm vụ (94,67%), trong đó", " (94,67%) hoàn thành tốt nhiệm vụ, trong đó"),
        ("Kết nạp 147", "Cũng trong năm, đã kết nạp được 147"),
        ("Năm 2021", "Năm 2020, có 71/76 tập thể. Năm 2021"),
    ],
)
@pytest.mark.parametrize("words", MARKED)
def test_what_is_written_around_a_figure_does_not_move_it(old: str, new: str, words: str):
    assert found(REPORT.replace(old, new, 1) if old else REPORT, words) == (ANCHORED, words)


@pytest.mark.parametrize(
    ("words", "old", "new", "now"),
    [
        ("71/75 tập thể", "71/75", "72/75", "72/75 tập thể"),
        ("71/75 tập thể", "có 71/75 tập thể", "xếp loại 72/75 tổ chức", "72/75 tổ chức"),
        ("3/75 tập thể", "3/75", "13/75", "13/75 tập thể"),  # the old words stand in the new ones
        ("147 đảng viên", "147 đảng", "1.147 đảng", "1.147 đảng viên"),
        ("15 giấy khen", "15 giấy khen", "khoảng 15,5% giấy khen", "15,5% giấy khen"),
    ],
)
def test_other_words_in_its_place_are_pointed_at_and_asked_about(words: str, old: str, new: str, now: str):
    assert found(REPORT.replace(old, new), words) == (CHANGED, now)


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        ("71/75 tập thể", "71/75 tập thể hoàn thành tốt nhiệm vụ (94,67%), trong đó ", ""),
        ("147 đảng viên", "Kết nạp 147 đảng viên mới, ", ""),
        ("71/75 tập thể", "71/75 tập thể", "đa số tập thể"),  # nothing of a figure is left
        ("3/75 tập thể", REPORT, "Một bài khác hẳn: 3/75 tập thể vắng mặt."),
    ],
)
def test_a_figure_that_is_gone_is_lost_and_does_not_go_over_to_its_neighbour(words: str, old: str, new: str):
    assert found(REPORT.replace(old, new), words)[0] == LOST


AWARDS = "Đảng ủy tặng 15 giấy khen cho tập thể; tặng 15 giấy khen cho cá nhân có thành tích."


def test_of_two_equal_figures_each_keeps_its_own_place():
    kept = [marked(AWARDS, "15 giấy khen"), marked(AWARDS, "15 giấy khen", 1)]
    assert [anchor.start for anchor in anchors(kept, [AWARDS])] == [13, 44]
    edited = AWARDS.replace("15 giấy khen cho tập thể", "16 giấy khen cho tập thể")
    assert [anchor.state for anchor in anchors(kept, [edited])] == [CHANGED, ANCHORED]
    edited = AWARDS.replace("; tặng 15 giấy khen cho cá nhân", "")
    assert [anchor.state for anchor in anchors(kept, [edited])] == [ANCHORED, LOST]


def test_where_one_of_two_equal_figures_is_gone_and_nobody_can_tell_which_a_person_is_asked():
    kept = [marked(AWARDS, "15 giấy khen"), marked(AWARDS, "15 giấy khen", 1)]
    edited = AWARDS.replace("15 giấy khen cho tập thể; tặng ", "")
    assert [anchor.state for anchor in anchors(kept, [edited])] == [CHANGED, CHANGED]


LIST = "Đảng bộ A có 5 tổ chức, 20 chi bộ; Đảng bộ B có 5 tổ chức, 20 chi bộ; Đảng bộ C có 5 tổ chức, 20 chi bộ."


@pytest.mark.parametrize("are_others_marked", [True, False])
def test_where_all_lines_read_alike_none_goes_over_to_the_next(are_others_marked: bool):
    kept = [marked(LIST, "5 tổ chức", nth) for nth in range(3 if are_others_marked else 1)]
    first, *others = [
        anchor.state for anchor in anchors(kept, [LIST.replace("Đảng bộ A có 5 tổ chức, 20 chi bộ; ", "")])
    ]
    assert first != ANCHORED
    assert others == [ANCHORED] * len(others)


def test_a_line_that_is_moved_takes_its_figures_along():
    lines = ["Đầu bài.", *(f"{place} kết nạp 5 đảng viên mới" for place in ("Khối A", "Khối B", "Khối C")), "Hết."]
    text, moved = "\n".join(lines), "\n".join([*lines[3:], *lines[:3]])
    kept = [marked(text, "5 đảng viên", nth) for nth in range(3)]
    assert {(anchor.state, moved[: anchor.start].rpartition("\n")[2]) for anchor in anchors(kept, [moved])} == {
        (ANCHORED, f"Khối {letter} kết nạp ") for letter in "ABC"
    }


def test_it_is_found_again_when_its_words_come_back():
    one = marked(REPORT, "71/75 tập thể")
    one.words_now = "72/75 tập thể"
    assert anchors([one], [REPORT])[0].state == ANCHORED
    assert anchors([one], [REPORT.replace("71/75", "72/75")])[0].state == CHANGED


def test_words_that_stand_among_strangers_stay_asked_about():
    one = marked(REPORT, "71/75 tập thể")
    one.words_now = one.words
    assert anchors([one], [REPORT])[0].state == CHANGED


def test_of_captions_the_right_one_is_found():
    captions = ["Trao 15 giấy khen cho tập thể", "Trao 15 giấy khen cho cá nhân"]
    (anchor,) = anchors([marked(captions[1], "15 giấy khen")], captions)
    assert (anchor.state, anchor.text) == (ANCHORED, 1)


TEXT = st.text(st.sampled_from("0135/,% \nabđấĐ"), max_size=120) | st.text(max_size=60)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(TEXT, st.integers(0, 120), st.integers(1, 30), TEXT, st.integers(0, 120))
def test_whatever_is_written_it_is_anchored_at_its_words_or_asks(text: str, start: int, length: int, new: str, at: int):
    """Anchored are the very words and nothing else; what has changed points at something; nothing raises."""
    words = text[start : start + length]
    if not words:
        return
    kept = Kept(words, text[max(0, start - NEIGHBOURHOOD) : start], text[start + length :][:NEIGHBOURHOOD])
    for edited in (new, text[:at] + new + text[at:], text[:start] + new + text[start + length :]):
        (anchor,) = anchors([kept], [edited])
        now = anchor.words_in([edited])
        assert now == words if anchor.state == ANCHORED else bool(now) == (anchor.state == CHANGED)
