"""The player: its page and what it asks for."""
