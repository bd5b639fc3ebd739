"""Rows of the practice, and what must hold of them. Re-exported here."""
