"""What each kind of Python statement becomes, worked out from the docstrings of ``flow.tree``."""

from __future__ import annotations

import pytest
from python_reading import flow, indented, read

from analyzer.flow.tree import Branch, Loop, Span, Try

SIMPLE = {
    "docstring": ("'''text'''", ""),
    "constants": ("1; ...; None", ""),
    "pass": ("pass", ""),
    "expression": ("f(); a", "Call\n  Name f\nName a"),
    "assignment": ("a = 1", "Bind VAR\n  Name a\n  Literal 1"),
    "several targets": ("a = b = c", "Bind VAR\n  Name a\n  Bind VAR\n    Name b\n    Name c"),
    "targets of all kinds": (
        "a.b = c[d] = [e, (f, *g)] = h",
        """
        Write
          Member .b
            Name a
          Write
            Member []
              Name c
              Name d
            Bind VAR
              Items LIST
                Name e
                Items TUPLE
                  Name f
                  Spread
                    Name g
              Name h
        """,
    ),
    "annotated": ("a: int = 1", "Bind VAR\n  Name a\n  Literal 1"),
    "annotated only": ("a: int", "Bind VAR\n  Name a"),
    "annotated member": ("a.b: int = 1", "Write\n  Member .b\n    Name a\n  Literal 1"),
    "annotated member only": ("a.b: int", ""),
    "augmented": ("a += 1", "Bind VAR\n  Name a\n  Operation +\n    Name a\n    Literal 1"),
    "augmented member": (
        "a.b //= c",
        "Write\n  Member .b\n    Name a\n  Operation //\n    Member .b\n      Name a\n    Name c",
    ),
    "augmented power": ("a **= b", "Bind VAR\n  Name a\n  Operation **\n    Name a\n    Name b"),
    "del": (
        "del a, (b.c, d[e])",
        "Write delete\n  Name a\nWrite delete\n  Member .c\n    Name b\nWrite delete\n  Member []\n    Name d\n    Name e",
    ),
    "raise": ("raise a", "Exit THROW\n  Name a"),
    "raise again": ("raise", "Exit THROW"),
    "raise from": ("raise a from b", "Exit THROW\n  Operation ,\n    Name b\n    Name a"),
    "raise from nothing": ("raise a from None", "Exit THROW\n  Name a"),
    "assert": ("assert a", "Branch IF\n  Arm\n    test\n      Operation !\n        Name a\n    Exit THROW"),
    "assert with words": (
        "assert a, b",
        "Branch IF\n  Arm\n    test\n      Operation !\n        Name a\n    Exit THROW\n      Name b",
    ),
}
COMPOUND = {
    "if": (
        "if a:\n  b\nelif c: d; e\nelse:\n  f",
        """
        Branch IF
          Arm
            test
              Name a
            Name b
          Arm
            test
              Name c
            Name d
            Name e
          Arm
            Name f
        """,
    ),
    "if in else": (
        "if a: b\nelse:\n  if c: d",
        """
        Branch IF
          Arm
            test
              Name a
            Name b
          Arm
            Branch IF
              Arm
                test
                  Name c
                Name d
        """,
    ),
    "for": (
        "for a, b in c:\n  break\nelse: d",
        """
        Loop FOR_OF
          iterable
            Name c
          target
            Bind VAR
              Items TUPLE
                Name a
                Name b
          Exit BREAK
          orelse
            Name d
        """,
    ),
    "for with a member": (
        "for a.b in c: continue",
        """
        Loop FOR_OF
          iterable
            Name c
          target
            Bind VAR
              Member .b
                Name a
          Exit CONTINUE
        """,
    ),
    "while": ("while a: b\nelse: c", "Loop WHILE\n  test\n    Name a\n  Name b\n  orelse\n    Name c"),
    "try": (
        "try:\n  a\nexcept B as b: c\nexcept (D, E):\n  d\nexcept:\n  e\nelse: f\nfinally:\n  g",
        """
        Try
          Name a
          Handler
            test
              Name B
            target
              Bind VAR
                Name b
            Name c
          Handler
            test
              Items TUPLE
                Name D
                Name E
            Name d
          Handler
            Name e
          orelse
            Name f
          final
            Name g
        """,
    ),
    "try with an empty finally": ("try: a\nfinally: pass", "Try\n  Name a\n  final"),
    "except without brackets": (
        "try: a\nexcept B, C: pass",
        """
        Try
          Name a
          Handler
            test
              Items TUPLE
                Name B
                Name C
        """,
    ),
    "except*": ("try: a\nexcept* B: b", "Try\n  Name a\n  Handler\n    test\n      Name B\n    Name b"),
    "with": (
        "with a as b, c(), d as (e, f):\n  g",
        """
        With
          Name a
          target
            Bind VAR
              Name b
          With
            Call
              Name c
            With
              Name d
              target
                Bind VAR
                  Items TUPLE
                    Name e
                    Name f
              Name g
        """,
    ),
    "with in brackets": (
        "with (\n  a as b,\n  c,\n): d",
        """
        With
          Name a
          target
            Bind VAR
              Name b
          With
            Name c
            Name d
        """,
    ),
    "match": (
        "match a, b:\n  case [c, *d] if c.e: f\n  case {'g': H(i, j=k.l) as m, **n}:\n    o\n"
        "  case 1 | -1 | None | 'p': pass\n  case _ if q: pass\n  case r: pass\n  case _: s",
        """
        Branch MATCH
          subject
            Items TUPLE
              Name a
              Name b
          Arm
            test
              Opaque NO_VALUE
                Member .e
                  Name c
            Bind VAR
              Name c
              Opaque NO_VALUE
            Bind VAR
              Name d
              Opaque NO_VALUE
            Name f
          Arm
            test
              Opaque NO_VALUE
                Literal "g"
                Name H
                Member .l
                  Name k
            Bind VAR
              Name i
              Opaque NO_VALUE
            Bind VAR
              Name m
              Opaque NO_VALUE
            Bind VAR
              Name n
              Opaque NO_VALUE
            Name o
          Arm
            test
              Opaque NO_VALUE
                Literal 1
                Operation -
                  Literal 1
                Literal null
                Literal "p"
          Arm
            test
              Opaque NO_VALUE
                Name q
          Arm
            test
              Opaque NO_VALUE
            Bind VAR
              Name r
              Opaque NO_VALUE
          Arm
            Name s
        """,
    ),
}
ASYNCHRONOUS = {
    "for": ("async for a in b: c", "Loop FOR_AWAIT\n  iterable\n    Name b\n  target\n    Bind VAR\n      Name a\n  Name c"),
    "with": (
        "async with a as b, c: d",
        "With async\n  Name a\n  target\n    Bind VAR\n      Name b\n  With async\n    Name c\n    Name d",
    ),
}
CONDITIONS = {
    "if (a or b) and c: d": ["(a or b) and c"],
    "if (a): b\nelif not c: d\nelse: e": ["a", "not c", None],
    "x = a if (b) else c": ["b", None],
    "[a for a in b if a > 1]": ["a > 1"],
    "assert (a and b), c": ["a and b"],
    "match a:\n  case ( B() | C() ) if (d):\n    pass\n  case _ : pass": ["( B() | C() ) if (d)", None],
    "match a:\n  case  'x'  : pass": ["'x'"],
}


@pytest.mark.parametrize(("source", "expected"), SIMPLE.values(), ids=SIMPLE)
def test_simple_statement(source: str, expected: str) -> None:
    assert flow(f"{source}\n") == (indented(expected) if expected else "")


@pytest.mark.parametrize(("source", "expected"), COMPOUND.values(), ids=COMPOUND)
def test_compound_statement(source: str, expected: str) -> None:
    assert flow(f"{source}\n") == indented(expected)


@pytest.mark.parametrize(("source", "expected"), ASYNCHRONOUS.values(), ids=ASYNCHRONOUS)
def test_asynchronous_statement(source: str, expected: str) -> None:
    head = "Bind VAR\n  Name f\n  Function f async ON_AWAIT\n"
    body = "".join([f"    {line}\n" for line in indented(expected).splitlines()])
    assert flow(f"async def f():\n  {source}\n") == head + body


@pytest.mark.parametrize(("source", "expected"), CONDITIONS.items(), ids=CONDITIONS)
def test_conditions_are_what_is_written(source: str, expected: list[str | None]) -> None:
    (node,) = read(source).body
    branch = next(part for part in (node, *_inside(node)) if type(part) is Branch)
    spans = [arm.condition for arm in branch.arms]
    assert [None if span is None else source[span.start : span.end] for span in spans] == expected


def test_conditions_of_handlers() -> None:
    source = "try: a\nexcept (B, C) as b: c\nexcept D : e\nexcept: f"
    (node,) = read(source).body
    assert isinstance(node, Try)
    assert [handler.condition and _slice(source, handler.condition) for handler in node.handlers] == ["B, C", "D", None]


def test_a_module_of_nothing() -> None:
    assert [read(text).body for text in ("", "\n", "# a\n", "  # a", "\ufeff")] == [()] * 5


def test_semicolons_and_no_line_end() -> None:
    assert flow("a; b;\nc") == "Name a\nName b\nName c\n"


def _inside(node: object) -> list[object]:
    match node:
        case Loop(body=body):
            return list(body)
        case _:
            return [getattr(node, "value", None)]


def _slice(source: str, span: Span) -> str:
    return source[span.start : span.end]
