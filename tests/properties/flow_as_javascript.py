"""Prints a workflow as JavaScript or TypeScript."""

from __future__ import annotations

import json
import re

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
)

COMBINATORS = {Kind.ALL: "all", Kind.SETTLED: "allSettled", Kind.RACE: "race"}
METHODS = {Verb.DO: "do", Verb.SLEEP: "sleep", Verb.SLEEP_UNTIL: "sleepUntil", Verb.WAIT: "waitForEvent"}
OPERATORS = {Operator.AND: "&&", Operator.OR: "||"}
AROUND = {
    Form.LIST: "[{list}]",
    Form.CALL: "use({list})",
    Form.RECORD: "({record})",
    Form.SUM: "{} + {}",
    Form.TEMPLATE: "`{template}`",
    Form.EQUAL: "{} === {}",
    Form.NOT: "!({})",
    Form.MEMBER: "({}).size",
}
_QUOTED_KEY = re.compile(r'"(\w+)":')


def as_javascript(program: Program) -> str:
    """A module for ``.js``."""
    return _Printer(typed=False).program(program)


def as_typescript(program: Program) -> str:
    """A module for ``.ts``."""
    return _Printer(typed=True).program(program)


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" for line in lines]


class _Printer:
    def __init__(self, *, typed: bool) -> None:
        self.typed = typed

    def program(self, program: Program) -> str:
        lines = ['import { WorkflowEntrypoint } from "cloudflare:workers";']
        if self.typed:
            lines.append('import type { WorkflowEvent, WorkflowStep } from "cloudflare:workers";')
        for helper in self.helpers(program, Home.MODULE):
            lines += [f"async function {self.signature(helper)} {{", *_indented(self.sequence(helper.body)), "}"]
        base = "WorkflowEntrypoint<Env, Params>" if self.typed else "WorkflowEntrypoint"
        run = "event: WorkflowEvent<Params>, step: WorkflowStep" if self.typed else "event, step"
        lines += [f"export class Flow extends {base} {{", f"  async run({run}) {{"]
        for helper in self.helpers(program, Home.CLOSURE):
            closure = [
                f"const {helper.ident} = async {self.parameters(helper)} => {{",
                *_indented(self.sequence(helper.body)),
                "};",
            ]
            lines += _indented(_indented(closure))
        lines += [*_indented(_indented(self.sequence(program.body))), "  }"]
        for helper in self.helpers(program, Home.METHOD):
            lines += _indented([f"async {self.signature(helper)} {{", *_indented(self.sequence(helper.body)), "}"])
        return "\n".join([*lines, "}", ""])

    def helpers(self, program: Program, home: Home) -> list[Helper]:
        return [helper for helper in program.helpers if helper.home is home]

    def signature(self, helper: Helper) -> str:
        return helper.ident + self.parameters(helper)

    def parameters(self, helper: Helper) -> str:
        names = [] if helper.home is Home.CLOSURE else ["step: WorkflowStep" if self.typed else "step"]
        names += [parameter(helper.ident) + (": string" if self.typed else "")] if helper.takes_name else []
        return f"({', '.join(names)})"

    # Statements: lines.

    def sequence(self, sequence: Sequence) -> list[str]:
        return [line for statement in sequence for line in self.statement(statement)]

    def block(self, head: str, sequence: Sequence, tail: str = "}") -> list[str]:
        return [f"{head} {{", *_indented(self.sequence(sequence)), tail]

    def statement(self, statement: Statement) -> list[str]:
        match statement:
            case Do(value=value, variable=variable):
                return [f"{f'const {variable} = ' if variable else ''}{self.value(value)};"]
            case Together(variable=variable, promises=promises):
                names = [f"{variable}_{index}" for index in range(len(promises))]
                starts = [f"const {name} = {self.promise(promise)};" for name, promise in zip(names, promises, strict=True)]
                return [*starts, f"await Promise.all([{', '.join(names)}]);"]
            case Start(variable=variable, promise=promise):
                return [f"const {variable} = {self.promise(promise)};"]
            case StartEither() | StartMany() | AwaitEach():
                return self.several_promises(statement)
            case Return(value=value, plain=plain):
                return [f"return {self.returned(value, plain)};" if value else "return;"]
            case Throw(value=value):
                return [f"throw new Error({self.value(value) if value else ''});"]
            case Leave(is_break=is_break, target=target, labelled=labelled):
                return [f"{'break' if is_break else 'continue'}{f' {target}' if labelled else ''};"]
            case Try(body=body, handler=handler, final=final):
                lines = self.block("try", body)
                lines += self.block("catch (error)", handler) if handler is not None else []
                return lines + (self.block("finally", final) if final is not None else [])
            case _:
                return self.structure(statement)

    def structure(self, statement: If | Switch | Each | While) -> list[str]:
        match statement:
            case If(arms=arms, otherwise=otherwise):
                lines: list[str] = []
                for test, body in arms:
                    lines += self.block(f"{'else ' if lines else ''}if ({self.value(test)})", body)
                return lines + (self.block("else", otherwise) if otherwise is not None else [])
            case Switch(subject=subject, cases=cases, default=default):
                ways = [(f"case {json.dumps(case)}:", body) for case, body in cases]
                ways += [("default:", default)] if default is not None else []
                inner = [line for head, body in ways for line in self.case(head, body)]
                return [f"switch ({self.value(subject)}) {{", *_indented(inner), "}"]
            case Each(label=label, element=element, items=items, body=body):
                return self.loop(label, f"for (const {element} of {self.items(items)})", body)
            case While(label=label, test=test, body=body):
                return self.loop(label, f"while ({self.value(test) if test is not None else 'true'})", body)

    def several_promises(self, statement: StartEither | StartMany | AwaitEach) -> list[str]:
        match statement:
            case StartEither(variable=variable, condition=condition, chosen=chosen, other=other):
                arms = [f"{variable} = {self.promise(promise)};" for promise in (chosen, other)]
                head = f"let {variable}{': Promise<unknown>' if self.typed else ''};"
                return [head, f"if ({condition.javascript}) {{", *_indented(arms[:1]), "} else {", *_indented(arms[1:]), "}"]
            case StartMany(variable=variable, element=element, items=items, before=before, promise=promise):
                body = [*self.sequence(before), f"{variable}.push({self.promise(promise)});"]
                head = f"const {variable}{': Promise<unknown>[]' if self.typed else ''} = [];"
                return [head, f"for (const {element} of {self.items(items)}) {{", *_indented(body), "}"]
            case AwaitEach(variable=variable):
                return [f"for (const one of {variable}) await one;"]

    def case(self, head: str, body: Sequence) -> list[str]:
        lines = self.block(head, body)
        jumps = bool(body) and isinstance(body[-1], Return | Throw | Leave)
        return lines if jumps else [*lines[:-1], "  break;", "}"]

    def loop(self, label: str, head: str, body: Sequence) -> list[str]:
        lines = self.block(head, body)
        named = any(line.endswith((f"break {label};", f"continue {label};")) for line in lines)
        return [f"{label}: {lines[0]}", *lines[1:]] if named else lines

    def items(self, items: Value | tuple[str, ...]) -> str:
        return json.dumps(items, ensure_ascii=False) if isinstance(items, tuple) else self.value(items)

    # Values: text.

    def returned(self, value: Value, plain: bool) -> str:
        return self.promise(value.promise) if plain and isinstance(value, Await) else self.value(value)

    def value(self, value: Value) -> str:
        match value:
            case Both(javascript=text):
                return text
            case Await(promise=Pick() as promise):
                return f"await ({self.promise(promise)})"
            case Await(promise=promise):
                return f"await {self.promise(promise)}"
            case Ternary(test=test, chosen=chosen, other=other):
                return f"{self.inner(test)} ? {self.inner(chosen)} : {self.inner(other)}"
            case Short(operator=operator, left=left, right=right):
                return f"{self.inner(left)} {OPERATORS[operator]} {self.inner(right)}"
            case Around(form=form, values=values):
                texts = [self.inner(value) for value in values]
                return AROUND[form].format(*texts, list=", ".join(texts), record=_record(texts), template=_template(texts))

    def inner(self, value: Value) -> str:
        text = self.value(value)
        return f"({text})" if isinstance(value, Ternary | Short | Around) else text

    # Promises: text.

    def promise(self, promise: Promise) -> str:
        match promise:
            case Step():
                return self.step(promise)
            case HelperCall():
                return self.call(promise)
            case Kept(variable=variable):
                return variable
            case Pick(condition=condition, chosen=chosen, other=other):
                return f"{condition.javascript} ? {self.operand(chosen)} : {self.operand(other)}"
            case Combined(kind=kind, elements=elements):
                return f"Promise.{COMBINATORS[kind]}({self.elements(elements)})"

    def operand(self, promise: Promise) -> str:
        return f"({self.promise(promise)})" if isinstance(promise, Pick) else self.promise(promise)

    def elements(self, elements: tuple[Promise | KeptList | Mapped, ...]) -> str:
        match elements:
            case (KeptList() | Mapped() as one,):
                return self.list_of(one)
            case _:
                return f"[{', '.join(map(self.element, elements))}]"

    def element(self, element: Promise | KeptList | Mapped) -> str:
        return f"...{self.list_of(element)}" if isinstance(element, KeptList | Mapped) else self.promise(element)

    def list_of(self, element: KeptList | Mapped) -> str:
        match element:
            case KeptList(variable=variable):
                return variable
            case Mapped(element=name, items=items, promise=promise):
                return f"{self.items(items)}.map(({name}) => {self.promise(promise)})"

    def call(self, call: HelperCall) -> str:
        arguments = [] if call.home is Home.CLOSURE else ["step"]
        arguments += [] if call.name is None else [json.dumps(call.name, ensure_ascii=False)]
        arguments += [] if call.element is None else [call.element]
        return f"{'this.' if call.home is Home.METHOD else ''}{call.ident}({', '.join(arguments)})"

    def step(self, step: Step) -> str:
        types = "<number>" if self.typed and step.typed and step.verb in (Verb.DO, Verb.WAIT) else ""
        arguments = ", ".join([_name(step), *self.options(step)])
        return f"step.{METHODS[step.verb]}{types}({arguments})"

    def options(self, step: Step) -> list[str]:
        match step.verb:
            case Verb.DO:
                return [*([_QUOTED_KEY.sub(r"\1:", step.option)] if step.option else []), self.callback(step)]
            case Verb.SLEEP:
                return [step.option]
            case Verb.SLEEP_UNTIL:
                return [step.option if step.option.isdigit() else f'new Date("{step.option}T00:00:00Z")']
            case Verb.WAIT:
                return [f'{{ type: "go"{f", timeout: {step.option}" if step.option else ""} }}']

    def callback(self, step: Step) -> str:
        return "\n".join(self.block("async () =>", step.body)) if step.body else "async () => 1"


def _record(texts: list[str]) -> str:
    return f"{{ {', '.join(f'k{index}: {text}' for index, text in enumerate(texts))} }}"


def _template(texts: list[str]) -> str:
    return "".join(f"part ${{{text}}} " for text in texts)


def _name(step: Step) -> str:
    text = json.dumps(step.name, ensure_ascii=False)
    if step.element is None:
        return text
    return f"`{text[1:-1].replace('`', chr(92) + '`').replace('{}', f'${{{step.element}}}')}`"
