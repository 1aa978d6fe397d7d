"""Python workflows whose steps the real engine runs: a server the engine's side of the bridge asks what to do next."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

from engine import HERE, Engine, Job, Json, Run, Subject
from python_engine import run_workflow
from python_standins import JsError, JsNull, Sdk, load_sdk
from python_steps import Callback, RecordedStep
from runtime_cases import RuntimeCase, case_named

BRIDGE = Subject("bridge", (HERE / "js" / "bridge.mjs").read_text(encoding="utf-8"), "Bridge")


class BridgeStep(RecordedStep):
    """Hands each call to the engine as a command and waits for what it says."""

    def __init__(self, sdk: Sdk, job: Job) -> None:
        super().__init__(sdk, job)
        self.commands: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.settled: dict[int, asyncio.Future[object]] = {}
        self.attempts: dict[int, Callback] = {}

    async def perform(self, call: int, name: str, config: Any, attempt: Callback) -> object:
        """Has the engine run the attempts."""
        self.attempts[call] = attempt
        return await self._command("do", call, name, config)

    async def rest(self, call: int, name: str, duration: object) -> object:
        """Has the engine sleep."""
        return await self._command("sleep", call, name, duration)

    async def rest_until(self, call: int, name: str, when: object) -> object:
        """Has the engine sleep until then."""
        return await self._command("sleepUntil", call, name, str(when))

    async def wait(self, call: int, name: str, options: dict[str, Any]) -> object:
        """Has the engine wait for the event."""
        return await self._command("waitForEvent", call, name, options)

    async def _attempt(self, name: str, count: int, attempt: int, run: Callable[[], Awaitable[object]]) -> object:
        return await run()  # what is done to a job's steps is done on the engine's side

    async def _command(self, operation: str, call: int, name: str, argument: object) -> object:
        self.settled[call] = asyncio.get_running_loop().create_future()
        self.commands.put_nowait({"operation": operation, "call": call, "name": name, "argument": argument})
        return await self.settled[call]


class PythonBridge:
    """An engine with the bridge in it, and the server behind it. A context manager; ``run`` drives a Python case."""

    def __init__(self, modules: Path, sdk_folder: Path) -> None:
        self.modules = modules
        self.sdk = load_sdk(sdk_folder)
        self.steps: dict[str, BridgeStep] = {}
        self.tasks: list[asyncio.Task[None]] = []

    def __enter__(self) -> PythonBridge:
        self.loop = asyncio.new_event_loop()
        self.loop.set_exception_handler(lambda *_: None)
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.server = asyncio.run_coroutine_threadsafe(asyncio.start_server(self._serve, "127.0.0.1", 0), self.loop).result()
        self.engine = Engine(self.modules, [BRIDGE], {"PYTHON": self.server.sockets[0].getsockname()[1]}).__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.engine.__exit__(kind, error, trace)
        asyncio.run_coroutine_threadsafe(self._stop(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def run(self, case: RuntimeCase, job: Job) -> Run:
        """Runs one workflow to its end; the trace is what the Python side did."""
        self.steps.clear()
        run = self.engine.run(BRIDGE.name, replace(job, params={"case": case.name, "payload": job.params}))
        (step,) = self.steps.values()
        return Run(run.status, run.error, tuple(step.happened))

    async def _stop(self) -> None:
        self.server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                length = next(line.split(":")[1] for line in head.lower().splitlines() if line.startswith("content-length"))
                path = head.split()[1].removeprefix("http://python")
                answer = json.dumps(await self._answer(path, json.loads(await reader.readexactly(int(length)))), default=str)
                writer.write(f"HTTP/1.1 200 OK\r\ncontent-length: {len(answer.encode())}\r\n\r\n{answer}".encode())
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def _answer(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        match path:
            case "/next":
                step = self.steps.get(body["instance"]) or self._begin(body["instance"], body["job"])
                first = await step.commands.get()
                return {"commands": [first, *(step.commands.get_nowait() for _ in range(step.commands.qsize()))]}
            case "/attempt":
                return await self._attempt(self.steps[body["instance"]], body["call"], body["context"])
            case _:
                self._settle(self.steps[body["instance"]].settled[body["call"]], body)
                return {}

    def _begin(self, instance: str, job: dict[str, Any]) -> BridgeStep:
        step = self.steps[instance] = BridgeStep(self.sdk, Job(params=job["payload"]))
        self.tasks.append(asyncio.ensure_future(self._work(case_named(job["case"]), step)))
        return step

    async def _work(self, case: RuntimeCase, step: BridgeStep) -> None:
        try:
            value = await run_workflow(self.sdk, case, step.job, step)
        except Exception as error:
            raised = {"name": type(error).__name__, "message": str(error)}
            step.commands.put_nowait({"operation": "throw", "call": 0, "name": "", "argument": raised})
        else:
            step.commands.put_nowait({"operation": "return", "call": 0, "name": "", "argument": _plain(value)})

    async def _attempt(self, step: BridgeStep, call: int, context: object) -> dict[str, Any]:
        """Runs a step's callback; its errors as Pyodide and the SDK hand them to JavaScript."""
        try:
            return {"value": _plain(await step.attempts[call](context))}
        except self.sdk.errors.NonRetryableError as error:
            return {"error": {"name": "NonRetryableError", "message": str(error)}}
        except Exception as error:
            message = f"Traceback (most recent call last):\n{type(error).__name__}: {error}"
            return {"error": {"name": "PythonError", "message": message}}

    def _settle(self, future: asyncio.Future[object], body: dict[str, Any]) -> None:
        if future.done():
            return
        if "error" in body:
            future.set_exception(JsError(body["error"]["name"], body["error"]["message"]))
        else:
            future.set_result(body["value"])


def _plain(value: object) -> Json:
    return None if isinstance(value, JsNull) else json.loads(json.dumps(value, default=str))
