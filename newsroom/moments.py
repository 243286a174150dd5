"""Moments on the newsroom's clock."""

from datetime import date, datetime, time

from django.template.defaultfilters import date as printed
from django.utils import timezone


def midnight(day: date) -> datetime:
    """Return the moment at which `day` begins."""
    return timezone.make_aware(datetime.combine(day, time()))


def clock(moment: datetime) -> str:
    """Return `moment` as a person would say it today: 10:54, with the date on any other day."""
    local = timezone.localtime(moment)
    return printed(local, "H:i" if local.date() == timezone.localdate() else "H:i d/m/Y")
