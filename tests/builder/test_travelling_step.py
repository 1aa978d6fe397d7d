"""``step`` is a value: wherever it goes, its calls are steps; what is not it, is not."""

from __future__ import annotations

import pytest
from graph_notation import graph_of, run, workflow_of

STEP = "async () => 1"

CASES = {
    "alias, destructuring, computed access, record": (
        run(
            f"const {{ do: d, sleep }} = step; await d('x', {STEP}); await sleep('y', 5); const k = 'do';"
            f"await step[k]('z', {STEP}); const c = {{ step }}; await c.step.do('w', {STEP}); await step?.do?.('v', {STEP});"
        ),
        "do:x sleep:y do:z do:w do:v",
    ),
    "adapter object": (
        run(
            "const s = { do: (n, f) => step.do(n, f), sleep: (n, d) => step.sleep(n, d) }; await go(s);",
            f"async function go(s) {{ await s.do('a', {STEP}); await s.sleep('b', '1 hour'); }}",
        ),
        "do:a sleep:b",
    ),
    "bound method": (run(f"const d = step.do.bind(step); await d('a', {STEP});"), "do:a"),
    "curried factory": (
        run(
            f"const go = make(step); await go('charge', {STEP}); await go('refund', {STEP});",
            "const make = (s) => async (name, fn) => { return s.do(name, fn); };",
        ),
        "do:charge do:refund",
    ),
    "closures in an object handed to a function": (
        run(
            f"const deps = {{ load: async () => step.do('l', {STEP}), save: async () => step.do('s', {STEP}) }}; await go(deps);",
            "async function go(d) { const x = await d.load(); await d.save(x); }",
        ),
        "load() save()\nload: do:l return\nsave: do:s return",
    ),
    "wrapper class with the interface of the step": (
        run(
            f"step = new Wrapper(step); await step.do('a', {STEP}); await step.sleep('z', 5);",
            "class Wrapper { constructor(i) { this.i = i; } async do(n, f) { return await this.i.do(n, f); }"
            " async sleep(n, d) { await this.i.sleep(n, d); } }",
        ),
        "do:a sleep:z",
    ),
    "constructor, field, private method": (
        run(
            "const p = new Job(step); await p.go();",
            f"class Job {{ constructor(s) {{ this.s = s; }} async go() {{ await this.s.do('g', {STEP}); await this.#h(); }}"
            f" async #h() {{ await this.s.do('h', {STEP}); }} }}",
        ),
        "go()\ngo: do:g #h()\n#h: do:h",
    ),
    "field of the workflow": (
        run("this.step = step; await this.go();", members=f"async go() {{ await this.step.do('g', {STEP}); }}"),
        "go()\ngo: do:g",
    ),
    "a name that arrives as an argument": (
        run(
            f"await once(step, 'charge', {STEP}); await once(step, 'ship', {STEP});",
            "async function once(s, name, fn) { return s.do(name, { retries: { limit: 3, delay: 5 } }, fn); }",
        ),
        "do:charge do:ship",
    ),
    "a call that settles nothing stays a call": (
        run("await once(step, x); await once(step, y);", f"async function once(s, x) {{ await s.do(`item ${{x}}`, {STEP}); }}"),
        "once() once()\nonce: do:item ${...}",
    ),
    "data named step is no step": (
        run(
            f"for (const step of items) {{ await step.do('x', {STEP}); }} const {{ step: a }} = event.payload;"
            f" await a.do('y', {STEP}); await step.do('real', {STEP});"
        ),
        "do:real",
    ),
    "one of several known functions": (
        run(
            f"const h = {{ a: async () => step.do('a', {STEP}), b: async () => step.do('b', {STEP}) }};"
            " await h[event.payload.kind]();"
        ),
        "switch event.payload.kind(a: a() break | b: b() break)\na: do:a return\nb: do:b return",
    ),
    "functions of one name": (
        run(
            f"const f = async () => {{ await step.do('a', {STEP}); }};"
            f" {{ const f = async () => {{ await step.do('b', {STEP}); }}; await f(); }} await f();"
        ),
        "f() f#2()\nf: do:b\nf#2: do:a",
    ),
    "recursion": (
        run(f"const f = async (n) => {{ await step.do('a', {STEP}); if (n > 0) await f(n - 1); }}; await f(3);"),
        "f()\nf: do:a if(n > 0: f())",
    ),
    "a function given to what cannot be seen": (
        run(f"await withRetry(async () => {{ await step.do('a', {STEP}); }});"),
        "do:a",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_step_is_followed(case: str) -> None:
    source, expected = CASES[case]
    assert graph_of(source) == expected


def test_a_wrapped_step_is_steplike_with_a_note() -> None:
    source = run(f"const s = withRollback(step); await s.do('a', {STEP});", "import { withRollback } from 'x';\n")
    workflow = workflow_of(source)
    assert [node.name for node in workflow.body] == ["a"]  # type: ignore[union-attr]
    assert [note.code for note in workflow.notes] == ["SG904"]


def test_a_call_shaped_like_a_step_on_something_unknown_is_noted() -> None:
    workflow = workflow_of(run(f"await queue.do('q', {STEP}); await step.do('a', {STEP});"))
    assert [node.name for node in workflow.body] == ["a"]  # type: ignore[union-attr]
    assert [note.code for note in workflow.notes] == ["SG901"]
