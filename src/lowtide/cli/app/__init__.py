"""The app: its server, and the worker that sends its reminders; both are handed over to `lowtide.web` by name."""
