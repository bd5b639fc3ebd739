"""Something to read: why, how much, when to see someone."""
