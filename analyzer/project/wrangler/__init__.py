"""A worker's configuration: what its wrangler file says, where it says it, and what wrangler would not accept."""

from analyzer.project.wrangler.compatibility import has_flag, implicit_dependencies
from analyzer.project.wrangler.config import ConfigProblem, Limits, ProblemKind, WorkerConfig, WorkflowEntry
from analyzer.project.wrangler.reading import CONFIG_NAMES, find_config, parse_wrangler, read_wrangler

__all__ = [
    "CONFIG_NAMES",
    "ConfigProblem",
    "Limits",
    "ProblemKind",
    "WorkerConfig",
    "WorkflowEntry",
    "find_config",
    "has_flag",
    "implicit_dependencies",
    "parse_wrangler",
    "read_wrangler",
]
