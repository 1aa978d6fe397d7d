"""Which node of one tree is which of the other: from the top down by content, name and place, then across the whole tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable

from analyzer.analyses.diff.aligning import common
from analyzer.analyses.diff.trees import STEPS, Tree, settings

PARTS = frozenset({"try block", "catch", "finally"})
"""Kinds of which a node has one of each."""

STAYING = frozenset({*PARTS, "workflow", "body", "function", "arm", "element"})
"""Kinds that are part of what is around them, and move only with it."""

Key = Callable[[Tree, int], Hashable]
"""What two nodes must have in common to be the same one; None: nothing will do."""


class Matching:
    """Pairs of nodes of two trees: ``new_of`` by the number in OLD, ``old_of`` by the number in NEW."""

    def __init__(self, old: Tree, new: Tree, lenient: bool) -> None:
        """``lenient``: a step of any name may be one whose name is not static."""
        self.old, self.new, self.lenient = old, new, lenient
        self.new_of: dict[int, int] = {}
        self.old_of: dict[int, int] = {}
        self._match([(0, 0)])
        self._match_elsewhere()

    def _match(self, pairs: list[tuple[int, int]]) -> None:
        """Matches pairs, and what is below them."""
        stack = pairs[::-1]
        while stack:
            a, b = stack.pop()
            self.new_of[a], self.old_of[b] = b, a
            stack += self._below(a, b)[::-1]

    def _below(self, a: int, b: int) -> list[tuple[int, int]]:
        ours = [x for x in self.old.children[a] if x not in self.new_of]
        theirs = [y for y in self.new.children[b] if y not in self.old_of]
        match self.old.forms[a].kind:
            case "workflow":
                return self._equal(ours, theirs, _named)
            case "branch":
                return self._arms(ours, theirs)
            case _:
                return self._sequence(ours, theirs)

    def _sequence(self, ours: list[int], theirs: list[int]) -> list[tuple[int, int]]:
        """Pairs by content, name and settings; of the rest structures that share steps; then those of equal shape."""
        pairs = self._aligned(ours, theirs, (_content, _named, _configured))
        pairs += self._by_steps(*_left(ours, theirs, pairs))
        last = (_shape, _kind) if self.lenient else (_shape,)
        return pairs + self._aligned(*_left(ours, theirs, pairs), last)

    def _aligned(self, ours: list[int], theirs: list[int], keys: tuple[Key, ...]) -> list[tuple[int, int]]:
        """Pairs that have a key in common, in the same order; what lies between them is paired by the next key."""
        if not keys or not ours or not theirs:
            return []
        tokens = [[_token(tree, keys[0], node) for node in nodes] for tree, nodes in ((self.old, ours), (self.new, theirs))]
        pairs: list[tuple[int, int]] = []
        start = (0, 0)
        for a, b in common(*tokens):
            pairs += self._aligned(ours[start[0] : a], theirs[start[1] : b], keys[1:])
            pairs.append((ours[a], theirs[b]))
            start = (a + 1, b + 1)
        return pairs + self._aligned(ours[start[0] :], theirs[start[1] :], keys[1:])

    def _arms(self, ours: list[int], theirs: list[int]) -> list[tuple[int, int]]:
        """Pairs of equal content, then of arms that share steps, then of equal shape, then any two."""
        pairs = self._equal(ours, theirs, _content)
        pairs += self._by_steps(*_left(ours, theirs, pairs))
        pairs += self._equal(*_left(ours, theirs, pairs), _shape)
        return [*pairs, *zip(*_left(ours, theirs, pairs), strict=False)]

    def _equal(self, ours: list[int], theirs: list[int], key: Key) -> list[tuple[int, int]]:
        free: dict[Hashable, list[int]] = {}
        for b in reversed(theirs):
            free.setdefault(_token(self.new, key, b), []).append(b)
        pairs = []
        for a in ours:
            found = free.get(_token(self.old, key, a))
            if found:
                pairs.append((a, found.pop()))
        return pairs

    def _by_steps(self, ours: list[int], theirs: list[int]) -> list[tuple[int, int]]:
        """Structures of one kind that share steps, those that share most first come."""
        holders: dict[Hashable, list[int]] = {}
        for b in theirs:
            if self.new.forms[b].kind not in STEPS:
                for step in self.new.steps_below(b):
                    holders.setdefault(step, []).append(b)
        pairs = []
        taken: set[int] = set()
        for a in ours:
            kind = self.old.forms[a].kind
            steps = () if kind in STEPS else self.old.steps_below(a)
            found = (b for step in steps for b in holders.get(step, ()) if b not in taken and self.new.forms[b].kind == kind)
            votes = Counter(found)
            if votes:
                best = min(votes, key=lambda b: (-votes[b], b))
                taken.add(best)
                pairs.append((a, best))
        return pairs

    def _match_elsewhere(self) -> None:
        """Matches what has moved: equal subtrees left over anywhere, the largest first, then steps of one kind and name."""
        for key in (_content, _named):
            free: dict[Hashable, list[int]] = {}
            for a in reversed(range(len(self.old.forms))):
                if a not in self.new_of and self.old.forms[a].kind not in STAYING:
                    free.setdefault(_token(self.old, key, a), []).append(a)
            for b in range(len(self.new.forms)):
                found = [] if b in self.old_of else free.get(_token(self.new, key, b), [])
                while found and found[-1] in self.new_of:
                    found.pop()
                if found:
                    self._match([(found[-1], b)])


def _left(ours: Iterable[int], theirs: Iterable[int], pairs: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """What is in no pair yet."""
    taken = {a for a, _ in pairs}, {b for _, b in pairs}
    return [a for a in ours if a not in taken[0]], [b for b in theirs if b not in taken[1]]


def _token(tree: Tree, key: Key, node: int) -> Hashable:
    """The key of a node; one of its own if it has none."""
    found = key(tree, node)
    return (id(tree), node) if found is None else found


def _content(tree: Tree, node: int) -> Hashable:
    return tree.digests[node]


def _named(tree: Tree, node: int) -> Hashable:
    """Kind and name of a step, a call or a part of a structure."""
    form = tree.forms[node]
    return (form.kind, form.name) if form.name or form.kind in PARTS else None


def _configured(tree: Tree, node: int) -> Hashable:
    """A step of any name with the same settings and the same inside."""
    form = tree.forms[node]
    return (tree.shapes[node], *settings(form).items()) if form.kind in STEPS else None


def _shape(tree: Tree, node: int) -> Hashable:
    return tree.shapes[node]


def _kind(tree: Tree, node: int) -> Hashable:
    return tree.forms[node].kind
