"""The library's own scripts, read and composed for people of the cast: every length, exactly."""

from __future__ import annotations

import pytest

import factories
import laws
import people
import trees
from lowtide import content, screen
from lowtide.compose import fit, reach, resolve
from lowtide.model.profile import Condition, Profile
from lowtide.model.time import MS_PER_MINUTE
from lowtide.model.timeline import Happening

ODD_LENGTHS_MS = (180_000, 254_321, 420_000, 600_000, 750_001, 1_200_000, 1_799_999, 2_700_000, 3_000_123, 4_000_007)
STARTLED = people.well(conditions=frozenset({Condition.TRAUMA}))


@pytest.mark.parametrize("name", content.script_names())
@pytest.mark.parametrize("profile", [people.NOBODY_KNOWN, people.well(), STARTLED], ids=["unknown", "well", "startled"])
def test_every_script_has_every_length_within_its_range_for_everyone(name: str, profile: Profile) -> None:
    clearance, head = screen.screen(profile).clearance, content.heads()[name]
    assert clearance is not None
    places = [one for one in head.positions if clearance.allows_position(one)]
    for seed, wanted_ms in enumerate(ODD_LENGTHS_MS if places else ()):
        length_ms = round(min(max(wanted_ms, head.least_minutes * MS_PER_MINUTE), head.most_minutes * MS_PER_MINUTE))
        plan = factories.plan(
            clearance=clearance,
            profile=profile,
            position=places[seed % len(places)],
            seed=seed,
            length_ms=length_ms,
            facts=frozenset({"beginner", "short"} if length_ms <= 300_000 else {"beginner"}),
        )
        session = resolve(plan, content.script(name), content.opening())
        lengths = trees.lengths(session, ms_per_character=100)
        shortest, longest = reach(session, lengths)
        asked = min(max(length_ms, shortest), longest)
        timeline, _ = fit(session, lengths, asked)
        assert timeline.duration_ms == asked
        assert laws.broken(timeline) == []
        if clearance.longest_silence_ms is not None:
            assert laws.longest_without_voice_ms(timeline) <= clearance.longest_silence_ms
        else:
            assert length_ms <= longest
        assert timeline.of(Happening.CHAPTER)[0].at_ms == 0
