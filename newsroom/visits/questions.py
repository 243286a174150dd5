"""Searches that found nothing, kept so that the desk learns what is missing, and nothing about who searched."""

import re

from newsroom.vietnamese import fold

PREFIX = "unfound:"
LONGEST = 60  # characters; whoever pastes a letter does not ask a question

# "Nhiệm kỳ 2020-2025" and "14/02/2023" are of the genre; as many digits otherwise are of a telephone or of somebody.
_DATES = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b|\b(?:19|20)\d\d\b")
_NUMBERS = re.compile(r"(?:\d[\s.()/+-]*){7}")
_WORDS = re.compile(r"\w+")


def question_of(typed: str) -> str:
    """Return what is kept of a search: its words, folded; "" where they might be somebody's own matter.

    That is: too long, an address of mail or of a page, or a number as of a telephone or an identity card.
    """
    if len(typed) > LONGEST or "@" in typed or "://" in typed:
        return ""
    question = " ".join(_WORDS.findall(fold(typed)))
    if len(question) > LONGEST or _NUMBERS.search(_DATES.sub("", typed)):
        return ""
    return question
