"""Layout in, every length that any choice can reach out, and for one of them a choice that reaches it.

Called by `choose` for the rare script whose rigid parts leave gaps. A set of lengths is a row of intervals; two parts
in a row reach the sums of what each reaches (silences take any whole millisecond within their bounds, so a sum of
intervals is an interval). Law: what is found is right. Everything is found unless a set falls into more than
`MOST_INTERVALS` pieces; then the narrowest are given up, so that a stranger's script can not take all day.
"""

from __future__ import annotations

from lowtide.compose.layout import Layout, Pick, Picks, Round, Site

MOST_INTERVALS = 256
MOST_SUMS = 8192
"""Two sets whose sums would be more than this are thinned first."""

Lengths = tuple[tuple[int, int], ...]
"""Intervals in order, both ends included, with a gap between each two."""
ZERO: Lengths = ((0, 0),)


def united(intervals: list[tuple[int, int]]) -> Lengths:
    """Join intervals that touch or overlap.

    >>> united([(5, 6), (0, 1), (2, 3)])
    ((0, 3), (5, 6))
    """
    found: list[tuple[int, int]] = []
    for low, high in sorted(intervals):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return _thinned(tuple(found), MOST_INTERVALS)


def _thinned(lengths: Lengths, most: int) -> Lengths:
    """Give up the narrowest intervals between the two ends."""
    if len(lengths) <= most:
        return lengths
    widest = sorted(lengths[1:-1], key=lambda pair: pair[0] - pair[1])[: max(0, most - 2)]
    return tuple(sorted([lengths[0], *widest, lengths[-1]]))


def summed(one: Lengths, other: Lengths) -> Lengths:
    """Give every sum of two lengths.

    >>> summed(((0, 0), (10, 11)), ((1, 2),))
    ((1, 2), (11, 13))
    """
    if len(one) * len(other) > MOST_SUMS:
        few, many = sorted((one, other), key=len)
        few = _thinned(few, MOST_SUMS // MOST_INTERVALS)
        one, other = few, _thinned(many, MOST_SUMS // len(few))
    return united([(a + c, b + d) for a, b in one for c, d in other])


class Reach:
    """What a layout can reach; sets are kept so that a length can be traced back to its choice."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._within: dict[Round, tuple[Lengths, ...]] = {}
        self._rounds: dict[Site, tuple[Lengths, ...]] = {}

    @property
    def lengths(self) -> Lengths:
        """Every length that can be reached, in ms."""
        return self._of_round(self._layout.whole)[-1]

    def nearest(self, length_ms: int) -> tuple[int, int]:
        """Name the nearest reachable lengths below and above one in a gap."""
        below = max(high for _, high in self.lengths if high < length_ms)
        above = min(low for low, _ in self.lengths if low > length_ms)
        return below, above

    def find(self, length_ms: int) -> Picks | None:
        """Find a choice that reaches a length; what has a lower number is kept rather than dropped."""
        if not any(low <= length_ms <= high for low, high in self.lengths):
            return None
        return self._trace(self._layout.whole, length_ms)

    def _of_round(self, version: Round) -> tuple[Lengths, ...]:
        """Give what its own parts reach, then these with the first inner group, and so on."""
        if version not in self._within:
            sets: list[Lengths] = [((version.own.least, version.own.most),)]
            for site in _in_order(version):
                kept = self._of_site(site)
                sets.append(summed(sets[-1], united([*ZERO, *kept]) if site.group.optional else kept))
            self._within[version] = tuple(sets)
        return self._within[version]

    def _of_rounds(self, site: Site) -> tuple[Lengths, ...]:
        """Give what no round reaches, one round, two, and so on."""
        if site not in self._rounds:
            sets = [ZERO]
            for turn in range(site.group.most_rounds):
                sets.append(summed(sets[-1], self._of_round(_version(site, turn))[-1]))
            self._rounds[site] = tuple(sets)
        return self._rounds[site]

    def _of_site(self, site: Site) -> Lengths:
        allowed = self._of_rounds(site)[site.group.least_rounds :]
        return united([pair for lengths in allowed for pair in lengths])

    def _trace(self, version: Round, length_ms: int) -> Picks:
        sets, order = self._of_round(version), _in_order(version)
        picks: dict[int, Pick | None] = {}
        for index in range(len(order) - 1, -1, -1):
            site = order[index]
            part = _share(sets[index], self._of_site(site), length_ms)
            picks[site.number] = None if part is None else self._trace_site(site, part)
            length_ms -= part or 0
        return tuple(picks[site.number] for site in version.inner)

    def _trace_site(self, site: Site, length_ms: int) -> Pick:
        sets = self._of_rounds(site)
        count = max(
            turn
            for turn in range(site.group.least_rounds, site.group.most_rounds + 1)
            if any(low <= length_ms <= high for low, high in sets[turn])
        )
        rounds: list[Picks] = []
        for turn in range(count - 1, -1, -1):
            version = _version(site, turn)
            part = _share(sets[turn], self._of_round(version)[-1], length_ms)
            assert part is not None, "a length in a sum is a sum"
            rounds.append(self._trace(version, part))
            length_ms -= part
        return Pick(rounds=tuple(reversed(rounds)))


def _in_order(version: Round) -> list[Site]:
    """Put what is decided first (the lowest number) last: a trace runs backwards."""
    return sorted(version.inner, key=lambda site: -site.group.optional)


def _version(site: Site, turn: int) -> Round:
    return site.versions[turn % len(site.versions)]


def _share(before: Lengths, item: Lengths, length_ms: int) -> int | None:
    """Find the least that an item can take of a length so that what comes before it can take the rest."""
    shares = (
        max(low, length_ms - most)
        for low, high in item
        for least, most in before
        if max(low, length_ms - most) <= min(high, length_ms - least)
    )
    return min(shares, default=None)
