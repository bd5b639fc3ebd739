"""What ships with Lowtide, read from disk: scripts and techniques."""
