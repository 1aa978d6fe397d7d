"""The one error family: bad input, told apart from findings (data) and bugs (exceptions nobody catches).

Each error takes data; its text is made in ``__str__`` and starts with the place if there is one.
"""

from __future__ import annotations


class StepgraphError(Exception):
    """Base of everything this package raises for input it cannot use."""


class UsageError(StepgraphError):
    """The command or call cannot be carried out as asked; takes one sentence that says what would be right."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message


class UnreadableFileError(StepgraphError):
    """A file cannot be read as source: missing, binary, too large, not UTF-8."""

    def __init__(self, path: str, reason: str, line: int = 1, column: int = 1) -> None:
        super().__init__(path, reason, line, column)
        self.path, self.reason, self.line, self.column = path, reason, line, column

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.reason}"


class MissingExtraError(StepgraphError):
    """An optional package is needed and not installed (or too old); names the extra that brings it."""

    def __init__(self, package: str, extra: str, detail: str = "is not installed") -> None:
        super().__init__(package, extra, detail)
        self.package, self.extra, self.detail = package, extra, detail

    def __str__(self) -> str:
        return f"{self.package} {self.detail}; install it with: pip install 'stepgraph[{self.extra}]'"


class ConfigurationError(StepgraphError):
    """A configuration file says something it cannot mean; takes each problem as line, column (1-based) and sentence."""

    def __init__(self, path: str, problems: tuple[tuple[int, int, str], ...]) -> None:
        super().__init__(path, problems)
        self.path, self.problems = path, problems

    def __str__(self) -> str:
        return "\n".join(f"{self.path}:{line}:{column}: {message}" for line, column, message in self.problems)
