"""What a template may ask for by name."""
