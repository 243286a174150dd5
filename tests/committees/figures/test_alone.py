"""The number engine by itself: without Django, and whatever is thrown at it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent.parent

# Both in one process of their own: starting one costs more than what they ask.
_SCRIPT = """
import sys, time
from committees.figures import check
assert check("Có 71/75 tập thể (94,76%).")[0].message.startswith("71/75 là 94,67%"), "not in Vietnamese"
assert not [name for name in sys.modules if name.partition(".")[0] in ("django", "articles")], "Django is there"
for text in ("1234567890/" * 90_000, "9/1 đảng viên (11,11%) “Hoàn thành tốt nhiệm vụ”; " * 20_000):
    begun = time.process_time()
    check(text)
    print(time.process_time() - begun)
"""


def test_it_speaks_vietnamese_without_django_and_reads_a_million_characters_in_a_breath():
    """A ceiling, no measure: ten times what a slow machine takes. What costs its square would take hours."""
    run = subprocess.run(
        [sys.executable, "-c", _SCRIPT], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stderr
    assert max(float(line) for line in run.stdout.split()) < 10
