"""The words of the verdicts, in the language of the newsroom, without Django."""

import gettext
from decimal import Decimal
from pathlib import Path

from committees.figures.figure import Figure
from newsroom.vietnamese import number

_LOCALE = Path(__file__).resolve().parents[2] / "locale"
# The engine speaks as the newsroom does: its catalogue is the project's own.
_ = gettext.translation("django", _LOCALE, languages=["vi"], fallback=True).gettext


def count(value: Decimal | int | None) -> str:
    """Print a count as Vietnamese does: 6.027."""
    return "" if value is None else number(value)


def ratio(value: Decimal | int | None, whole: Decimal | int | None) -> str:
    """Print a part and its whole: 71/75."""
    return f"{count(value)}/{count(whole)}"


def percentage(value: Decimal, places: int | None = None) -> str:
    """Print a percentage: 94,67%."""
    return f"{number(value, places)}%"


def printed(figure: Figure) -> str:
    """Print the numbers of `figure` as Vietnamese does: 71/75 (94,67%)."""
    percent = figure.percent if figure.percent is not None else figure.plan_percent
    share = "" if percent is None else percentage(percent, figure.percent_places if figure.percent else None)
    if figure.value is None:
        return share
    counted = count(figure.value) if figure.whole is None else ratio(figure.value, figure.whole)
    if figure.value_max is not None:
        counted = f"{counted}–{count(figure.value_max)}"
    return f"{counted} ({share})" if share else counted
