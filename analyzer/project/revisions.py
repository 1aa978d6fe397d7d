"""Files of a git revision, laid out in a folder so that their imports are found as in a working tree."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from analyzer.errors import UsageError
from analyzer.project.git import Repository, repository_around
from analyzer.project.mirror import Mirror
from analyzer.records import record


@record
class Revision:
    """A commit of a repository: its hash, and the text it was asked for by."""

    repository: Repository
    commit: str
    text: str


def find_revision(text: str, folder: str = ".") -> Revision | None:
    """What a text names: a revision, or ``A...B`` (``A...``: with HEAD) the newest commit that both come from.

    None if there is no such revision, or no repository around the folder, or no git. Raises UsageError if two revisions have
    no common one.
    """
    repository = repository_around(folder)
    if repository is None:
        return None
    first, dots, second = text.partition("...")
    if not dots:
        commit = repository.resolve(text)
        return None if commit is None else Revision(repository, commit, text)
    left, right = repository.resolve(first or "HEAD"), repository.resolve(second or "HEAD")
    if left is None or right is None:
        return None
    base = repository.merge_base(left, right)
    if base is None:
        raise UsageError(f"{text}: the two have no commit in common; in a shallow clone, fetch more of the history")
    return Revision(repository, base, text)


def path_in_repository(path: str, revision: Revision) -> str:
    """A path of the working tree as the repository names it. Raises UsageError if it is outside."""
    inner = revision.repository.inner(path)
    if inner is None:
        raise UsageError(f"{path} is not in the repository {revision.repository.root}")
    return inner


@contextmanager
def checked_out(revision: Revision, path: str) -> Iterator[str]:
    """The path, as the repository names it, in a folder of its own with the sources and configurations of a revision.

    Raises UsageError if it is not in the revision.
    """
    if not revision.repository.holds(revision.commit, path):
        raise UsageError(f"{revision.text}:{path} is not there: {revision.commit[:12]} has no {path}")
    with tempfile.TemporaryDirectory(prefix="stepgraph-") as folder:
        mirror = Mirror(revision.repository, folder)
        mirror.show(revision.commit)
        yield mirror.path(path)
