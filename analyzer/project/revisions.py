"""Files of a git revision, laid out in a folder so that their imports are found as in a working tree."""

from __future__ import annotations

import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from analyzer.errors import UsageError
from analyzer.records import record
from analyzer.source import language_of

CONFIGURATION = (".json", ".jsonc", ".toml", ".yaml", ".yml")
"""Suffixes of what tells how modules are found."""

TIME_LIMIT = 120
"""Seconds git may take."""


@record
class Revision:
    """A commit of the repository around ``folder``: its hash, and the text it was asked for by."""

    folder: str
    commit: str
    text: str


def find_revision(text: str, folder: str = ".") -> Revision | None:
    """What a text names: a revision, or ``A...B`` (``A...``: with HEAD) the newest commit that both come from.

    None if there is no such revision, or no repository around the folder, or no git. Raises UsageError if two revisions have
    no common one.
    """
    top = _git(folder, "rev-parse", "--show-toplevel")
    if top is None or text.startswith("-"):
        return None
    first, dots, second = text.partition("...")
    commits = [_commit(top, name) for name in ((first or "HEAD", second or "HEAD") if dots else (text,))]
    if not all(commits):
        return None
    if not dots:
        return Revision(top, str(commits[0]), text)
    base = _git(top, "merge-base", *map(str, commits))
    if base is None:
        raise UsageError(f"{text}: the two have no commit in common; in a shallow clone, fetch more of the history")
    return Revision(top, base, text)


def path_in_repository(path: str, revision: Revision) -> str:
    """A path of the working tree as the repository names it. Raises UsageError if it is outside."""
    relative = os.path.relpath(os.path.realpath(path), os.path.realpath(revision.folder))
    if relative.startswith(os.pardir):
        raise UsageError(f"{path} is not in the repository {revision.folder}")
    return relative.replace(os.sep, "/")


@contextmanager
def checked_out(revision: Revision, path: str) -> Iterator[str]:
    """The path, as the repository names it, in a folder of its own with the sources and configurations of a revision.

    Raises UsageError if it is not in the revision.
    """
    if _git(revision.folder, "cat-file", "-e", f"{revision.commit}:{path}") is None:
        raise UsageError(f"{revision.text}:{path} is not there: {revision.commit[:12]} has no {path}")
    with tempfile.TemporaryDirectory(prefix="stepgraph-") as folder:
        command = ["git", "-C", revision.folder, "archive", "--format=tar", revision.commit]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            assert process.stdout is not None
            with tarfile.open(fileobj=process.stdout, mode="r|") as archive:
                for member in archive:
                    if member.isfile() and _is_wanted(member.name):
                        archive.extract(member, folder, filter="data")
        yield os.path.join(folder, path)


def _is_wanted(name: str) -> bool:
    return "node_modules/" not in name and (name.endswith(CONFIGURATION) or language_of(name) is not None)


def _commit(folder: str, name: str) -> str | None:
    return _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")


def _git(folder: str, *arguments: str) -> str | None:
    """What a git command prints; None if it fails or there is no git."""
    try:
        done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, text=True, timeout=TIME_LIMIT, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
