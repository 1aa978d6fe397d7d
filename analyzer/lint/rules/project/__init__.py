"""SG4xx: the configuration of the project."""
