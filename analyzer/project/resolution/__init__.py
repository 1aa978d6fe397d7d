"""Following imports between the modules of a project."""

from analyzer.project.resolution.modules import ProjectModules
from analyzer.project.resolution.outcome import Unresolved

__all__ = ["ProjectModules", "Unresolved"]
