"""Afterwards: how it was."""
