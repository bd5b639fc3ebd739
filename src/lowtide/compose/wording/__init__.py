"""One paragraph of a script in, what is said and the silences between it out."""
