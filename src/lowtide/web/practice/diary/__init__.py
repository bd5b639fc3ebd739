"""The pain diary."""
