"""Watching an interpretation for facts: a machine that does what the plain one does, and records what rules ask for."""

from analyzer.builder.observe.observer import Observer

__all__ = ["Observer"]
