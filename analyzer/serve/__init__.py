"""Workflows of a project on a local web server: a page that follows the files, and the platform's read-only API."""
