"""Every shipped course: clean, of the build that it claims, and possible for each of a small cast, day by day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import pytest

from lowtide import compose, content, pipeline, screen
from lowtide.model.clearance import Clearance
from lowtide.model.profile import Condition, Profile, Wish
from lowtide.model.programme import (
    Assignment,
    Began,
    EventCalendar,
    LogEntry,
    Pace,
    Practised,
    Programme,
    Standing,
    Week,
)
from lowtide.model.programme.turns import day_minutes, weekly_minutes
from lowtide.model.session import Group, Part, Step
from lowtide.model.time import MS_PER_MINUTE, clock
from lowtide.plan.programme import assign, assign_day, standing
from people import (
    AMARA_PREGNANT,
    CLARA_STENOSIS,
    FARID_OPERATED,
    GRETA_FLARE,
    HANA_TRAUMA,
    JUN_STIFF_KNEES,
    NOBODY_KNOWN,
    WELL,
    well,
)
from rehearsal import AMERICAN, fail_with, lengths

NAMES = content.programme_names()
CAST: dict[str, Profile] = {
    "well": WELL,
    "nobody-known": NOBODY_KNOWN,
    "pregnant": AMARA_PREGNANT,
    "trauma": HANA_TRAUMA,
    "fusion": well(conditions=frozenset({Condition.FUSION})),
    "operated": FARID_OPERATED,
    "cannot-rise": JUN_STIFF_KNEES,
    "stenosis": CLARA_STENOSIS,
    "flare": GRETA_FLARE,
}
AFTER_HARM_MS = 10 * MS_PER_MINUTE
MONDAY = date(2026, 3, 2)
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|https?://\S+|doi:\S+")


@pytest.mark.parametrize("name", NAMES)
def test_a_course_is_clean(name: str) -> None:
    found, diagnostics = content.read_programme(content.programme_text(name))
    assert [str(one) for one in diagnostics] == []
    assert found == content.programme(name)
    assert name == content.programme(name).name, "its file is called as it is"


@pytest.mark.parametrize("name", NAMES)
def test_a_course_is_spelt_the_british_way(name: str) -> None:
    assert [match[0] for match in AMERICAN.finditer(QUOTED.sub("", content.programme_text(name)))] == []


def test_the_three_courses_are_there() -> None:
    assert {"mbsr-style", "gentle-start", "health-enhancement"} <= set(NAMES)


def techniques(week: Week) -> set[str]:
    return {one.technique for one in week.practices}


def test_the_eight_weeks_are_those_that_were_studied() -> None:
    """EVIDENCE, "Course": by week."""
    course = content.programme("mbsr-style")
    assert (len(course.weeks), course.days_for_next, course.group_minutes) == (8, 6, 150)
    one, two, three, four, five, six, seven, eight = course.weeks
    assert all("body-scan" in techniques(week) for week in (one, two, three, four, six))
    assert all("sitting" in techniques(week) for week in (two, three, four, five, six))
    assert all("mindful-yoga" in techniques(week) for week in (three, four, five, six))
    assert [week.events for week in (two, three, five)] == list(EventCalendar)
    assert [week.name for week in course.weeks if week.day] == [six.name]
    assert all(not practice.guided for practice in seven.practices)
    assert [week.name for week in course.weeks if week.own] == [eight.name]
    assert all(40 <= weekly_minutes(week, 6) / 6 <= 50 for week in course.weeks), "about 45 minutes a day"


def test_the_gentle_start_begins_with_two_minutes_and_grows() -> None:
    course = content.programme("gentle-start")
    longest = [max(one.minutes for one in week.practices) for week in course.weeks]
    assert len(course.weeks) == 4
    assert longest[0] == 2
    assert longest == sorted(longest)


def test_the_control_has_the_same_time_and_attention_and_no_meditation() -> None:
    control, course = content.programme("health-enhancement"), content.programme("mbsr-style")
    assert control.equal_to == course.name
    for one, other in zip(control.weeks, course.weeks, strict=True):
        assert weekly_minutes(one, 6) == pytest.approx(weekly_minutes(other, 6), rel=0.05)
        assert day_minutes(one.day) == pytest.approx(day_minutes(other.day), rel=0.05)
        assert len(one.agenda) > 0
    used = {one.technique for week in control.weeks for one in week.all_practices} - {""}
    assert used == set(), "what is tested is not in the control"


def standings(programme: Programme, week: Week) -> Iterator[Standing]:
    """Yield the standing on each day of a week in which something is practised every day."""
    log: list[LogEntry] = [Began(day=MONDAY, programme=programme.name, pace=Pace.PRACTICE)]
    if week.name != programme.weeks[0].name:
        log.append(Practised(day=MONDAY, week=week.name, practice="", ms=MS_PER_MINUTE))
    for count in range(programme.days_for_next):
        today = MONDAY + timedelta(days=count)
        now, _ = standing(programme, log, today)
        if now.week == week.name and now.is_asking:
            yield now
        log.append(Practised(day=today, week=week.name, practice="", ms=MS_PER_MINUTE))


def assigned(programme: Programme, week: Week, who: str, most_ms: int | None) -> Iterator[Assignment]:
    """Yield everything that a week asks of a person, on any of its days."""
    library, heads = content.techniques(), content.heads()
    for now in standings(programme, week):
        for asks in (assign, assign_day):
            yield from asks(programme, now, clearance_of(who), CAST[who], most_ms, {}, now.today, library, heads)[0]


@cache
def clearance_of(who: str) -> Clearance:
    clearance = screen.screen(CAST[who]).clearance
    assert clearance is not None, who
    return clearance


@cache
def planned(who: str, technique: str, script: str, length_ms: int, seed: int) -> str:
    """Plan one recording as the app would; say what is wrong with it, or nothing."""
    profile, clearance = CAST[who], clearance_of(who)
    wish = Wish(length_ms=length_ms, technique=technique, script=script, seed=seed)
    the_plan, _ = pipeline.decide(profile, clearance, wish)
    session = compose.resolve(the_plan, content.script(the_plan.script), content.opening())
    wrong = [
        step for step in steps(session.parts) if not step.imagined and not all(map(clearance.allows, step.movements))
    ]
    if wrong:
        return f"asks for {wrong[0].movements}"
    low, high = compose.reach(session, lengths(session))
    return "" if low <= length_ms <= high else f"{clock(length_ms)} is not within {clock(low)} to {clock(high)}"


def steps(parts: tuple[Part, ...]) -> Iterator[Step]:
    for part in parts:
        if isinstance(part, Step):
            yield part
        elif isinstance(part, Group):
            for inner in (part.parts, *part.variants):
                yield from steps(inner)


def tries(one: Assignment) -> set[tuple[int, int]]:
    """List the lengths that a recording of it can be asked for, the whole one with each of its scripts."""
    if not one.guided:
        return set()
    wish = one.wish(one.asked_ms)
    assert (wish.technique, wish.script) == (one.technique, one.script)
    scripts = 1 if one.script else len(content.technique(one.technique).scripts)
    parts = {one.least_ms, *(ms for parts in one.splits for ms in parts)}
    return {(one.asked_ms, seed) for seed in range(scripts)} | {(length_ms, 0) for length_ms in parts}


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("name", NAMES)
def test_everything_that_is_asked_can_be_had_whole_least_and_in_parts(name: str, who: str) -> None:
    programme, clearance = content.programme(name), clearance_of(who)
    problems: list[str] = []
    for most_ms in (None, AFTER_HARM_MS):
        for week in programme.weeks:
            found = set(assigned(programme, week, who, most_ms))
            practices = {one.name for one in week.all_practices}
            if {one.practice for one in found} != practices:
                problems.append(
                    f"{name}, {week.name}, {who}:\n    never asked: {practices - {one.practice for one in found}}"
                )
            for one in found:
                assert all(map(clearance.allows, one.movements))
                for length_ms, seed in tries(one):
                    wrong = planned(who, one.technique, one.script, length_ms, seed)
                    if wrong:
                        problems.append(
                            f"{name}, {week.name}, {one.practice}, {who}:\n    {one.technique} {one.script}: {wrong}"
                        )
    fail_with(problems)
