"""Started, kept, joined; loops, jumps and what is never reached."""

from __future__ import annotations

import pytest
from graph_notation import graph_of, run, run_python, workflow_of

from analyzer.graph import model

STEP = "async () => 1"


def do(name: str) -> str:
    return f"step.do('{name}', {STEP})"


CASES = {
    "awaited on the spot": (f"await {do('a')}; return {do('b')};", "do:a do:b return"),
    "kept, joined later": (f"const p = {do('a')}; await {do('b')}; await p;", "do:a^1 do:b +1"),
    "never joined": (f"{do('a')}; void {do('b')};", "do:a~ do:b~"),
    "inline combinator": (f"await Promise.all([{do('a')}, {do('b')}]);", "all[do:a^1, do:b^2] +1,2"),
    "combinator of kept promises": (f"const p = {do('a')}, q = {do('b')}; await Promise.race([p, q]);", "do:a^1 do:b^2 +1,2"),
    "combinator kept": (
        f"const all = Promise.all([{do('a')}, {do('b')}]); await {do('c')}; await all;",
        "all[do:a^1, do:b^2] do:c +1,2",
    ),
    "asynchronous block as element": (
        f"await Promise.all([{do('a')}, (async () => {{ await {do('b')}; await {do('c')}; }})()]);",
        "all[do:a^1, block^2{do:b do:c}] +1,2",
    ),
    "callback of a map": (
        f"await Promise.all(xs.map(async (x) => {{ await {do('a')}; await {do('b')}; }}));",
        "all[loop{block^1{do:a do:b}}] +1",
    ),
    "pushed": (f"const ps = []; for (const x of xs) ps.push({do('a')}); await Promise.all(ps);", "loop{do:a^1} +1"),
    "joined one by one": (
        f"const ps = xs.map((x) => {do('a')}); for (const p of ps) await p; await {do('z')};",
        "loop{do:a^1} +1 do:z",
    ),
    "collections made by the library": (
        f"const s = new Set(), a = new Array(), m = new Map(); for (const x of xs) s.add({do('s')}); a.push({do('a')});"
        f" m.set(key, {do('m')}); await Promise.all([...s, ...a, ...m.values()]);",
        "loop{do:s^1} do:a^2 do:m^3 +1,2,3",
    ),
    "values of an object": (
        f"const ps = {{ a: {do('a')}, b: {do('b')} }}; await Promise.all(Object.values(ps));",
        "do:a^1 do:b^2 +1,2",
    ),
    "started in branches": (
        f"let p; if (x) {{ p = {do('a')}; }} else {{ p = {do('b')}; }} await {do('m')}; await p;",
        "if(x: do:a^1 | None: do:b^2) do:m +1,2",
    ),
    "started in cases that end in a break": (
        f"let p; switch (k) {{ case 1: p = {do('a')}; break; default: p = {do('b')}; break; }} await p;",
        "switch k(1: do:a^1 break | None: do:b^2 break) +1,2",
    ),
    "started before a break": (
        f"let p; for (const x of xs) {{ if (x) {{ p = {do('a')}; break; }} await {do('b')}; }} await p;",
        "loop{if(x: do:a^1 break) do:b} +1",
    ),
    "started before a continue": (
        f"let p; for (const x of xs) {{ if (x) {{ p = {do('a')}; continue; }} await {do('b')}; }} await p;",
        "loop{if(x: do:a^1 continue) do:b} +1",
    ),
    "started before a labelled break": (
        f"let p; o: {{ if (x) {{ p = {do('a')}; break o; }} await {do('b')}; }} await p;",
        "scope{if(x: do:a^1 break) do:b} +1",
    ),
    "started before an early return of an inlined function": (
        f"let p; (() => {{ if (x) {{ p = {do('a')}; return; }} p = {do('b')}; }})(); await p;",
        "scope{if(x: do:a^1 return) do:b^2} +2,1",
    ),
    "one turn waits for what the one before started": (
        f"let p = {do('a')}; while (x) {{ await p; p = {do('b')}; }} await p;",
        "do:a^1 loop{+1,2 do:b^2} +2,1",
    ),
    "awaited ternary": (f"const x = await (c ? {do('a')} : {do('b')});", "if(c: do:a | None: do:b)"),
    "then, catch, finally": (
        f"await {do('a')}.then(() => {do('t')}).catch(() => {do('c')}).finally(() => {do('f')});",
        "try{try{do:a do:t}catch{do:c}}finally{do:f}",
    ),
    "catch without steps": (
        f"const p = {do('a')}.catch(() => 0); await {do('b')}; await p;",
        "block^1{try{do:a}catch{}} do:b +1",
    ),
    "a failure that is forgotten": (f"await {do('a')}.catch(() => {{}}); await {do('b')};", "try{do:a}catch{} do:b"),
    "combinator inside one of another kind": (
        f"await Promise.all([Promise.all([{do('a')}, {do('b')}]), Promise.allSettled([{do('c')}, {do('d')}])]);",
        "all[all[do:a^1, do:b^2], block^3{all_settled[do:c^4, do:d^5] +4,5}] +1,2,3",
    ),
    "kept combinator inside one of another kind": (
        f"const s = Promise.all([{do('a')}, {do('b')}]); await Promise.race([s, {do('c')}]);",
        "all[do:a^1, do:b^2] race[block^3{+1,2}, do:c^4] +3,4",
    ),
    "a generator runs from yield to yield": (
        f"for await (const y of feed()) {{ await {do('use')}; }} async function* feed() {{ yield await {do('a')};"
        f" yield 1; await {do('b')}; yield 2; await {do('end')}; }}",
        "loop{if(yield 1: do:a | yield 3: do:b | end: do:end break | None:) do:use}",
    ),
    "immediately invoked": (
        f"await (async () => {{ if (x) return; await {do('a')}; }})(); await {do('b')};",
        "scope{if(x: return) do:a} do:b",
    ),
    "kept block": (
        f"const p = (async () => {{ await {do('a')}; await {do('b')}; }})(); await {do('c')}; await p;",
        "block^1{do:a do:b} do:c +1",
    ),
    "labels": (
        f"o: for (const a of xs) {{ for (const b of ys) {{ if (b) continue o; await {do('i')}; }} await {do('o')}; }}",
        "loop{loop{if(b: continue) do:i} do:o}",
    ),
    "generators": (
        f"for await (const y of feed()) {{ await {do('use')}; }}"
        f" async function* feed() {{ while (x) {{ yield await {do('page')}; }} }}",
        "loop{loop{do:page} do:use}",
    ),
    "constant list unrolled": (
        "for (const s of [{ n: 'a' }, { n: 'b' }]) { await step.do(s.n, async () => 1); await step.sleep('w', 5); }",
        "do:a sleep:w do:b sleep:w",
    ),
    "constant list with a jump is not": (
        "for (const s of ['a', 'b']) { if (x) break; await step.do(s, async () => 1); }",
        "loop{if(x: break) do:<dynamic>}",
    ),
    "reducer that waits for the turn before": (
        f"await xs.reduce(async (p, x) => {{ await p; await {do('b')}; }}, Promise.resolve());",
        "loop{do:b}",
    ),
    "a later test runs in the else": (
        f"if (a) {{ await {do('a')}; }} else if (await {do('t')}) {{ await {do('b')}; }} else {{ await {do('c')}; }}",
        'if(a: do:a | None: do:t if(step("t"): do:b | None: do:c))',
    ),
    "short circuits": (
        f"a && await {do('x')}; const y = (await {do('l')}) ?? await {do('r')};",
        'if(a is truthy: do:x | None:) do:l if(step("l") is nullish: do:r | None:)',
    ),
    "nested race": (
        f"await step.do('o', async () => {{ await Promise.race([{do('i')}, {do('j')}]); }});",
        "do:o{race[do:i^1, do:j^2] +1,2}",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_graph(case: str) -> None:
    body, expected = CASES[case]
    assert graph_of(run(body)) == expected


def test_python_collections_made_by_calls_are_followed() -> None:
    source = run_python(
        """
@step.do("a")
async def a():
    return 1

tasks = list()
more = set()
tasks.append(asyncio.create_task(a()))
more.add(asyncio.create_task(a()))
await asyncio.gather(*tasks, *more)
"""
    )
    assert graph_of(source, path="a.py") == "do:a^1 do:a^2 +1,2"


def test_python_break_in_a_match_leaves_the_loop() -> None:
    source = run_python(
        """
for x in xs:
    match x:
        case 1:
            await step.wait_for_event("a", "go")
            break
        case _:
            await step.wait_for_event("b", "go")
    await step.wait_for_event("c", "go")
"""
    )
    (loop,) = workflow_of(source, path="a.py").body
    assert isinstance(loop, model.Loop)
    switch = loop.body[0]
    assert isinstance(switch, model.Switch)
    targets = [case.body[-1].target for case in switch.cases if isinstance(case.body[-1], model.Jump)]
    assert targets == [loop.id, switch.id]


def test_a_choice_of_a_coroutine_and_of_what_starts_by_itself_is_one_branch() -> None:
    source = run_python(
        """
@step.do("a")
async def a():
    return 1

p = a() if c else step.sleep("z", 1)
await asyncio.gather(a() if d else step.sleep("y", 1), a())
await p
"""
    )
    expected = "if(c: | None: sleep:z^1) all[if(d: do:a^2 | None: sleep:y^3), do:a^4] +2,3,4 if(c: do:a^5 | None:) +5,1"
    assert graph_of(source, path="a.py") == expected


def test_a_helper_hands_its_promise_to_the_caller() -> None:
    source = run(
        f"const p = begin(step); await {do('b')}; await p;", f"function begin(step) {{ const q = {do('a')}; return q; }}"
    )
    assert graph_of(source) == "begin()^1 do:b +1\nbegin: do:a^2 +return 2 return"


def test_a_promise_awaited_inside_a_call_is_joined_where_the_call_is() -> None:
    source = run(
        f"const p = {do('a')}; await later(p, step); await {do('c')};",
        f"async function later(p, step) {{ await {do('b')}; await p; }}",
    )
    assert graph_of(source).startswith("do:a^1 later() +1 do:c\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"await {do('a')}; return; await {do('b')};", "do:a return"),
        (f"while (true) {{ await {do('a')}; }} await {do('b')};", "loop!{do:a}"),
        (f"if (false) {{ await {do('b')}; }} await {do('a')};", "do:a"),
        (f"if (x) {{ return; }} else {{ throw e; }} await {do('b')};", "if(x: return | None: throw)"),
    ],
)
def test_what_no_path_reaches_is_dropped_with_a_note(body: str, expected: str) -> None:
    workflow = workflow_of(run(body))
    assert graph_of(run(body)) == expected
    assert [note.code for note in workflow.notes if note.code == "SG304"] == ["SG304"]


def test_what_an_inlined_function_does_is_done_once() -> None:
    source = run_python(
        "@step.do()\nasync def base():\n    return 1\n"
        "@step.do('other')\nasync def other():\n    return 2\n"
        "@step.do('top')\nasync def top(base):\n    return base\n"
        "async def attempt(wanted):\n    return await wanted()\n"
        "await attempt(other)\nawait attempt(top)"
    )
    assert graph_of(source, path="a.py") == "do:other do:base do:top"


def test_what_is_looked_up_in_a_map_is_one_of_its_entries() -> None:
    source = run(
        "await HANDLERS.get(event.payload.kind)(step);",
        "const HANDLERS = new Map([['a', one], ['b', two]]);\n"
        "async function one(step) { await step.sleep('x', 1); }\nasync function two(step) { await step.sleep('y', 1); }\n",
    )
    assert graph_of(source) == "switch event.payload.kind(a: one() break | b: two() break)\none: sleep:x\ntwo: sleep:y"


def test_python_what_is_pending_can_be_waited_for_still() -> None:
    source = run_python(
        """
@step.do("a")
async def a():
    return 1

done, pending = await asyncio.wait([asyncio.create_task(a()), asyncio.create_task(a())], return_when=asyncio.FIRST_COMPLETED)
step.sleep("z", 1)
for task in pending:
    await task
"""
    )
    assert graph_of(source, path="a.py") == "race[do:a^1, do:a^2] +1,2 sleep:z~ +1,2"


@pytest.mark.parametrize(("call", "exhaustive"), [("()", True), ("?.()", False)])
def test_a_call_of_one_of_several_takes_one_unless_it_is_optional(call: str, exhaustive: bool) -> None:
    table = f"const table = {{ a: async () => {{ await {do('a')}; }}, b: async () => {{ await {do('b')}; }} }};"
    (switch,) = workflow_of(run(f"{table} await table[event.payload.kind]{call};")).body
    assert isinstance(switch, model.Switch)
    assert switch.exhaustive is exhaustive
