"""The platform's envelope: what every answer of its API is wrapped in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from starlette.datastructures import QueryParams
from starlette.responses import Response

from analyzer.payload.text import canonical

PER_PAGE = 10
MOST_PER_PAGE = 100

WORKFLOW_NOT_FOUND = 10200
NO_ROUTE = 7003
MALFORMED = 7400
INTERNAL = 10001
NOT_ALLOWED = 10405
"""Codes of the platform's errors."""

_T = TypeVar("_T")


class ApiError(Exception):
    """An error as the platform tells it; takes the HTTP status, a code and a sentence."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(status, code, message)
        self.status, self.code, self.message = status, code, message


class Page(NamedTuple):
    """Which part of a list is asked for: pages count from 1."""

    page: int
    per_page: int

    def of(self, items: Sequence[_T]) -> Sequence[_T]:
        """The part of a list that is on the page; past the end it is empty."""
        start = (self.page - 1) * self.per_page
        return items[start : start + self.per_page]


def success(result: object, info: dict[str, int] | None = None) -> Response:
    """An answer."""
    body = {"success": True, "errors": [], "messages": [], "result": result}
    return _json(body if info is None else {**body, "result_info": info}, 200)


def success_page(items: Sequence[object], page: Page, total: int) -> Response:
    """An answer that is one page of a list of ``total`` items."""
    pages = math.ceil(total / page.per_page)
    info = {"count": len(items), "page": page.page, "per_page": page.per_page, "total_count": total, "total_pages": pages}
    return success(items, info)


def failure(error: ApiError) -> Response:
    """An answer that says what is wrong."""
    problem = {"code": error.code, "message": error.message}
    return _json({"success": False, "errors": [problem], "messages": [], "result": None}, error.status)


def page_of(query: QueryParams) -> Page:
    """The page that a query asks for. Raises ApiError for what is no page."""
    return Page(_number(query, "page", 1, None), _number(query, "per_page", PER_PAGE, MOST_PER_PAGE))


def _number(query: QueryParams, name: str, default: int, most: int | None) -> int:
    text = query.get(name)
    if text is None:
        return default
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not value.is_integer() or value < 1 or (most is not None and value > most):
        wanted = "a positive integer" if most is None else f"an integer from 1 to {most}"
        raise ApiError(400, MALFORMED, f"{name} must be {wanted}, not {text!r}")
    return int(value)


def _json(body: object, status: int) -> Response:
    return Response(canonical(body), status, media_type="application/json")
