"""The documentation of rules: their docstrings, taken apart."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping

from analyzer.lint.rule import Rule
from analyzer.records import record

SECTIONS = ("What it does", "Why it is bad", "Example", "Use instead", "Fix safety")
_HEADING = re.compile(r"^## (.+)\n", re.MULTILINE)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@record
class Documentation:
    """A rule's documentation: one sentence, and Markdown by section."""

    summary: str
    sections: Mapping[str, str]

    def examples(self, section: str) -> list[tuple[str, str]]:
        """The code blocks of a section: suffix of the language, code."""
        return _BLOCK.findall(self.sections.get(section, ""))


def documentation(rule: Rule) -> Documentation:
    """The documentation of a rule."""
    summary, *parts = _HEADING.split(inspect.getdoc(rule) or "")
    return Documentation(summary.strip(), dict(zip(parts[::2], (text.strip() for text in parts[1::2]), strict=True)))


def markdown(rule: Rule) -> str:
    """The documentation of a rule as a Markdown document."""
    known = documentation(rule)
    state = "on by default" if rule.on else "off by default"
    proof = f"known from: {rule.proof.value}"
    head = f"# {rule.name} ({rule.code})\n\n{known.summary}\n\n{rule.severity.value}, {state}, {proof}\n"
    return head + "".join(f"\n## {title}\n\n{text}\n" for title, text in known.sections.items())
