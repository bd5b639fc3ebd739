"""The library proved: every script for everybody, at any length, judged by what a listener would hear."""

from lowtide.proof.judge import Judge
from lowtide.proof.outcome import Fault, Missed, Outcome, merged
from lowtide.proof.proving import missed_of_the_opening, prove

__all__ = ["Fault", "Judge", "Missed", "Outcome", "merged", "missed_of_the_opening", "prove"]
