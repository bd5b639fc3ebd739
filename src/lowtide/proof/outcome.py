"""What a proof found, as values: counts, faults with their sessions, and what nobody ever heard.

Made by `proving`, one for each script; merged and printed by `lowtide library --proof`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that a session must not do, and the session that did it."""

    script: str
    session: str
    """Enough to make it again: who, position, length, seed."""
    rule: str
    """Which law it breaks, such as `forbidden` or `length`."""
    words: str
    """What happened, in one line."""

    def __str__(self) -> str:
        return f"{self.script} ({self.session}): {self.words}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A text of a script that was never heard in any session."""

    script: str
    line: int
    what: str
    words: str

    def __str__(self) -> str:
        return f"{self.script}, line {self.line}: {self.what} never heard: {self.words}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was proved, of one script or of several."""

    scripts: tuple[str, ...] = ()
    sessions: int = 0
    """Sessions that were composed, timed and judged."""
    minutes: float = 0.0
    """How long it would take to hear them all."""
    targets: int = 0
    """Texts that somebody should hear: wordings, optional parts, branches, moves and imagines."""
    texts: frozenset[tuple[str, str]] = frozenset()
    """Which of them were heard: script and tag."""
    kinds: Counter[str] = field(default_factory=Counter)
    """How often each kind of node was heard: lines of the scripts that hold one."""
    faults: tuple[Fault, ...] = ()
    missed: tuple[Missed, ...] = ()

    @property
    def is_proved(self) -> bool:
        """True where nothing is wrong and nothing was missed."""
        return self.sessions > 0 and not self.faults and not self.missed


def merged(outcomes: Iterable[Outcome]) -> Outcome:
    """Add outcomes up. What one of them missed is missed only where no other heard it.

    >>> merged([Outcome(sessions=2), Outcome(sessions=3)]).sessions
    5
    """
    found = list(outcomes)
    kinds: Counter[str] = Counter()
    for one in found:
        kinds.update(one.kinds)
    return Outcome(
        scripts=tuple(name for one in found for name in one.scripts),
        sessions=sum(one.sessions for one in found),
        minutes=sum(one.minutes for one in found),
        targets=sum(one.targets for one in found),
        texts=frozenset[tuple[str, str]]().union(*(one.texts for one in found)),
        kinds=kinds,
        faults=tuple(fault for one in found for fault in one.faults),
        missed=tuple(missed for one in found for missed in one.missed),
    )
