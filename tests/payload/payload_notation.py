"""Graphs by hand in few letters, and payloads as one line of text.

``do("a")`` is awaited on the spot, ``kept("a")`` started and kept, ``floating("a")`` started and never waited for; ids are
given out by name, so that ``join("a")`` waits for ``kept("a")`` and ``leave("loop")`` leaves ``loop("loop", …)``.

In texts: ``a`` a step, ``f()`` a call, ``a@1-2`` starts 1, resolves 2, ``all[…]`` a parallel, ``if(x: a | else: b)``,
``loop{…}``, ``switch x(1: a | default: b)``, ``try{…}catch{…}finally{…}``, ``block{…}``, ``^break`` and ``^return``.
"""

from __future__ import annotations

from analyzer.graph import model
from analyzer.payload.convert import to_payload
from analyzer.payload.document import BranchDocument, NodeDocument
from analyzer.source import Language

Nodes = tuple[model.Node, ...]

_ids: dict[str, int] = {}


def id_of(name: str) -> int:
    """The id of what has a name, the same in all tests."""
    return _ids.setdefault(name, len(_ids) + 1)


# ---------------------------------------------------------------- graphs


def do(name: str, *body: model.Node) -> model.StepDo:
    return model.StepDo(name, model.Config(), body, model.Started.AWAITED, id_of(name))


def kept(name: str, *body: model.Node) -> model.StepDo:
    return model.StepDo(name, model.Config(), body, model.Started.KEPT, id_of(name))


def floating(name: str) -> model.StepDo:
    return model.StepDo(name, model.Config(), (), model.Started.FLOATING, id_of(name))


def call(name: str, started: model.Started = model.Started.AWAITED, id_name: str | None = None) -> model.FunctionCall:
    return model.FunctionCall(name, started, id_of(id_name or name))


def block(name: str, *body: model.Node, started: model.Started = model.Started.KEPT) -> model.Block:
    return model.Block(body, started, id_of(name))


def scope(name: str, *body: model.Node) -> model.Scope:
    return model.Scope(body, id_of(name))


def join(*names: str, kind: model.JoinKind = model.JoinKind.ALL, returned: bool = False, at_once: bool = False) -> model.Join:
    return model.Join(tuple(map(id_of, names)), kind, returned, at_once=at_once)


def loop(name: str, *body: model.Node, endless: bool = False, once: bool = False, turns: int | None = None) -> model.Loop:
    return model.Loop(body, at_least_once=once, turns=turns, endless=endless, id=id_of(name))


def choice(**cases: Nodes) -> model.If:
    """An ``if``: conditions and what runs, ``else_`` the else."""
    return model.If(_cases(cases))


def switch(name: str, **cases: Nodes) -> model.Switch:
    """A ``switch`` over the value of its name; ``else_``: the default."""
    return model.Switch(name, _cases(cases), id_of(name))


def _cases(cases: dict[str, Nodes]) -> tuple[model.Case, ...]:
    return tuple(model.Case(None if name == "else_" else name, body) for name, body in cases.items())


def attempt(block: Nodes, handler: Nodes | None = None, final: Nodes | None = None) -> model.Try:
    return model.Try(block, handler, final)


def together(*elements: model.Node | Nodes, kind: model.JoinKind = model.JoinKind.ALL) -> model.Parallel:
    """A combinator; each element a node or a sequence."""
    return model.Parallel(kind, tuple(element if isinstance(element, tuple) else (element,) for element in elements))


def leave(name: str) -> model.Jump:
    return model.Jump(model.JumpKind.BREAK, id_of(name))


def again(name: str) -> model.Jump:
    return model.Jump(model.JumpKind.CONTINUE, id_of(name))


def back(name: str | None = None) -> model.Jump:
    return model.Jump(model.JumpKind.RETURN, None if name is None else id_of(name))


def throw() -> model.Jump:
    return model.Jump(model.JumpKind.THROW)


def workflow(*body: model.Node, **functions: Nodes) -> model.Workflow:
    defined = tuple(model.FunctionDef(name, nodes) for name, nodes in functions.items())
    return model.Workflow("W", Language.JAVASCRIPT, body, defined)


# ---------------------------------------------------------------- payloads


def drawn(*body: model.Node, **functions: Nodes) -> str:
    """The text of the payload of a body."""
    return text(to_payload(workflow(*body, **functions)).document["workflow"]["nodes"])


def text(nodes: list[NodeDocument]) -> str:
    """The text of a sequence of a payload."""
    return " ".join(map(_node, nodes))


def _node(node: NodeDocument) -> str:
    match node["type"]:
        case "step_do" | "step_sleep" | "step_sleep_until" | "step_wait_for_event" | "function_call":
            resolves = node.get("resolves")
            numbers = f"@{node['starts']}" if "starts" in node else ""
            numbers += "" if resolves is None else f"-{resolves}"
            inside = f"{{{text(node['nodes'])}}}" if node["type"] == "step_do" and node["nodes"] else ""
            return node["name"] + ("()" if node["type"] == "function_call" else "") + numbers + inside
        case "parallel":
            return f"{node['kind']}[{text(node['nodes'])}]"
        case "loop" | "block":
            return f"{node['type']}{{{text(node['nodes'])}}}"
        case "if":
            return f"if({_branches(node['branches'], 'else')})"
        case "switch":
            return f"switch {node['discriminant']}({_branches(node['branches'], 'default')})"
        case "try":
            blocks = (("try", node["try_block"]), ("catch", node["catch_block"]), ("finally", node["finally_block"]))
            return "".join(f"{name}{{{text(part['nodes'])}}}" for name, part in blocks if part is not None)
        case "break":
            return f"^{node['kind']}"
        case _:
            return node["type"]


def _branches(branches: list[BranchDocument], otherwise: str) -> str:
    return " | ".join(f"{branch['condition'] or otherwise}: {text(branch['nodes'])}".rstrip() for branch in branches)
