"""What the practice lets rooms above know: sent when it is kept, in the same transaction, to whoever listens."""

from __future__ import annotations

from django.dispatch import Signal

told = Signal()
"""A person has answered safety questions, or told what else is known: `person`, `at`. A clearance may have changed."""
