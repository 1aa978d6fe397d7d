"""What a workflow does: our exact model, never serialised as such."""
