"""What can be wrong with a programme: each code with the mistake that it is for, its line, and what is left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lowtide import content
from lowtide.content.programme_reader.places import Places
from lowtide.content.programme_reader.reading import DAY_KEYS, KEYS, PRACTICE_KEYS, WEEK_KEYS
from lowtide.content.programme_reader.rules import GROUPS, LONGEST_FILE, RULES
from lowtide.model.programme import EventCalendar, Pace
from lowtide.script.diagnostics import Rule
from lowtide.script.limits import MOST_SHOWN

MANUAL = Path(__file__).parents[3] / "docs" / "how-to" / "write-a-programme.md"
HEAD = """\
name = "our-course"
title = "Our course"
summary = "Two quiet weeks."
about = "Two weeks, ten minutes a day."
source = "House practice."
"""
WEEK = '''
[[week]]
name = "week-1"
title = "Arriving"
theme = "A little time each day."
text = """
You may find some minutes for yourself.

They are yours."""
'''
SCAN = """
[[week.practice]]
name = "scan"
technique = "body-scan"
minutes = 20
least_minutes = 5
"""
WALK = """
[[week.practice]]
name = "walk"
activity = "A walk"
minutes = 20
least_minutes = 5
text = "If you like, walk around the house."
movements = ["walking"]
instead = "Picture a walk that you know well."
"""
DAY = """
[week.day]
title = "A quiet day"
text = "Some hours for yourself."
[[week.day.parts]]
name = "day-scan"
technique = "body-scan"
minutes = 20
least_minutes = 5
"""
GOOD = HEAD + WEEK + SCAN + WALK + DAY
MISTAKES = {
    "P101": (GOOD.replace('title = "Our course"', 'title = "Our course'), 'title = "Our course'),
    "P102": (GOOD.replace("least_minutes = 5\n", "least_minutes = 5\nlenght = 3\n", 1), 'lenght = 3'),
    "P103": (GOOD.replace('title = "Our course"\n', ""), 'name = "our-course"'),
    "P104": (GOOD.replace("minutes = 20", 'minutes = "20"', 1), 'minutes = "20"'),
    "P105": (GOOD.replace("our-course", "Our course"), 'name = "Our course"'),
    "P106": (HEAD + 'pace = "slow"\n' + WEEK + SCAN, 'pace = "slow"'),
    "P107": (GOOD.replace("minutes = 20", "minutes = 2000", 1), 'minutes = 2000'),
    "P108": ("#" * (LONGEST_FILE + 1), '###'),
    "P109": (HEAD + WEEK * 60, 'name = "our-course"'),
    "P201": (HEAD, 'name = "our-course"'),
    "P202": (HEAD + WEEK, '[[week]]'),
    "P203": (HEAD + WEEK + SCAN + SCAN, 'LAST name = "scan"'),
    "P204": (GOOD.replace('technique = "body-scan"\n', "", 1), '[[week.practice]]'),
    "P205": (GOOD.replace("least_minutes = 5", "least_minutes = 25", 1), 'least_minutes = 25'),
    "P206": (HEAD + WEEK + SCAN + 'turns = "a"\n' + WALK, 'turns = "a"'),
    "P207": (HEAD + WEEK + SCAN + DAY.partition("[[")[0], '[week.day]'),
    "P208": (HEAD + WEEK + SCAN + "days = 3\n", '[[week]]'),
    "P209": (GOOD + 'turns = "a"\n', 'turns = "a"'),
    "P301": (GOOD.replace("body-scan", "body-scn", 1), '"body-scn"'),
    "P302": (HEAD + WEEK + SCAN + 'script = "body-scan-slow"\n', 'script = "body-scan-slow"'),
    "P303": (HEAD + WEEK + SCAN + 'script = "pmr"\n', 'script = "pmr"'),
    "P304": (HEAD + WEEK + 'readings = ["no-such-article"]\n' + SCAN, 'readings ='),
    "P305": (GOOD.replace("minutes = 20", "minutes = 60", 1), 'minutes = 60'),
    "P306": (GOOD.replace('activity = "A walk"', 'activity = "A walk"\nguided = true'), 'guided = true'),
    "P307": (HEAD + 'equal_to = "no-such-course"\n' + WEEK + SCAN, 'equal_to'),
    "P401": (GOOD.replace('"walking"]', '"wallking"]'), '"wallking"'),
    "P402": (GOOD.replace('instead = "Picture a walk that you know well."\n', ""), 'movements ='),
    "P403": (GOOD.replace('text = "If you like, walk around the house."\n', ""), 'activity = "A walk"'),
    "P404": (GOOD.replace("walk around the house.", "walk. Then bend forward and touch your toes."), "Then bend"),
    "P405": (GOOD.replace("Picture a walk that you know well.", "Bend forward and touch your toes."), "= \"Bend"),
    "P406": (HEAD + WEEK + SCAN + 'instead = "Rest."\n', 'instead ='),
    "P501": (GOOD.replace("You may find some minutes", "You must find some minutes"), 'You must'),
    "P502": (GOOD.replace("They are yours.", "They will cure you."), 'cure you'),
    "P503": (GOOD.replace("They are yours.", "If you have missed a day, begin again."), 'missed a day'),
    "P504": (GOOD.replace("Two quiet weeks.", "Two " + "very " * 40 + "quiet weeks."), 'very very'),
    "P601": (HEAD + 'equal_to = "mbsr-style"\n' + WEEK + SCAN, 'equal_to'),
    "P602": (HEAD + 'equal_to = "mbsr-style"\n' + WEEK + SCAN, '[[week]]'),
    "P603": (HEAD + 'equal_to = "mbsr-style"\n' + WEEK + SCAN, 'equal_to'),
}  # fmt: skip
"""For each code a text with that mistake, and what stands on the line on which it is told (`LAST`: the last such)."""


def codes(text: str) -> list[str]:
    return [one.code for one in content.read_programme(text)[1]]


def test_a_programme_without_a_mistake_is_read_as_it_stands() -> None:
    found, diagnostics = content.read_programme(GOOD)
    assert diagnostics == ()
    assert found
    (week,) = found.weeks
    assert (found.name, found.pace, found.days_for_next) == ("our-course", Pace.PRACTICE, 6)
    assert [one.name for one in week.all_practices] == ["scan", "walk", "day-scan"]
    assert week.text.splitlines()[-1] == "They are yours."
    assert week.practices[1].movements == ("walking",)
    assert not week.practices[1].guided, "nobody guides an activity"


def test_everything_that_may_be_left_out_can_be_said() -> None:
    said = HEAD + 'pace = "calendar"\ndays_for_next = 4\ngroup_minutes = 90\n' + WEEK
    said += 'agenda = ["A round"]\nreadings = ["at-the-desk"]\nevents = "pleasant"\nown = true\n'
    said += SCAN + 'script = "body-scan"\ndays = 5\nturns = "a"\nguided = false\ntext = "By yourself."\n'
    said += WALK + 'days = 2\nturns = "a"\n'
    found, diagnostics = content.read_programme(said)
    assert diagnostics == ()
    assert found
    (week,) = found.weeks
    assert (found.pace, found.days_for_next, found.group_minutes) == (Pace.CALENDAR, 4, 90)
    assert (week.agenda, week.readings, week.events, week.own) == (
        ("A round",), ("at-the-desk",), EventCalendar.PLEASANT, True,
    )  # fmt: skip
    assert (week.practices[0].script, week.practices[0].guided, week.practices[0].days) == ("body-scan", False, 5)


@pytest.mark.parametrize("code", MISTAKES)
def test_a_mistake_is_told_with_its_code_on_its_line_and_with_what_would_work(code: str) -> None:
    text, words = MISTAKES[code]
    lines = [number for number, line in enumerate(text.splitlines(), 1) if words.removeprefix("LAST ") in line]
    found, diagnostics = content.read_programme(text)
    told = [one for one in diagnostics if one.code == code]
    assert told, [str(one) for one in diagnostics]
    assert told[0].line == lines[-1 if words.startswith("LAST ") else 0], str(told[0])
    assert told[0].hint
    assert told[0].is_error is RULES[code].is_error
    if any(one.is_error for one in diagnostics):
        assert found is None


def test_a_control_with_another_day_of_practice_is_told() -> None:
    control = content.programme_text("health-enhancement")
    shorter = re.sub(r"minutes = 40\n", "minutes = 5\n", control.partition("[week.day]")[2])
    assert "P604" in codes(control.partition("[week.day]")[0] + "[week.day]" + shorter)
    assert codes(control) == []


def row(rule: Rule) -> str:
    """Write a rule as the manual's table does: what is filled in is an ellipsis."""
    said = {"near": "the nearest name", "how": "(as the case is)"}
    words = (re.sub(r"\{(\w+)\}", lambda match: said.get(match[1], "…"), text) for text in (rule.message, rule.hint))
    return f"| {rule.code} | {'error' if rule.is_error else 'warning'} | {' | '.join(words)} |"


def test_every_code_has_its_mistake_here_and_its_row_in_the_manual() -> None:
    assert set(MISTAKES) | {"P110", "P604"} == set(RULES)
    rows = re.findall(r"^\| P\d+ .*$", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [row(one) for one in RULES.values()]
    assert {code[:2] for code in RULES} == set(GROUPS)


def test_every_key_stands_in_the_manual() -> None:
    page = MANUAL.read_text(encoding="utf-8")
    keys = {*KEYS, *WEEK_KEYS, *DAY_KEYS, *PRACTICE_KEYS} - {"week", "practice", "day", "parts"}
    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []


def test_the_manuals_example_is_clean() -> None:
    example = re.search(r"^```toml\n(.*?)^```", MANUAL.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert example
    assert codes(example[1]) == []


def test_a_movement_that_an_activity_names_may_be_asked_for() -> None:
    bending = GOOD.replace("walk around the house.", "bend forward a little.")
    assert codes(bending) == ["P404"]
    assert codes(bending.replace('["walking"]', '["walking", "lumbar-flexion"]')) == []


def test_a_practice_without_a_recording_may_be_shorter_than_any_recording() -> None:
    short = GOOD.replace("least_minutes = 5", "least_minutes = 1", 1)
    assert codes(short) == ["P305"]
    assert codes(short.replace("least_minutes = 1", "least_minutes = 1\nguided = false", 1)) == []


def test_several_mistakes_are_told_at_once_in_the_order_of_their_lines() -> None:
    wrong = GOOD.replace("body-scan", "body-scn", 1).replace('"walking"]', '"wallking"]').replace("Our course", "")
    diagnostics = content.read_programme(wrong)[1]
    assert {one.code for one in diagnostics} >= {"P103", "P301", "P401"}
    assert [one.line for one in diagnostics] == sorted(one.line for one in diagnostics)


def test_of_very_many_mistakes_the_first_are_told_and_how_many_more_there_are() -> None:
    diagnostics = content.read_programme(HEAD + WEEK * 50 + SCAN * 300)[1]
    assert len(diagnostics) == MOST_SHOWN + 1
    assert diagnostics[-1].code == "P110"


def test_what_asks_nobody_is_no_blame() -> None:
    assert codes(GOOD.replace("They are yours.", "There is no streak, and nobody can fail.")) == []


VALUES = st.recursive(
    st.sampled_from(["1", "-3", "nan", "inf", "true", '"x"', "[]", "{}", "1979-05-27", '"""\na\n"""', "9" * 5000])
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3).map(lambda found: f"[{', '.join(found)}]"),
    max_leaves=4,
)
LINES = st.sampled_from(
    [*GOOD.splitlines(), "[week]", "[[week]]", "[week.day]", "[[week.practice]]", "[[week.day.parts]]"]
)
SOME_KEYS = st.sampled_from(
    [line.split(" =")[0] for line in GOOD.splitlines() if " = " in line] + ["week", "day", "parts"]
)


@given(
    st.lists(LINES | st.builds("{} = {}".format, SOME_KEYS, VALUES) | st.text(max_size=20), max_size=30).map("\n".join)
)
def test_any_text_at_all_is_answered_and_never_raises(text: str) -> None:
    found, diagnostics = content.read_programme(text)
    assert (found is None) is any(one.is_error for one in diagnostics)
    assert all(1 <= one.line <= text.count("\n") + 1 for one in diagnostics)


@given(st.data())
def test_a_good_programme_with_one_value_spoilt_is_answered(data: st.DataObject) -> None:
    lines = GOOD.splitlines()
    number = data.draw(st.sampled_from([at for at, line in enumerate(lines) if " = " in line and '"""' not in line]))
    lines[number] = f"{lines[number].split(' =')[0]} = {data.draw(VALUES)}"
    found, diagnostics = content.read_programme("\n".join(lines))
    assert (found is None) is any(one.is_error for one in diagnostics)


def test_a_nest_as_deep_as_one_likes_is_refused() -> None:
    assert codes("a = " + "[" * 50_000) == ["P101"]


def test_a_line_inside_a_long_text_is_found_and_text_that_looks_like_a_key_is_none() -> None:
    places = Places('a = """\ntitle = 1\n[[week]]\n"""\n[[week]]\nb = [\n  1,\n]\nc = 2')
    assert places.line(("week", 0, "b")) == 6
    assert places.line(("week", 0, "c")) == 9
    assert places.line(("week", 0, "missing")) == 5
    assert places.line(("title",)) == 1
    assert places.inside(("a",), "title = 1\n[[week]]\n", 10) == 3
