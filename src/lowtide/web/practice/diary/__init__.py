"""The pain diary, and practice outside: what a person tells by hand of their days."""
