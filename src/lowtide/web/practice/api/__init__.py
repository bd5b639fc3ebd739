"""The same things for programs."""
