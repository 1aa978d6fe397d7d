"""Where in a Python workflow's source a step was called: the SDK's step object, made to remember it.

A ``do`` is at its decorator, whenever the step runs; ``sleep``, ``sleep_until`` and ``wait_for_event`` are where they are
called, whenever they are awaited.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Awaitable, Callable
from types import CodeType, FrameType
from typing import Any

from engine import Place
from python_standins import Sdk

FILE = "<workflow>"
"""What stack frames of a workflow's source name as their file."""


class Places:
    """Finds the method token of a call from the frame that makes it."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.calls = {_range(node): node.func for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)}

    def of(self, frame: FrameType | None) -> Place | None:
        """The place of the call that a frame of the workflow, or one it was called from, is making."""
        while frame is not None and frame.f_code.co_filename != FILE:
            frame = frame.f_back
        if frame is None:
            return None
        callee = self.calls.get(_position(frame.f_code, frame.f_lasti))
        match callee:
            case ast.Attribute():
                line, column = callee.end_lineno, callee.end_col_offset
                assert line is not None
                assert column is not None
                return self._place(line, column - len(callee.attr.encode()))
            case ast.expr():
                return self._place(callee.lineno, callee.col_offset)
            case None:
                return None

    def _place(self, line: int, column: int) -> Place:
        """A place, its column counted in characters from 1 instead of in bytes from 0."""
        return Place(FILE, line, len(self.lines[line - 1].encode()[:column].decode()) + 1)


def _range(node: ast.Call) -> tuple[int | None, ...]:
    return (node.lineno, node.end_lineno, node.col_offset, node.end_col_offset)


def _position(code: CodeType, instruction: int) -> tuple[int | None, ...]:
    return list(code.co_positions())[instruction // 2]


def placed_step(sdk: Sdk, js_step: Any, places: Places) -> Any:
    """The SDK's step object on top of a recorder, which is told the place of each call just before it is made."""
    base: Any = sdk.entrypoints._WorkflowStepWrapper

    class PlacedStep(base):  # type: ignore[misc]
        def _create_step_decorator(self, *args: Any, **keywords: Any) -> Callable[[Any], Any]:
            place = places.of(sys._getframe(1))
            decorate = super()._create_step_decorator(*args, **keywords)

            def decorator(function: Any) -> Any:
                js_step.places[function] = place
                return decorate(function)

            return decorator

        def sleep(self, *args: Any, **keywords: Any) -> Any:
            js_step.place = places.of(sys._getframe(1))
            return super().sleep(*args, **keywords)

        def sleep_until(self, *args: Any, **keywords: Any) -> Any:
            js_step.place = places.of(sys._getframe(1))
            return super().sleep_until(*args, **keywords)

        def wait_for_event(self, *args: Any, **keywords: Any) -> Any:
            return self._wait(places.of(sys._getframe(1)), lambda: base.wait_for_event(self, *args, **keywords))

        async def _wait(self, place: Place | None, wait: Callable[[], Awaitable[Any]]) -> Any:
            js_step.place = place
            return await wait()

    return PlacedStep(js_step)
