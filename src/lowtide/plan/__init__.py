"""Clearance, profile and wish in, today's plan out."""

from lowtide.plan.candidates import candidates
from lowtide.plan.facts import LONG_MS, SHORT_MS, facts
from lowtide.plan.moment import moment_at
from lowtide.plan.suggest import SUGGESTIONS, Suggestion
from lowtide.plan.today import plan

__all__ = ["LONG_MS", "SHORT_MS", "SUGGESTIONS", "Suggestion", "candidates", "facts", "moment_at", "plan"]
