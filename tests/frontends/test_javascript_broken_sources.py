"""Sources that do not parse: what is said about them, and what is still read."""

from __future__ import annotations

import pytest
from javascript_sources_read import nodes, read, tree

from analyzer.flow.tree import Call, Class, Literal, Member

GOOD = """import { W } from "w";
export class A extends W {
  async run(event, step) {
    const a = await step.do("a", async () => { return 1; });
    if (a) { await step.do("b", async () => 2); }
    await step.do(`c ${a}`, async () => 3);
    await step.sleep("d", "1 hour");
  }
}
"""


def cut(at: str) -> str:
    return GOOD[: GOOD.index(at) + len(at)]


def calls(text: str, path: str) -> list[str]:
    """The first arguments of the calls of members, in order."""
    found = [node for node in nodes(read(text, path)) if isinstance(node, Call) and isinstance(node.callee, Member)]
    return [arg.value if isinstance(arg := call.args[0], Literal) else type(arg).__name__ for call in found if call.args]


CASES = {
    "a missing brace": (GOOD.replace("return 1; }", "return 1; "), ["a", "b", "Template", "d"], (4, 57), "missing `}`"),
    "a missing bracket": (GOOD.replace("=> 2)", "=> 2"), ["a", "b", "Template", "d"], (5, 46), "missing `)`"),
    "one bracket too many": (GOOD.replace("=> 2)", "=> 2))"), ["a", "b", "Template", "d"], (5, 47), "unexpected `)`"),
    "one brace too many": (GOOD + "}\n", ["a", "b", "Template", "d"], (10, 1), "unexpected `}`"),
    "an unterminated template": (
        GOOD.replace("`c ${a}`", "`c ${a}"),
        ["a", "b", "Template", "d"],
        (6, 26),
        "missing a backtick",
    ),
    "an unterminated string": (GOOD.replace('"d"', '"d'), ["a", "b", "Template", "d, "], (7, 33), "unterminated string"),
    "an unterminated comment": (GOOD.replace("if (a)", "/* if (a)"), ["a", "Template", "d"], (5, 5), "unterminated comment"),
    "half a call": (
        GOOD.replace('await step.sleep("d", "1 hour");', "await step."),
        ["a", "b", "Template"],
        (7, 15),
        "unexpected `.`",
    ),
    "cut in an argument": (
        cut("`c ${a}`, as"),
        ["a", "b", "Template"],
        (6, 31),
        "missing `)`: the `(` of line 6 is not closed",
    ),
    "cut in a function": (cut("async () => {"), ["a"], (4, 47), "missing `}`: the `{` of line 4 is not closed"),
    "cut in a string": (cut('step.do("b'), ["a", "b"], (5, 30), 'missing `"`: the `"` of line 5 is not closed'),
    "typographic quotes": (
        GOOD.replace('"a"', "\u201ca\u201d"),
        ["Opaque", "b", "Template", "d"],
        (4, 29),
        "unexpected `\u201c`",
    ),
}


@pytest.mark.parametrize(("text", "names", "place", "message"), CASES.values(), ids=CASES.keys())
@pytest.mark.parametrize("path", ["a.ts", "a.js"])
def test_the_first_problem_is_told_and_the_rest_is_read(
    text: str, names: list[str], place: tuple[int, int], message: str, path: str
) -> None:
    module = read(text, path)
    first = module.problems[0]
    assert (tuple(module.source.position(first.span.start)), first.message) == (place, message)
    assert calls(text, path) == names
    assert [node.name for node in nodes(module) if isinstance(node, Class)] == ["A"]


@pytest.mark.parametrize("path", ["a.ts", "a.js"])
def test_both_sides_of_a_merge_conflict_are_read(path: str) -> None:
    text = GOOD.replace("    if (a)", "<<<<<<< HEAD\n    if (a)").replace(
        "    await step.do(`c", "=======\n    await step.do(`c"
    )
    module = read(text.replace("    await step.sleep", ">>>>>>> other\n    await step.sleep"), path)
    assert [problem.message for problem in module.problems] == [
        "unexpected merge-conflict marker `<<<<<<<`",
        "unexpected merge-conflict marker `=======`",
        "unexpected merge-conflict marker `>>>>>>>`",
    ]
    assert calls(module.source.text, path) == ["a", "b", "Template", "d"]


def test_what_does_not_parse_is_opaque_with_what_could_be_read_in_it() -> None:
    assert tree("a; ) b(c); d", "a.js") == "Name a\nOpaque SYNTAX_ERROR\nCall\n  Name b\n  Name c\nName d\n"
    assert tree("f(a b(c))", "a.js") == "Call\n  Name f\n  Opaque SYNTAX_ERROR\n  Call\n    Name b\n    Name c\n"


def test_no_more_than_ten_problems_are_told_and_in_order() -> None:
    problems = read("a b c;\n" * 40, "a.js").problems
    assert len(problems) == 10
    assert [problem.span.start for problem in problems] == sorted(problem.span.start for problem in problems)


def test_nothing_is_said_to_stand_beyond_the_text() -> None:
    for end in range(len(GOOD)):
        module = read(GOOD[:end], "a.ts")
        spans = [node.span for node in nodes(module)] + [problem.span for problem in module.problems]
        assert all(0 <= span.start <= span.end <= end for span in spans)


def test_a_semicolon_that_a_line_end_stands_for_is_no_problem() -> None:
    assert read("class A {\n  #a = 1\n  b\n  [c] = 1\n}", "a.js").problems == ()
    assert read("class A {\n  #a\r\n  [b] = 1\n  static c\n  [d]() {}\n}", "a.js").problems == ()
    assert read("new A()?.(b)", "a.js").problems == ()
    assert read("[(a)] = b; ({ c: (d.e) } = f)", "a.js").problems == ()


def test_noise_is_given_up() -> None:
    noise = "".join(chr(33 + (index * 7919 + index // 7) % 220) for index in range(300_000))
    module = read(noise, "a.ts")
    assert module.problems
    assert module.effects() is not None
