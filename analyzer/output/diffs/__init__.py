"""Differences of graphs: one file a format."""
