"""Session and spoken lengths in, the tree of what can be decided out, with the bounds of each group.

Called by `choose`, `reachable` and `fit`. Law: every length is exact and adds up: the least and the most of a choice
are the sums over what it keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lowtide.compose.pauses import CLOSE, SETTLE
from lowtide.model.session import Breath, Group, Part, Pause, Phrase, Session, Step, Tense
from lowtide.model.speech import ClipKey


class Measure(NamedTuple):
    """How long something is, in ms, speech included."""

    least: int = 0
    full: int = 0
    """With every silence at its natural length, and open practice at its least."""
    calm: int = 0
    """With open practice at its natural length too."""
    most: int = 0

    def plus(self, other: Measure, times: int = 1) -> Measure:
        """Add another one, some times over."""
        return Measure(
            self.least + times * other.least,
            self.full + times * other.full,
            self.calm + times * other.calm,
            self.most + times * other.most,
        )


NOTHING = Measure()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Round:
    """One wording of a group."""

    own: Measure
    """All that stands in it without its inner groups."""
    inner: tuple[Site, ...]
    """Its inner groups, in order."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Site:
    """A group at its place, measured."""

    number: int
    """Its place in the session, counted from 0; the same in every wording of the groups around it."""
    end: int
    """The number after its last inner group's."""
    group: Group
    versions: tuple[Round, ...]
    """Its wordings, which its rounds take in turn."""
    label: str
    """The chapter's title and the script's line."""

    def times(self, version: int, rounds: int) -> int:
        """Count how many of its rounds have one wording."""
        return (rounds - version + len(self.versions) - 1) // len(self.versions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A whole session, measured: one round without a group of its own, whose inner groups are the chapters."""

    whole: Round
    shortest_ms: int
    """With everything optional dropped, the fewest rounds and every silence at its least."""
    longest_ms: int
    """With everything kept, the most rounds and every silence at its most."""

    def sites(self) -> Iterator[Site]:
        """Yield every group once, in order, in its first wording."""
        yield from _sites(self.whole.inner)


def measured(session: Session, lengths_ms: Mapping[ClipKey, int]) -> Layout:
    """Measure a session with the lengths of its phrases, all of which must be known."""
    own = NOTHING
    for edge in edges(session):
        own = own.plus(_measure(edge, lengths_ms))
    whole = Round(own=own, inner=_inner(session.parts, 0, "", lengths_ms))
    return Layout(
        whole=whole,
        shortest_ms=own.least + sum(_least(site) for site in whole.inner if not site.group.optional),
        longest_ms=own.most + sum(map(_most, whole.inner)),
    )


def edges(session: Session) -> tuple[Pause, Pause]:
    """Give the settling time and the close as silences; where silences are limited they do not grow.

    They are elastic so that what a session can reach does not depend on the length that was asked for.
    """
    is_limited = session.plan.clearance.longest_silence_ms is not None

    def edge(natural_ms: int, table: tuple[tuple[int, int], ...]) -> Pause:
        most_ms = natural_ms if is_limited or not natural_ms else max(natural_ms, table[-1][1])
        return Pause(natural_ms=natural_ms, least_ms=min(natural_ms, table[0][1]), most_ms=most_ms)

    return edge(session.settle_ms, SETTLE), edge(session.close_ms, CLOSE)


def inner_groups(parts: Iterable[Part]) -> Iterator[Group]:
    """Yield the groups that stand directly in some parts, in order: the order of `Round.inner`."""
    for part in parts:
        if isinstance(part, Group):
            yield part
        elif isinstance(part, Step):
            yield from inner_groups(part.parts)


def spoken_ms(phrase: Phrase, lengths_ms: Mapping[ClipKey, int]) -> int:
    """Look up how long a phrase is; one that is missing is a bug of the caller."""
    assert phrase.key in lengths_ms, f"no spoken length for {phrase.key}"
    return lengths_ms[phrase.key]


def _sites(sites: Iterable[Site]) -> Iterator[Site]:
    for site in sites:
        yield site
        yield from _sites(site.versions[0].inner)


def _inner(parts: Iterable[Part], number: int, title: str, lengths_ms: Mapping[ClipKey, int]) -> tuple[Site, ...]:
    found: list[Site] = []
    for group in inner_groups(parts):
        site = _site(group, number, group.title or title, lengths_ms)
        found.append(site)
        number = site.end
    return tuple(found)


def _site(group: Group, number: int, title: str, lengths_ms: Mapping[ClipKey, int]) -> Site:
    versions = []
    for parts in (group.parts, *group.variants):
        own = NOTHING
        for part in parts:
            own = own.plus(_measure(part, lengths_ms))
        versions.append(Round(own=own, inner=_inner(parts, number + 1, title, lengths_ms)))
    ends = {version.inner[-1].end if version.inner else number + 1 for version in versions}
    assert len(ends) == 1, f"the wordings of a group differ in their inner groups: {title}, line {group.line}"
    label = f"{title}, line {group.line}" if title else f"line {group.line}"
    return Site(number=number, end=ends.pop(), group=group, versions=tuple(versions), label=label)


def _measure(part: Part, lengths_ms: Mapping[ClipKey, int]) -> Measure:
    match part:
        case Phrase():
            rigid = spoken_ms(part, lengths_ms)
        case Breath() | Tense():
            rigid = part.length_ms
        case Pause():
            full = part.least_ms if part.is_open else part.natural_ms
            return Measure(part.least_ms, full, part.natural_ms, part.most_ms)
        case Step():
            inside = NOTHING
            for inner in part.parts:
                inside = inside.plus(_measure(inner, lengths_ms))
            return inside
        case _:
            return NOTHING
    return Measure(rigid, rigid, rigid, rigid)


def _least(site: Site) -> int:
    return sum(
        site.times(index, site.group.least_rounds)
        * (version.own.least + sum(_least(inner) for inner in version.inner if not inner.group.optional))
        for index, version in enumerate(site.versions)
    )


def _most(site: Site) -> int:
    return sum(
        site.times(index, site.group.most_rounds) * (version.own.most + sum(map(_most, version.inner)))
        for index, version in enumerate(site.versions)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A group that is kept, with how often it is done and what is kept of it each time."""

    rounds: tuple[Picks, ...]


Picks = tuple[Pick | None, ...]
"""What is kept of some groups, in their order; None for one that is dropped."""
