"""What the web processes of one master know of each other, in memory that they share: it was there before them."""

from collections import Counter
from mmap import mmap
from time import monotonic

_PLACES = 256  # processes at once, those that are being replaced included
CLOSED = 2**60  # connections of one that takes nobody: no other has more
_PATIENCE = 0.1  # seconds without a free thread: whoever is taken on then waits for long, too


class Neighbours:
    """Each process writes in a place of its own alone: how many connections it has, and since when it is full.

    So nothing is ever locked, and one that dies leaves nothing behind but its place, which the master gives on.
    """

    def __init__(self) -> None:
        self._who, self._connections, self._full_since = (
            memoryview(mmap(-1, _PLACES * 8)).cast("q") for _column in range(3)
        )

    def come(self, number: int, processes: int = 1) -> int:
        """Return the place that the process `number` (1 and on) will have: asked by its master, before it is there.

        Every so many `processes` places stand for the same core (newsroom.serving): it has one of a core that fewest
        have. It passes for closed until it tells something else.
        """
        who = self._who.tolist()
        there = Counter(place % processes for place, other in enumerate(who) if other)
        free = (place for place, other in enumerate(who) if not other)
        place = min(free, key=lambda place: (there[place % processes], place))
        self.tell(place, CLOSED, 0)
        self._who[place] = number
        return place

    def go(self, number: int) -> None:
        """Take away the place of the process `number`, if it had one. The master says so when it is no more."""
        for place, who in enumerate(self._who):
            if who == number:
                self._who[place] = 0

    def tell(self, place: int, connections: int, full_since: float) -> None:
        """Say how many connections the one at `place` has, and at which moment of `monotonic` it had no free thread
        any more; 0 while it has one."""
        self._connections[place], self._full_since[place] = connections, round(full_since * 1000)

    def have_more_room(self, place: int) -> bool:
        """Whether some other has fewer connections than the one at `place`. Who has been full for long has most."""
        now = monotonic()
        loads = {at: self._load(at, now) for at, who in enumerate(self._who.tolist()) if who}
        return min(loads.values()) < loads[place]

    def _load(self, place: int, now: float) -> tuple[bool, int]:
        since = self._full_since[place]
        return since > 0 and now - since / 1000 > _PATIENCE, self._connections[place]


neighbours = Neighbours()
