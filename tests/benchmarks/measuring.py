"""Two ways to do something, timed in turns: how many times as long as a yardstick ours takes."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

Action = Callable[[], object]


@dataclass(frozen=True)
class Row:
    """What is measured against what, and how many times as long it may take."""

    name: str
    yardstick: Action
    ours: Action
    limit: float


def arguments(description: str | None, argv: Sequence[str] | None, rounds: int) -> argparse.Namespace:
    """The command line of a benchmark: ``check`` and ``rounds``, by default as many as given here."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="exit 1 if a ratio is above its limit")
    parser.add_argument("--rounds", type=int, default=rounds, help="repetitions of each measurement (default: %(default)s)")
    return parser.parse_args(argv)


def measure(row: Row, rounds: int) -> bool:
    """Prints the least time of both and their ratio; whether the ratio is within its limit.

    The least of several: whatever else a machine does only makes something slower.
    """
    row.yardstick(), row.ours()
    pairs = [(_seconds(row.yardstick), _seconds(row.ours)) for _ in range(rounds)]
    base, ours = (1000 * min(times) for times in zip(*pairs, strict=True))
    kept = ours <= row.limit * base
    verdict = "ok" if kept else "MISSED"
    print(f"{row.name:46} {base:8.1f} ms {ours:8.1f} ms {ours / base:6.2f} x (at most {row.limit:g})  {verdict}", flush=True)
    return kept


def _seconds(action: Action) -> float:
    start = perf_counter()
    action()
    return perf_counter() - start
