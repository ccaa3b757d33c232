"""`python -m tests.bench [P1 P4 …]`: a line a goal; exits 1 when one is below its floor."""

import sys
from collections.abc import Callable, Iterator
from importlib import import_module

from tests.bench.line import HEADING, Line

GOALS = {
    "P1": "yes", "P2": "load", "P3": "boards", "P4": "photos", "P5": "near", "P6": "ledger", "P7": "queries",
    "P8": "pages", "P9": "memory", "P10": "order",
}  # fmt: skip


def main(wanted: list[str]) -> int:
    """Measure and print; 1 when something is below its floor."""
    unknown = set(wanted) - set(GOALS)
    if unknown:
        sys.exit(f"No such goal: {', '.join(sorted(unknown))}. There are {', '.join(GOALS)}.")
    below = 0
    print(HEADING, flush=True)
    for goal in wanted or GOALS:
        measure: Callable[[], Iterator[Line]] = import_module(f"tests.bench.{GOALS[goal]}").lines
        for line in measure():
            print(line, *(f"    {note}" for note in line.notes), sep="\n", flush=True)
            below += line.verdict == "below"
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
