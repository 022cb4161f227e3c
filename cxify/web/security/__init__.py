"""What keeps strangers out and documents in: one module a threat, each proved by tests/web/security."""
