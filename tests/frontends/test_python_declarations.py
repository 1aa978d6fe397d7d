"""Functions, classes, imports and declared shapes of Python, worked out from the docstrings of ``flow.tree``."""

from __future__ import annotations

import pytest
from python_reading import flow, indented, nodes, read

from analyzer.flow.tree import AnyShape, Fields, Function, Param, Shape, Start, TypeDeclaration, TypeName

FUNCTIONS = {
    "parameters of all kinds": (
        "def f(a, /, b=1, *c, d, e=2, **g): pass",
        """
        Bind VAR
          Name f
          Function f
            Param
              Name a
            Param
              Name b
              default
                Literal 1
            Param REST
              Name c
            Param KEYWORD_ONLY
              Name d
            Param KEYWORD_ONLY
              Name e
              default
                Literal 2
            Param KEYWORD_REST
              Name g
        """,
    ),
    "bare star": (
        "def f(*, a): return a",
        """
        Bind VAR
          Name f
          Function f
            Param KEYWORD_ONLY
              Name a
            Exit RETURN
              Name a
        """,
    ),
    "decorators in source order": (
        "@a.b('c', d=1)\n# why\n@e\n\nasync def f():\n  'doc'\n  return",
        """
        Bind VAR
          Name f
          Function f async ON_AWAIT
            decorators
              Call
                Member .b
                  Name a
                Literal "c"
                keywords
                  Record
                    Entry "d"
                      Literal 1
              Name e
            Exit RETURN
        """,
    ),
    "generator": ("def f(): yield a", "Bind VAR\n  Name f\n  Function f ON_ITERATION\n    Yield\n      Name a"),
    "asynchronous generator": (
        "async def f():\n  if a: yield",
        """
        Bind VAR
          Name f
          Function f async ON_ITERATION
            Branch IF
              Arm
                test
                  Name a
                Yield
        """,
    ),
    "yield of an inner function": (
        "def f():\n  def g(): yield from a\n  lambda: (yield)",
        """
        Bind VAR
          Name f
          Function f
            Bind VAR
              Name g
              Function g ON_ITERATION
                Yield delegate
                  Name a
            Function ON_ITERATION
              Exit RETURN
                Yield
        """,
    ),
    "the word yield": (
        "def f(): 'yield'; return yields",
        "Bind VAR\n  Name f\n  Function f\n    Exit RETURN\n      Name yields",
    ),
    "global and nonlocal": (
        "def f():\n  global a, b\n  a = 1\n  b, c = d\n  for a in c: pass\n  c += 1\n"
        "  def g():\n    nonlocal c\n    c: int = 1\n    a = 1\n  with d as b: pass\n  class a: pass",
        """
        Bind VAR
          Name f
          Function f
            Bind ASSIGN
              Name a
              Literal 1
            Bind ASSIGN
              Items TUPLE
                Name b
                Name c
              Name d
            Loop FOR_OF
              iterable
                Name c
              target
                Bind ASSIGN
                  Name a
            Bind VAR
              Name c
              Operation +
                Name c
                Literal 1
            Bind VAR
              Name g
              Function g
                Bind ASSIGN
                  Name c
                  Literal 1
                Bind VAR
                  Name a
                  Literal 1
            With
              Name d
              target
                Bind ASSIGN
                  Name b
            Bind ASSIGN
              Name a
              Class a
        """,
    ),
}
CLASSES = {
    "fields": (
        "class A:\n  'doc'\n  a = b = 1\n  c: int\n  d: int = f(); pass",
        """
        Bind VAR
          Name A
          Class A
            Member FIELD "a"
              Literal 1
            Member FIELD "b"
              Literal 1
            Member FIELD "c"
            Member FIELD "d"
              Call
                Name f
        """,
    ),
    "methods": (
        "class A:\n  async def run(self, event, step): return self\n  @staticmethod\n  def s(a): pass\n"
        "  @classmethod\n  def c(cls, a): pass\n  def n(*args): pass\n  def w(me, /, a): pass",
        """
        Bind VAR
          Name A
          Class A
            Member METHOD "run"
              Function run async ON_AWAIT receiver=self
                Param
                  Name event
                Param
                  Name step
                Exit RETURN
                  Name self
            Member METHOD "s" static
              decorators
                Name staticmethod
              Function s
                Param
                  Name a
            Member METHOD "c" static
              decorators
                Name classmethod
              Function c receiver=cls
                Param
                  Name a
            Member METHOD "n"
              Function n
                Param REST
                  Name args
            Member METHOD "w"
              Function w receiver=me
                Param
                  Name a
        """,
    ),
    "properties": (
        "class A:\n  @property\n  def a(self): pass\n  @a.setter\n  def a(self, v): pass\n"
        "  @functools.cached_property\n  def b(self): pass",
        """
        Bind VAR
          Name A
          Class A
            Member GETTER "a"
              decorators
                Name property
              Function a receiver=self
            Member SETTER "a"
              decorators
                Member .setter
                  Name a
              Function a receiver=self
                Param
                  Name v
            Member GETTER "b"
              decorators
                Member .cached_property
                  Name functools
              Function b receiver=self
        """,
    ),
    "bases": (
        "@a\nclass A(B[C, D], e.F, *g, metaclass=M, h=i()): pass",
        """
        Call
          Name i
        Bind VAR
          Name A
          Class A <C, D>
            decorators
              Name a
            bases
              Name B
              Member .F
                Name e
              Spread
                Name g
        """,
    ),
    "what is no member": (
        "class A:\n  f()\n  a, b = c\n  for d in e:\n    g\n  import h\n  class B: i = 1",
        """
        Bind VAR
          Name A
          Class A
            Member STATIC_BLOCK "static" static
              Function
                Call
                  Name f
            Member STATIC_BLOCK "static" static
              Function
                Bind VAR
                  Items TUPLE
                    Name a
                    Name b
                  Name c
            Member STATIC_BLOCK "static" static
              Function
                Loop FOR_OF
                  iterable
                    Name e
                  target
                    Bind VAR
                      Name d
                  Name g
            Member STATIC_BLOCK "static" static
              Function
                Import * from "h" as h
            Member FIELD "B"
              Class B
                Member FIELD "i"
                  Literal 1
        """,
    ),
}
IMPORTS = {
    "import a": 'Import * from "a" as a',
    "import a.b.c": 'Import * from "a" as a',
    "import a.b as c, d": 'Import * from "a.b" as c\nImport * from "d" as d',
    "from a.b import c, d as e": 'Import c from "a.b" as c\nImport d from "a.b" as e',
    "from . import a": 'Import a from "." as a',
    "from ...a.b import (\n  c,\n)": 'Import c from "...a.b" as c',
    "from a import *": 'Import * from "a" as *',
    "lazy import a": 'Import * from "a" as a',
    "lazy from a import b": 'Import b from "a" as b',
    "if TYPE_CHECKING: import a": 'Branch IF\n  Arm\n    test\n      Name TYPE_CHECKING\n    Import * from "a" as a',
}
ANY = AnyShape()
SHAPES: dict[str, Shape] = {
    "A": TypeName("A", ()),
    "a.B": TypeName("a.B", ()),
    "str": ANY,
    "Any": ANY,
    "typing.Any": ANY,
    "None": ANY,
    "f()": ANY,
    "1": ANY,
    "A[B, int]": TypeName("A", (TypeName("B", ()), ANY)),
    "dict[str, A]": TypeName("dict", (ANY, TypeName("A", ()))),
    "A | None": TypeName("A", ()),
    "None | A | B": TypeName("A", ()),
    "Optional[A]": TypeName("A", ()),
    "typing.Union[None, A]": TypeName("A", ()),
    "Annotated[A, f()]": TypeName("A", ()),
    "NotRequired[Optional[A]]": TypeName("A", ()),
    "'A'": TypeName("A", ()),
    "'A[B] | None'": TypeName("A", (TypeName("B", ()),)),
    "'not a type'": ANY,
    "'A['": ANY,
    "'" + "A[" * 100 + "B" + "]" * 100 + "'": ANY,
}


@pytest.mark.parametrize(("source", "expected"), FUNCTIONS.values(), ids=FUNCTIONS)
def test_function(source: str, expected: str) -> None:
    assert flow(f"{source}\n") == indented(expected)


@pytest.mark.parametrize(("source", "expected"), CLASSES.values(), ids=CLASSES)
def test_class(source: str, expected: str) -> None:
    assert flow(f"{source}\n") == indented(expected)


@pytest.mark.parametrize(("source", "expected"), IMPORTS.items(), ids=IMPORTS)
def test_import(source: str, expected: str) -> None:
    assert flow(f"{source}\n") == indented(expected)


@pytest.mark.parametrize(("source", "expected"), SHAPES.items(), ids=range(len(SHAPES)))
def test_shape_of_a_parameter(source: str, expected: Shape) -> None:
    (param,) = _params(f"def f(a: {source}): pass")
    assert param.shape == expected


def test_a_parameter_without_annotation_declares_nothing() -> None:
    (param,) = _params("def f(a): pass")
    assert param.shape is None


def test_generic_functions_and_classes() -> None:
    source = "def f[T: (A, B), *Ts, **P](a: T) -> T: pass\nclass C[T = int](D[T]): pass\n"
    assert flow(source) == indented(
        """
        Bind VAR
          Name f
          Function f
            Param: T
              Name a
        Bind VAR
          Name C
          Class C <T>
            bases
              Name D
        """
    )


def test_type_aliases_and_typed_dictionaries() -> None:
    source = (
        "type X[A, *B] = dict[str, A]\n"
        "class P(TypedDict, total=False):\n  a: NotRequired[Q]\n  b: int\n  def m(self): pass\n"
        "class R(typing.TypedDict): c: P\n"
        "class S(P, R):\n  d: X\n"
        "class Other:\n  e: int\n"
    )
    assert [node for node in nodes(source) if type(node) is TypeDeclaration] == [
        TypeDeclaration("X", ("A", "B"), TypeName("dict", (ANY, TypeName("A", ()))), read(source).body[0].span),
        TypeDeclaration("P", (), Fields((("a", TypeName("Q", ())), ("b", ANY))), read(source).body[0].span),
        TypeDeclaration("R", (), Fields((("c", TypeName("P", ())),)), read(source).body[0].span),
        TypeDeclaration(
            "S",
            (),
            Fields((("a", TypeName("Q", ())), ("b", ANY), ("c", TypeName("P", ())), ("d", TypeName("X", ())))),
            read(source).body[0].span,
        ),
    ]


def test_bodies_are_lowered_when_they_are_asked_for() -> None:
    functions = [node for node in nodes("def f(): return g\nclass A:\n  def m(self):\n    return 1") if type(node) is Function]
    assert [(function.name, function.start, len(function.body.nodes)) for function in functions] == [
        ("f", Start.EAGER, 1),
        ("m", Start.EAGER, 1),
    ]


def _params(source: str) -> tuple[Param, ...]:
    return next(node.params for node in nodes(source) if type(node) is Function)
