"""Running Python workflows: by themselves in this process, or with each of their steps run by the real engine."""

from __future__ import annotations

import asyncio
import gc
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine import Job, Run
from python_places import FILE, Places, placed_step
from python_standins import JsNull, Sdk, Tolerant, load_sdk
from python_steps import RecordedStep
from runtime_cases import RuntimeCase

MakeStep = Callable[[Sdk, Job], RecordedStep]


class PythonEngine:
    """Drives Python workflows with steps that follow the engine's rules."""

    def __init__(self, sdk_folder: Path) -> None:
        self.sdk = load_sdk(sdk_folder)

    def run(self, case: RuntimeCase, job: Job) -> Run:
        """Runs one workflow to its end."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # coroutines that an error kept from being awaited
            run = asyncio.run(_limited(self.sdk, case, job, RecordedStep(self.sdk, job)))
            if run.status != "complete":
                gc.collect()
        return run


async def _limited(sdk: Sdk, case: RuntimeCase, job: Job, step: RecordedStep) -> Run:
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)  # tasks that fail alone are no news
    status, error = "complete", None
    try:
        await asyncio.wait_for(run_workflow(sdk, case, job, step), job.limit / 1000)
    except TimeoutError:
        status = "running"
    except Exception as raised:
        status, error = "errored", {"name": type(raised).__name__, "message": str(raised)}
    await asyncio.sleep(job.settle / 1000)
    return Run(status, error, tuple(step.happened))


async def run_workflow(sdk: Sdk, case: RuntimeCase, job: Job, step: RecordedStep) -> object:
    """Runs a case's ``run`` method on a step object; yields what it returns."""
    sdk.name_dependencies(by_parameter=not case.is_legacy)
    scope: dict[str, Any] = {"__name__": "workflow"}
    exec(compile(case.text, FILE, "exec"), scope)
    instance = scope[case.workflow.class_name](Tolerant("ctx"), Tolerant("env"))
    placed = placed_step(sdk, step, Places(case.text))
    value = await instance.run({"payload": job.params, "instanceId": "instance", "timestamp": 0}, placed)
    return None if value is JsNull.NULL else value
