"""Whom a figure counts: which printed units name the same population."""

import re
from functools import lru_cache

from newsroom.vietnamese import fold

# Each population by the words that name it, in folded letters. The order matters only for reading.
_POPULATIONS = {
    "member": r"\b(dang vien|dv)\b",
    "person": r"\b(ca nhan|dong chi|can bo|nguoi|quan chung|doan vien|hoi vien|dai bieu)\b",
    "collective": r"\btap the\b",
    "org": r"\b(tccs\w*|to chuc (co so )?dang|to chuc co so|to chuc|chi bo|dang bo|chi, dang bo|dang uy)\b",
    "agency": r"\b(co quan|don vi|doanh nghiep)\b",
    "task": r"\b(nhiem vu|chi tieu|noi dung|van ban)\b",
}
_WORDS = {name: re.compile(words) for name, words in _POPULATIONS.items()}
_LONGEST = 120


@lru_cache(maxsize=4096)
def population(unit: str) -> str:
    """Return which population `unit` names: member, person, collective, org, agency, task, mixed, or "" if unknown.

    "tập thể, cá nhân" and "tổ chức và đảng viên" are mixed: two populations in one number. An organization that
    is named with its members' noun ("đảng viên của chi bộ") is what its first words say.
    """
    bare = fold(unit[:_LONGEST])
    found = {name: match.start() for name, words in _WORDS.items() if (match := words.search(bare))}
    if not found:
        return ""
    first, *others = sorted(found, key=found.__getitem__)
    if others and re.search(r"(,|\bva\b|-|–)\s*$", bare[: found[others[0]]]):
        return "mixed"
    return first


@lru_cache(maxsize=4096)
def plain(unit: str) -> str:
    """Return `unit` as it is compared: folded, without quantity words and marks around it."""
    return re.sub(r"^(cac|nhung|so|tong so|luot)\s+", "", fold(unit[:_LONGEST]).strip(" .,;:%“”\"'()"))


def are_alike(one: str, other: str) -> bool:
    """Whether two printed units may name the same thing: one in the other, or the same known population."""
    a, b = plain(one), plain(other)
    if not a or not b:
        return not a and not b
    return a == b or a.startswith(b) or b.startswith(a) or (population(one) == population(other) != "")


def conflict(one: str, other: str) -> bool:
    """Whether two printed units certainly name different populations."""
    a, b = population(one), population(other)
    return bool(a and b and a != b)
