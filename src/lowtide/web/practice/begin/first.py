"""A verdict in, what has to happen first out, as every page says it that can not offer what it is for.

Called by the page of what comes first, and by rooms above. Law: no page says it more mildly than that page does.
"""

from __future__ import annotations

from dataclasses import dataclass

from lowtide.model.clearance import Disposition, Verdict
from lowtide.screen import advice


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """What somebody is asked to do before anything else."""

    heading: str
    what_to_do: str
    rest: tuple[str, ...]
    """Further paragraphs."""
    is_now: bool
    """True where it can not wait."""
    is_crisis: bool


def first_of(verdict: Verdict) -> First | None:
    """Say what comes first; None for whom sessions are open."""
    if verdict.clearance is not None:
        return None
    what_to_do, *rest = advice(verdict).split("\n\n")
    is_now, is_crisis = verdict.disposition >= Disposition.CRISIS, verdict.disposition is Disposition.CRISIS
    return First(
        heading=_heading(is_now=is_now, is_crisis=is_crisis), what_to_do=what_to_do, rest=tuple(rest), is_now=is_now,
        is_crisis=is_crisis,
    )  # fmt: skip


def _heading(*, is_now: bool, is_crisis: bool) -> str:
    if is_crisis:
        return "Please let someone help you now"
    return "Please get help now" if is_now else "Please see someone first"
