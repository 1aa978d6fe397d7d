"""SG3xx: limits and shape."""
