"""The meaning of a flow tree: the only place that knows what a step is."""

from analyzer.builder.build import BuildResult, build
from analyzer.builder.machine import DEFAULT_OPTIONS, BuildOptions

__all__ = ["DEFAULT_OPTIONS", "BuildOptions", "BuildResult", "build"]
