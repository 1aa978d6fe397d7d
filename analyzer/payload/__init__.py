"""What we say: the versioned payload of the platform, its schema and its validation."""
