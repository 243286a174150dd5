"""A report saved without a person at hand: what is certain is used, and what is not is left to somebody at the desk."""

from articles.importing.choosing import certain
from articles.importing.fingerprint import imported_before
from articles.importing.report import Report
from articles.importing.saving import Imported, save
from articles.importing.upload import Enclosed
from articles.models import Photo
from committees.models import Committee
from newsroom.models import User


class Left(Exception):
    """A report that only a person can decide over: nothing of it was saved. The message says what is open."""


def commit(
    report: Report,
    writer: User | None = None,
    committee: Committee | None = None,
    pictures: tuple[Enclosed, ...] = (),
) -> Imported:
    """Save `report` as a draft of `writer`, in one transaction, and return what was made of it.

    `committee` is the one that somebody has named for it. A report that was imported before changes nothing.
    Raises `Left` where it is open which committee or which conference is meant, and `saving.Overtaken`.
    """
    if known := imported_before(report.text):
        return Imported(known, is_new=False)
    choices = certain(report, committee)
    if choices.questions:
        raise Left(" ".join(choices.questions))
    choices.photos = [
        Photo(image=one.picture, alt=one.alt[:300], caption=one.caption[:500])  # type: ignore[misc]
        for one in pictures
    ]
    return save(report, choices, writer)
