"""The difference of two graphs: an edit script over their normal forms, and no operations if they are the same."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from analyzer.analyses.diff.aligning import rising
from analyzer.analyses.diff.forms import UNKNOWN, UNORDERED, Form, form_of
from analyzer.analyses.diff.functions import labels
from analyzer.analyses.diff.matching import Matching
from analyzer.analyses.diff.script import Added, Moved, Operation, Reconfigured, Removed, Renamed, Rewired
from analyzer.analyses.diff.trees import STEPS, Digests, Tree, settings, wiring
from analyzer.analyses.normal_form import normal_form
from analyzer.graph import model
from analyzer.records import record, replace

HOLE = "${...}"


@record
class Difference:
    """``old`` and ``new``: the trees that were compared. ``operations`` turn the first into the second.

    ``exact`` is false if one of the graphs was read from a payload, ``complete`` if something was nested too deeply to be
    compared. ``unsettled`` are steps whose configuration could not be compared.
    """

    old: Form
    new: Form
    operations: tuple[Operation, ...] = ()
    exact: bool = True
    complete: bool = True
    unsettled: tuple[Form, ...] = ()


def difference(old: model.Workflow, new: model.Workflow, *, lenient: bool = False) -> Difference:
    """What changed from one graph to another, in the order of OLD's nodes, then of NEW's.

    ``lenient``: what is not static on one side (a name with holes, a computed duration) is no difference to anything.
    """
    trees = trees_of(old, new)
    forms = trees[0].forms[0], trees[1].forms[0]
    complete = not any(form.kind == "too deep" for tree in trees for form in tree.forms)
    exact = old.exact and new.exact
    if trees[0].digests[0] == trees[1].digests[0]:
        return Difference(*forms, exact=exact, complete=complete)
    scribe = _Scribe(Matching(*trees, lenient), lenient)
    return Difference(*forms, tuple(scribe.operations()), exact, complete, tuple(scribe.unsettled()))


def trees_of(old: model.Workflow, new: model.Workflow) -> tuple[Tree, Tree]:
    """The trees of two graphs, in which functions that are the same have one name."""
    before, after = normal_form(old), normal_form(new)
    names = labels(before, after)
    digests = Digests()
    return Tree(form_of(before, names[0]), digests), Tree(form_of(after, names[1]), digests)


class _Scribe:
    """Writes down what a matching implies."""

    def __init__(self, matching: Matching, lenient: bool) -> None:
        self.matching = matching
        self.old, self.new = matching.old, matching.new
        self.lenient = lenient
        self.ranks = self._ranks()
        self.staying = self._staying()

    def operations(self) -> Iterator[Operation]:
        """Removals and changes in the order of OLD, then additions and moves in the order of NEW."""
        for node in range(len(self.old.forms)):
            counterpart = self.matching.new_of.get(node)
            if counterpart is not None:
                yield from self._changes(node, counterpart)
            elif self.old.parents[node] in self.matching.new_of:
                yield Removed(node, _without(self.old, node, self.matching.new_of, []), _where(self.old, node))
        for node in range(len(self.new.forms)):
            if node not in self.matching.old_of and self.new.parents[node] in self.matching.old_of:
                yield self._addition(node)
        for node in range(len(self.new.forms)):
            yield from self._moves(self.new.children[node])

    def unsettled(self) -> Iterator[Form]:
        """Steps whose configuration says nothing on one side."""
        pairs = ((self.old.forms[a], self.new.forms[b]) for a, b in self.matching.new_of.items() if self.lenient)
        yield from (new for old, new in pairs if not_compared(old, new))

    def _ranks(self) -> dict[int, int]:
        """The places of OLD's nodes among those of their siblings that are still there."""
        kept = ([child for child in children if child in self.matching.new_of] for children in self.old.children)
        return {child: rank for children in kept for rank, child in enumerate(children)}

    def _staying(self) -> set[int]:
        """The nodes of NEW that stand where they stood: below the same node, in the same order."""
        staying = {0}
        for parent, children in enumerate(self.new.children):
            before = self.matching.old_of.get(parent)
            same = [child for child in children if child in self.matching.old_of]
            same = [child for child in same if self.old.parents[self.matching.old_of[child]] == before]
            if self.new.forms[parent].kind in UNORDERED:
                staying.update(same)
            else:
                order = [self.matching.old_of[child] for child in same]
                staying.update(same[index] for index in rising(order))
        return staying

    def _changes(self, node: int, counterpart: int) -> Iterator[Operation]:
        old, new = self.old.forms[node], self.new.forms[counterpart]
        where = _where(self.old, node)
        if old.name != new.name and not (self.lenient and old.kind in STEPS and names_agree(old.name, new.name)):
            yield Renamed(node, old, new, where)
        if changed_settings(old, new, lenient=self.lenient):
            yield Reconfigured(node, old, new, where)
        if wiring(old) != wiring(new):
            yield Rewired(node, old, new, where)

    def _addition(self, node: int) -> Added:
        numbers: list[int] = []
        form = _without(self.new, node, self.matching.old_of, numbers)
        return Added(tuple(-1 - number for number in numbers), *self._place(node), form, _where(self.new, node))

    def _place(self, node: int) -> tuple[int, int]:
        """Parent and position of a node of NEW."""
        parent = self.new.parents[node]
        return self.matching.old_of.get(parent, -1 - parent), self.new.positions[node]

    def _moves(self, children: Sequence[int]) -> Iterator[Moved]:
        """Children of a node that come from elsewhere, neighbours that were neighbours together."""
        run: list[int] = []
        for child in [*children, None]:
            moved = child is not None and child in self.matching.old_of and child not in self.staying
            if run and not (moved and child is not None and self._follows(run[-1], child)):
                yield self._move(run)
                run = []
            if moved and child is not None:
                run.append(child)

    def _follows(self, first: int, second: int) -> bool:
        """Whether two neighbours of NEW were neighbours in OLD, as far as OLD's nodes are still there."""
        a, b = self.matching.old_of[first], self.matching.old_of[second]
        return self.old.parents[a] == self.old.parents[b] and self.ranks[b] == self.ranks[a] + 1

    def _move(self, run: Sequence[int]) -> Moved:
        nodes = tuple(self.matching.old_of[node] for node in run)
        forms = tuple(self.new.forms[node] for node in run)
        return Moved(nodes, *self._place(run[0]), forms, _where(self.old, nodes[0]), _where(self.new, run[0]))


def _without(tree: Tree, node: int, elsewhere: Container[int], numbers: list[int]) -> Form:
    """A form without what has moved out of it or into it. ``numbers`` takes those of the rest."""
    numbers.append(node)
    kept = [child for child in tree.children[node] if child not in elsewhere]
    return replace(tree.forms[node], children=tuple([_without(tree, child, elsewhere, numbers) for child in kept]))


def names_agree(old: str, new: str) -> bool:
    """Whether two names can be the same one, as far as they are static."""
    if UNKNOWN in (old, new):
        return True
    return _fits(old, new) or _fits(new, old)


def _fits(pattern: str, name: str) -> bool:
    """Whether a name with holes stands for a name."""
    parts = pattern.split(HOLE)
    return re.fullmatch(".*".join(map(re.escape, parts)), name, re.DOTALL) is not None


def changed_settings(old: Form, new: Form, *, lenient: bool = False) -> list[tuple[str, object, object]]:
    """Keys of settings that differ, with both values."""
    before, after = settings(old), settings(new)
    pairs = [(key, before.get(key), after.get(key)) for key in dict.fromkeys((*before, *after))]
    differing = [(key, a, b) for key, a, b in pairs if a != b and not (lenient and _agree(key, a, b))]
    return [] if lenient and not_compared(old, new) else differing


def not_compared(old: Form, new: Form) -> bool:
    """Whether one side shows no configuration at all: the platform's parser writes the same where it cannot read one."""
    before, after = settings(old), settings(new)
    return old.kind == new.kind == "do" and before != after and any(set(side.values()) == {None} for side in (before, after))


def _agree(key: str, old: object, new: object) -> bool:
    """Whether two settings can be the same, as the platform writes them: numbers cut off, no time of a ``sleepUntil``."""
    if UNKNOWN in (old, new) or (key == "timestamp" and None in (old, new)):
        return True
    match old, new:
        case (int() | float() as first, int() | float() as second):
            return int(first) == int(second)
        case _:
            return False


def _where(tree: Tree, node: int) -> tuple[str, ...]:
    """What is around a node, from the outermost in."""
    forms = [tree.forms[outer] for outer in tree.outward(node)]
    return tuple(
        HEADINGS.get(form.kind, f"{form.kind} {form.name}".rstrip()) for form in reversed(forms) if form.kind not in UNSAID
    )


HEADINGS = {"branch": "a branch", "try block": "try", "parallel": "in parallel"}
"""What structures are called where something stands in them."""

UNSAID = frozenset({"workflow", "body", "arm", "element", "try"})
"""Kinds that say nothing of a place."""
