"""Formats of findings, one render function each."""
