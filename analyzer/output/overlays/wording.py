"""What became of each step in one instance, in words."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.analyses.overlay.log import LogStep, State
from analyzer.analyses.overlay.painting import Overlay, Painting
from analyzer.output.diagrams.words import duration

NOT_TAKEN = "not taken"


def annotations_of(overlay: Overlay) -> dict[int, tuple[str, ...]]:
    """Lines for each step of the graph, by the ``id()`` of its node."""
    return {id(painting.node): tuple(lines(painting)) for painting in overlay.paintings}


def lines(painting: Painting) -> Iterator[str]:
    """What is said of one step."""
    if painting.state is None:
        yield NOT_TAKEN
        return
    yield _headline(painting)
    failures = sum(entry.failures for entry in painting.entries)
    if failures:
        yield f"{failures} failed attempt{'' if failures == 1 else 's'}"
    errors = dict.fromkeys(entry.error for entry in painting.entries if entry.error)
    yield from (f"error: {error}" for error in errors)
    if painting.rollbacks:
        yield "rolled back" if all(each.state is State.SUCCEEDED for each in painting.rollbacks) else "rollback failed"


def remarks(overlay: Overlay) -> Iterator[str]:
    """What is said of the instance as a whole, and of its log beside the graph."""
    taken = sum(painting.state is not None for painting in overlay.paintings)
    yield f"instance {overlay.log.status}: {taken} of {len(overlay.paintings)} steps of the graph taken"
    if overlay.log.terminated:
        yield f"terminated by {overlay.log.terminated}"
    for entry in overlay.unplanned:
        yield f"unplanned: {entry.kind} {entry.log_name} is in the log, but the graph has no such step"
    if overlay.astray is not None:
        yield f"astray: {overlay.astray.log_name} stands where no path of the graph comes to it; was another version deployed?"


def _headline(painting: Painting) -> str:
    """How it stands, how often it ran, how long that took and was to take."""
    entries = painting.entries
    times = f"{len(entries)} times, " if len(entries) > 1 else ""
    spent = [entry.duration for entry in entries if entry.duration is not None]
    took = f"{times}took {spoken(sum(spent))}" if spent else f"{times}taken"
    match painting.state:
        case State.RUNNING:
            return f"{times}running, attempt {max(1, _under_way(entries).attempts)}"
        case State.WAITING:
            return f"{times}waiting{_since(painting)}"
        case State.FAILED:
            return f"failed, {took}"
        case _:
            return took + (f" of {duration(painting.planned)} planned" if painting.planned is not None else "")


def _since(painting: Painting) -> str:
    return "" if painting.planned is None else f", {duration(painting.planned)} planned"


def _under_way(entries: tuple[LogStep, ...]) -> LogStep:
    return next(entry for entry in entries if entry.state is State.RUNNING)


def spoken(milliseconds: float) -> str:
    """A measured time: to the millisecond below a second, to the tenth of a second above."""
    return duration(round(milliseconds) if milliseconds < 1000 else round(milliseconds / 100) * 100)
