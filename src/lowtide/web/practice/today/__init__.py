"""Today: how it is now, and which session suits."""
