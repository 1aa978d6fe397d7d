"""The neutral tree that frontends write and the builder reads: behaviour, not syntax."""
