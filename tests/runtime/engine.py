"""The real engine, run locally: workflows in ``workerd``, driven over HTTP, and the traces of what they did.

The engine is the one of ``wrangler dev`` (npm ``miniflare``), the runtime its ``workerd`` binary; both come from
``node_modules`` here and run without Node and offline. One process holds all workflows.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Literal, TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

HERE = Path(__file__).parent
MEMORY = Path("/dev/shm")
"""Where files cost no disk: the engine writes each step down, and most of a run's time is waiting for that."""

START_SECONDS = 30
"""How long the process may take to listen."""


@dataclass(frozen=True)
class Subject:
    """A workflow under test: a name, its source as one ES module, and its class."""

    name: str
    source: str
    class_name: str

    @property
    def module(self) -> str:
        """The module its source is in, as stack traces show it."""
        return f"{self.name}.mjs"


@dataclass(frozen=True)
class Job:
    """One run: what its payload is and what is done to it.

    ``results``, ``fail`` and ``delays`` (milliseconds) are keyed by a step's name, or ``name-2`` for its second call: what a
    step yields instead of running its callback, how its attempts fail (``{"message", "name", "times"}``; by default for
    good, at the first attempt), how long they take. ``events`` are sent in order (``{"type", "payload", "after"}``, ms),
    ``timeouts`` name waits that time out at once. ``settle``: how long the run is watched after its end, ``limit``: how
    long it is waited for at most (ms). ``tolerant``: the payload is something that tolerates any use, and so is each of the
    ``globals`` that the runtime does not have. Sleeps take no time unless ``realSleeps``.
    """

    label: str = "plain"
    params: Json = None
    results: Mapping[str, Json] = field(default_factory=dict)
    fail: Mapping[str, Json] = field(default_factory=dict)
    delays: Mapping[str, int] = field(default_factory=dict)
    events: Sequence[Mapping[str, Json]] = ()
    timeouts: Sequence[str] = ()
    settle: int = 0
    limit: int = 5000
    tolerant: bool = False
    globals: Sequence[str] = ()
    realSleeps: bool = False  # noqa: N815 - the driver's spelling


@dataclass(frozen=True)
class Place:
    """Where a call was made: module, and 1-based line and column in UTF-16 units."""

    module: str
    line: int
    column: int


@dataclass(frozen=True)
class Happened:
    """One entry of a recorded trace: a call was made (with its place), an attempt began, a call ended."""

    kind: Literal["call", "attempt", "end"]
    call: int
    type: str = ""
    name: str = ""
    count: int = 0
    inside: int | None = None
    at: Place | None = None
    failed: bool = False
    error: str = ""
    attempt: int = 0


@dataclass(frozen=True)
class Run:
    """What one run did: its end ("complete", "errored", …), its error, everything recorded, in order; the engine's own log."""

    status: str
    error: Json
    trace: tuple[Happened, ...]
    log: tuple[Mapping[str, Json], ...] = ()

    def steps(self) -> list[str]:
        """The names of the steps in the order of their calls, each with its count: ``fetch-1``."""
        return [f"{entry.name}-{entry.count}" for entry in self.trace if entry.kind == "call"]


class EngineError(RuntimeError):
    """The process did not start, or did not answer."""


class Engine:
    """A running process with some workflows. A context manager; ``run`` drives one of them."""

    def __init__(
        self,
        node_modules: Path,
        subjects: Sequence[Subject],
        services: Mapping[str, int] | None = None,
        step_limit: int | None = None,
        direct: Subject | None = None,
    ) -> None:
        """``services``: bindings of the workflows that lead to ports of this machine. ``step_limit``: of an instance.

        ``direct``: the class the engine is given as it is, without a recorder, instead of all others.
        """
        self.node_modules = node_modules
        self.subjects = [*subjects, *([] if direct is None else [direct])]
        self.direct = direct
        self.services = services or {}
        self.step_limit = step_limit

    def __enter__(self) -> Engine:
        self.folder = Path(tempfile.mkdtemp(prefix="stepgraph-engine-", dir=MEMORY if MEMORY.is_dir() else None))
        (self.folder / "storage").mkdir()
        self._write_modules()
        (self.folder / "config.capnp").write_text(
            _config(self.subjects, self.services, self.step_limit, self.direct), encoding="utf-8"
        )
        self.log = (self.folder / "log").open("w+")
        self.port = self._start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, subject: str, job: Job) -> Run:
        """Drives one instance of a workflow to its end."""
        described = asdict(job)
        payload = {"subject": subject, "payload": described.pop("params")}
        payload |= {key: described.pop(key) for key in ("results", "fail", "delays", "tolerant", "globals")}
        try:
            return _run(self.ask({**described, "params": payload}))
        except OSError as error:
            raise EngineError(f"{subject} ({job.label}): {error}\n{self._log()}") from error

    def ask(self, job: Mapping[str, Json]) -> dict[str, Json]:
        """What the driver answers to a job."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/", json.dumps(job).encode(), method="POST")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        limit = job["limit"]
        assert isinstance(limit, int)
        with opener.open(request, timeout=30 + limit / 1000) as answer:
            decoded: dict[str, Json] = json.load(answer)
            return decoded

    def restart(self, subjects: Sequence[Subject]) -> None:
        """Ends the process and starts another on the same storage, with other workflows."""
        self._stop()
        self.subjects = subjects
        self._write_modules()
        (self.folder / "config.capnp").write_text(
            _config(subjects, self.services, self.step_limit, self.direct), encoding="utf-8"
        )
        self.port = self._start()

    def _stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(3)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _write_modules(self) -> None:
        miniflare = self.node_modules / "miniflare/dist/src/workers"
        shutil.copy(miniflare / "workflows/binding.worker.js", self.folder / "engine.mjs")
        shutil.copy(miniflare / "shared/zod.worker.js", self.folder / "zod.mjs")
        for script in ("recorder.mjs", "driver.mjs"):
            shutil.copy(HERE / "js" / script, self.folder / script)
        for subject in self.subjects:
            (self.folder / subject.module).write_text(subject.source, encoding="utf-8")
        (self.folder / "main.mjs").write_text(_main_module(self.direct), encoding="utf-8")
        (self.folder / "subjects.mjs").write_text(_subjects_module(self.subjects), encoding="utf-8")

    def _start(self) -> int:
        reading, writing = os.pipe()
        binary = next(self.node_modules.glob("@cloudflare/workerd-*/bin/workerd"))
        self.process = subprocess.Popen(
            [str(binary), "serve", "--experimental", f"--control-fd={writing}", "config.capnp"],
            cwd=self.folder,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            pass_fds=(writing,),
        )
        os.close(writing)
        with os.fdopen(reading) as control:
            for line in control:
                message = json.loads(line)
                if message.get("event") == "listen":
                    return int(message["port"])
        self.process.wait(START_SECONDS)
        raise EngineError(f"workerd did not start:\n{self._log()}")

    def _log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")[-4000:]


def _run(answer: Mapping[str, Json]) -> Run:
    entries = []
    trace = answer["trace"]
    assert isinstance(trace, list)
    for entry in trace:
        place = entry.pop("at", None)
        entries.append(Happened(**entry, at=Place(**place) if place else None))
    log = answer["log"]
    assert isinstance(log, list)
    return Run(str(answer["status"]), answer["error"], tuple(entries), tuple(log))


def _subjects_module(subjects: Sequence[Subject]) -> str:
    """A table of functions that give a class; a module is only run when one of its classes is asked for."""
    entries = [
        f'"{subject.name}": async () => (await import("./{subject.module}"))[{json.dumps(subject.class_name)}],'
        for subject in subjects
    ]
    return "\n".join(["export const classes = {", *entries, "};", ""])


def _main_module(direct: Subject | None) -> str:
    """What the worker with the workflows exports."""
    own = "" if direct is None else f'export {{ {direct.class_name} as Direct }} from "./{direct.module}";\n'
    return f'export * from "./recorder.mjs";\nexport {{ default }} from "./recorder.mjs";\n{own}'


def _config(subjects: Sequence[Subject], services: Mapping[str, int], step_limit: int | None, direct: Subject | None) -> str:
    modules = ["main.mjs", "recorder.mjs", "subjects.mjs", *(subject.module for subject in subjects)]
    listed = ",\n    ".join(f"(name = {json.dumps(name)}, esModule = embed {json.dumps(name)})" for name in modules)
    bindings = ", ".join(f"(name = {json.dumps(name)}, service = {json.dumps(name)})" for name in services)
    externals = "".join(
        f'\n    (name = {json.dumps(name)}, external = (address = "127.0.0.1:{port}", http = ())),'
        for name, port in services.items()
    )
    limit = "" if step_limit is None else f'\n    (name = "STEP_LIMIT", json = "{step_limit}"),'
    return (
        CONFIG.replace("%LIMIT%", limit)
        .replace("%ENTRYPOINT%", "Subject" if direct is None else "Direct")
        .replace("%MODULES%", listed)
        .replace("%BINDINGS%", bindings)
        .replace("%SERVICES%", externals)
    )


CONFIG = """using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [%SERVICES%
    (name = "storage", disk = (path = "storage", writable = true)),
    (name = "nowhere", worker = .nowhere),
    (name = "subjects", worker = .subjects),
    (name = "engine", worker = .engine),
    (name = "driver", worker = .driver),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "driver")],
  extensions = [(modules = [(name = "miniflare:zod", esModule = embed "zod.mjs")])],
);
const nowhere :Workerd.Worker = (
  compatibilityDate = "2026-04-01",
  serviceWorkerScript = "addEventListener('fetch', event => event.respondWith(Response.json({})))",
);
const subjects :Workerd.Worker = (
  compatibilityDate = "2026-04-01", compatibilityFlags = ["nodejs_compat"],
  modules = [
    %MODULES%
  ],
  globalOutbound = "nowhere",
  bindings = [%BINDINGS%],
);
const engine :Workerd.Worker = (
  compatibilityDate = "2024-10-22", compatibilityFlags = ["experimental"],
  modules = [(name = "engine.mjs", esModule = embed "engine.mjs")],
  durableObjectNamespaces = [(className = "Engine", enableSql = true, uniqueKey = "subjects", preventEviction = true)],
  durableObjectStorage = (localDisk = "storage"),
  bindings = [
    (name = "ENGINE", durableObjectNamespace = (className = "Engine")),
    (name = "USER_WORKFLOW", service = (name = "subjects", entrypoint = "%ENTRYPOINT%")),
    %LIMIT%
    (name = "BINDING_NAME", json = "\\"subjects\\""),
    (name = "WORKFLOW_NAME", json = "\\"subjects\\""),
  ],
);
const driver :Workerd.Worker = (
  compatibilityDate = "2026-04-01", compatibilityFlags = ["experimental"],
  modules = [(name = "driver.mjs", esModule = embed "driver.mjs")],
  bindings = [
    (name = "ENGINE", durableObjectNamespace = (className = "Engine", serviceName = "engine")),
    (name = "BINDING", service = (name = "engine", entrypoint = "WorkflowBinding")),
    (name = "TRACE", service = (name = "subjects", entrypoint = "Trace")),
  ],
);
"""
