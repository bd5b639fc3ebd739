"""Installing, and keeping sessions for offline."""
