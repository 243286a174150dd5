"""The ratings that a report gives, on both scales of the Party (section 10 of the genre's grammar)."""

import re
from dataclasses import dataclass

from .normalising import styled

# Longest first: "Không hoàn thành nhiệm vụ" holds "hoàn thành nhiệm vụ". A quotation mark may be missing on either
# side. The old scale (before 2018) rates bodies by "trong sạch, vững mạnh", members by "đủ tư cách".
_TASK = r"(?:(?: các| chức trách,?)? ?(?:nhiệm vụ|nvụ|nv)\b)"
_PATTERNS = (
    ("old", "failed", r"không đủ tư cách|vi phạm tư cách|không trong sạch|(?:tổ chức cơ sở đảng |tccsđ |chi bộ "
        r"|đảng bộ |loại |là |bị |(?<=[;,:] ))yếu kém"),
    ("old", "excellent", rf"(?:đảng viên )?đủ tư cách,? hoàn thành xuất sắc{_TASK}?"),
    ("old", "good", rf"(?:đảng viên )?đủ tư cách,? hoàn thành tốt{_TASK}?"),
    ("old", "done", rf"(?:đảng viên )?đủ tư cách,?(?: hoàn thành{_TASK})?"),
    ("old", "excellent", r"trong sạch,?(?: và)? ?vững mạnh(?:,? tiêu biểu)?|tsvm(?: tiêu biểu)?"),
    ("new", "failed", rf"(?:không|chưa) hoàn thành{_TASK}|khtnv\b|không htnv\b"),
    ("new", "excellent", rf"hoàn thành xuất sắc{_TASK}|htxsnv\b|htxs{_TASK}?|xếp loại xuất sắc|loại xuất sắc"
        rf"|mức xuất sắc"),
    ("new", "good", rf"hoàn thành tốt{_TASK}|httnv\b|htt{_TASK}\b|xếp loại tốt|loại tốt"),
    ("new", "done", rf"hoàn thành{_TASK}|htnv\b"),
)  # fmt: skip
_RATING = re.compile(r"\b(?:" + "|".join(f"({key_})" for key_ in (styled(p) for _, _, p in _PATTERNS)) + r")(?!\w)")


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating where it stands in the matching form: `level` excellent | good | done | failed, `scale` new | old."""

    start: int
    end: int
    level: str
    scale: str


def find(low: str) -> list[Rating]:
    """Return every rating of a text in lower case (`Matching.low`), in order."""
    found = []
    for hit in _RATING.finditer(low):
        scale, level, _ = _PATTERNS[(hit.lastindex or 1) - 1]
        found.append(Rating(hit.start(), hit.end(), level, scale))
    return found
