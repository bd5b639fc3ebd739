"""Many people's weeks, lived in simulated time: who they are, what happens, and what must have come of it."""
