"""Files of a project: which there are, and how they import one another."""
