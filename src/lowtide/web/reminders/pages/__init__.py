"""The pages of reminders: what is wished, what came of it, and a reminder itself."""
