"""Prints a workflow as Python."""

from __future__ import annotations

import json
from collections.abc import Iterator

from flow_tree import (
    Around,
    Await,
    AwaitEach,
    Both,
    Combined,
    Do,
    Each,
    Form,
    Helper,
    HelperCall,
    Home,
    If,
    Kept,
    KeptList,
    Kind,
    Leave,
    Mapped,
    Operator,
    Pick,
    Program,
    Promise,
    Return,
    Sequence,
    Short,
    Start,
    StartEither,
    StartMany,
    Statement,
    Step,
    Switch,
    Ternary,
    Throw,
    Together,
    Try,
    Value,
    Verb,
    While,
    parameter,
    walk,
)

OPERATORS = {Operator.AND: "and", Operator.OR: "or"}
AROUND = {
    Form.LIST: "[{list}]",
    Form.CALL: "use({list})",
    Form.RECORD: "{record}",
    Form.SUM: "{} + {}",
    Form.TEMPLATE: 'f"{template}"',
    Form.EQUAL: "{} == {}",
    Form.NOT: "not ({})",
    Form.MEMBER: "({}).size",
}
METHODS = {Verb.SLEEP: "sleep", Verb.SLEEP_UNTIL: "sleep_until", Verb.WAIT: "wait_for_event"}
HEAD = [
    "import asyncio",
    "from datetime import datetime, timezone",
    "",
    "from workers import WorkflowEntrypoint",
]


def as_python(program: Program) -> str:
    """A module for ``.py``."""
    lines = [*HEAD, ""]
    for helper in program.helpers:
        lines += _function(helper) if helper.home is Home.MODULE else []
    lines += ["class Flow(WorkflowEntrypoint):", "    async def run(self, event, step):"]
    inner: list[str] = []
    for helper in program.helpers:
        inner += _function(helper) if helper.home is Home.CLOSURE else []
    lines += _indented(_indented(inner + _body(program.body)))
    for helper in program.helpers:
        lines += _indented(_function(helper)) if helper.home is Home.METHOD else []
    return "\n".join([*lines, ""])


def _indented(lines: list[str]) -> list[str]:
    return [f"    {line}" for line in lines] or ["    pass"]


def _function(helper: Helper) -> list[str]:
    names = {Home.MODULE: ["step"], Home.METHOD: ["self", "step"], Home.CLOSURE: []}[helper.home]
    names = [*names, parameter(helper.ident)] if helper.takes_name else names
    return [f"async def {helper.ident}({', '.join(names)}):", *_indented(_body(helper.body))]


def _body(body: Sequence) -> list[str]:
    """The body of a function: its hoisted steps are declared first."""
    hoisted = [part for part in walk(body, into_callbacks=False) if isinstance(part, Step) and part.hoisted]
    return _declared(hoisted) + _sequence(body) or ["pass"]


def _declared(steps: list[Step]) -> list[str]:
    return [line for step in steps for line in _declaration(step)]


def _declaration(step: Step) -> list[str]:
    if step.verb is not Verb.DO:
        return []
    config = f", config={step.option}" if step.option else ""
    body = _body(step.body) if step.body else ["return 1"]
    return [f"@step.do({_name(step)}{config})", f"async def {step.ident}():", *_indented(body)]


def _name(step: Step) -> str:
    text = json.dumps(step.name, ensure_ascii=False)
    return text if step.element is None else f"f{text.replace('{}', f'{{{step.element}}}')}"


# Statements: lines.


def _sequence(sequence: Sequence) -> list[str]:
    return [line for statement in sequence for line in _with_declarations(statement)]


def _with_declarations(statement: Statement) -> list[str]:
    """A statement, behind the declarations of the steps in its own expressions."""
    steps = [step for part in _expressions(statement) for step in walk(part, into_callbacks=False) if isinstance(step, Step)]
    return _declared([step for step in steps if not step.hoisted]) + _statement(statement)


def _expressions(statement: Statement) -> Iterator[object]:
    match statement:
        case If(arms=arms):
            yield from (test for test, _ in arms)
        case Switch(subject=test) | While(test=test):
            yield test
        case Each(spread=True, body=body):
            yield body
        case Each(items=Await() as value):
            yield value
        case Do() | Together() | Start() | StartEither() | Return() | Throw():
            yield statement


def _block(head: str, sequence: Sequence) -> list[str]:
    return [f"{head}:", *_indented(_sequence(sequence))]


def _statement(statement: Statement) -> list[str]:
    match statement:
        case Do(value=value, variable=variable):
            return [f"{f'{variable} = ' if variable else ''}{_value(value)}"]
        case Together(promises=promises):
            return [
                "async with asyncio.TaskGroup() as group:",
                *_indented([f"group.create_task({_awaitable(p)})" for p in promises]),
            ]
        case Start(variable=variable, promise=promise):
            return [f"{variable} = {_task(promise)}"]
        case StartEither() | StartMany() | AwaitEach():
            return _several_promises(statement)
        case Return(value=value):
            return [f"return {_value(value)}" if value else "return"]
        case Throw(value=value):
            return [f"raise RuntimeError({_value(value) if value else ''})"]
        case Leave(is_break=is_break):
            return ["break" if is_break else "continue"]
        case Try(body=body, handler=handler, final=final):
            lines = _block("try", body)
            lines += _block("except Exception", handler) if handler is not None else []
            return lines + (_block("finally", final) if final is not None else [])
        case _:
            return _structure(statement)


def _structure(statement: If | Switch | Each | While) -> list[str]:
    match statement:
        case If(arms=arms, otherwise=otherwise):
            lines: list[str] = []
            for test, body in arms:
                lines += _block(f"{'elif' if lines else 'if'} {_value(test)}", body)
            return lines + (_block("else", otherwise) if otherwise is not None else [])
        case Switch(subject=subject, cases=cases, default=default):
            inner = [line for case, body in cases for line in _block(f"case {json.dumps(case)}", body)]
            inner += _block("case _", default) if default is not None else []
            return [f"match {_value(subject)}:", *_indented(inner)]
        case Each(element=element, items=items, body=(Do(value=value),), spread=True):
            return [f"[{_value(value)} for {element} in {_items(items)}]"]
        case Each(element=element, items=items, body=body):
            return _block(f"for {element} in {_items(items)}", body)
        case While(test=test, body=body):
            return _block(f"while {_value(test) if test is not None else 'True'}", body)


def _several_promises(statement: StartEither | StartMany | AwaitEach) -> list[str]:
    match statement:
        case StartEither(variable=variable, condition=condition, chosen=chosen, other=other):
            arms = [_indented([f"{variable} = {_task(promise)}"]) for promise in (chosen, other)]
            return [f"if {condition.python}:", *arms[0], "else:", *arms[1]]
        case StartMany(variable=variable, element=element, items=items, before=before, promise=promise):
            near = [step for step in walk(promise, into_callbacks=False) if isinstance(step, Step) and not step.hoisted]
            body = [*_sequence(before), *_declared(near), f"{variable}.append({_task(promise)})"]
            return [f"{variable} = []", f"for {element} in {_items(items)}:", *_indented(body)]
        case AwaitEach(variable=variable):
            return [f"for one in {variable}:", "    await one"]


def _items(items: Value | tuple[str, ...]) -> str:
    return json.dumps(items, ensure_ascii=False) if isinstance(items, tuple) else _value(items)


# Values: text.


def _value(value: Value) -> str:
    match value:
        case Both(python=text):
            return text
        case Await(promise=Pick() as promise):
            return f"await ({_awaitable(promise)})"
        case Await(promise=promise, shielded=shielded):
            return f"await {f'asyncio.shield({_awaitable(promise)})' if shielded else _awaitable(promise)}"
        case Ternary(test=test, chosen=chosen, other=other):
            return f"{_inner(chosen)} if {_inner(test)} else {_inner(other)}"
        case Short(operator=operator, left=left, right=right):
            return f"{_inner(left)} {OPERATORS[operator]} {_inner(right)}"
        case Around(form=form, values=values):
            texts = [_inner(value) for value in values]
            return AROUND[form].format(*texts, list=", ".join(texts), record=_record(texts), template=_template(texts))


def _inner(value: Value) -> str:
    return f"({_value(value)})" if isinstance(value, Ternary | Short | Around) else _value(value)


def _record(texts: list[str]) -> str:
    return f"{{{', '.join(f'{chr(34)}k{index}{chr(34)}: {text}' for index, text in enumerate(texts))}}}"


def _template(texts: list[str]) -> str:
    return "".join(f"part {{{text}}} " for text in texts)


# Promises: text.


def _awaitable(promise: Promise) -> str:
    """What runs when it is awaited or handed to ``gather``."""
    match promise:
        case Step(verb=Verb.DO, ident=ident):
            return f"{ident}()"
        case Step():
            return f"step.{METHODS[promise.verb]}({', '.join([_name(promise), *_options(promise)])})"
        case HelperCall():
            return _call(promise)
        case Kept(variable=variable):
            return variable
        case Pick(condition=condition, chosen=chosen, other=other):
            return f"{_operand(chosen)} if {condition.python} else {_operand(other)}"
        case Combined(kind=Kind.RACE, elements=elements):
            return f"asyncio.wait([{', '.join(_element(element, task=True) for element in elements)}], {FIRST})"
        case Combined(kind=kind, elements=elements):
            settled = ["return_exceptions=True"] if kind is Kind.SETTLED else []
            return f"asyncio.gather({', '.join([*(_element(element, task=False) for element in elements), *settled])})"


FIRST = "return_when=asyncio.FIRST_COMPLETED"


def _operand(promise: Promise) -> str:
    return f"({_awaitable(promise)})" if isinstance(promise, Pick) else _awaitable(promise)


def _task(promise: Promise) -> str:
    """What has started: sleeps and ``gather`` have by themselves."""
    text = _awaitable(promise)
    match promise:
        case Kept() | Step(verb=Verb.SLEEP | Verb.SLEEP_UNTIL) | Combined(kind=Kind.ALL | Kind.SETTLED):
            return text
        case Pick():
            return f"asyncio.ensure_future({text})"
        case _:
            return f"asyncio.create_task({text})"


def _element(element: Promise | KeptList | Mapped, *, task: bool) -> str:
    started = _task if task else _awaitable
    match element:
        case KeptList(variable=variable):
            return f"*{variable}"
        case Mapped(element=name, items=items, promise=promise):
            return f"*[{started(promise)} for {name} in {_items(items)}]"
        case _:
            return started(element)


def _options(step: Step) -> list[str]:
    match step.verb:
        case Verb.SLEEP_UNTIL if not step.option.isdigit():
            year, month, day = map(int, step.option.split("-"))
            return [f"datetime({year}, {month}, {day}, tzinfo=timezone.utc)"]
        case Verb.WAIT:
            return ['"go"', *([f"timeout={step.option}"] if step.option else [])]
        case _:
            return [step.option]


def _call(call: HelperCall) -> str:
    arguments = [] if call.home is Home.CLOSURE else ["step"]
    arguments += [] if call.name is None else [json.dumps(call.name, ensure_ascii=False)]
    arguments += [] if call.element is None else [call.element]
    return f"{'self.' if call.home is Home.METHOD else ''}{call.ident}({', '.join(arguments)})"
