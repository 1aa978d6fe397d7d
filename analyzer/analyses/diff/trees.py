"""Trees of forms laid out as arrays, nodes numbered before their children, and digests that tell equal subtrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from analyzer.analyses.diff.forms import UNORDERED, WIRING, Form

STEPS = frozenset({"do", "sleep", "sleep until", "wait"})


class Digests:
    """Numbers for subtrees: equal ones have the same. Shared by the trees that are compared."""

    def __init__(self) -> None:
        self.known: dict[object, int] = {}

    def of(self, *parts: object) -> int:
        """The number of these parts."""
        return self.known.setdefault(parts, len(self.known))


class Tree:
    """A form as arrays, indexed by the number of a node.

    ``positions`` count from 0 among siblings. ``digests`` tell equal subtrees, ``shapes`` those that differ in names and
    settings only. The subtree of a node is the range of ``sizes`` numbers that begins with it.
    """

    def __init__(self, root: Form, digests: Digests) -> None:
        self.forms: list[Form] = []
        self.parents: list[int] = []
        self.positions: list[int] = []
        self.children: list[list[int]] = []
        stack = [(root, -1)]
        while stack:
            form, parent = stack.pop()
            self.positions.append(len(self.children[parent]) if self.children else 0)
            if parent >= 0:
                self.children[parent].append(len(self.forms))
            stack += [(child, len(self.forms)) for child in reversed(form.children)]
            self.forms.append(form)
            self.parents.append(parent)
            self.children.append([])
        self.sizes = [1] * len(self.forms)
        self.digests = [0] * len(self.forms)
        self.shapes = [0] * len(self.forms)
        for node in reversed(range(len(self.forms))):
            self._measure(node, digests)

    def _measure(self, node: int, digests: Digests) -> None:
        form, children = self.forms[node], self.children[node]
        below, shapes = [self.digests[child] for child in children], [self.shapes[child] for child in children]
        if form.kind in UNORDERED:
            below.sort()
            shapes.sort()
        self.sizes[node] += sum(self.sizes[child] for child in children)
        self.digests[node] = digests.of(form.kind, form.name, form.traits, *below)
        self.shapes[node] = digests.of("shape", form.kind, *shapes)

    def subtree(self, node: int) -> range:
        """The numbers of a node and of all below it."""
        return range(node, node + self.sizes[node])

    def steps_below(self, node: int) -> Counter[tuple[str, str]]:
        """Kinds and names of the steps in a subtree."""
        forms = (self.forms[each] for each in self.subtree(node))
        return Counter((form.kind, form.name) for form in forms if form.kind in STEPS)

    def outward(self, node: int) -> Iterator[int]:
        """The nodes around a node, from the nearest on."""
        node = self.parents[node]
        while node >= 0:
            yield node
            node = self.parents[node]


def settings(form: Form) -> dict[str, object]:
    """The settings of a step."""
    return {key: value for key, value in form.traits if key not in WIRING}


def wiring(form: Form) -> dict[str, object]:
    """How a node is connected."""
    return {key: value for key, value in form.traits if key in WIRING}
