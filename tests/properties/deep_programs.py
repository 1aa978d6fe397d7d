"""Workflows with something nested very deeply, or very long, between two steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping

DEPTH = 5_000
STEP = 'await step.do("{}", async () => 1);'

JAVASCRIPT_HEAD = 'import { WorkflowEntrypoint } from "cloudflare:workers";\n'
PYTHON_HEAD = "from workers import WorkflowEntrypoint\nimport asyncio\n"


def javascript(deep: str, *, before: str = "") -> str:
    """A module whose workflow runs a step, something deep, and another step."""
    body = "\n".join([STEP.format("first"), deep, STEP.format("last")])
    return (
        f"{JAVASCRIPT_HEAD}{before}\nexport class Flow extends WorkflowEntrypoint {{ async run(event, step) {{\n{body}\n}} }}\n"
    )


def python(deep: str, *, before: str = "") -> str:
    """The same in Python; ``deep`` is indented here."""
    steps = "".join(f'@step.do("{name}")\nasync def {name}():\n    return 1\n' for name in ("first", "last", "inner"))
    body = f"{steps}await first()\n{deep}\nawait last()"
    inner = "\n".join("        " + line for line in body.split("\n"))
    return f"{PYTHON_HEAD}{before}\nclass Flow(WorkflowEntrypoint):\n    async def run(self, event, step):\n{inner}\n"


def around(opening: str, middle: str, closing: str) -> Callable[[int], str]:
    """Something in so many pairs of brackets."""
    return lambda depth: opening * depth + middle + closing * depth


def chain(first: str, link: str, last: str = "") -> Callable[[int], str]:
    """Something continued so many times; ``#`` in a link is its number."""
    return lambda depth: first + "".join(link.replace("#", str(index)) for index in range(depth)) + last


def nested_lines(head: str, innermost: str) -> Callable[[int], str]:
    """So many heads, each a blank deeper than the one before."""
    return lambda depth: "\n".join([*(" " * level + head for level in range(depth)), " " * depth + innermost])


INNER = 'await step.do("inner", async () => 1)'

JAVASCRIPT: Mapping[str, Callable[[int], str]] = {
    "parentheses": around("(", INNER, ")"),
    "arrays": around("[", INNER, "]"),
    "objects": around("({ a: ", INNER, " })"),
    "blocks": around("{ ", INNER, " }"),
    "ifs": around("if (c) { ", INNER, " }"),
    "loops": around("for (const x of xs) { ", INNER, " }"),
    "whiles": around("while (c) ", INNER, ""),
    "tries": around("try { ", INNER, " } catch {}"),
    "switches": around("switch (c) { case 1: ", INNER, " }"),
    "labels": chain("", "l#: ", INNER),
    "else-ifs": chain("if (c) {}", " else if (c#) { a(); }", f" else {{ {INNER} }}"),
    "guards": chain("", "if (c#) return;\n"),
    "ternaries": chain("", "c ? a : ", INNER),
    "ternary tests": around("(", INNER, " ? a : b)"),
    "additions": chain(INNER, " + a"),
    "additions from the right": around("(a + ", INNER, ")"),
    "short circuits": chain("a", " && b", f" && {INNER}"),
    "nullish": chain("a", " ?? b", f" ?? {INNER}"),
    "commas": chain("a", ", b", f", {INNER}"),
    "assignments": chain("", "a = ", INNER),
    "negations": around("!", f"({INNER})", ""),
    "awaits": around("await ", INNER, ""),
    "then chains": chain(INNER, ".then((x) => x)"),
    "member chains": chain("a", ".b"),
    "optional chains": chain("a", "?.b()"),
    "call chains": chain("f", "(a)"),
    "subscripts": around("a[", INNER, "]"),
    "nested calls": around("f(", INNER, ")"),
    "constructors": around("new F(", INNER, ")"),
    "callbacks": around("f(async () => { ", INNER, " })"),
    "arrows": chain("", "a# => ", "step"),
    "functions": around("(async function () { ", INNER, " })()"),
    "classes": around("(class { static { ", "a", " } })"),
    "templates": around("`${", INNER, "}`"),
    "tags": around("t`${", INNER, "}`"),
    "elements": around("<a>", f"{{{INNER}}}", "</a>"),
    "patterns": around("[", "a", "]"),
    "destructuring": lambda depth: f"const {'[' * depth}a{']' * depth} = b",
    "steps in steps": around('await step.do("outer", async () => { ', INNER, " })"),
    "combinators": around("await Promise.all([", f"{INNER[6:]}", "])"),
    "maps": around("await Promise.all(xs.map(async (x) => { ", INNER, " }))"),
    "kept promises": chain("", 'const p# = step.do("kept", async () => 1);\n', "await p0"),
    "statements": chain("", "await step.do(`number #`, async () => 1);\n"),
    "aliases": chain("const a0 = step", "; const b# = step"),
}
TYPESCRIPT: Mapping[str, Callable[[int], str]] = {
    "type arguments": lambda depth: f"let a: {'A<' * depth}b{'>' * depth}",
    "unions": chain("let a: b", " | c"),
    "casts": chain(INNER, " as any"),
    "assertions": chain(f"({INNER})", "!"),
    "conditional types": chain("type T = ", "A extends B ? C : ", "D"),
}
PYTHON: Mapping[str, Callable[[int], str]] = {
    "parentheses": around("(", "await inner()", ")"),
    "lists": around("[", "await inner()", "]"),
    "dictionaries": around("{1: ", "await inner()", "}"),
    "subscripts": around("a[", "await inner()", "]"),
    "nested calls": around("f(", "await inner()", ")"),
    "lambdas": around("(lambda: ", "1", ")"),
    "comprehensions": around("[", "a", " for a in b]"),
    "additions": chain("await inner()", " + a"),
    "comparisons": chain("a", " < b"),
    "short circuits": chain("a", " and b", " and await inner()"),
    "powers": chain("a", " ** b"),
    "negations": chain("", "not ", "await inner()"),
    "minuses": chain("", "-", "a"),
    "awaits": chain("", "await ", "inner()"),
    "ternaries": chain("", "a if b else ", "await inner()"),
    "member chains": chain("a", ".b"),
    "call chains": chain("f", "(a)"),
    "assignments": chain("", "a = ", "await inner()"),
    "strings": chain("a = ", '"b" '),
    "f-strings": lambda depth: "f'{" * depth + "a" + "}'" * depth,
    "elifs": chain("if c:\n    pass\n", "elif c#:\n    a()\n", "else:\n    await inner()"),
    "guards": chain("", "if c#:\n    return\n"),
    "decorators": chain("", "@d#\n", "def f():\n    pass"),
    "context managers": chain("with a", ", b", ":\n    await inner()"),
    "statements": chain("", "await inner()\n"),
    "arguments": chain("f(", "a#, ", "await inner())"),
}
INDENTED: Mapping[str, Callable[[int], str]] = {
    "ifs": nested_lines("if c:", "await inner()"),
    "loops": nested_lines("for a in b:", "await inner()"),
    "functions": nested_lines("async def f():", "a = 1"),
    "classes": nested_lines("class A:", "a = 1"),
    "withs": nested_lines("with a:", "await inner()"),
}
