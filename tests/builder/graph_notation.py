"""Graphs as one line of text, for expectations a person can read.

``do:a`` awaited on the spot, ``do:a^1`` kept and numbered in order of appearance, ``do:a~`` floating; ``+1`` joins,
``+return 1`` joins by return; ``break``, ``continue``, ``return``, ``throw`` are jumps.
"""

from __future__ import annotations

from analyzer.builder import BuildOptions, build
from analyzer.frontends import read
from analyzer.graph import model
from analyzer.source import Language, SourceFile, language_of

IMPORT = 'import { WorkflowEntrypoint } from "cloudflare:workers";\n'
WORDS = {
    model.StepSleep: "sleep",
    model.StepSleepUntil: "until",
    model.StepWaitForEvent: "wait",
}


def graph_of(source: str, *, path: str = "a.js", options: BuildOptions | None = None) -> str:
    """The first workflow of a source in notation, then its functions, each on a line of its own."""
    workflow = workflow_of(source, path=path, options=options)
    notation = Notation()
    lines = [notation.sequence(workflow.body)]
    lines += [f"{function.name}: {notation.sequence(function.body)}" for function in workflow.functions]
    return "\n".join(lines)


def workflow_of(source: str, *, path: str = "a.js", options: BuildOptions | None = None) -> model.Workflow:
    """The first workflow of a source."""
    language = language_of(path) or Language.JAVASCRIPT
    result = build(read(SourceFile(path, source, language)), options=options or BuildOptions())
    return result.workflows[0]


def run(body: str, before: str = "", members: str = "") -> str:
    """A JavaScript source whose ``run`` has a body."""
    return f"{IMPORT}{before}\nexport class W extends WorkflowEntrypoint {{ async run(event, step) {{\n{body}\n}}\n{members}}}"


def run_python(body: str, before: str = "") -> str:
    """A Python source whose ``run`` has a body (indented here)."""
    inner = "\n".join("        " + line for line in body.strip("\n").split("\n"))
    head = "from workers import WorkflowEntrypoint\nimport asyncio\n"
    return f"{head}{before}\nclass W(WorkflowEntrypoint):\n    async def run(self, event, step):\n{inner}\n"


class Notation:
    """Numbers promises in order of appearance."""

    def __init__(self) -> None:
        self.numbers: dict[int, int] = {}

    def number(self, id_: int) -> int:
        return self.numbers.setdefault(id_, len(self.numbers) + 1)

    def sequence(self, nodes: tuple[model.Node, ...]) -> str:
        return " ".join(self.node(node) for node in nodes)

    def mark(self, node: model.Promise) -> str:
        match node.started:
            case model.Started.AWAITED:
                return ""
            case model.Started.KEPT:
                return f"^{self.number(node.id)}"
            case model.Started.FLOATING:
                return "~"

    def node(self, node: model.Node) -> str:
        match node:
            case model.StepDo(name=name, body=body):
                inner = f"{{{self.sequence(body)}}}" if body else ""
                return f"do:{name}{self.mark(node)}{inner}"
            case model.StepSleep() | model.StepSleepUntil() | model.StepWaitForEvent():
                return f"{WORDS[type(node)]}:{node.name}{self.mark(node)}"
            case model.FunctionCall(name=name):
                return f"{name}(){self.mark(node)}"
            case model.Block(body=body):
                return f"block{self.mark(node)}{{{self.sequence(body)}}}"
            case model.Scope(body=body):
                return f"scope{{{self.sequence(body)}}}"
            case model.Loop(body=body, endless=endless):
                return f"loop{'!' if endless else ''}{{{self.sequence(body)}}}"
            case model.If(cases=cases):
                return f"if({self.cases(cases)})"
            case model.Switch(discriminant=text, cases=cases):
                return f"switch {text}({self.cases(cases)})"
            case model.Try(block=block, handler=handler, final=final):
                parts = [f"try{{{self.sequence(block)}}}"]
                parts += [] if handler is None else [f"catch{{{self.sequence(handler)}}}"]
                parts += [] if final is None else [f"finally{{{self.sequence(final)}}}"]
                return "".join(parts)
            case model.Parallel(kind=kind, elements=elements):
                return f"{kind.value}[{', '.join(self.sequence(element) for element in elements)}]"
            case model.Join(members=members, returned=returned):
                return f"+{'return ' if returned else ''}{','.join(str(self.number(m)) for m in members)}"
            case model.Jump(kind=kind):
                return kind.name.lower()

    def cases(self, cases: tuple[model.Case, ...]) -> str:
        return " | ".join(f"{case.condition}: {self.sequence(case.body)}".strip() for case in cases)
