"""Session and spoken lengths in, timeline out: exactly as long as asked.

Called by the pipeline. Law: the same session, lengths and length give the same timeline, to the millisecond. Every
phrase of the session needs a length, measured or estimated; a timeline may be rendered when all that it says was
measured.
"""

from __future__ import annotations

from collections.abc import Mapping

from lowtide.compose.choose import decide
from lowtide.compose.glue import spread
from lowtide.compose.lay import laid
from lowtide.compose.layout import Layout, Pick, Picks, Round, edges, measured
from lowtide.compose.unfold import Moment, said, unfolded
from lowtide.compose.wording.sentences import is_speakable
from lowtide.model.session import Breath, Pause, Phrase, Session, Tense
from lowtide.model.speech import ClipKey
from lowtide.model.time import MS_PER_MINUTE
from lowtide.model.timeline import Event, FitInfo, Happening, Timeline


def reach(session: Session, lengths_ms: Mapping[ClipKey, int]) -> tuple[int, int]:
    """Tell the shortest and the longest that a session can be, in ms."""
    layout = measured(session, lengths_ms)
    return layout.shortest_ms, layout.longest_ms


def choose(session: Session, lengths_ms: Mapping[ClipKey, int], length_ms: int) -> frozenset[ClipKey]:
    """Tell which clips a session of this length needs, going by these lengths of its phrases.

    Raises `UserError` where the length is out of reach, as `fit` does.
    """
    picks = decide(measured(session, lengths_ms), length_ms, session.title)
    return frozenset(phrase.key for phrase in said(unfolded(session, picks)))


def fit(session: Session, lengths_ms: Mapping[ClipKey, int], length_ms: int) -> tuple[Timeline, FitInfo]:
    """Make a session exactly `length_ms` long.

    Raises `UserError` that names the shortest and the longest length where no choice can reach it.
    """
    layout = measured(session, lengths_ms)
    picks = decide(layout, length_ms, session.title)
    settle, close = edges(session)
    moments: list[Moment] = [settle, *unfolded(session, picks), close]
    pauses = [moment for moment in moments if isinstance(moment, Pause)]
    pauses_ms = spread(pauses, length_ms - _rigid_ms(moments, lengths_ms))
    timeline = Timeline(
        duration_ms=length_ms,
        seed=session.plan.seed,
        title=session.title,
        technique=session.plan.technique,
        language=session.language,
        position=session.plan.position,
        settle_ms=pauses_ms[0],
        close_ms=pauses_ms[-1],
        events=laid(moments, pauses_ms, lengths_ms),
    )
    return timeline, _info(timeline, layout, picks, pauses, pauses_ms)


def _rigid_ms(moments: list[Moment], lengths_ms: Mapping[ClipKey, int]) -> int:
    total = 0
    for moment in moments:
        if isinstance(moment, Phrase):
            total += lengths_ms[moment.key]
        elif isinstance(moment, Breath | Tense):
            total += moment.length_ms
    return total


def _info(timeline: Timeline, layout: Layout, picks: Picks, pauses: list[Pause], pauses_ms: list[int]) -> FitInfo:
    done: dict[int, int] = {}
    _count(layout.whole, picks, done)
    optional = [site for site in layout.sites() if site.group.optional]
    repeatable = [site for site in layout.sites() if site.group.most_rounds > 1]
    elastic = [(p.natural_ms, ms) for p, ms in zip(pauses, pauses_ms, strict=True) if _is_elastic(p)]
    natural_ms = sum(natural for natural, _ in elastic)
    spoken = timeline.of(Happening.SAY)
    spoken_ms = sum(event.for_ms for event in spoken)
    words = _words(spoken)
    return FitInfo(
        kept=tuple(site.label for site in optional if site.number in done),
        dropped=tuple(site.label for site in optional if site.number not in done),
        rounds=tuple((site.label, done.get(site.number, 0)) for site in repeatable),
        stretch=sum(ms for _, ms in elastic) / natural_ms if natural_ms else 1.0,
        open_ms=sum(ms for pause, ms in zip(pauses, pauses_ms, strict=True) if pause.is_open),
        silence_share=1 - spoken_ms / timeline.duration_ms,
        words_per_minute=words * MS_PER_MINUTE / timeline.duration_ms,
        spoken_words_per_minute=words * MS_PER_MINUTE / spoken_ms if spoken_ms else 0.0,
        shortest_ms=layout.shortest_ms,
        longest_ms=layout.longest_ms,
    )


def _is_elastic(pause: Pause) -> bool:
    return not pause.is_open and pause.most_ms > pause.least_ms


def _words(spoken: tuple[Event, ...]) -> int:
    return sum(is_speakable(word) for event in spoken for word in event.text.split())


def _count(version: Round, picks: Picks, done: dict[int, int]) -> None:
    """Count how often each group is done, in all rounds of the groups around it."""
    for site, pick in zip(version.inner, picks, strict=True):
        if isinstance(pick, Pick):
            done[site.number] = done.get(site.number, 0) + len(pick.rounds)
            for turn, inner in enumerate(pick.rounds):
                _count(site.versions[turn % len(site.versions)], inner, done)
