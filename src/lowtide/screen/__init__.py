"""Profile in, verdict out: what must happen first, and what a session may ask of this body."""
