"""Static workflow graph analyzer for Cloudflare Workflows. The public names, each imported when it is first used."""

TYPE_CHECKING = False

if TYPE_CHECKING:
    from analyzer.api import (
        Analysis,
        Options,
        analyze_paths,
        analyze_source,
        payload_schema,
        project_options,
        validate_payload,
    )
    from analyzer.errors import ConfigurationError, MissingExtraError, StepgraphError, UnreadableFileError, UsageError

__all__ = [
    "Analysis",
    "ConfigurationError",
    "MissingExtraError",
    "Options",
    "StepgraphError",
    "UnreadableFileError",
    "UsageError",
    "analyze_paths",
    "analyze_source",
    "payload_schema",
    "project_options",
    "validate_payload",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = "analyzer.errors" if name.endswith("Error") else "analyzer.api"
    value = globals()[name] = getattr(import_module(home), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
