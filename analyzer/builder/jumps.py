"""Jumps: in what state they leave, and how it goes on where they arrive."""

from __future__ import annotations

from analyzer.builder.machine import Machine, Outcome
from analyzer.builder.values import UNKNOWN

MAX_WRITES = 256
"""Most writes a jump takes along: the last ones. A source may have thousands of jumps behind thousands of writes."""


def leave(machine: Machine, mark: int, arrivals: list[Outcome]) -> None:
    """Jumps to where an evaluation that began at a mark ends, with what it has written since."""
    writes = {cell: cell.value for cell, _ in machine.trail[max(mark, len(machine.trail) - MAX_WRITES) :]}
    arrivals.append(Outcome((), UNKNOWN, writes, True))
    machine.jumped.append(arrivals)


def meet(machine: Machine, mark: int, arrivals: list[Outcome]) -> None:
    """Goes on where an evaluation that began at a mark ends, or a jump arrives."""
    if not arrivals:
        return
    here = Outcome((), UNKNOWN, {cell: cell.value for cell, _ in machine.trail[mark:]}, machine.live)
    machine.undo(mark)
    machine.live = True
    machine.join([here, *arrivals], exhaustive=True)
