"""The pages that this process keeps, and which change makes which of them untrue."""

import threading
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from newsroom import watch
from newsroom.moments import midnight
from newsroom.pagecache.changes import EVERYTHING, book
from newsroom.pagecache.shelf import shelf

LASTS = timedelta(minutes=5)  # at most: a page also tells what no change announces, such as how often it was read
_CORNER = 8  # one part in so many is for addresses with a query, of which anybody can make up any number
_LARGEST = 16  # one part in so many is the most that one page may take
_REMEMBERED = 1000  # changes, for pages that were begun before them
_BESIDE = 1500  # bytes that a page takes beside its own

Key = tuple[str, str, str, str]  # scheme, host, path, query


@dataclass(eq=False, slots=True)
class Page:
    """One answer: its bytes by their encodings ("" for none), each made when it is first asked for."""

    headers: dict[str, str]
    etag: str  # without quotes; of the bytes as they are
    forms: dict[str, bytes]
    tags: frozenset[str]
    until: datetime
    is_stale: bool = False  # true once, and not any more: for when nothing else can be had
    size: int = field(init=False)

    def __post_init__(self) -> None:
        self.size = _BESIDE + sum(map(len, self.forms.values())) + 100 * len(self.tags)


class Pages:
    """All pages of a process, within as many bytes as it may use. The least recently asked for goes first."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._moments: list[Callable[[datetime], datetime | None]] = []
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._corner: OrderedDict[Key, Page] = OrderedDict()
        self._by_tag: dict[str, set[Key]] = defaultdict(set)
        self._heard: deque[frozenset[str]] = deque(maxlen=_REMEMBERED)
        self.place = 0  # how many changes were heard
        # When the clock alone changes a page the next time, and whether that is still so.
        self._turns_at: datetime | None = None
        self._turns = 0
        self._is_asked = False
        self.clear()

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._pages.clear()
            self._corner.clear()
            self._by_tag.clear()
            self._sizes = [0, 0]

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return sum(self._sizes)

    def __len__(self) -> int:
        return len(self._pages) + len(self._corner)

    # --- Giving and keeping

    def get(self, key: Key) -> Page | None:
        """Return the page of `key`, be it stale."""
        pages = self._corner if key[3] else self._pages
        page = pages.get(key)
        if page is not None:
            with self._lock:
                if key in pages:
                    pages.move_to_end(key)
        return page

    def is_true(self, page: Page, now: datetime) -> bool:
        """Whether `page` is what its view would answer at the moment `now`."""
        self.turn(now)
        return not page.is_stale and now < page.until and book.is_followed

    def turn(self, now: datetime) -> int:
        """Return how often by the moment `now` the clock alone has changed some page."""
        if self._turns_at is not None and now >= self._turns_at:
            self._turn(now)
        return self._turns

    def ends_at(self, now: datetime) -> datetime:
        """Return the moment until which a page made `now` may be true if nothing is changed."""
        soon = now + timedelta(seconds=1) if self._turns_at is None else self._turns_at
        return min(now + LASTS, soon, midnight(timezone.localdate(now) + timedelta(days=1)))

    def keep(self, key: Key, page: Page, since: int) -> bool:
        """Keep `page`, which was begun at the place `since`. Return whether it is true, and small enough."""
        most = settings.PAGE_CACHE_MB * 2**20
        with self._lock:
            missed = self.place - since
            if missed > len(self._heard) or page.size > most // _LARGEST:
                return False
            if any(self._concerns(self._heard[-number], page) for number in range(1, missed + 1)):
                return False
            self._drop(key)
            corner = 1 if key[3] else 0
            (self._corner if corner else self._pages)[key] = page
            self._sizes[corner] += page.size
            for tag in page.tags:
                self._by_tag[tag].add(key)
            self._make_room()
            return True

    def add_form(self, key: Key, page: Page, encoding: str, form: bytes) -> None:
        """Keep one more form of `page`."""
        with self._lock:
            if encoding in page.forms:
                return
            page.forms[encoding] = form
            if (self._corner if key[3] else self._pages).get(key) is page:
                page.size += len(form)
                self._sizes[1 if key[3] else 0] += len(form)
                self._make_room()

    # --- Losing

    def hear(self, tags: frozenset[str], removes: bool) -> None:
        """Let go what a change has made untrue: what takes something away for good, the rest until it is made anew."""
        with self._lock:
            self.place += 1
            self._heard.append(tags)
            self._is_asked = False
            if EVERYTHING in tags:
                self.clear()
                return
            for tag in tags:
                for key in tuple(self._by_tag.get(tag, ())):
                    if removes:
                        self._drop(key)
                    else:
                        (self._corner if key[3] else self._pages)[key].is_stale = True

    def announce(self, moment: Callable[[datetime], datetime | None]) -> None:
        """Have `moment` asked when, after a moment, the clock alone changes a page the next time; None: never."""
        self._moments.append(moment)

    def look(self) -> None:
        """Ask for the next of these moments, if that is needed. Raises what the database raises."""
        now = timezone.now()
        self.turn(now)
        if self._is_asked:
            return
        place = self.place
        moments = [found for moment in self._moments if (found := moment(now))]
        with self._lock:
            self._turns_at = min(moments, default=now + timedelta(days=1))
            self._is_asked = place == self.place

    def _turn(self, now: datetime) -> None:
        """The clock has changed some pages: nobody knows which."""
        with self._lock:
            self._turns_at, self._is_asked = None, False
            self._turns += 1
            for page in (*self._pages.values(), *self._corner.values()):
                page.is_stale = True
        shelf.turn(now.timestamp())

    def _drop(self, key: Key) -> None:
        pages, corner = (self._corner, 1) if key[3] else (self._pages, 0)
        page = pages.pop(key, None)
        if page is None:
            return
        self._sizes[corner] -= page.size
        for tag in page.tags:
            keys = self._by_tag[tag]
            keys.discard(key)
            if not keys:
                del self._by_tag[tag]

    def _make_room(self) -> None:
        most = settings.PAGE_CACHE_MB * 2**20
        for corner, (pages, limit) in enumerate(((self._pages, most), (self._corner, most // _CORNER))):
            while self._sizes[corner] > limit and pages:
                self._drop(next(iter(pages)))

    @staticmethod
    def _concerns(tags: frozenset[str], page: Page) -> bool:
        return EVERYTHING in tags or not tags.isdisjoint(page.tags)


pages = Pages()
book.listen(pages.hear)
watch.register(pages.look)  # after the book has looked
