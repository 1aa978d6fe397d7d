"""The versions of a workflow: what is in its files now, and the commits that changed its graph."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import anyio
import anyio.to_thread

from analyzer.api import Analysis, Options, analyze_file
from analyzer.errors import StepgraphError
from analyzer.payload.text import canonical
from analyzer.project.git import Commit, Repository, repository_around
from analyzer.project.mirror import Mirror
from analyzer.records import field, record, replace
from analyzer.serve.names import version_id
from analyzer.serve.snapshot import Served

if TYPE_CHECKING:
    from analyzer.payload.document import GraphDocument

    Graphs: TypeAlias = Mapping[str, GraphDocument]
    """The graphs of one file at one commit, by class."""

MOST_COMMITS = 50
"""Commits that touch a workflow's files and are looked at, from the newest back."""

WORKING_TREE = "working tree"

_T = TypeVar("_T")


@record
class Version:
    """A workflow at one time. ``created_on``, ``modified_on``: in seconds since 1970 UTC; ``document`` None: no graph."""

    id: str
    created_on: float
    modified_on: float
    document: GraphDocument | None = field(repr=False)


def current_version(served: Served) -> Version:
    """The workflow as it is in its files; its id stays, whatever is written in them."""
    return Version(version_id(served.id, WORKING_TREE), served.created_on, served.modified_on, served.document)


class History:
    """Versions by commits, read when they are asked for and kept. ``folder``: for files of commits, one commit at a time.

    What takes time runs in a thread that the limiter admits, a commit at a go, so that live changes come between.
    """

    def __init__(self, limiter: anyio.CapacityLimiter, folder: str) -> None:
        self._limiter, self._folder = limiter, folder
        self._mirrors: dict[Repository, Mirror] = {}
        self._graphs: dict[tuple[str, str, Options], Graphs] = {}

    async def versions(self, served: Served) -> tuple[Version, ...]:
        """The current version, then one for each commit at which the graph became another, newest first."""
        now = current_version(served)
        if served.analysis is None:
            return (now,)
        asked = await self._run(_repository_of, served.analysis)
        if asked is None:
            return (now,)
        repository, entry, files = asked
        commits = await self._run(repository.commits, files, MOST_COMMITS + 1)
        options = replace(served.analysis.options, facts=False, reexported=True)
        graphs = [(await self._graphs_at(repository, commit, entry, options)).get(served.class_name) for commit in commits]
        return (now, *changes(served, commits, graphs))

    async def _graphs_at(self, repository: Repository, commit: Commit, entry: str, options: Options) -> Graphs:
        key = (commit.sha, entry, options)
        if key not in self._graphs:
            self._graphs[key] = await self._run(self._read, repository, commit, entry, options)
        return self._graphs[key]

    def _read(self, repository: Repository, commit: Commit, entry: str, options: Options) -> Graphs:
        if repository not in self._mirrors:
            self._mirrors[repository] = Mirror(repository, os.path.join(self._folder, str(len(self._mirrors))))
        mirror = self._mirrors[repository]
        try:
            mirror.show(commit.sha)
            analysis = analyze_file(mirror.path(entry), options=options)
        except (StepgraphError, OSError):
            return {}
        names = (workflow.class_name for workflow in analysis.workflows)
        return dict(zip(names, analysis.documents, strict=True))

    async def _run(self, function: Callable[..., _T], *arguments: object) -> _T:
        return await anyio.to_thread.run_sync(function, *arguments, limiter=self._limiter)


def _repository_of(analysis: Analysis) -> tuple[Repository, str, Sequence[str]] | None:
    """The repository a file is in, and in its terms the file and all that its graphs were made from."""
    repository = repository_around(os.path.dirname(os.path.abspath(analysis.path)))
    entry = None if repository is None else repository.inner(analysis.path)
    if repository is None or entry is None:
        return None
    return repository, entry, sorted(filter(None, map(repository.inner, analysis.sources)))


def changes(served: Served, commits: Sequence[Commit], graphs: Sequence[GraphDocument | None]) -> Iterator[Version]:
    """The commits, newest first, at which there is a graph and the commit before has another, or none."""
    texts = [None if graph is None else canonical(graph) for graph in graphs]
    for index, (commit, graph) in enumerate(zip(commits[:MOST_COMMITS], graphs, strict=False)):
        before = texts[index + 1] if index + 1 < len(texts) else None
        if graph is not None and texts[index] != before:
            yield Version(version_id(served.id, commit.sha), commit.time, commit.time, graph)
