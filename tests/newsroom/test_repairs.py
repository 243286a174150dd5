"""Repairs of a pasted text: found where a Vietnamese editor would see them, and nowhere else."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.repairs import HIDDEN, ODD_SPACES, Kind, apply_repairs, find_repairs


def mended(text: str, *kinds: Kind) -> str:
    return apply_repairs(text, [repair for repair in find_repairs(text) if not kinds or repair.kind in kinds])


@pytest.mark.parametrize(
    ("kind", "text", "would_be"),
    [
        (Kind.COMPOSED, unicodedata.normalize("NFD", "Đảng bộ tỉnh"), "Đảng bộ tỉnh"),
        (Kind.COMPOSED, "hết." + unicodedata.normalize("NFD", "ề"), "hết.ề"),
        (Kind.ODD_SPACE, "Đảng\u00a0bộ\u202f71\u2007người", "Đảng bộ 71 người"),
        (Kind.ODD_SPACE, "\ufeffĐảng\u200b bộ", "Đảng bộ"),
        (Kind.ODD_SPACE, "Lâm\u00ad Đồng \u00a0 xanh", "Lâm Đồng xanh"),
        (Kind.DOUBLED_SPACE, "Đảng  bộ   tỉnh", "Đảng bộ tỉnh"),
        (Kind.SPACE_BEFORE, "đạt 71/75 , còn lại . Hết .", "đạt 71/75, còn lại. Hết."),
        (Kind.SPACE_BEFORE, "một\u00a0; hai", "một; hai"),
        (Kind.MISSING_SPACE, "năm 2022.Các đại biểu", "năm 2022. Các đại biểu"),
        (Kind.MISSING_SPACE, "nhiệm vụ.Ở cơ sở", "nhiệm vụ. Ở cơ sở"),
        (Kind.MISSING_SPACE, "ngày 14/02/2023.Tại hội nghị", "ngày 14/02/2023. Tại hội nghị"),
        (Kind.MISSING_SPACE, "(94,67%).Trong đó", "(94,67%). Trong đó"),
        (Kind.MISSING_SPACE, "huyện,thành phố;các ban:Tổ chức", "huyện, thành phố; các ban: Tổ chức"),
        (Kind.MISSING_SPACE, "số 12-KH/ĐU,ngày 5", "số 12-KH/ĐU, ngày 5"),
        (Kind.MISSING_SPACE, "của UBND.Các sở", "của UBND. Các sở"),
        (Kind.MISSING_SPACE, "phát biểu:“Chúng ta”", "phát biểu: “Chúng ta”"),
        (
            Kind.MISSING_SPACE,
            unicodedata.normalize("NFD", "hết.Đồng chí"),
            unicodedata.normalize("NFD", "hết. Đồng chí"),
        ),
    ],
)
def test_what_an_editor_would_mend_is_found(kind: Kind, text: str, would_be: str):
    assert {repair.kind for repair in find_repairs(text)} >= {kind}
    assert mended(text, kind) == would_be


@pytest.mark.parametrize(
    "text",
    [
        "6.027 người, 94,67%, ngày 14/02/2023, 8.30 giờ, 8:30, 3,5ha, 1.234,5",
        "TP.HCM, T.Ư, Đ.T., PGS.TS, TS.Lê Thử, Th.S Thử, ThS.Thử, TP.Đà Lạt, v.v., v.v...Các, N.V.A, Tx.Thử, Mr.Thử",
        "QĐ.12, 12-KH/ĐU, số 19-NQ/TW, Quyết định số 5-QĐ/ĐUK",
        "www.lamdong.Gov.vn, https://vi.example/a,b;c:d?x=1.Y, toa.Soan@vi.example, BaoCao.Docx, C:\\Tep.Moi",
        "...Các, a...b, . . . và .docx, ngôn ngữ .NET",
        "hòa, hoà, thủy, thuỷ",  # the tone stands where its writer put it
        "👩\u200d👩\u200d👧 gia đình",
        "Dòng một\n  dòng hai\n",
        "R&amp;D",
        "",
    ],
)
def test_what_is_right_is_left_alone(text: str):
    assert find_repairs(text) == []


def test_a_repair_says_where_it_is_and_what_it_would_do():
    [repair] = find_repairs("Đảng\u00a0bộ")
    assert (repair.start, repair.end, repair.was, repair.would_be) == (4, 5, "\u00a0", " ")


_PIECES = [
    "năm", "Các", "Ở", "TP", "HCM", "v", "T", "Ư", "6", "027", "94,67%", "UBND", "&amp;", "www.", "vn", "@", "/", "👩",
    ".", ",", ";", ":", "!", "(", ")", "“", "”", " ", "  ", "\n", "\u00a0", "\u2000", "\u200b", "\u200d", "\ufeff",
    "\u00ad", "e\u0302\u0301", "\u0301", "\u0338", "\u212b", "\u1112\u1161\u11ab",
]  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=14).map("".join)


@given(_TEXTS, st.sampled_from(Kind))
def test_what_is_accepted_is_done_and_is_not_offered_again(text: str, kind: Kind):
    once = mended(text, kind)
    assert [repair for repair in find_repairs(once) if repair.kind == kind] == []
    assert mended(once, kind) == once


@given(_TEXTS)
def test_words_and_figures_stay(text: str):
    """Letters are composed and spaces come and go; nothing else."""

    def words(of: str) -> str:
        return unicodedata.normalize("NFC", re.sub(rf"[ {ODD_SPACES}{HIDDEN}\u200c\u200d]", "", of))

    assert words(mended(text)) == words(text)
    for repair in find_repairs(text):
        assert text[repair.start : repair.end] == repair.was != repair.would_be


@given(_TEXTS)
def test_lines_stay_lines(text: str):
    assert mended(text).count("\n") == text.count("\n")
