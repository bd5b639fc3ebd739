"""How searches behave: the same examples on every machine by default, new ones each time with `make test-long`."""

from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.register_profile("search", deadline=None)
settings.load_profile("steady")
