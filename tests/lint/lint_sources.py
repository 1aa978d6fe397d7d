"""Sources linted by chosen rules, for tests."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from analyzer.builder import BuildOptions, build
from analyzer.config import DEFAULT_SETTINGS, Settings
from analyzer.frontends import read
from analyzer.lint.context import FileContext, WorkflowContext
from analyzer.lint.finding import Finding
from analyzer.lint.registry import RULES
from analyzer.lint.rule import Rule
from analyzer.lint.runner import check_file
from analyzer.project.settings import read_settings
from analyzer.source import Language, SourceFile, language_of

RULE_FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "rules"

NOW = 1_790_000_000_000.0
"""The moment at which sources are linted: September 2026."""

JAVASCRIPT = """import {{ WorkflowEntrypoint }} from "cloudflare:workers";
export class W extends WorkflowEntrypoint {{
async run(event, step) {{
{}
}}
}}
"""
PYTHON = "from workers import WorkflowEntrypoint\n\nclass W(WorkflowEntrypoint):\n    async def run(self, event, step):\n{}\n"


def context_of(text: str, path: str, settings: Settings = DEFAULT_SETTINGS, implicit: bool | None = True) -> FileContext:
    """A source as rules see it; ``implicit``: whether Python's parameters name dependencies, None: not known."""
    source = SourceFile(path, text, language_of(path) or Language.JAVASCRIPT)
    result = build(read(source), options=BuildOptions(facts=True, implicit_dependencies=implicit is not False))
    notes = (*result.notes, *(note for workflow in result.workflows for note in workflow.notes))
    workflows = tuple(WorkflowContext(workflow, settings) for workflow in result.workflows)
    return FileContext(path, source.language, workflows, notes, result.imports, {path: source}, NOW, settings, implicit)


def lint(text: str, path: str = "a.ts", rules: Iterable[Rule] = RULES, settings: Settings = DEFAULT_SETTINGS) -> list[Finding]:
    """What rules find in a source."""
    return check_file(context_of(text, path, settings), rules)


def settings_beside(rule: str) -> Settings:
    """The settings beside the fixtures of a rule (``SG601-required-step``), the defaults if there are none."""
    path = RULE_FIXTURES / rule / "stepgraph.toml"
    return read_settings(str(path)) if path.exists() else DEFAULT_SETTINGS


def whole(snippet: str, path: str) -> str:
    """A source of which a snippet is the body of ``run``; a snippet with a class or import of its own stands alone."""
    if "class " in snippet or snippet.startswith("import {"):
        return snippet
    if path.endswith(".py"):
        return PYTHON.format("\n".join("        " + line for line in snippet.splitlines()))
    return JAVASCRIPT.format(snippet)


def rule(code: str) -> Rule:
    """The rule of a code."""
    return next(rule for rule in RULES if rule.code == code)
