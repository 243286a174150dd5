"""Committees and what is known of them: conferences, figures, awards, documents, people."""

from committees.models.award import Award, AwardRecipient
from committees.models.committee import Committee, CommitteeAlias
from committees.models.conference import Attendance, Conference
from committees.models.document import Document
from committees.models.person import Person
from committees.models.statistic import Indicator, Statistic

__all__ = [
    "Attendance",
    "Award",
    "AwardRecipient",
    "Committee",
    "CommitteeAlias",
    "Conference",
    "Document",
    "Indicator",
    "Person",
    "Statistic",
]
