"""Ordinals, terms and quarters, in digits and in Roman numerals."""

import re

from . import nouns
from .figure import NumberKind
from .normalising import key
from .scene import RATIO, Item, Scene, ends, line_begins
from .tokens import Token

QUARTER = ends(r"quý|các quý|qúy")
_TERM = ends(r"(?:khóa|nhiệm kỳ|nhiệm kỳ thứ|khoá thứ|nhiệm kỳ khóa)")
ORDINAL = ends(
    r"(?:lần thứ|lần|thứ|kỳ thứ|kỳ họp|đợt|vòng|hạng|giải|quyển|tập|giai đoạn|phiên|kỳ|bước|cấp độ|mức độ"
    r"|đại hội|tầng|lớp thứ|bậc|cấp|loại|nhóm)"
)
_CONGRESS = ends(
    r"(?:đại hội|đại hội (?:đảng|xiii|đảng bộ|đại biểu)[^.;,0-9]{0,50}(?:lần|thứ)?|nghị quyết đại hội[^.;,0-9]{0,50})"
)
_HEADED = re.compile(r"(?:[.)/]|\.\d+\.?)(?=\s)|\)")


def of_ordinal(scene: Scene, token: Token) -> Item | None:
    """Ordinals of conferences, congresses and rounds, and the numbers that head a list (sections 2, 3, 6)."""
    before = scene.before(token)
    if not token.text.isdigit() and token.sort == "digits":
        if RATIO.fullmatch(token.text) and _RANKED.search(before):
            return Item(token.start, token.end, NumberKind.ORDINAL)
        heading = re.fullmatch(r"\d{1,2}(?:\.\d{1,2}){1,3}", token.text) and line_begins(scene, token)
        return (
            Item(token.start, token.end, NumberKind.ORDINAL)
            if heading and not nouns.unit(scene.low, token.end)
            else None
        )
    if _TERM.search(before):
        return Item(token.start, token.end, NumberKind.TERM)
    if ORDINAL.search(before) and not (
        token.sort == "digits" and nouns.unit(scene.low, token.end) and not _LANTHU.search(before)
    ):
        return Item(token.start, token.end, NumberKind.ORDINAL)
    for kind in (NumberKind.TERM, NumberKind.ORDINAL):
        if (
            scene.last(token, kind)
            and (token.sort == "roman" or not nouns.unit(scene.low, token.end))
            and "(" not in before[-3:]
        ):
            return Item(token.start, token.end, kind)
    if len(token.text) <= 2 and token.sort == "digits":
        inline = _NUMBERED.match(scene.text, token.end) and (not before or before[-1] in ":.;")
        if inline or (line_begins(scene, token) and _HEADED.match(scene.low, token.end)):
            return Item(token.start, token.end, NumberKind.ORDINAL)
        if (
            before.endswith("(")
            and scene.low[token.end : token.end + 1] == ")"
            and not before.endswith(key("nhiệm vụ ("))
        ):
            return Item(token.start, token.end, NumberKind.ORDINAL)
    return None


_NUMBERED = re.compile(r"[.)] ?(?:[A-ZÀ-ÝĐƯẠ-Ỹ]|(?<= )\d)")
_RANKED = ends(r"(?:xếp|đứng|hạng|thứ)(?: hạng| thứ| vị trí thứ)?")
_LANTHU = ends(r"lần thứ|thứ")


def of_roman(scene: Scene, token: Token) -> Item | None:
    """Roman numerals: quý I, quý I/2022, khóa XII, lần thứ XIV, Đại hội XIII, and those that head a part."""
    before = scene.before(token, 80)
    if QUARTER.search(before) or (scene.last(token, NumberKind.PERIOD) and scene.items[-1].form == "quarter"):
        found = re.compile(r" ?[/.-] ?(?:19|20)\d\d\b").match(scene.low, token.end)
        return Item(token.start, found.end() if found else token.end, NumberKind.PERIOD, "quarter")
    if (found_kind := of_ordinal(scene, token)) is not None:
        return found_kind
    if _CONGRESS.search(before):
        return Item(token.start, token.end, NumberKind.ORDINAL)
    if line_begins(scene, token) and re.match(r"[.)/]|\s*-\s", scene.low[token.end : token.end + 3]):
        return Item(token.start, token.end, NumberKind.ORDINAL)
    return None
