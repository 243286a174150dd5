"""How far long work has come, told on the terminal of whoever waits for it."""

import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, TextIO, TypeVar

from django.core.management.base import CommandError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from newsroom import vietnamese

_Thing = TypeVar("_Thing")
_PAUSE = 0.2  # seconds between two drawings
_WIDTH = 24  # of the bar


class Progress:
    """A line that says how much of `total` is done, how fast it goes and how long the rest may take.

    It is drawn over itself on `stream` (standard error) where that is a terminal. Anywhere else nothing is written:
    a log wants no bars. Use it as a context, and call `advance` as often as you like.
    """

    def __init__(self, label: str, total: int, *, in_bytes: bool = False, stream: TextIO | None = None) -> None:
        self.label, self.total, self.in_bytes = label, total, in_bytes
        self.stream = sys.stderr if stream is None else stream
        self.done = 0
        self._is_drawn = self.stream.isatty()
        self._begun = time.monotonic()
        self._next = 0.0

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_drawn:
            self._draw(time.monotonic())
            self.stream.write("\n")

    def advance(self, by: int = 1) -> None:
        """Note that so much more is done."""
        self.done += by
        if self._is_drawn and (now := time.monotonic()) >= self._next:
            self._next = now + _PAUSE
            self._draw(now)

    def over(self, things: Iterable[_Thing]) -> Iterator[_Thing]:
        """Yield `things`, of which each is done when the next is asked for."""
        for thing in things:
            if self._is_drawn:
                self._draw(time.monotonic())
            yield thing
            self.advance()

    def clear(self) -> None:
        """Take the line away, so that other words can stand where it was. It comes back with what is done next."""
        if self._is_drawn:
            self.stream.write("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r")
            self.stream.flush()
            self._next = 0.0

    def line(self, seconds: float) -> str:
        """Return what is drawn when the work has taken so many seconds."""
        share = min(self.done / self.total, 1) if self.total else 1
        rate = self.done / seconds if seconds > 0 else 0
        parts = [
            self.label,
            "█" * round(share * _WIDTH) + "░" * (_WIDTH - round(share * _WIDTH)),
            f"{int(share * 100)} %",
            f"{self._said(self.done)}/{self._said(self.total)}",
            _("%(amount)s a second") % {"amount": self._said(round(rate))},
        ]
        if 0 < self.done < self.total:
            parts.append(_("%(time)s left") % {"time": _clock((self.total - self.done) / rate)})
        else:
            parts.append(_clock(seconds))
        return "  ".join(parts)

    def _draw(self, now: float) -> None:
        width = shutil.get_terminal_size().columns - 1
        self.stream.write("\r" + self.line(now - self._begun)[:width].ljust(width))
        self.stream.flush()

    def _said(self, amount: int) -> str:
        return filesizeformat(amount) if self.in_bytes else vietnamese.number(amount)


def _clock(seconds: float) -> str:
    """Return a span of time as a clock would count it: 0:05, 12:40, 1:00:00."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@contextmanager
def stoppable(sentence: str) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end the work inside as a fault would, and the command with `sentence` instead of a trace.

    Raises `CommandError` with the code of a program that was stopped.
    """

    def stop(*_signal: Any) -> None:
        raise KeyboardInterrupt

    is_main = threading.current_thread() is threading.main_thread()  # no other thread may listen to signals
    before = signal.signal(signal.SIGTERM, stop) if is_main else None
    try:
        yield
    except KeyboardInterrupt:
        raise CommandError(sentence, returncode=130) from None
    finally:
        if is_main:
            signal.signal(signal.SIGTERM, before)
