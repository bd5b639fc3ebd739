"""The environment in, settings out: one file for each thing that a server may be told."""
