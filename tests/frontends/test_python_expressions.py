"""What each kind of Python expression becomes, worked out from the docstrings of ``flow.tree``."""

from __future__ import annotations

import pytest
from python_reading import flow, indented

EXPRESSIONS = {
    "name": ("a", "Name a"),
    "wide name": ("ﬁn", "Name fin"),
    "member": ("a.b.c", "Member .c\n  Member .b\n    Name a"),
    "subscript": ("a[b]", "Member []\n  Name a\n  Name b"),
    "subscript with a literal": ("a['b']", 'Member []\n  Name a\n  Literal "b"'),
    "several keys": ("a[b, *c]", "Member []\n  Name a\n  Items TUPLE\n    Name b\n    Spread\n      Name c"),
    "one spread key": ("a[*b]", "Member []\n  Name a\n  Items TUPLE\n    Spread\n      Name b"),
    "slice": ("a[b:2:c]", "Member []\n  Name a\n  Opaque NO_VALUE\n    Name b\n    Literal 2\n    Name c"),
    "empty slice": ("a[:]", "Member []\n  Name a\n  Opaque NO_VALUE"),
    "call": ("f(a, *b)", "Call\n  Name f\n  Name a\n  Spread\n    Name b"),
    "keywords": (
        "f(a, b=1, **c)",
        'Call\n  Name f\n  Name a\n  keywords\n    Record\n      Entry "b"\n        Literal 1\n      Spread\n        Name c',
    ),
    "spread behind a keyword": (
        "f(a=1, *b)",
        'Call\n  Name f\n  Spread\n    Name b\n  keywords\n    Record\n      Entry "a"\n        Literal 1',
    ),
    "super": ("super().run(a)", "Call\n  Member .run\n    Name super\n  Name a"),
    "super with arguments": ("super(A, self).x", "Member .x\n  Name super"),
    "generator as argument": (
        "any(a for a in b)",
        """
        Call
          Name any
          Loop COMPREHENSION
            iterable
              Name b
            target
              Bind CONST
                Name a
            Name a
        """,
    ),
    "await": ("await f()", "Await\n  Call\n    Name f"),
    "list": ("[a, *b]", "Items LIST\n  Name a\n  Spread\n    Name b"),
    "tuple": ("a, b", "Items TUPLE\n  Name a\n  Name b"),
    "tuple of one": ("(a,)", "Items TUPLE\n  Name a"),
    "empty tuple": ("()", "Items TUPLE"),
    "set": ("{a, *b}", "Items SET\n  Name a\n  Spread\n    Name b"),
    "dictionary": (
        "{'a': b, 1: c, **d, e: f}",
        'Record\n  Entry "a"\n    Name b\n  Entry 1\n    Name c\n  Spread\n    Name d\n'
        "  Entry\n    key\n      Name e\n    Name f",
    ),
    "not": ("not a", "Operation !\n  Name a"),
    "signs": ("-+~a", "Operation -\n  Operation +\n    Operation ~\n      Name a"),
    "chain": ("a + b + (c + d)", "Operation +\n  Name a\n  Name b\n  Operation +\n    Name c\n    Name d"),
    "chain with parentheses on the left": ("(a * b) * c", "Operation *\n  Name a\n  Name b\n  Name c"),
    "floor": ("a // b // c", "Operation //\n  Name a\n  Name b\n  Name c"),
    "power": ("a ** b ** c", "Operation **\n  Name a\n  Operation **\n    Name b\n    Name c"),
    "precedence": ("a - b * c", "Operation -\n  Name a\n  Operation *\n    Name b\n    Name c"),
    "matrix": ("a @ b", "Operation @\n  Name a\n  Name b"),
    "bits": ("a | b & c ^ d", "Operation |\n  Name a\n  Operation ^\n    Operation &\n      Name b\n      Name c\n    Name d"),
    "shifts": ("a << b >> c", "Operation >>\n  Operation <<\n    Name a\n    Name b\n  Name c"),
    "comparison": ("a != b", "Operation !=\n  Name a\n  Name b"),
    "comparisons": ("a < b <= c", "Operation < <=\n  Name a\n  Name b\n  Name c"),
    "membership": ("a not  in b", "Operation not in\n  Name a\n  Name b"),
    "identity": ("a is not b", "Operation is not\n  Name a\n  Name b"),
    "and": ("a and b", "Branch AND\n  subject\n    Name a\n  Arm\n    Name b"),
    "or of and": (
        "a or b and c",
        "Branch OR\n  subject\n    Name a\n  Arm\n    Branch AND\n      subject\n        Name b\n      Arm\n        Name c",
    ),
    "conditional": ("a if b else c", "Branch TERNARY\n  Arm\n    test\n      Name b\n    Name a\n  Arm\n    Name c"),
    "walrus": ("(a := b)", "Bind VAR\n  Name a\n  Name b"),
    "lambda": ("lambda: a", "Function\n  Exit RETURN\n    Name a"),
    "lambda with yield": ("lambda: (yield)", "Function ON_ITERATION\n  Exit RETURN\n    Yield"),
}
LITERALS = {
    "True": "Literal true",
    "None": "Literal null",
    "0x_1F": "Literal 31",
    "1_000": "Literal 1000",
    "1e3": "Literal 1000",
    "5.0": "Literal 5",
    ".5": "Literal 0.5",
    "9" * 2_000: "Opaque NO_VALUE",
    "2j": "Opaque NO_VALUE",
    "b'x'": "Opaque NO_VALUE",
    "b'x' b'y'": "Opaque NO_VALUE",
    "...": "Opaque NO_VALUE",
    "'a' \"b\"": 'Literal "ab"',
    "''": 'Literal ""',
    "''''a'''": 'Literal "\'a"',
    r"'\x41\u0042\U00000043\N{EM DASH}\101\0'": r'Literal "ABC\u2014A\u0000"',
    r"'\'\"\\\n\t\d'": r'Literal "' + r"'\"\\\n\t\\d" + '"',
    "'a\\\nb'": 'Literal "ab"',
    "'''a\r\nb\rc'''": r'Literal "a\nb\nc"',
    r"r'\n\N{x}'": r'Literal "\\n\\N{x}"',
    r"'\N{no such name}\ud800'": r'Literal "\\N{no such name}\ud800"',
    "u'é'": r'Literal "\u00e9"',
}
TEXTS = {
    "plain": ("f'a{b}c'", 'Template\n  Literal "a"\n  Name b\n  Literal "c"'),
    "no hole": ("f'a{{}}'", 'Literal "a{}"'),
    "nothing": ("f''", 'Literal ""'),
    "quotes in quotes": ("f'{a['b']}'", 'Template\n  Member []\n    Name a\n    Literal "b"'),
    "escapes": (r"f'\t{a}\N{EM DASH}{{'", 'Template\n  Literal "\\t"\n  Name a\n  Literal "\\u2014{"'),
    "raw": (r"rf'\t{a}'", 'Template\n  Literal "\\\\t"\n  Name a'),
    "conversion to text": ("f'{a!s}'", "Template\n  Name a"),
    "conversion": ("f'{a!r}'", "Template\n  Opaque NO_VALUE\n    Name a"),
    "format": ("f'{a:>{b}.2}'", "Template\n  Opaque NO_VALUE\n    Name a\n    Name b"),
    "empty format": ("f'{a:}'", "Template\n  Name a"),
    "own source": ("f'{ a = }'", 'Template\n  Literal " a = "\n  Opaque NO_VALUE\n    Name a'),
    "own source in brackets": ("f'-{(a) =!s}'", 'Template\n  Literal "-(a) ="\n  Name a'),
    "texts side by side": ("'a' f'b{c}' 'd' f'{e}'", 'Template\n  Literal "ab"\n  Name c\n  Literal "d"\n  Name e'),
    "string for templates": ("t'a{b}{c:{d}}'", "Opaque NO_VALUE\n  Name b\n  Name c\n  Name d"),
    "lines in a hole": ("f'''{\n  a  # why\n}'''", "Template\n  Name a"),
}
COMPREHENSIONS = {
    "nested": (
        "[b for a in c if d if e for b in a]",
        """
        Loop COMPREHENSION
          iterable
            Name c
          target
            Bind CONST
              Name a
          Branch IF
            Arm
              test
                Name d
              Branch IF
                Arm
                  test
                    Name e
                  Loop COMPREHENSION
                    iterable
                      Name a
                    target
                      Bind CONST
                        Name b
                    Name b
        """,
    ),
    "dictionary": (
        "{k: v for k, v in d}",
        """
        Loop COMPREHENSION
          iterable
            Name d
          target
            Bind CONST
              Items TUPLE
                Name k
                Name v
          Items TUPLE
            Name k
            Name v
        """,
    ),
    "asynchronous": (
        "(await a async for a in b)",
        """
        Loop COMPREHENSION
          iterable
            Name b
          target
            Bind CONST
              Name a
          Await
            Name a
        """,
    ),
    "spreads": (
        "[*a for a in b]",
        """
        Loop COMPREHENSION
          iterable
            Name b
          target
            Bind CONST
              Name a
          Spread
            Name a
        """,
    ),
    "spread of dictionaries": (
        "{**a for a in b}",
        """
        Loop COMPREHENSION
          iterable
            Name b
          target
            Bind CONST
              Name a
          Spread
            Name a
        """,
    ),
}


@pytest.mark.parametrize(("source", "expected"), EXPRESSIONS.values(), ids=EXPRESSIONS)
def test_expression(source: str, expected: str) -> None:
    assert flow(f"x = {source}\n") == indented("Bind VAR\n  Name x\n" + _below(expected))


@pytest.mark.parametrize(("source", "expected"), LITERALS.items(), ids=range(len(LITERALS)))
def test_literal(source: str, expected: str) -> None:
    assert flow(f"x = {source}\n") == f"Bind VAR\n  Name x\n  {expected}\n"


@pytest.mark.parametrize(("source", "expected"), TEXTS.values(), ids=TEXTS)
def test_text_with_holes(source: str, expected: str) -> None:
    assert flow(f"x = {source}\n") == "Bind VAR\n  Name x\n" + _below(expected)


@pytest.mark.parametrize(("source", "expected"), COMPREHENSIONS.values(), ids=COMPREHENSIONS)
def test_comprehension(source: str, expected: str) -> None:
    assert flow(f"{source}\n") == indented(expected)


def test_truth_is_told_from_one() -> None:
    assert flow("a = True, 1, 1.0") == "Bind VAR\n  Name a\n  Items TUPLE\n    Literal true\n    Literal 1\n    Literal 1\n"


def test_an_infinite_number_is_a_number() -> None:
    assert flow("a = 1e999") == "Bind VAR\n  Name a\n  Literal Infinity\n"


def _below(expected: str) -> str:
    """The expectation two columns to the right."""
    return "".join([f"  {line}\n" for line in indented(expected).splitlines()])
