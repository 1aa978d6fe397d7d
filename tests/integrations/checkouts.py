"""Copies of this repository, and repositories that use it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("pyproject.toml", "README.md", "LICENSE", "analyzer", ".pre-commit-hooks.yaml", ".github/actions")
IDENTITY = {
    **{f"GIT_{role}_NAME": "Somebody" for role in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{role}_EMAIL": "somebody@example.com" for role in ("AUTHOR", "COMMITTER")},
}
HEAD = 'import { WorkflowEntrypoint } from "cloudflare:workers";\n'


def workflow(body: str, *, name: str = "Order", before: str = "") -> str:
    """A source with one workflow."""
    return (
        f"{HEAD}{before}export class {name} extends WorkflowEntrypoint {{\n  async run(event, step) {{\n    {body}\n  }}\n}}\n"
    )


def copied(target: Path) -> Path:
    """What of this repository is needed to install it, in an empty folder."""
    for part in PARTS:
        source, place = ROOT / part, target / part
        if source.is_dir():
            shutil.copytree(source, place, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, place)
    return target


def run(*command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a command does in a folder."""
    env = {**os.environ, **IDENTITY, **environment}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def git(folder: Path, *arguments: str) -> str:
    """Runs git, which must succeed."""
    result = run("git", *arguments, folder=folder)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def committed(folder: Path, files: Mapping[str, str] | None = None) -> str:
    """Makes a folder a repository, if it is none, and commits all that is in it with some more files; its commit."""
    for name, text in (files or {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--no-verify", "--message", "as it is")
    return git(folder, "rev-parse", "HEAD")
