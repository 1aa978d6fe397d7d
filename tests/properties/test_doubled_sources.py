"""Forty lines that each use the one before twice: a trillion of something, were it ever written out."""

from __future__ import annotations

import resource
from collections.abc import Iterator

import pytest
from deep_programs import javascript, python

from analyzer import analyze_source, validate_payload

LINES = 40
BYTES = 4_000_000_000

# The first value, how each is made of the one before (#), and what is done with the last (#).
JAVASCRIPT = {
    "texts": ('"aaaa"', "# + #", "await step.do(#, f)"),
    "templates": ('"aaaa"', "`${#}${#}`", "await step.do(#, f)"),
    "concatenations": ('"aaaa"', "#.concat(#)", "await step.do(#, f)"),
    "numbers": ("10", "# * #", 'await step.sleep("x", #)'),
    "lists": ('["a", "b"]', "[...#, ...#]", "for (const x of #) await step.do(x, f)"),
    "records": ("{}", "{ a: #, b: # }", 'await step.do("x", #, f)'),
    "lists in lists": ('[step.do("x", f)]', "[#, #]", "await Promise.all(#)"),
    "choices": ('step.do("x", f)', "c ? # : #", "await #"),
    "combinators": ('step.do("x", f)', "Promise.all([#, #])", "await #"),
    "continuations": ('step.do("x", f)', "#.then(() => #)", "await #"),
    "functions": ('async () => { await step.do("x", f) }', "async () => { await #(); await #() }", "await #()"),
    "wrappers": (
        "async (f) => { await f() }",
        "async (f) => { await #(f); await #(() => f()) }",
        "await #(() => step.do('x', f))",
    ),
}
PYTHON = {
    "texts": ('"aaaa"', "# + #", "step.sleep(#, 1)"),
    "templates": ('"aaaa"', "f'{#}{#}'", "step.sleep(#, 1)"),
    "numbers": ("10", "# * #", "step.sleep('x', #)"),
    "lists": ('["a", "b"]', "[*#, *#]", "for x in #: step.sleep(x, 1)"),
    "records": ("{}", "{'a': #, 'b': #}", "step.sleep('x', #)"),
    "lists in lists": ("[inner()]", "[#, #]", "await asyncio.gather(*#)"),
    "choices": ("inner()", "# if c else #", "await #"),
    "combinators": ("asyncio.gather(inner())", "asyncio.gather(#, #)", "await #"),
}


def doubled(binding: str, first: str, more: str, last: str) -> str:
    """The lines: ``binding`` says how a name is bound (#) to a value (=)."""
    bind = [binding.replace("#", f"v{index}") for index in range(LINES + 1)]
    lines = [bind[0].replace("=", f"= {first}")]
    lines += [bind[index + 1].replace("=", f"= {more.replace('#', f'v{index}')}") for index in range(LINES)]
    return "\n".join([*lines, last.replace("#", f"v{LINES}")])


SOURCES = {
    **{f"javascript {name}": ("flow.js", javascript(doubled("const # =;", *parts))) for name, parts in JAVASCRIPT.items()},
    **{f"python {name}": ("flow.py", python(doubled("# =", *parts))) for name, parts in PYTHON.items()},
}


@pytest.fixture(autouse=True)
def _limited_memory() -> Iterator[None]:
    """More than a few gigabytes are an error, not the end of the machine."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@pytest.mark.parametrize(("filename", "source"), SOURCES.values(), ids=SOURCES)
def test_sharing_is_not_written_out(filename: str, source: str) -> None:
    analysis = analyze_source(source, filename=filename)
    assert len(analysis.documents) == 1
    assert validate_payload(analysis.documents[0]) == []
