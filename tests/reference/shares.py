"""Prints how far we agree with the platform's parser, and lists the cases in which we do not.

Run from the project's root: python tests/reference/shares.py [--all]
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "runtime"))

from comparison import Comparison, cases, compare


@dataclass(frozen=True)
class Shares:
    """Shares between 0 and 1: of observed steps found, of same trees, of same trees among the cases listed as shared.

    ``agreed_aside``: the last one with jumps left out of our graphs, as the list was made (see ``Comparison``).
    """

    steps: float
    trees: float
    agreed: float
    agreed_aside: float
    rest: tuple[Comparison, ...]


def measure() -> Shares:
    """Compares every case in which the platform finds a workflow."""
    results = [compare(case) for case in cases() if case.observed]
    listed = [result for result in results if result.case.agrees]
    return Shares(
        sum(result.found_steps for result in results) / sum(result.observed_steps for result in results),
        sum(result.same_tree for result in results) / len(results),
        sum(result.same_tree for result in listed) / len(listed),
        sum(result.same_aside for result in listed) / len(listed),
        tuple(result for result in results if not result.same_tree or result.found_steps < result.observed_steps),
    )


def main() -> int:
    """Prints the shares and the rest; exits 0."""
    shares = measure()
    print(f"steps found {shares.steps:.4f}   same tree {shares.trees:.4f}   of agree.txt {shares.agreed:.4f}")
    print(f"of agree.txt with jumps left aside in ours too {shares.agreed_aside:.4f}")
    for result in shares.rest:
        mark = "listed as shared" if result.case.agrees else ""
        lost = "" if result.found_steps == result.observed_steps else f"{result.found_steps} of {result.observed_steps} steps"
        if mark or lost or "--all" in sys.argv:
            print(f"  {result.case.id:16} {mark:17} {lost}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
