"""A source file as behaviour, and what a frontend hands over with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from analyzer.flow.intrinsics import Intrinsic
from analyzer.flow.tree import Node
from analyzer.records import field, record
from analyzer.source import SourceFile, Span


@record
class Problem:
    """A piece of the source that could not be read: where, and what was wrong in words."""

    span: Span
    message: str


@record
class Effects:
    """What functions of a module do to the module's own names, found without lowering them.

    ``assigned``: module-level names that code anywhere in the file assigns after their declaration.
    ``mutated``: module-level names whose members are written or deleted, or on which a mutating method
    (``push``, ``sort``, ``set``, ``append``, ``update``, …) is called.
    """

    assigned: frozenset[str]
    mutated: frozenset[str]


class TextOf(Protocol):
    """Gives the text of a span for a reader: comments dropped, white space outside literals folded to one space.

    Each replacement is a span inside it and the text to write there instead; they do not overlap.
    """

    def __call__(self, span: Span, replacements: Sequence[tuple[Span, str]] = ()) -> str:
        """The text, whole (cutting it is the caller's business)."""
        ...


@record
class Module:
    """A source file as behaviour: its statements (imports and exports among them), and what goes with them.

    ``intrinsics``: dotted global or imported names and method names the language's library gives a meaning
    (see ``flow.intrinsics``). ``effects`` is a thunk: it costs a pass over the file.
    """

    source: SourceFile = field(compare=False)
    body: tuple[Node, ...]
    problems: tuple[Problem, ...] = field(compare=False)
    intrinsics: Mapping[str, Intrinsic] = field(compare=False, repr=False)
    effects: Callable[[], Effects] = field(compare=False, repr=False)
    text: TextOf = field(compare=False, repr=False)
