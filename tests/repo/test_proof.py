"""The library is proved: some of every script's sessions here, all of them in `lowtide library --proof`."""

from __future__ import annotations

import pytest

from lowtide import content
from lowtide.proof import prove
from lowtide.proof.tagging import tagged
from rehearsal import fail_with

ONE_IN = 13
"""Some forty sessions of each script: a minute for the whole library on two cores. Thirteen has no factor in common
with the three positions, the two lengths or the nine hours, so that all of them come up."""


@pytest.mark.parametrize("name", content.script_names())
def test_no_session_of_the_library_breaks_a_law(name: str) -> None:
    outcome = prove(name, one_in=ONE_IN)
    assert outcome.sessions
    fail_with(str(fault) for fault in outcome.faults)


def test_every_line_can_be_told_by_its_words_or_is_a_bell() -> None:
    """What the proof calls heard, it knows by its words: a wording without any could be missed unseen."""
    for name in content.script_names():
        found = tagged(content.script(name))
        assert [line for line in found.lines if not line.tags and line.kinds - {"bell", "paragraph"}] == [], name
        texts = [target.tag for target in found.targets]
        assert len(set(texts)) == len(texts)


@pytest.mark.long
@pytest.mark.parametrize("name", content.script_names())
def test_every_session_keeps_the_laws_and_every_wording_is_heard_by_somebody(name: str) -> None:
    outcome = prove(name)
    fail_with([*map(str, outcome.faults), *map(str, outcome.missed)])
