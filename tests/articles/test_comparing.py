"""Two texts held against each other: what went, what came, and which figures became others."""

import time

import pytest

from articles.comparing import FigureChange, Piece, compare, compare_texts, figures_changed


def sides(pieces: list[Piece]) -> tuple[str, str]:
    old = "".join(piece.text for piece in pieces if piece.kind != "new")
    new = "".join(piece.text for piece in pieces if piece.kind != "gone")
    return " ".join(old.split()), " ".join(new.split())


def test_a_changed_figure_is_one_word_and_the_rest_stays():
    """A reader of a comparison must see 71/75 become 72/75, not a 1 become a 2."""
    assert compare_texts("Có 71/75 tập thể đạt.", "Có 72/75 tập thể đạt.") == [
        Piece("same", "Có "),
        Piece("gone", "71/75 "),
        Piece("new", "72/75 "),
        Piece("same", "tập thể đạt."),
    ]


@pytest.mark.parametrize(
    ("old", "new", "figures"),
    [
        ("71/75 tập thể", "72/75 tập thể", [("71/75", "72/75")]),
        ("đạt 94,67%.", "đạt 96%.", [("94,67%", "96%")]),
        ("ngày 14/02/2023", "ngày 15/02/2023", [("14/02/2023", "15/02/2023")]),
        ("thu 6.027 đồng", "thu đồng", [("6.027", "")]),
        ("kết nạp đảng viên", "kết nạp 16 đảng viên", [("", "16")]),
        ("hơn 71 tập thể", "gần 71 tập thể", []),
        ("chữ cũ", "chữ mới", []),
    ],
)
def test_figures_are_set_apart(old: str, new: str, figures: list[tuple[str, str]]):
    assert figures_changed(compare_texts(old, new)) == [FigureChange(*pair) for pair in figures]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "Bài mới"),
        ("Bài cũ", ""),
        ("một hai ba bốn", "hai một bốn ba"),
        ("Đoạn một.\nĐoạn hai.", "Đoạn hai.\nĐoạn một."),
        ("a a a a", "a a"),
    ],
)
def test_both_texts_can_be_read_off_their_comparison(old: str, new: str):
    """Nothing of either text is left out of what is shown."""
    assert sides(compare_texts(old, new)) == (" ".join(old.split()), " ".join(new.split()))


def test_parts_that_are_equal_are_left_out():
    found = compare({"title": "Tên", "lead": "Có 3"}, {"title": "Tên", "lead": "Có 4", "body": "Thân"})
    assert [part.name for part in found.parts] == ["lead", "body"]
    assert found.figures == [FigureChange("3", "4")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("một hai ba " * 20_000, "ba hai một " * 20_000),
        ("một hai ba " * 220, "ba hai một " * 220),
        ("\n".join(f"Đoạn số {n} của bài" for n in range(1_500)), "\n".join(f"Đoạn {n} khác" for n in range(1_500))),
        ("a\nb\n" * 950, "b\na\nc\n" * 650),
        ("a\n" * 30_000 + "b", "b\n" + "a\n" * 29_000),
    ],
)
def test_a_text_of_any_length_is_compared_in_bounded_time(old: str, new: str):
    """Whoever pastes a book still gets an answer, coarser but whole."""
    begun = time.perf_counter()
    assert sides(compare_texts(old, new)) == (" ".join(old.split()), " ".join(new.split()))
    assert time.perf_counter() - begun < 20
