"""Count what the number engine sees of single wrong digits in the paragraphs of a report that rate.

    .venv/bin/python tools/mutants.py FILE...

Every digit of every figure in those paragraphs is replaced by each of the nine others, one at a time. Printed are
how many such texts there are, how many get a block or a warning, from which rule, and the numbers of which some
wrong digits are seen by nothing.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from committees.figures import NumberKind, Weight, check, read

RATED = 3  # a paragraph rates that holds so many figures with a rating


@dataclass(frozen=True, slots=True)
class Mutant:
    """A text with one wrong digit: the number it stands in, as it was printed and as it is now."""

    text: str
    start: int
    printed: str
    wrong: str


def rating_paragraphs(text: str) -> list[tuple[int, int]]:
    """Return where the lines of `text` stand that hold at least three figures with a rating."""
    lines: Counter[tuple[int, int]] = Counter()
    for figure in read(text).figures:
        if figure.rating:
            end = text.find("\n", figure.start)
            lines[text.rfind("\n", 0, figure.start) + 1, len(text) if end < 0 else end] += 1
    return [line for line, times in lines.items() if times >= RATED]


def of(text: str) -> Iterator[Mutant]:
    """Yield every single wrong digit in the figures of the rating paragraphs of `text`."""
    for line in rating_paragraphs(text):
        for number in read(text).numbers:
            if number.kind != NumberKind.FIGURE or not line[0] <= number.start < line[1]:
                continue
            for place in range(number.start, number.end):
                for digit in "0123456789" if text[place].isdigit() else "":
                    if digit != text[place]:
                        wrong = text[:place] + digit + text[place + 1 :]
                        yield Mutant(wrong, number.start, number.text, wrong[number.start : number.end])


def objections(text: str) -> list[str]:
    """Return the rules that block or warn over `text`, each once, the heaviest first."""
    found = sorted(
        (verdict.weight != Weight.BLOCK, verdict.rule) for verdict in check(text) if verdict.weight != "fine"
    )
    return list(dict.fromkeys(rule for _warns, rule in found))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="+", type=Path, help="a report as text, UTF-8")
    for path in parser.parse_args().file:
        text = path.read_text(encoding="utf-8")
        rules: Counter[str] = Counter()
        unseen: dict[tuple[int, str], list[str]] = {}
        for mutant in of(text):
            seen = objections(mutant.text)
            rules[seen[0] if seen else "nothing"] += 1
            if not seen:
                unseen.setdefault((mutant.start, mutant.printed), []).append(mutant.wrong)
        every = rules.total()
        caught = every - rules["nothing"]
        print(f"{path.name}: {every} wrong digits, {caught} seen", f"({caught / every:.2%})" if every else "")
        print("  first seen by:", ", ".join(f"{rule} {times}" for rule, times in sorted(rules.items())))
        for (_start, printed), wrong in unseen.items():
            print(f"  {printed}: not seen as {', '.join(wrong)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
