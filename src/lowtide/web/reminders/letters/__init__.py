"""Reminders as letters: an address and a few words in, one e-mail out."""
