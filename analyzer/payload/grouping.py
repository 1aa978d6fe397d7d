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
    _link(body.root, None)
    touched: dict[Part, list[Group]] = {}
    for promise in promises:
        for part, found in _reaches(promise):
            touched.setdefault(part, []).append(found)
    for part, groups in touched.items():
        part.groups = tuple(_merged(groups))


def _link(part: Part, owner: Item | None) -> None:
    """Tells items where they stand, scopes written out, as deep as there are promises."""
    part.owner = owner
    if any(isinstance(item.node, model.Scope) for item in part.items):
        part.items = list(_without_scopes(part))
    for index, item in enumerate(part.items):
        item.parent, item.index = part, index
        if not item.quiet:
            for inner in item.parts:
                _link(inner, item)


def _without_scopes(part: Part) -> Iterator[Item]:
    for item in part.items:
        if isinstance(item.node, model.Scope):
            yield from _without_scopes(item.parts[0])
        else:
            yield item


def _reaches(promise: Item) -> list[tuple[Part, Group]]:
    """The groups a promise makes by itself, from its own sequence outwards; the outermost is drawn in any case."""
    joined = promise.joined
    waits = dict(_path(joined)) if joined is not None else {}
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
    return reaches


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
