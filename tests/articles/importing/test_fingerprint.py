"""One report has one fingerprint, however it was copied."""

import unicodedata

import pytest

from articles.importing.fingerprint import fingerprint

TEXT = "Hội nghị lần thứ 5\n\nCó 40/50 chi bộ (80%) hoàn thành tốt nhiệm vụ."


@pytest.mark.parametrize(
    "copy",
    [
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n\n", "\n \n\u00a0\n"),
        TEXT.replace(" ", "\u00a0 "),
        f"\ufeff{TEXT}\n\n",
        TEXT.replace("thứ", "th\u00adứ"),
        unicodedata.normalize("NFD", TEXT),
    ],
)
def test_spaces_line_breaks_and_marks_make_no_other_report(copy):
    assert copy != TEXT
    assert fingerprint(copy) == fingerprint(TEXT)


@pytest.mark.parametrize("other", [TEXT.replace("40", "41"), TEXT.replace("tốt", "Tốt"), TEXT + ".", ""])
def test_another_letter_or_figure_makes_another_report(other):
    assert fingerprint(other) != fingerprint(TEXT)
    assert len(fingerprint(other)) == 64
