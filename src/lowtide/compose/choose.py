"""Layout and length in, what is kept out: which optional parts, and how many rounds of the repeatable ones.

Called by `fit`. What is best, in this order:

1. Silences stay near their natural length: they are not shrunk by more than a quarter of what they could be.
2. The most optional parts of the lowest number are kept, then the most of the next number, and so on: a higher number
   goes first. A part inside an optional part goes no later than the part around it.
3. Where some of one number must go, what stays is spread over the session, rather than one half of the body left out.
4. Rounds are added in turn, so that all repeatable parts have done a like share of theirs, while every silence is at
   its natural length and open practice has its natural share. Every round keeps the same of its inner parts.

Why this finds it: each part counts the same among those of its number, so taking the shortest first keeps the most of
them (an exchange argument), and leaves the most room for the next number. Whatever fits into a length fits into a
longer one, so a longer session never keeps fewer parts of the first number. It takes a sort and a pass over the
groups, whatever a stranger wrote. Only where rigid parts leave a gap is a harder search needed: first with silences
shrunk further, then over everything that can be combined (`reachable`).
"""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict

from lowtide.compose.layout import Layout, Measure, Pick, Picks, Round, Site
from lowtide.compose.reachable import Reach
from lowtide.errors import LengthError, UserError
from lowtide.model.time import clock

STRAINS = (1, 2, 3, 4)
"""How far silences may be shrunk to keep a part, in quarters of what they could be; each is tried in turn."""
_QUARTERS = 4
_ROOT = -1


def decide(layout: Layout, length_ms: int, title: str) -> Picks:
    """Choose what is kept so that exactly `length_ms` can be reached.

    Raises `UserError` that names the shortest and the longest length, or the nearest ones around a gap.
    """
    if not layout.shortest_ms <= length_ms <= layout.longest_ms:
        raise unreachable(title, length_ms, layout.shortest_ms, layout.longest_ms)
    for strain in STRAINS:
        search = _Search(layout, length_ms, strain)
        search.keep_optional()
        search.add_rounds()
        if length_ms <= search.most_ms():
            return search.picks(layout.whole)
    reach = Reach(layout)
    found = reach.find(length_ms)
    if found is None:
        below, above = reach.nearest(length_ms)
        raise UserError(
            f"'{title}' can not be exactly {clock(length_ms)} long: its parts do not add up to it.",
            hint=f"The nearest lengths are {clock(below)} and {clock(above)}.",
        )
    return found


def unreachable(title: str, length_ms: int, shortest_ms: int, longest_ms: int) -> LengthError:
    """Make the error that names the shortest and the longest length."""
    ends = (clock(shortest_ms), clock(longest_ms))
    return LengthError(title, clock(length_ms), shortest_ms=shortest_ms, longest_ms=longest_ms, ends=ends)


class _Search:
    """One search, at one strain. Lengths in it are quarter milliseconds, so that strains stay exact."""

    def __init__(self, layout: Layout, length_ms: int, strain: int) -> None:
        self.layout = layout
        self.room = length_ms * _QUARTERS
        self.strain = strain
        self.kept: set[int] = set()
        self.rounds = {site.number: site.group.least_rounds for site in layout.sites()}
        self.labels = {site.number: site for site in layout.sites()}
        self.cost: dict[int, int] = defaultdict(int)
        self.owner: dict[int, int] = {}
        self.level: dict[int, int] = {_ROOT: 0}
        self._tally(layout.whole, _ROOT, 1)

    def _strained(self, measure: Measure) -> int:
        return _QUARTERS * measure.full - self.strain * (measure.full - measure.least)

    def _calm(self, measure: Measure) -> int:
        return _QUARTERS * measure.calm if self.strain == STRAINS[0] else self._strained(measure)

    def _tally(self, version: Round, owner: int, times: int) -> None:
        """Charge everything to the optional part that it comes and goes with, at the fewest rounds."""
        self.cost[owner] += times * self._strained(version.own)
        for site in version.inner:
            mine = owner
            if site.group.optional:
                mine = site.number
                self.owner[mine] = owner
                self.level[mine] = max(self.level[owner], site.group.optional)
            for index, inner in enumerate(site.versions):
                count = times * site.times(index, site.group.least_rounds)
                if count:
                    self._tally(inner, mine, count)

    def keep_optional(self) -> None:
        """Keep the most optional parts, number by number; then spread those of a number over the session."""
        used = self.cost[_ROOT]
        members: dict[int, list[int]] = defaultdict(list)
        inner: dict[int, list[int]] = defaultdict(list)
        for number, owner in self.owner.items():
            members[self.level[number]].append(number)
            inner[owner].append(number)
        for level in sorted(members):
            open_to = [n for n in members[level] if self.owner[n] in self.kept or self.owner[n] == _ROOT]
            heap = [(self.cost[n], n) for n in open_to]
            heapq.heapify(heap)
            while heap and used + heap[0][0] <= self.room:
                cost, number = heapq.heappop(heap)
                used += cost
                self.kept.add(number)
                for n in inner.get(number, ()):
                    if self.level[n] == level:
                        heapq.heappush(heap, (self.cost[n], n))
        for level in sorted(members):
            leaves = [n for n in members[level] if n not in inner and self._is_open(n)]
            used = self._spread(sorted(leaves), used)

    def _is_open(self, number: int) -> bool:
        return self.owner[number] == _ROOT or self.owner[number] in self.kept

    def _spread(self, leaves: list[int], used: int) -> int:
        """Keep as many as before, one from each of as many equal stretches of the session, where that fits."""
        count = sum(number in self.kept for number in leaves)
        if count in (0, len(leaves)):
            return used
        bounds = [index * len(leaves) // count for index in range(count + 1)]
        stretches = [leaves[start:stop] for start, stop in itertools.pairwise(bounds)]
        chosen = [min(stretch, key=lambda number: self.cost[number]) for stretch in stretches]
        rest = used - sum(self.cost[number] for number in leaves if number in self.kept)
        used_now = rest + sum(self.cost[number] for number in chosen)
        if used_now > self.room:
            return used
        for index, stretch in enumerate(stretches):
            middle = stretch[len(stretch) // 2]
            more = self.cost[middle] - self.cost[chosen[index]]
            if used_now + more <= self.room:
                used_now += more
                chosen[index] = middle
        self.kept.difference_update(leaves)
        self.kept.update(chosen)
        return used_now

    def add_rounds(self) -> None:
        """Add rounds in turn, the part that has done the least of its share first, as long as each fits."""
        used = self._total(self.layout.whole)
        places = self._places()
        turns = [(0.0, number) for number, site in self.labels.items() if self._can_repeat(site, places)]
        fewest = dict(self.rounds)
        self.rounds |= {number: self.labels[number].group.most_rounds for _, number in turns}
        if self._total(self.layout.whole) <= self.room:
            return
        self.rounds = fewest
        heapq.heapify(turns)
        while turns:
            _, number = heapq.heappop(turns)
            group, more = self.labels[number].group, self._one_more(number, places)
            if used + more > self.room:
                continue
            used += more
            self.rounds[number] += 1
            if self.rounds[number] < group.most_rounds:
                share = (self.rounds[number] - group.least_rounds) / (group.most_rounds - group.least_rounds)
                heapq.heappush(turns, (share, number))

    def _can_repeat(self, site: Site, places: _Places) -> bool:
        return site.group.most_rounds > site.group.least_rounds and site.number in places

    def _places(self) -> _Places:
        """Find where each kept group stands: in each wording of the groups around it."""
        found: _Places = defaultdict(list)

        def visit(version: Round, index: int, parent: Site | None) -> None:
            for site in version.inner:
                if self._is_kept(site):
                    found[site.number].append((site, index, parent))
                    for inner_index, inner in enumerate(site.versions):
                        visit(inner, inner_index, site)

        visit(self.layout.whole, 0, None)
        self.parents = {site: (index, parent) for sites in found.values() for site, index, parent in sites}
        return found

    def _is_kept(self, site: Site) -> bool:
        return not site.group.optional or site.number in self.kept

    def _one_more(self, number: int, places: _Places) -> int:
        return sum(
            self._times(site) * self._total(site.versions[self.rounds[number] % len(site.versions)])
            for site, _, _ in places[number]
        )

    def _times(self, site: Site) -> int:
        index, parent = self.parents[site]
        return self._times(parent) * parent.times(index, self.rounds[parent.number]) if parent else 1

    def _total(self, version: Round) -> int:
        """Add up what is kept, with silences natural."""
        total = self._calm(version.own)
        for site in version.inner:
            if self._is_kept(site):
                total += sum(
                    site.times(index, self.rounds[site.number]) * self._total(inner)
                    for index, inner in enumerate(site.versions)
                )
        return total

    def most_ms(self) -> int:
        """Tell how long what is kept can be made."""
        return self._most(self.layout.whole)

    def _most(self, version: Round) -> int:
        return version.own.most + sum(
            site.times(index, self.rounds[site.number]) * self._most(inner)
            for site in version.inner
            if self._is_kept(site)
            for index, inner in enumerate(site.versions)
        )

    def picks(self, version: Round) -> Picks:
        """Write down what is kept; all rounds of one wording share it."""
        return tuple(self._pick(site) if self._is_kept(site) else None for site in version.inner)

    def _pick(self, site: Site) -> Pick:
        versions = [self.picks(version) for version in site.versions]
        return Pick(rounds=tuple(versions[turn % len(versions)] for turn in range(self.rounds[site.number])))


_Places = dict[int, list[tuple[Site, int, Site | None]]]
