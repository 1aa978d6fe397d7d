"""Formats of graphs, one render function each, from the payload document to text."""
