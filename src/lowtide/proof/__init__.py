"""The library proved: every script for everybody, at any length, judged by what a listener would hear."""

from lowtide.proof.judge import Judge
from lowtide.proof.outcome import Fault, Missed, Outcome, merged
from lowtide.proof.proving import prove

__all__ = ["Fault", "Judge", "Missed", "Outcome", "merged", "prove"]
