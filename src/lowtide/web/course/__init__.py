"""A programme of some weeks: begun, lived from day to day, paused and ended."""
