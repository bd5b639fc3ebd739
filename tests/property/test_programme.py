"""Laws of a course, for any log that may ever stand in a database, any text that it may turn into, and any body."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lived import FIRST, FOLLOWS, impossible, year
from lowtide import content, screen
from lowtide.model.clearance import Clearance
from lowtide.model.movement import Kind
from lowtide.model.profile import Condition, Pain, Profile, Trigger
from lowtide.model.programme import (
    Assignment,
    Began,
    Chose,
    Finished,
    Left,
    LogEntry,
    Pace,
    Paused,
    Practice,
    Practised,
    Programme,
    Resumed,
    State,
    Stayed,
    Week,
    Why,
)
from lowtide.model.time import MS_PER_MINUTE
from lowtide.plan.programme import assign, assign_day, choices, practices_of, standing
from people import well

PROGRAMMES = ("gentle-start", "mbsr-style", "health-enhancement")
PEOPLE, BATCHES = 1_000, 8
WEEKS = tuple("abcdz")
"""Names of weeks; the last one is in no programme."""
LONGEST_PART_MS = 3 * 60 * MS_PER_MINUTE

days = st.integers(0, 200).map(lambda count: FIRST + timedelta(days=count))
hours = st.integers(0, 3)


@st.composite
def courses(draw: st.DrawFn) -> Programme:
    """A small course of one to four weeks."""
    names = draw(st.lists(st.sampled_from(WEEKS[:-1]), min_size=1, max_size=4, unique=True))
    made = [Practice(name=name, technique="body-scan", minutes=20, least_minutes=5) for name in ("scan", "sit")]
    weeks = tuple(
        Week(name=name, title=draw(st.text(max_size=3)), theme="", text="", own=draw(st.booleans()),
             practices=tuple(made[: draw(st.integers(1, 2))]))
        for name in names
    )  # fmt: skip
    return Programme(
        name="course", title="", summary="", about="", source="", days_for_next=draw(st.integers(1, 7)), weeks=weeks
    )


entries: st.SearchStrategy[LogEntry] = st.one_of(
    st.builds(
        Began, day=days, at_ms=hours, programme=st.sampled_from(["course", "another"]), pace=st.sampled_from(Pace)
    ),
    st.builds(
        Practised, day=days, at_ms=hours, week=st.sampled_from(WEEKS),
        practice=st.sampled_from(["scan", "sit", "gone"]), ms=st.integers(0, LONGEST_PART_MS),
    ),
    st.builds(Chose, day=days, at_ms=hours, practices=st.lists(st.sampled_from(["a/scan", "z/no"])).map(tuple)),
    st.builds(Stayed, day=days, at_ms=hours),
    st.builds(Paused, day=days, at_ms=hours, why=st.sampled_from(Why)),
    st.builds(Resumed, day=days, at_ms=hours),
    st.builds(Finished, day=days, at_ms=hours),
    st.builds(Left, day=days, at_ms=hours),
)  # fmt: skip
in_time = st.builds(Began, day=st.just(FIRST), programme=st.just("course"), pace=st.sampled_from(Pace))
logs = st.builds(lambda first, rest: [first, *rest], in_time, st.lists(entries, max_size=60)) | st.lists(entries)


def practised_ms(log: list[LogEntry], today: date) -> int:
    return sum(entry.ms for entry in log if isinstance(entry, Practised) and entry.day <= today)


@given(courses(), logs, days)
def test_any_log_gives_a_standing_that_can_be(programme: Programme, log: list[LogEntry], today: date) -> None:
    now, info = standing(programme, log, today)
    assert impossible(programme, now) == []
    assert now.practised_ms == practised_ms(log, today)
    assert all(entry in log for entry in info.ignored)


@given(courses(), logs, days, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(
    programme: Programme, log: list[LogEntry], today: date, chance: Random
) -> None:
    shuffled = list(log)
    chance.shuffle(shuffled)
    assert standing(programme, shuffled, today)[0] == standing(programme, log, today)[0]


@given(courses(), logs)
def test_weeks_never_go_back_and_what_is_finished_stays_so(programme: Programme, log: list[LogEntry]) -> None:
    before, _ = standing(programme, log, FIRST)
    for day in sorted(
        {one for entry in log for one in (entry.day, entry.day + timedelta(days=1))} | {date(2027, 1, 1)}
    ):
        now, _ = standing(programme, log, day)
        assert now.number >= before.number
        assert now.practised_ms >= before.practised_ms
        assert all(
            one.opened is None or one.opened == other.opened for one, other in zip(before.weeks, now.weeks, strict=True)
        )
        if before.state is State.FINISHED:
            assert (now.state, now.finished) == (State.FINISHED, before.finished)
        before = now


@given(courses(), logs, days)
def test_a_week_opens_after_its_days_of_practice_and_not_before(
    programme: Programme, log: list[LogEntry], today: date
) -> None:
    by_practice = [
        replace(entry, pace=Pace.PRACTICE) if isinstance(entry, Began) else entry
        for entry in log
        if not isinstance(entry, Practised) or entry.week == programme.weeks[0].name
    ]
    now, _ = standing(programme, by_practice, today)
    all_days = {entry.day for entry in by_practice if isinstance(entry, Practised) and entry.day <= today}
    assert (now.number - 1) * programme.days_for_next <= len(all_days)
    assert len(now.days) <= len(all_days)


@given(courses(), logs, days)
def test_taking_a_practice_out_of_the_text_or_renaming_a_title_changes_nothing_that_was_done(
    programme: Programme, log: list[LogEntry], today: date
) -> None:
    changed = replace(
        programme,
        title="New",
        weeks=tuple(replace(week, title="New", practices=week.practices[:1]) for week in programme.weeks),
    )
    assert standing(changed, log, today)[0] == standing(programme, log, today)[0]


@given(courses(), logs, days, st.data())
def test_a_week_more_or_less_in_the_text_loses_nothing(
    programme: Programme, log: list[LogEntry], today: date, data: st.DataObject
) -> None:
    before, _ = standing(programme, log, today)
    extra = Week(name="extra", title="", theme="", text="", practices=programme.weeks[0].practices)
    place = data.draw(st.integers(0, len(programme.weeks)))
    longer = replace(programme, weeks=(*programme.weeks[:place], extra, *programme.weeks[place:]))
    now, _ = standing(longer, log, today)
    assert impossible(longer, now) == []
    assert (now.practised_ms, now.practised_days) == (before.practised_ms, before.practised_days)
    for one in before.weeks:
        kept = now.done(one.name)
        assert kept is not None
        assert (kept.ms, kept.days) == (one.ms, one.days)
    kept_weeks = programme.weeks[:place] + programme.weeks[place + 1 :]
    if kept_weeks:
        shorter = replace(programme, weeks=kept_weeks)
        less, _ = standing(shorter, log, today)
        assert impossible(shorter, less) == []
        assert less.practised_ms == before.practised_ms


@given(courses(), logs, days)
def test_a_course_that_was_seen_to_be_finished_stays_so_whatever_is_added_to_its_text(
    programme: Programme, log: list[LogEntry], today: date
) -> None:
    now, _ = standing(programme, log, today)
    if now.finished is None:
        return
    seen = [*log, Finished(day=now.finished, at_ms=99)]
    assert standing(programme, seen, today)[0].finished == now.finished
    extra = Week(name="extra", title="", theme="", text="", practices=programme.weeks[0].practices)
    later, _ = standing(replace(programme, weeks=(*programme.weeks, extra)), seen, today)
    assert (later.state, later.finished) == (State.FINISHED, now.finished)


@given(courses(), logs, days)
def test_whoever_practised_in_a_week_is_never_sent_back_before_it(
    programme: Programme, log: list[LogEntry], today: date
) -> None:
    now, _ = standing(programme, log, today)
    extra = Week(name="extra", title="", theme="", text="", practices=programme.weeks[0].practices)
    been = now.done(now.week)
    if been and any(now.opened and day >= now.opened for day in been.days) and been.days[0] in now.days:
        at = now.number - 1
        longer = replace(programme, weeks=(*programme.weeks[:at], extra, *programme.weeks[at:]))
        later, _ = standing(longer, log, today)
        assert later.number >= longer.number(now.week)


conditions = st.frozensets(st.sampled_from(Condition), max_size=3)
worse = st.frozensets(st.sampled_from(Trigger), max_size=3)
hurting = st.integers(0, 10).map(lambda worst: (Pain(region="lower-back", intensity=worst),))
bodies = st.builds(
    well, pains=hurting, conditions=conditions, worse_with=worse, had_distress=st.booleans()
) | st.builds(Profile, pains=hurting, conditions=st.none() | conditions, worse_with=st.none() | worse)


def todays(
    programme: Programme, log: list[LogEntry], today: date, body: Profile, most_ms: int | None, done_ms: int
) -> tuple[Assignment, ...]:
    now, _ = standing(programme, log, today)
    week = programme.week(now.week)
    done = {one.name: done_ms for one in week.all_practices} if week else {}
    rest = (screen.screen(body).clearance, body, most_ms, done, today, content.techniques(), content.heads())
    return assign(programme, now, *rest)[0] + assign_day(programme, now, *rest)[0]


@given(
    st.sampled_from(PROGRAMMES), st.integers(0, 60), st.integers(1, 8), bodies, st.none() | st.just(600_000), st.data()
)
def test_no_forbidden_movement_is_ever_assigned_and_each_recording_is_in_reach(
    name: str, number: int, week_number: int, body: Profile, most_ms: int | None, data: st.DataObject
) -> None:
    programme = content.programme(name)
    clearance = screen.screen(body).clearance
    week = programme.weeks[min(week_number, len(programme.weeks)) - 1]
    log: list[LogEntry] = [Began(day=FIRST, programme=name, pace=Pace.PRACTICE)]
    log.append(Practised(day=FIRST, week=week.name, practice="", ms=MS_PER_MINUTE))
    wanted = data.draw(st.lists(st.sampled_from([one for one, _ in choices(programme)]), max_size=3))
    log.append(Chose(day=FIRST, practices=tuple(wanted)))
    found = todays(programme, log, FIRST + timedelta(days=number % 5), body, most_ms, number * MS_PER_MINUTE)
    if clearance is None:
        assert found == ()
        return
    for one in found:
        assert [movement for movement in one.movements if not clearance.allows(movement)] == []
        assert one.position is None or clearance.allows_position(one.position)
        assert one.technique != "somatic-tracking" or clearance.somatic_tracking
        assert most_ms is None or one.asked_ms <= most_ms
        assert 0 < one.least_ms <= one.asked_ms
        lengths = {ms for parts in one.splits for ms in parts} | {one.asked_ms, one.least_ms}
        scripts = [one.script] if one.script else content.technique(one.technique).scripts if one.technique else ()
        ranges = [(content.heads()[script].least_minutes, content.heads()[script].most_minutes) for script in scripts]
        if one.guided:
            assert all(any(low <= ms / MS_PER_MINUTE <= high for low, high in ranges) for ms in lengths)
        assert all(sum(parts) >= one.asked_ms - one.done_ms for parts in one.splits)
        assert [len(parts) for parts in one.splits] in ([], [1], [1, 2], [1, 2, 3], [1, 3])


@given(courses(), logs, days)
def test_whoever_paused_left_or_finished_is_asked_for_nothing_and_whoever_is_on_the_way_for_something(
    programme: Programme, log: list[LogEntry], today: date
) -> None:
    now, _ = standing(programme, log, today)
    body = well()
    found, info = assign(
        programme, now, clearance_of_body(body), body, None, {}, today, content.techniques(), content.heads()
    )  # fmt: skip
    if now.state is not State.UNDER_WAY:
        assert found == ()
        assert info.notes
    elif sum(day < today for day in now.days) < now.days_needed:
        assert found
    assert {one.practice for one in found} <= {one.name for one in practices_of(programme, now)}


@pytest.mark.parametrize("batch", range(BATCHES))
def test_in_a_year_of_a_thousand_people_no_state_is_impossible(batch: int) -> None:
    ends: set[State] = set()
    for number in range(batch, PEOPLE, BATCHES):
        programme = content.programme(PROGRAMMES[number % len(PROGRAMMES)])
        last = None
        for day, log, now in year(programme, number):
            assert impossible(programme, now) == [], f"person {number}, {day}"
            assert now.practised_ms == practised_ms(log, day)
            if last:
                assert now.number >= last.number, f"person {number}, {day}"
                assert now.state is last.state or now.state in _reachable(last.state), f"person {number}, {day}"
            last = now
            ends.add(now.state)
    assert ends >= {State.UNDER_WAY, State.PAUSED, State.FINISHED, State.LEFT}, "the years show every state"


def _reachable(state: State) -> set[State]:
    """What a state can become from one look to the next: an entry, and then what the calendar opens."""
    nexts = FOLLOWS[state]
    return nexts | {state}.union(*(FOLLOWS[one] for one in nexts))


@given(st.sampled_from(Kind))
def test_an_activity_is_only_asked_for_where_all_that_it_names_is_cleared(kind: Kind) -> None:
    walk = Practice(
        name="x", activity="X", minutes=10, least_minutes=5, text="do", movements=(str(kind),), instead="rest",
        guided=False,
    )  # fmt: skip
    programme = Programme(
        name="course", title="", summary="", about="", source="",
        weeks=(Week(name="a", title="", theme="", text="", practices=(walk,)),),
    )  # fmt: skip
    log: list[LogEntry] = [Began(day=FIRST, programme="course", pace=Pace.PRACTICE)]
    for body in (well(), Profile(), well(conditions=frozenset({Condition.FUSION}))):
        clearance = clearance_of_body(body)
        (found,) = assign(
            programme, standing(programme, log, FIRST)[0], clearance, body, None, {}, FIRST, content.techniques(),
            content.heads(),
        )[0]  # fmt: skip
        assert (found.text == "do") is clearance.allows(str(kind))


def clearance_of_body(body: Profile) -> Clearance:
    clearance = screen.screen(body).clearance
    assert clearance is not None
    return clearance
