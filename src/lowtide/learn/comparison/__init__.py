"""A fair comparison in one person: a design by lot, a test that rests on the lots alone, a plain result."""

from lowtide.learn.comparison.design import design, harmed
from lowtide.learn.comparison.outcome import outcome

__all__ = ["design", "harmed", "outcome"]
