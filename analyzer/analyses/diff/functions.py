"""Which functions of two workflows are the same one, whatever a minifier calls them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence

from analyzer.analyses.diff.forms import form_of
from analyzer.analyses.diff.trees import Digests, Tree
from analyzer.analyses.normal_form import NormalForm

ROUNDS = 3
"""How many calls deep functions are compared; those that differ further down are paired all the same, and then compared."""


def labels(old: NormalForm, new: NormalForm) -> tuple[list[str], list[str]]:
    """What the functions of each side are called: the same text for both of a pair, the name in NEW if there is one.

    Paired are functions of equal content, then of equal name, then those that share most steps.
    """
    digests = Digests()
    sides = [_Side(form, digests) for form in (old, new)]
    pairs = _paired(*sides)
    ours = _unique(new.names, set())
    theirs = ["" if index in pairs else name for index, name in enumerate(old.names)]
    rest = iter(_unique([name for name in theirs if name], set(ours)))
    return [ours[pairs[index]] if index in pairs else next(rest) for index in range(len(old.names))], ours


class _Side:
    """The functions of one workflow: content, names, steps."""

    def __init__(self, form: NormalForm, digests: Digests) -> None:
        self.names = form.names
        called: list[str] = [""] * len(form.names)
        for _ in range(ROUNDS):
            tree = Tree(form_of(NormalForm((), form.functions, form.names), called), digests)
            bodies = tree.children[0][1:]
            called = [str(digests.of(*(tree.digests[node] for node in tree.children[body]))) for body in bodies]
        self.contents = called
        self.steps = [tree.steps_below(body) for body in bodies] if form.names else []


def _paired(old: _Side, new: _Side) -> dict[int, int]:
    """The function of NEW for each of OLD that has one."""
    pairs: dict[int, int] = {}
    rules: tuple[Callable[[_Side, int], Hashable], ...] = (
        lambda side, index: (side.contents[index], side.names[index]),
        lambda side, index: side.contents[index],
        lambda side, index: side.names[index] if len(side.names[index]) > 1 else None,
    )
    for rule in rules:
        free: dict[Hashable, list[int]] = {}
        for index in reversed(range(len(new.names))):
            if index not in pairs.values():
                free.setdefault(rule(new, index), []).append(index)
        for index in range(len(old.names)):
            found = free.get(rule(old, index))
            if index not in pairs and found and rule(old, index) is not None:
                pairs[index] = found.pop()
    _pair_by_steps(old, new, pairs)
    return pairs


def _pair_by_steps(old: _Side, new: _Side, pairs: dict[int, int]) -> None:
    taken = set(pairs.values())
    holders: dict[tuple[str, str], list[int]] = {}
    for index, steps in enumerate(new.steps):
        for step in steps if index not in taken else ():
            holders.setdefault(step, []).append(index)
    for index, steps in enumerate(old.steps):
        if index not in pairs:
            votes = Counter(holder for step in steps for holder in holders.get(step, ()) if holder not in taken)
            if votes:
                pairs[index] = min(votes, key=lambda holder: (-votes[holder], holder))
                taken.add(pairs[index])


def _unique(names: Sequence[str], taken: set[str]) -> list[str]:
    """Names, with a number behind those that are taken."""
    unique: list[str] = []
    for name in names:
        free, count = name, 1
        while free in taken:
            count += 1
            free = f"{name} ({count})"
        taken.add(free)
        unique.append(free)
    return unique
