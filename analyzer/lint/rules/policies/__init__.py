"""The project's own policies, from its configuration; without one they find nothing."""
