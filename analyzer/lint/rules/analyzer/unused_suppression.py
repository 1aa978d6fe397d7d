"""SG001."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import Severity
from analyzer.lint.context import FileContext
from analyzer.lint.finding import Edit, Fix
from analyzer.lint.rule import Proof, Report, Rule
from analyzer.lint.suppressions import Named, Suppression
from analyzer.source import SourceFile, Span


class UnusedSuppression(Rule):
    """A comment silences a finding that is not there.

    ## What it does
    Reports codes in `stepgraph-ignore` comments that silenced nothing, if their rules ran.

    ## Why it is bad
    It hides what a later change brings.

    ## Example
    ```ts
    // stepgraph-ignore SG201: nobody needs the result
    await step.do("audit", async () => audit());
    ```

    ## Use instead
    ```ts
    // stepgraph-ignore SG201: nobody needs the result
    step.do("audit", async () => audit());
    ```

    ## Fix safety
    Safe: the code, or the whole comment, is taken out.
    """

    code = "SG001"
    name = "unused-suppression"
    severity = Severity.WARNING
    proof = Proof.SOURCE
    last = True

    def _check(self, file: FileContext) -> Iterator[Report]:
        source = file.sources[file.path]
        for suppression, name in file.suppressions.unused():
            if name is None:
                yield Report(suppression.span, "this comment silences nothing", _without(source, suppression.span))
            elif file.ran(name.text):
                fix = _without_name(source, suppression, name)
                yield Report(name.span, f"{name.text} is silenced here, but not found", fix)


def _without(source: SourceFile, span: Span) -> Fix:
    """The comment goes; a line that holds nothing else goes with it."""
    line = source.position(span.start).line
    start = source.line_starts[line - 1]
    text = source.text
    if not text[start : span.start].strip():
        end = source.line_starts[line] if line < len(source.line_starts) else len(text)
        if not text[span.end : end].strip():
            return Fix("Remove the comment", (Edit(Span(span.path, start, end), ""),), safe=True)
        return Fix("Remove the comment", (Edit(span, ""),), safe=True)
    before = len(text[: span.start].rstrip(" \t"))
    return Fix("Remove the comment", (Edit(Span(span.path, before, span.end), ""),), safe=True)


def _without_name(source: SourceFile, suppression: Suppression, name: Named) -> Fix:
    if len(suppression.names) == 1:
        return _without(source, suppression.span)
    index = suppression.names.index(name)
    if index > 0:
        start, end = suppression.names[index - 1].span.end, name.span.end
    else:
        start, end = name.span.start, suppression.names[1].span.start
    return Fix(f"Remove {name.text}", (Edit(Span(name.span.path, start, end), ""),), safe=True)
