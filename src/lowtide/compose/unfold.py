"""Session and what is kept in, one row of moments out: the order in which everything happens, without times.

Called by `fit`. Law: rounds are written out, dropped groups are gone, and chapters and steps are marked where they
begin and end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lowtide.compose.layout import Pick, Picks
from lowtide.model.session import Attend, Bell, Breath, Group, Part, Pause, Phrase, Session, Step, Tense


@dataclass(frozen=True, slots=True)
class Begin:
    """A chapter or a step begins; parts up to its `End` are inside."""

    what: Group | Step


@dataclass(frozen=True, slots=True)
class End:
    """The chapter or step that began last ends."""


Moment = Phrase | Pause | Breath | Attend | Tense | Bell | Begin | End


def unfolded(session: Session, picks: Picks) -> list[Moment]:
    """Write out what is kept of a session, in order."""
    moments: list[Moment] = []
    for chapter, pick in zip(session.parts, picks, strict=True):
        if pick is not None:
            moments.append(Begin(chapter))
            _rounds(chapter, pick, moments)
            moments.append(End())
    return moments


def said(moments: Iterable[Moment]) -> Iterator[Phrase]:
    """Yield every phrase among some moments, cue words included."""
    for moment in moments:
        if isinstance(moment, Phrase):
            yield moment
        elif isinstance(moment, Breath):
            yield from (words for words in (moment.in_words, moment.hold_words, moment.out_words) if words)


def _rounds(group: Group, pick: Pick, moments: list[Moment]) -> None:
    for index, inner in enumerate(pick.rounds):
        _parts(group.round(index), iter(inner), moments)


def _parts(parts: tuple[Part, ...], inner: Iterator[Pick | None], moments: list[Moment]) -> None:
    for part in parts:
        if isinstance(part, Group):
            pick = next(inner)
            if pick is not None:
                _rounds(part, pick, moments)
        elif isinstance(part, Step):
            moments.append(Begin(part))
            _parts(part.parts, inner, moments)
            moments.append(End())
        else:
            moments.append(part)
