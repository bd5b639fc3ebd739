"""First steps: the safety questions, where it hurts, and what is known of the person."""
