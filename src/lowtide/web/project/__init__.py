"""The frame: settings, addresses, the server, and what every page has in common."""
