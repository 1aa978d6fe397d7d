"""Compares our payloads with what the platform's parser was observed to give.

Compared: kinds of nodes, nesting, order, conditions, function names; step names match if they are equal or if the observed
one is a sentinel or has holes. Left aside: numbers, ``break`` nodes (and what holds nothing else), payload shapes,
configuration, the ``type`` of functions and of the blocks of a ``try``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mistakes import without_jumps

import analyzer
from analyzer.payload.convert import to_payload

Node = dict[str, Any]

FOLDER = Path(__file__).parents[2] / "fixtures" / "reference"
SENTINELS = frozenset({"<dynamic>", "<missing>", "could not compute"})
STEPS = frozenset({"step_do", "step_sleep", "step_sleep_until", "step_wait_for_event"})


@dataclass(frozen=True)
class Case:
    """One observed source: its id, text, the workflows observed, and whether it is listed as shared."""

    id: str
    source: str
    observed: tuple[Node, ...]
    agrees: bool


@dataclass(frozen=True)
class Comparison:
    """What a case shows: steps observed and found, whether all trees are the same, and ours.

    A payload says a jump twice: by a ``break`` node, and by the guard's other branch, which takes the rest of the block. The
    platform's trees have neither but behind a ``return``, and then for one node. ``same_aside`` compares with no jumps at all
    in our graphs, so that neither is drawn.
    """

    case: Case
    observed_steps: int
    found_steps: int
    same_tree: bool
    same_aside: bool
    ours: tuple[Node, ...]


def cases() -> Iterator[Case]:
    """Every observed case, in the file's order."""
    agree = set((FOLDER / "agree.txt").read_text(encoding="utf-8").split())
    for line in (FOLDER / "observed.jsonl").read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        yield Case(data["id"], data["source"], tuple(data["result"]["workflows"]), data["id"] in agree)


def compare(case: Case) -> Comparison:
    """Analyzes a case's source as TypeScript and compares each observed workflow with ours of the same class."""
    analysis = analyzer.analyze_source(case.source, filename="case.ts")
    ours = [dict(document["workflow"]) for document in analysis.documents]
    aside = [dict(to_payload(without_jumps(workflow)).document["workflow"]) for workflow in analysis.workflows]
    found = sum(_found(_steps(theirs), _steps(mine)) for theirs, mine in _pairs(case, ours))
    total = sum(len(_steps(theirs)) for theirs in case.observed)
    return Comparison(case, total, found, _all_same(case, ours), _all_same(case, aside), tuple(ours))


def _pairs(case: Case, ours: list[Node]) -> Iterator[tuple[Node, Node]]:
    """Each observed workflow with ours of its class, an empty one if we have none."""
    named = {workflow["class_name"]: workflow for workflow in ours}
    return ((theirs, named.get(theirs["class_name"], {"nodes": [], "functions": {}})) for theirs in case.observed)


def _all_same(case: Case, ours: list[Node]) -> bool:
    return bool(case.observed) and all(_same_workflow(theirs, mine) for theirs, mine in _pairs(case, ours))


# ---------------------------------------------------------------- steps


def _steps(workflow: Node) -> list[tuple[str, str]]:
    bodies = [workflow["nodes"], *(function["nodes"] for function in workflow["functions"].values())]
    return [(node["type"], node["name"]) for body in bodies for node in _walk(body) if node["type"] in STEPS]


def _walk(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        for sequence in _sequences(node):
            yield from _walk(sequence)


def _sequences(node: Node) -> list[list[Node]]:
    if node["type"] in ("if", "switch"):
        return [branch["nodes"] for branch in node["branches"]]
    if node["type"] == "try":
        return [node[part]["nodes"] for part in TRY_PARTS if node[part] is not None]
    return [node["nodes"]] if "nodes" in node else []


TRY_PARTS = ("try_block", "catch_block", "finally_block")


def _found(theirs: list[tuple[str, str]], mine: list[tuple[str, str]]) -> int:
    """How many observed steps have one of ours for themselves; exact names are given out first."""
    free = Counter(mine)
    found = 0
    for step in sorted(theirs, key=lambda step: _is_open(step[1])):
        match = next((own for own in free if free[own] and own[0] == step[0] and _same_name(step[1], own[1])), None)
        if match is not None:
            free[match] -= 1
            found += 1
    return found


def _is_open(name: str) -> bool:
    return name in SENTINELS or "${...}" in name


def _same_name(theirs: str, mine: str) -> bool:
    return theirs == mine or _is_open(theirs)


# ---------------------------------------------------------------- trees


def _same_workflow(theirs: Node, mine: Node) -> bool:
    functions = theirs["functions"]
    return (
        set(functions) == set(mine["functions"])
        and _same_sequence(theirs["nodes"], mine["nodes"])
        and all(_same_sequence(functions[name]["nodes"], mine["functions"][name]["nodes"]) for name in functions)
    )


def _same_sequence(theirs: list[Node], mine: list[Node]) -> bool:
    left, right = [_pruned(node) for node in theirs], [_pruned(node) for node in mine]
    kept = [[node for node in side if node is not None] for side in (left, right)]
    return len(kept[0]) == len(kept[1]) and all(_same(a, b) for a, b in zip(*kept, strict=True))


def _pruned(node: Node) -> Node | None:
    """A node without ``break`` nodes, or None if nothing is left of it."""
    if node["type"] == "break":
        return None
    sequences = _sequences(node)
    if node["type"] in STEPS or node["type"] == "function_call":
        return node
    return node if any(_pruned(inner) is not None for sequence in sequences for inner in sequence) else None


def _same(theirs: Node, mine: Node) -> bool:
    if theirs["type"] != mine["type"]:
        return False
    match theirs["type"]:
        case "if" | "switch":
            return _same_branches(theirs, mine)
        case "try":
            pairs = [(theirs[part], mine[part]) for part in TRY_PARTS]
            return all((a is None) == (b is None) and (a is None or _same_sequence(a["nodes"], b["nodes"])) for a, b in pairs)
        case "parallel" if theirs["kind"] != mine["kind"]:
            return False
        case "function_call" | "function_def" if theirs["name"] != mine["name"]:
            return False
        case kind if kind in STEPS and not _same_name(theirs["name"], mine["name"]):
            return False
    return _same_sequence(theirs.get("nodes", []), mine.get("nodes", []))


def _same_branches(theirs: Node, mine: Node) -> bool:
    if _folded(theirs.get("discriminant")) != _folded(mine.get("discriminant")):
        return False
    left, right = theirs["branches"], mine["branches"]
    return len(left) == len(right) and all(
        _folded(a["condition"]) == _folded(b["condition"]) and _same_sequence(a["nodes"], b["nodes"])
        for a, b in zip(left, right, strict=True)
    )


def _folded(text: str | None) -> str | None:
    return None if text is None else " ".join(text.split())
