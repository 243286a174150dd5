"""How hits become counts: in a few statements, however many they are, and each visitor once a day for each key.

What was counted today is known to the database alone, so that it is the same to all processes and after a restart:
a row of `Sighting` that could be written is a visit that was not counted yet. Both stand or fall in one transaction,
and what is written twice adds nothing.
"""

import hmac
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection, models, transaction
from django.utils import timezone

from newsroom.visits.models import ONLINE, SITE, DayKey, RecentVisitor, Sighting, VisitDay
from newsroom.visits.rules import REST, RULES

BATCH = 5_000  # rows of one statement: three values each, and SQLite takes 32 766
REMEMBERED = 50_000  # what a process knows to be written, so that it need not be tried again
# How long after midnight what came before it may still be written: the process may have waited for the database.
LATE = timedelta(minutes=2)


class Hit(NamedTuple):
    """That a browser (a digest) was there on a day, to be counted under `keys`, or under none of them."""

    on: date
    browser: bytes
    keys: tuple[str, ...]


class _Visit(NamedTuple):
    """A hit of a visitor known by the key of the day, with those of its keys that may not have been counted yet."""

    on: date
    visitor: str
    fresh: list[str]
    is_online: bool
    at: datetime


class Ledger:
    """What one process knows of today while it writes. Nothing of it needs to outlive the process."""

    def __init__(self) -> None:
        self._secrets: dict[date, bytes] = {}
        self._written: set[tuple[date, str, str]] = set()
        self._admitted: set[tuple[date, str]] = set()  # keys under a prefix with a limit
        self._full: set[tuple[date, str]] = set()  # such prefixes, when the limit of the day is reached
        self._tidied: tuple[date, date] | None = None

    def write(self, hits: Mapping[Hit, datetime]) -> None:
        """Count `hits`, each with its last moment. Raises DatabaseError; then they may be given again."""
        today = timezone.localdate()
        coming = [self._recognise(hit, at, today) for hit, at in hits.items()]
        unknown = _unknown({key for visit in coming for key in visit.fresh})
        visits = [visit for visit in coming if unknown.isdisjoint(visit.fresh)]
        for on in sorted({visit.on for visit in visits}):
            pairs = {(key, visit.visitor) for visit in visits if visit.on == on for key in visit.fresh}
            self._admit(on, {key for key, _visitor in pairs})
            named = {(self._name(on, key), visitor) for key, visitor in pairs}
            self._count(on, sorted(pair for pair in named if (on, *pair) not in self._written))
        visits.sort(key=lambda visit: visit.at)  # of a visitor the last moment
        _note_recent({visit.visitor: visit.at for visit in visits if visit.is_online})

    def _recognise(self, hit: Hit, at: datetime, today: date) -> "_Visit":
        on, secret = self._day(hit.on, today)
        visitor = hmac.digest(secret, hit.browser, "sha256").hex()[:32]
        fresh = [key for key in hit.keys if (on, key, visitor) not in self._written]
        return _Visit(on, visitor, fresh, SITE in hit.keys, at)

    def tidy(self) -> int:
        """Forget who was online, and the day that is over: its key at once, and who was seen as soon as the last
        processes have written what they had. Cheap where there is nothing to forget.

        Return how many visits were made nobody's by it.
        """
        now = timezone.now()
        gone = RecentVisitor.objects.filter(seen_at__lte=now - ONLINE)
        with transaction.atomic():
            # Whoever comes back this very second is left to the process that is writing it.
            unlocked = gone.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
            RecentVisitor.objects.filter(pk__in=unlocked.values("pk")).delete()
        days = timezone.localdate(now), timezone.localdate(now - LATE)
        if days == self._tidied:
            return 0
        today, open_since = days
        DayKey.objects.filter(on__lt=today).delete()
        forgotten, _of_models = Sighting.objects.filter(on__lt=open_since).delete()
        self._secrets = {on: secret for on, secret in self._secrets.items() if on >= open_since}
        self._written = {row for row in self._written if row[0] >= open_since}
        self._admitted = {row for row in self._admitted if row[0] >= open_since}
        self._full = {row for row in self._full if row[0] >= open_since}
        self._tidied = days
        return forgotten

    def _day(self, on: date, today: date) -> tuple[date, bytes]:
        """Return the day to which a hit of the day `on` is counted, and its key.

        That is `on`; where its key is gone already and this process has not had it, it is `today`.
        """
        if on not in self._secrets:
            on = max(on, today)
        if on not in self._secrets:
            DayKey.objects.bulk_create([DayKey(on=on)], ignore_conflicts=True)
            self._secrets[on] = DayKey.objects.get(on=on).secret.encode()
            DayKey.objects.filter(on__lt=today).delete()
        return on, self._secrets[on]

    def _admit(self, on: date, keys: set[str]) -> None:
        """Let in those of `keys` for which their prefix has room today. One query for each prefix with news."""
        for rule in RULES.values():
            if rule.limit is None or (on, rule.prefix) in self._full:
                continue
            new = sorted(key for key in keys if key.startswith(rule.prefix) and (on, key) not in self._admitted)
            if not new:
                continue
            there = VisitDay.objects.filter(on=on, key__startswith=rule.prefix).order_by()
            known = set(there.values_list("key", flat=True)[: rule.limit])
            room = rule.limit - len(known)
            known.update(islice((key for key in new if key not in known), room))
            self._admitted.update((on, key) for key in known)
            if len(known) >= rule.limit:
                self._full.add((on, rule.prefix))

    def _name(self, on: date, key: str) -> str:
        """Return the key under which `key` is counted: itself, or the rest of its prefix."""
        if (on, key) not in self._admitted:
            for rule in RULES.values():
                if rule.limit is not None and key.startswith(rule.prefix):
                    return rule.prefix + REST
        return key

    def _count(self, on: date, pairs: list[tuple[str, str]]) -> None:
        """Count each of `pairs` (key, visitor) that was not counted on the day `on`.

        They come in order: whoever writes the same rows at the same time waits, and nobody waits for each other.
        """
        for some in _batches(pairs):
            with transaction.atomic():
                if new := Counter(_see(on, some)):
                    _add(on, new)
            if len(self._written) > REMEMBERED:
                self._written.clear()
            self._written.update((on, *pair) for pair in some)


def _unknown(keys: set[str]) -> set[str]:
    """Return those of `keys` that may not be counted at all. One question for each prefix that has to be asked."""
    unknown: set[str] = set()
    for rule in RULES.values():
        if rule.known and (asked := {key for key in keys if key.startswith(rule.prefix)}):
            unknown |= asked - set(rule.known(asked))
    return unknown


def _see(on: date, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Write that visitors were seen on the day `on`; yield the key of each pair for whom that was new."""
    rows = [(on.isoformat(), key, visitor) for key, visitor in pairs]
    for (key,) in _insert(Sighting, ["on", "key", "visitor"], rows, "DO NOTHING RETURNING {key}"):
        yield key


def _add(on: date, counted: Counter[str]) -> None:
    rows = [(key, on.isoformat(), number) for key, number in sorted(counted.items())]
    sum_up = "({key}, {on}) DO UPDATE SET {count} = {table}.{count} + excluded.{count}"
    _insert(VisitDay, ["key", "on", "count"], rows, sum_up)


def _note_recent(moments: dict[str, datetime]) -> None:
    said = connection.ops.adapt_datetimefield_value
    for some in _batches(sorted(moments.items())):
        rows = [(visitor, said(at)) for visitor, at in some]
        _insert(RecentVisitor, ["visitor", "seen_at"], rows, "({visitor}) DO UPDATE SET {seen_at} = excluded.{seen_at}")


def _insert(model: type[models.Model], columns: list[str], rows: list[tuple[Any, ...]], on_conflict: str) -> list[Any]:
    """Insert `rows` in one statement, which no method of Django says: it has to tell which of them were new."""
    quoted = {name: connection.ops.quote_name(name) for name in columns}
    table = connection.ops.quote_name(model._meta.db_table)
    marks = "(" + ", ".join(["%s"] * len(columns)) + ")"
    statement = (
        f"INSERT INTO {table} ({', '.join(quoted.values())}) VALUES {', '.join([marks] * len(rows))} "
        f"ON CONFLICT {on_conflict.format(table=table, **quoted)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for row in rows for value in row])
        return cursor.fetchall() if "RETURNING" in on_conflict else []


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    left = iter(rows)
    while some := list(islice(left, BATCH)):
        yield some
