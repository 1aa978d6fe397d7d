"""SG1xx: the engine rejects it, or it breaks at run time."""
