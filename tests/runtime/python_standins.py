"""The SDK of Python workers under CPython: only what Pyodide brings is replaced by stand-ins.

``WorkflowEntrypoint``, the step decorator, dependencies, ``concurrent=`` and what is remembered are the SDK's own code. Values
are not converted as Pyodide converts them between the languages.
"""

from __future__ import annotations

import asyncio
import enum
import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path


class JsError(Exception):
    """What arrives in Python when JavaScript throws: a name and a message."""

    def __init__(self, name: str = "Error", message: str = "") -> None:
        super().__init__(f"{name}: {message}")
        self.name, self.message = name, message


class JsNull(enum.Enum):
    """JavaScript's null, which is not None."""

    NULL = 0


class Tolerant:
    """A binding or JavaScript object that tolerates any use."""

    HIDDEN = frozenset({"constructor", "js_object", "then", "_step_name"})

    def __init__(self, label: str) -> None:
        self._label = label

    def __getattr__(self, name: str) -> Tolerant:
        if name in self.HIDDEN or name.startswith("__"):
            raise AttributeError(name)
        return Tolerant(f"{self._label}.{name}")

    def __call__(self, *args: object, **keywords: object) -> Tolerant:
        return Tolerant(f"{self._label}()")

    def __getitem__(self, key: object) -> Tolerant:
        return Tolerant(f"{self._label}[{key!r}]")

    def __await__(self) -> Iterator[None]:
        return iter(())

    def __iter__(self) -> Iterator[object]:
        return iter(())

    def __str__(self) -> str:
        return self._label


@dataclass(frozen=True)
class Sdk:
    """The SDK's modules, and the flags its runtime reads."""

    workers: types.ModuleType
    entrypoints: types.ModuleType
    errors: types.ModuleType
    flags: types.ModuleType

    def name_dependencies(self, by_parameter: bool) -> None:
        """Sets the compatibility flag by which a step's parameters name its dependencies."""
        vars(self.flags)["python_workflows_implicit_dependencies"] = by_parameter


@cache
def load_sdk(folder: Path) -> Sdk:
    """Imports the SDK from a folder, with stand-ins for what it finds only in Pyodide."""
    flags = _module("_cloudflare_compat_flags", python_workflows_implicit_dependencies=True, __getattr__=lambda name: False)
    _javascript()
    _pyodide()
    sys.path.insert(0, str(folder))
    try:
        import workers
        import workers.entrypoints
        import workers.workflows
    finally:
        sys.path.remove(str(folder))
    return Sdk(workers, workers.entrypoints, workers.workflows, flags)


def _module(name: str, **contents: object) -> types.ModuleType:
    module = types.ModuleType(name)
    vars(module).update(contents, __file__=None)  # told to those who ask every module, whatever its ``__getattr__`` would say
    sys.modules[name] = module
    return module


def _javascript() -> None:
    objects = types.SimpleNamespace(fromEntries=dict, new=lambda *_: {})
    later: Callable[[Callable[[], None]], object] = lambda callback: asyncio.get_running_loop().call_soon(callback)  # noqa: E731
    _module("js", Object=objects, queueMicrotask=later, __getattr__=lambda name: Tolerant(f"js.{name}"))


def _pyodide() -> None:
    never = type("Never", (), {})
    same: Callable[[object], object] = lambda value: value  # noqa: E731
    ffi = _module(
        "pyodide.ffi",
        JsException=JsError,
        JsProxy=never,
        JsBuffer=never,
        JsArray=never,
        jsnull=JsNull.NULL,
        to_js=_to_js,
        create_proxy=same,
        create_once_callable=same,
        destroy_proxies=lambda *_: None,
        run_sync=lambda coroutine: asyncio.get_event_loop().run_until_complete(coroutine),
    )
    http = _module("pyodide.http", pyfetch=Tolerant("pyfetch"), FetchResponse=type("FetchResponse", (), {}))
    _module("pyodide", ffi=ffi, http=http, __version__="stand-in", __path__=[])
    _module(
        "_pyodide_entrypoint_helper",
        patchWaitUntil=lambda context: None,
        doAnImport=_import,
        cloudflareWorkersModule=Tolerant("cloudflare:workers"),
        cloudflareSocketsModule=Tolerant("cloudflare:sockets"),
        patch_env_helper=lambda key: iter(()),
    )


def _to_js(value: object, *, default_converter: Callable[..., object] | None = None, **_: object) -> object:
    plain = isinstance(value, dict | list | str | int | float | bool | JsNull) or value is None
    return value if plain or default_converter is None else default_converter(value, None, None)


async def _import(name: str) -> types.SimpleNamespace:
    return types.SimpleNamespace(wrapWorkflowStep=lambda step: step)
