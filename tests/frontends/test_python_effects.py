"""What Python code does to the names of its module, found without lowering it."""

from __future__ import annotations

import pytest
from python_reading import read

EFFECTS = {
    "bound once": ("a = 1\ndef f(): a = 2\nclass C: a = 3", "", ""),
    "bound twice": ("a = 1\nb = 2\na = 3", "a", ""),
    "bound on two paths": ("if x: a = 1\nelse: a = 2", "a", ""),
    "import or nothing": ("try: import a\nexcept ImportError: a = None", "a", ""),
    "annotated only": ("a: int\na = 1", "", ""),
    "augmented": ("a = 1\na += 1", "a", ""),
    "deleted": ("a = 1\ndel a", "a", ""),
    "a pattern": ("a, (b, *c) = x\n[a, c] = y", "a c", ""),
    "a loop's target": ("for a, b in x: pass", "a b", ""),
    "bound in a loop": ("while x:\n  a = 1\nelse:\n  b = 2", "a", ""),
    "function and class again": ("def a(): pass\nclass a: pass", "a", ""),
    "names of with, except and case": (
        "a = b = c = d = e = f = 1\nwith x as (a, g): pass\ntry: pass\nexcept y as b: pass\n"
        "match z:\n  case [c, *d] | {'k': e, **f}: pass\n  case h: pass",
        "a b c d e f",
        "",
    ),
    "a walrus in a comprehension": ("a = 1\n[a := x for y in z]", "a", ""),
    "imports": ("import a.b, c as d\nfrom e import f as d, a", "a d", ""),
    "global": ("a = 1\ndef f():\n  global a, b\n  def g():\n    a = 2\n  a = 3\n  b = 4", "a b", ""),
    "global that is only read": ("a = 1\ndef f():\n  global a\n  print(a)", "", ""),
    "nonlocal": ("a = 1\ndef f():\n  a = 1\n  def g():\n    nonlocal a\n    a = 2\n    a.b = 3", "", ""),
    "member written": (
        "a = b = c = d = 1\na.x = 1\nb['x'] += 1\ndef f():\n  del c.x[y].z\n  for d.x in y: pass",
        "",
        "a b c d",
    ),
    "method that changes": ("a = []\nb = {}\nc = d\na.append(1)\ndef f(): b['x'].setdefault('y', []); c.index(1)", "", "a b"),
    "function that changes": (
        "import random, heapq\na = b = c = []\nrandom.shuffle(a); heapq.heappush(b, 1); len(c)",
        "",
        "a b",
    ),
    "setattr": ("a = 1\ndef f(): setattr(a, 'b', 1)", "", "a"),
    "a local of the same name": ("a = []\ndef f(a): a.append(1)\ndef g():\n  a = []\n  a.append(1)\n  lambda: a.pop()", "", ""),
    "a local of an outer function": ("a = []\ndef f():\n  a = []\n  def g(): a.append(1)", "", ""),
    "an argument by default": ("a = []\ndef f(b=a.append(1)): pass\nlambda b=a.pop(): b", "", "a"),
    "a class around": ("a = []\nclass C:\n  a = []\n  a.append(1)\n  def f(self): a.append(2)", "", "a"),
    "only the class": ("a = []\nclass C:\n  a = []\n  a.append(1)", "", ""),
    "a comprehension's name": ("a = []\n[a.append(1) for a in x]", "", ""),
    "a comprehension": ("a = []\n[a.append(b) for b in x]", "", "a"),
    "global through a function": ("a = []\ndef f():\n  global a\n  a.append(1)", "", "a"),
    "not a name of the module": ("def f(): other.x = 1\nself.x = 2", "", ""),
    "what a call gives": ("a = f\na().x = 1", "", ""),
    "annotations": ("a = 1\ndef f(b: a.append(1)) -> a.pop(): pass", "", ""),
    "type alias": ("type a = int\na = 1", "a", ""),
}


@pytest.mark.parametrize(("source", "assigned", "mutated"), EFFECTS.values(), ids=EFFECTS)
def test_effects(source: str, assigned: str, mutated: str) -> None:
    effects = read(source).effects()
    assert sorted(effects.assigned) == assigned.split()
    assert sorted(effects.mutated) == mutated.split()


def test_effects_of_a_broken_file_are_those_of_what_was_read() -> None:
    effects = read("a = []\nb = = 1\na.append(1)\n").effects()
    assert (sorted(effects.assigned), sorted(effects.mutated)) == ([], ["a"])
