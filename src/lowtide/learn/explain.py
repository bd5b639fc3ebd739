"""A choice and the effects behind it in, one sentence that a patient understands out, true to the numbers.

Called by `choose`; the screen "why this session" shows the sentence as it is. Law: "helps you more" is said only of an
effect that is claimed (`claims`), and nothing is ever ranked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lowtide.model.belief import Choice, Effect

Names = Mapping[str, str]
"""What to call each technique: its controlled name → `Body scan`."""
FEW = 5
"""Rated sessions under which numbers are not mentioned: house value."""


def why(choice: Choice, effects: Sequence[Effect], sessions: int, names: Names | None = None) -> str:
    """Say in one sentence why this technique was drawn.

    >>> why(Choice(technique="pmr", odds=(("pmr", 1.0),)), (), 0, {"pmr": "Muscle relaxation"})
    'Muscle relaxation was chosen: it is the only practice that is open to you today.'
    """
    title = (names or {}).get(choice.technique, choice.technique)
    if len(choice.odds) == 1:
        return f"{title} was chosen: it is the only practice that is open to you today."
    own = next((one for one in effects if one.technique == choice.technique), None)
    claimed = [one for one in effects if one.is_claimed]
    if own is not None and own.is_claimed:
        return f"{title} was chosen, because {helps(own)}."
    if claimed:
        # A claim is against the mean of the others: it does not say that this one, or any one of them, helps less.
        another = "another practice has helped you more than your others on average"
        return f"{title} was chosen to keep comparing: {another}, but nothing is forgotten."
    if sessions < FEW:
        return f"{title} was chosen partly by chance: there is not enough data yet to say what helps you most."
    so_far = f"after {sessions} rated sessions there is not enough data yet to say what helps you most"
    return f"{title} was chosen partly by chance: {so_far}."


def helps(effect: Effect) -> str:
    """Say what is claimed, with how sure it is; for an effect that is claimed and for no other."""
    assert effect.is_claimed, effect
    size = f"by about {effect.mean:.1f} points, and very likely by {effect.low:.1f} to {effect.high:.1f}"
    return f"it has eased your {effect.measure} more than your other practices: {size}, over {effect.sessions} sessions"
