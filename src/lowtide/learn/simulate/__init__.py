"""Virtual people in, how policies do with them out: evaluation without wishful thinking."""

from lowtide.learn.simulate.table import Table, simulate

__all__ = ["Table", "simulate"]
