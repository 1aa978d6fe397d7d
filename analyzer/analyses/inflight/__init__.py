"""What a change does to instances that are half-way: runs of both versions, compared by the keys the engine makes."""
