"""What came of an experiment: what was acknowledged, held against what is there in the end."""

import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

RECOVERY = 10.0  # seconds within which all is well again


@dataclass
class Tally:
    """Kept by all threads of an experiment. Moments are those of time.monotonic."""

    began: float = field(default_factory=time.monotonic)
    healed: float | None = None  # when what was broken had been put right
    acknowledged: dict[str, float] = field(default_factory=dict)  # what, and when
    failures: list[tuple[float, str]] = field(default_factory=list)
    limit: float | None = 2.0  # seconds within which a page is there, or is said not to be
    gives_kept: bool = True  # whether pages in memory must be given all the time
    slowest: float = 0.0  # seconds of a refusal, or of a page that had to be made
    refused_kept: int = 0  # pages that were in memory and were not given
    strange: Counter[str] = field(default_factory=Counter)  # what nobody should see: faults, traces, refusals
    lost: int = 0
    duplicated: int = 0
    _door: threading.Lock = field(default_factory=threading.Lock)

    def acknowledge(self, what: str) -> None:
        with self._door:
            self.acknowledged[what] = time.monotonic()

    def fail(self, why: str, took: float) -> None:
        with self._door:
            self.failures.append((time.monotonic(), why))
            self.slowest = max(self.slowest, took)

    def wait(self, took: float) -> None:
        with self._door:
            self.slowest = max(self.slowest, took)

    def wonder(self, at: str) -> None:
        with self._door:
            self.strange[at] += 1

    def heal(self) -> None:
        self.healed = time.monotonic()

    def audit(self, there: Iterable[str]) -> None:
        """Hold what was acknowledged against what is `there`, with whatever stands there twice."""
        found = Counter(there)
        self.lost = sum(1 for what in self.acknowledged if not found[what])
        self.duplicated = sum(count - 1 for count in found.values())

    @property
    def gap(self) -> float:
        """The longest time, in seconds, in which nothing was acknowledged."""
        moments = sorted([self.began, *self.acknowledged.values()])
        return max((later - sooner for sooner, later in pairwise(moments)), default=0.0)

    @property
    def recovery(self) -> float:
        """How long, in seconds, after the fault was over something still failed."""
        if self.healed is None:
            return 0.0
        return max([0.0, *(at - self.healed for at, _why in self.failures)])

    def complaints(self) -> list[str]:
        """What is not as it should be."""
        found = []
        if not self.acknowledged:
            found.append("nothing was acknowledged")
        if self.lost:
            found.append(f"{self.lost} lost")
        if self.duplicated:
            found.append(f"{self.duplicated} duplicated")
        if self.limit is not None and self.slowest > self.limit:
            found.append(f"somebody waited {self.slowest:.1f} s")
        if self.recovery > RECOVERY:
            found.append(f"failures {self.recovery:.1f} s after the fault was over")
        if self.refused_kept and self.gives_kept:
            found.append(f"{self.refused_kept} pages in memory were not given")
        return found + [f"{count} times {what}" for what, count in self.strange.items()]
