"""Moments on the newsroom's clock."""

from datetime import date, datetime, time

from django.template.defaultfilters import date as printed
from django.utils import timezone


def midnight(day: date) -> datetime:
    """Return the moment at which `day` begins."""
    return timezone.make_aware(datetime.combine(day, time()))


def local(moment: datetime) -> datetime:
    """Return `moment` on the newsroom's clock, which is the same for everybody: Django would ask whose it is first."""
    return moment.astimezone(timezone.get_default_timezone())


def stamp(moment: datetime) -> str:
    """Return `moment` for machines, to the second: a microsecond, as the clock has it, is none to HTML."""
    return local(moment).isoformat(timespec="seconds")


def clock(moment: datetime) -> str:
    """Return `moment` as a person would say it today: 10:54, with the date on any other day."""
    here = local(moment)
    return printed(here, "H:i" if here.date() == timezone.localdate() else "H:i d/m/Y")
