"""The nouns: frozen values that every stage passes on. No input, no output, no clock, no chance."""
