"""Which neighbours stand in one ``parallel``: those whose promises overlap (SEMANTICS section 5).

A promise reaches from the sibling that starts it to the one at which it is waited for, in the innermost sequence that
holds both; in the sequences between, down to its own, it reaches to the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzer.graph import model
from analyzer.payload.items import Body, Group, Item, Part


def group(body: Body, promises: Iterable[Item]) -> None:
    """Finds the groups of a body's sequences. ``promises``: those that are open at some time, in source order."""
    if body.jumps:
        _write_out_scopes(body.root)
    _link(body.root, None)
    touched: dict[Part, list[Group]] = {}
    waits: dict[Item | None, dict[Part, int]] = {}
    for promise in promises:
        if promise.joined not in waits:
            waits[promise.joined] = dict(_path(promise.joined))
        for part, found in _reaches(promise, waits[promise.joined]):
            touched.setdefault(part, []).append(found)
    for part, groups in touched.items():
        part.groups = tuple(_merged(groups))


def _write_out_scopes(part: Part) -> None:
    """Puts what stands in scopes where the scopes stand: what leaves them early has been decided on."""
    part.items = list(_without_scopes(part))
    for item in part.items:
        for inner in item.parts:
            _write_out_scopes(inner)


def _without_scopes(part: Part) -> Iterator[Item]:
    for item in part.items:
        if isinstance(item.node, model.Scope):
            yield from _without_scopes(item.parts[0])
        else:
            yield item


def _link(part: Part, owner: Item | None) -> None:
    """Tells items where they stand, as deep as there are promises."""
    part.owner = owner
    for index, item in enumerate(part.items):
        item.parent, item.index = part, index
        if not item.quiet:
            for inner in item.parts:
                _link(inner, item)


def unlink(part: Part) -> None:
    """Takes back what items of a body were told: without cycles the working copy is freed as soon as it is drawn."""
    part.owner = None
    for item in part.items:
        item.parent = None
        if not item.quiet:
            for inner in item.parts:
                unlink(inner)


def _reaches(promise: Item, waits: dict[Part, int]) -> list[tuple[Part, Group]]:
    """The groups a promise makes by itself, from its own sequence outwards; the outermost is drawn in any case.

    ``waits``: the sequences around what waits for it, and where in each that stands.
    """
    joined = promise.joined
    reaches: list[tuple[Part, Group]] = []
    for part, index in _path(promise):
        if part not in waits:
            reaches.append((part, Group(index, len(part.items), joined, outer=True)))
            continue
        end = waits[part]
        if joined is not None and not (joined.parent is part and isinstance(joined.node, model.Join)):
            end += 1  # it is waited for inside this sibling, which so belongs to the group
        if index < waits[part]:
            reaches.append((part, Group(index, end, joined, outer=True)))
        break
    if reaches:
        reaches[-1][1].outer = False
    return [(part, found) for part, found in reaches if not found.outer or found.end - found.start > 1]


def _path(item: Item | None) -> Iterator[tuple[Part, int]]:
    """The sequences around an item, innermost first, and where in each it stands."""
    while item is not None and item.parent is not None:
        yield item.parent, item.index
        item = item.parent.owner


def _merged(groups: list[Group]) -> list[Group]:
    """Groups that overlap made one, in order."""
    merged: list[Group] = []
    for following in sorted(groups, key=lambda found: found.start):
        if merged and following.start < merged[-1].end:
            last = merged[-1]
            last.end = max(last.end, following.end)
            for index, end in following.held.items():
                last.held[index] = max(end, last.held.get(index, 0))
            last.joins |= following.joins
            last.outer = last.outer and following.outer
        else:
            merged.append(following)
    return merged
