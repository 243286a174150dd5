"""Moments at which the clock alone changes what readers see: something scheduled appears, a place on the front ends."""

from datetime import datetime
from typing import Any

from django.db.models import Min, QuerySet

from newsroom.pagecache.pages import pages


def moment(rows: QuerySet[Any], name: str) -> None:
    """Declare that a page may change at the moment `name` of each of `rows`. An index must begin with it."""

    def following(now: datetime) -> datetime | None:
        found: datetime | None = rows.order_by().filter(**{f"{name}__gt": now}).aggregate(next=Min(name))["next"]
        return found

    pages.announce(following)
