"""Reminders that really fire: what a person wishes, what is due, and each of it delivered once."""
