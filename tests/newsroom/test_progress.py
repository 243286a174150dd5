"""The line that says how far long work has come."""

import io
import signal

import pytest
from django.core.management import CommandError

from newsroom.progress import Progress, stoppable


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_it_says_how_much_how_fast_and_how_long_the_rest_may_take():
    progress = Progress("Dòng", 10_000, stream=Terminal())
    progress.advance(2_500)
    line = progress.line(5)
    for words in ("Dòng", "25 %", "2.500/10.000", "500 mỗi giây", "còn 0:15"):
        assert words in line
    progress.advance(7_500)
    assert "100 %" in progress.line(3_725)
    assert progress.line(3_725).endswith("1:02:05")


def test_bytes_are_said_as_bytes():
    progress = Progress("Tệp", 10 * 1024 * 1024, in_bytes=True, stream=Terminal())
    progress.advance(1024 * 1024)
    assert "1,0 MB/10,0 MB" in progress.line(1).replace("\xa0", " ")


def test_nothing_to_do_is_all_done():
    assert "100 %" in Progress("Dòng", 0).line(0)


def test_on_a_terminal_it_is_drawn_over_itself_and_ends_with_the_whole():
    with Progress("Dòng", 300, stream=Terminal()) as progress:
        for _ in range(300):
            progress.advance()
    drawn = progress.stream.getvalue()
    assert drawn.count("\n") == 1
    assert "300/300" in drawn.rsplit("\r", 1)[1]


def test_a_log_gets_no_bars():
    stream = io.StringIO()
    with Progress("Dòng", 2, stream=stream) as progress:
        progress.advance(2)
    assert stream.getvalue() == ""


def test_stopped_work_ends_with_a_sentence_and_undoes_what_a_fault_would_undo():
    """Whoever stops a container sends SIGTERM, which would otherwise end the program in the middle of a line."""
    before = signal.getsignal(signal.SIGTERM)
    undone = []
    with pytest.raises(CommandError, match="Đã dừng") as stopped, stoppable("Đã dừng."):
        try:
            signal.raise_signal(signal.SIGTERM)
            pytest.fail("it went on")
        finally:
            undone.append(True)
    assert stopped.value.returncode == 130
    assert undone
    assert signal.getsignal(signal.SIGTERM) is before
