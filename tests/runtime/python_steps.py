"""The step object that Python workflows get instead of the engine's: it records, and runs steps by the engine's rules.

The rules are those the engine was seen to follow (names counted per kind and name, six attempts by default, one for a
NonRetryableError, events buffered); ``python_bridge`` hands the same calls to the engine itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

from engine import Happened, Job, Place
from python_standins import JsError, Sdk

Callback = Callable[[object], Awaitable[object]]

ATTEMPTS = 6
"""Attempts of a step whose configuration does not say how many retries it gets."""


class RecordedStep:
    """What the SDK calls: each call is written down with its place, then carried out by ``carry_out``.

    ``place`` is the place of the next call that is not a ``do``; ``places`` those of the functions that steps run.
    """

    def __init__(self, sdk: Sdk, job: Job) -> None:
        self.sdk = sdk
        self.job = job
        self.happened: list[Happened] = []
        self.places: dict[Any, Place | None] = {}
        self.place: Place | None = None
        self.calls = 0
        self.running: list[asyncio.Future[object]] = []
        self.taken: set[int] = set()
        self.counts: dict[tuple[str, str], int] = {}
        self.inside: ContextVar[int | None] = ContextVar("inside", default=None)

    # the names are the JavaScript object's, which the SDK calls

    def do(self, name: str, *rest: Any) -> asyncio.Future[object]:
        """``step.do(name, config?, callback)``."""
        config, callback = rest if len(rest) == 2 else (None, rest[0])
        free = dict(zip(callback.__code__.co_freevars, (cell.cell_contents for cell in callback.__closure__), strict=True))
        place = self.places.get(free["callback"])
        return self._call("do", name, place, lambda call, count: self._do(call, name, count, config, callback))

    def sleep(self, name: str, duration: object) -> asyncio.Future[object]:
        """``step.sleep``."""
        return self._call("sleep", name, self.place, lambda call, count: self.rest(call, name, duration))

    def sleepUntil(self, name: str, when: object) -> asyncio.Future[object]:  # noqa: N802
        """``step.sleepUntil``."""
        return self._call("sleepUntil", name, self.place, lambda call, count: self.rest_until(call, name, when))

    def waitForEvent(self, name: str, options: dict[str, Any]) -> asyncio.Future[object]:  # noqa: N802
        """``step.waitForEvent``."""
        return self._call("waitForEvent", name, self.place, lambda call, count: self.wait(call, name, options))

    def _call(
        self, kind: str, name: str, place: Place | None, carry_out: Callable[[int, int], Awaitable[object]]
    ) -> asyncio.Future[object]:
        call, self.calls = self.calls, self.calls + 1
        count = self.counts[kind, name] = self.counts.get((kind, name), 0) + 1
        self.happened.append(Happened("call", call, kind, name, count, self.inside.get(), place))

        async def settle() -> object:
            try:
                value = await carry_out(call, count)
            except BaseException as error:
                self.happened.append(Happened("end", call, failed=True, error=str(error)))
                raise
            self.happened.append(Happened("end", call))
            return value

        running = asyncio.ensure_future(settle())
        self.running.append(running)
        return asyncio.shield(running)  # who waits may be cancelled, what the engine has started may not

    async def _do(self, call: int, name: str, count: int, config: Any, callback: Callback) -> object:
        attempts = 0

        async def attempt(context: object) -> object:
            nonlocal attempts
            attempts += 1
            token = self.inside.set(call)
            self.happened.append(Happened("attempt", call, attempt=attempts))
            try:
                return await self._attempt(name, count, attempts, lambda: callback(context))
            finally:
                self.inside.reset(token)

        return await self.perform(call, name, config, attempt)

    async def _attempt(self, name: str, count: int, attempt: int, run: Callable[[], Awaitable[object]]) -> object:
        delay = _chosen(self.job.delays, name, count)
        if delay is not None:
            await asyncio.sleep(delay / 1000)
        failure = _chosen(self.job.fail, name, count)
        if failure is not None and attempt <= failure.get("times", attempt):
            kind = failure.get("name", "NonRetryableError")
            raise (self.sdk.errors.NonRetryableError if kind == "NonRetryableError" else ValueError)("made to fail")
        result = _chosen({key: [value] for key, value in self.job.results.items()}, name, count)
        return await run() if result is None else result[0]

    # ---------------------------------------------------------------- by the engine's rules

    async def perform(self, call: int, name: str, config: Any, attempt: Callback) -> object:
        """Runs attempts until one succeeds or there are no more."""
        retries = (config or {}).get("retries") or {}
        attempts = retries.get("limit", ATTEMPTS - 1) + 1
        for number in range(1, attempts + 1):
            await asyncio.sleep(0)
            try:
                value = await attempt({"step": {"name": name}, "attempt": number})
            except self.sdk.errors.NonRetryableError as error:
                raise JsError("Error", f"NonRetryableError: {error}") from error
            except Exception as error:
                if number == attempts:
                    raise JsError(
                        "PythonError", f"Traceback (most recent call last):\n{type(error).__name__}: {error}"
                    ) from error
                continue
            await asyncio.sleep(0)
            return value
        raise JsError("Error", "no attempts")

    async def rest(self, call: int, name: str, duration: object) -> object:
        """Sleeps no time."""
        await asyncio.sleep(0)
        return None

    async def rest_until(self, call: int, name: str, when: object) -> object:
        """Sleeps no time."""
        return await self.rest(call, name, when)

    async def wait(self, call: int, name: str, options: dict[str, Any]) -> object:
        """Takes the first event of the type that nobody has taken; without one the wait times out."""
        await asyncio.sleep(0)
        for index, event in enumerate(self.job.events):
            if event["type"] == options["type"] and index not in self.taken and name not in self.job.timeouts:
                self.taken.add(index)
                return {"type": event["type"], "payload": event.get("payload"), "timestamp": "1970-01-01T00:00:00Z"}
        raise JsError("Error", f"WorkflowTimeoutError: Execution timed out after {options.get('timeout')}")


def _chosen(table: Any, name: str, count: int) -> Any:
    """What a table says about the n-th step of a name: an entry for ``name-n``, for ``name``, or for ``*``."""
    return next((table[key] for key in (f"{name}-{count}", name, "*") if key in table), None)
