"""SG0xx: comments of the analyzer itself."""
