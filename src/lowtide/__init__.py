"""Guided meditation for back pain that fits the person, the day and the minute."""
