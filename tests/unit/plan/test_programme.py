"""Where a person is in a course, told in days and entries: a row of each test is what one person did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from lowtide import content, screen
from lowtide.model.clearance import Clearance
from lowtide.model.movement import Position
from lowtide.model.profile import Profile, Trigger
from lowtide.model.programme import (
    AssignInfo,
    Assignment,
    Began,
    Chose,
    Day,
    Finished,
    Left,
    LogEntry,
    Pace,
    Paused,
    Practice,
    Practised,
    Programme,
    Resumed,
    Standing,
    State,
    Stayed,
    Week,
    Why,
)
from lowtide.model.programme.turns import due, weekly_minutes
from lowtide.model.time import MS_PER_MINUTE
from lowtide.plan.programme import assign, assign_day, choices, standing
from people import (
    AMARA_PREGNANT,
    FARID_OPERATED,
    GRETA_FLARE,
    HANA_TRAUMA,
    JUN_STIFF_KNEES,
    NOBODY_KNOWN,
    WELL,
)

MONDAY = date(2026, 3, 2)
SCAN = Practice(name="scan", technique="body-scan", minutes=20, least_minutes=5)
YOGA = Practice(name="yoga", technique="mindful-yoga", minutes=20, least_minutes=10, turns="a")
SITTING = Practice(name="sitting", technique="sitting", minutes=20, least_minutes=5, turns="a")
WALK = Practice(
    name="walk", activity="A walk", minutes=30, least_minutes=5, text="Round the house.", movements=("walking",),
    instead="A walk in thought.", guided=False,
)  # fmt: skip


def day(number: int) -> date:
    """The so-manieth day of the course, from 1."""
    return MONDAY + timedelta(days=number - 1)


def course(*practices: tuple[Practice, ...], **changes: object) -> Programme:
    """A course whose weeks are named a, b, c …, each with these practices."""
    weeks = tuple(
        Week(name="abcdefgh"[number], title="", theme="", text="", practices=found)
        for number, found in enumerate(practices)
    )
    given: dict[str, object] = {"name": "course", "title": "", "summary": "", "about": "", "source": "", "weeks": weeks}
    return Programme(**(given | changes))  # type: ignore[arg-type]


THREE = course((SCAN,), (SCAN,), (SCAN,))


def began(pace: Pace = Pace.PRACTICE, on: int = 1) -> Began:
    return Began(day=day(on), programme="course", pace=pace)


def practised(*days: int, week: str = "a", practice: str = "scan", minutes: int = 10) -> list[LogEntry]:
    return [Practised(day=day(one), week=week, practice=practice, ms=minutes * MS_PER_MINUTE) for one in days]


def at(log: Sequence[LogEntry], today: int, programme: Programme = THREE) -> Standing:
    return standing(programme, log, day(today))[0]


def asked(
    programme: Programme,
    log: Sequence[LogEntry],
    today: int,
    profile: Profile = WELL,
    done: dict[str, int] | None = None,
    most_ms: int | None = None,
) -> tuple[tuple[Assignment, ...], AssignInfo]:
    return assign(
        programme, at(log, today, programme), cleared(profile), profile, most_ms, done or {}, day(today),
        content.techniques(), content.heads(),
    )  # fmt: skip


def practice_of(week: str, name: str) -> Practice:
    """One practice of the eight weeks, as it ships."""
    found = content.programme("mbsr-style").week(week)
    assert found is not None
    return next(one for one in found.practices if one.name == name)


def cleared(profile: Profile) -> Clearance | None:
    return screen.screen(profile).clearance


class TestWeeksByPractice:
    def test_the_next_week_opens_on_the_day_after_the_sixth_day_of_practice(self) -> None:
        log = [began(), *practised(1, 2, 4, 5, 9, 12)]
        assert [at(log, today).week for today in (1, 9, 12, 13)] == ["a", "a", "a", "b"]
        assert at(log, 12).next_opens == day(13)
        assert at(log, 13).opened == day(13)

    def test_two_practices_on_one_day_are_one_day(self) -> None:
        log = [began(), *practised(1, 1, 1, 2, 2, 2, 3)]
        assert at(log, 4).days == (day(1), day(2), day(3))
        assert at(log, 4).days_left == 3

    def test_parts_of_less_than_a_minute_add_up_and_less_than_a_minute_in_all_is_no_practice(self) -> None:
        parts = [Practised(day=day(1), week="a", practice="scan", ms=ms) for ms in (30_000, 30_000)]
        assert at([began(), *parts], 1).days == (day(1),)
        assert at([began(), parts[0]], 1).days == ()

    def test_what_was_practised_for_an_earlier_week_counts_towards_this_one(self) -> None:
        log = [began(), *practised(1, 2, 3, 4, 5, 6), *practised(7, week="a")]
        assert (at(log, 7).week, at(log, 7).days) == ("b", (day(7),))

    def test_the_course_is_done_on_the_sixth_day_of_its_last_week(self) -> None:
        log = [
            began(),
            *practised(*range(1, 7)),
            *practised(*range(7, 13), week="b"),
            *practised(*range(13, 19), week="c"),
        ]
        assert at(log, 17).state is State.UNDER_WAY
        assert (at(log, 18).state, at(log, 18).finished, at(log, 99).finished) == (State.FINISHED, day(18), day(18))

    def test_a_week_longer_needs_six_days_more_and_said_twice_on_a_day_counts_once(self) -> None:
        log = [began(), *practised(1, 2, 3), Stayed(day=day(3)), Stayed(day=day(3)), *practised(*range(4, 13))]
        assert (at(log, 10).week, at(log, 10).days_needed, at(log, 10).rounds) == ("a", 12, 2)
        assert [at(log, today).week for today in (12, 13)] == ["a", "b"]


class TestWeeksByTheCalendar:
    def test_a_week_opens_every_seven_days_whatever_was_practised(self) -> None:
        log: list[LogEntry] = [began(Pace.CALENDAR)]
        assert [at(log, today).week for today in (1, 7, 8, 14, 15, 21)] == ["a", "a", "b", "b", "c", "c"]
        assert (at(log, 21).state, at(log, 22).state) == (State.UNDER_WAY, State.FINISHED)

    def test_in_the_last_week_it_is_known_when_the_course_is_done(self) -> None:
        log: list[LogEntry] = [began(Pace.CALENDAR), Paused(day=day(16)), Resumed(day=day(19))]
        assert (at(log, 15).number, at(log, 15).next_opens) == (3, day(22))
        assert at(log, 17).next_opens is None, "a pause waits"
        assert (at(log, 20).next_opens, at(log, 25).finished) == (day(25), day(25))
        assert at(log, 25).next_opens is None

    def test_in_the_last_week_by_practice_it_depends_on_the_practice(self) -> None:
        log = [began(), *practised(*range(1, 7)), *practised(*range(7, 13), week="b"), *practised(13, week="c")]
        assert (at(log, 13).number, at(log, 13).next_opens) == (3, None)

    def test_the_days_of_a_pause_do_not_count(self) -> None:
        log: list[LogEntry] = [began(Pace.CALENDAR), Paused(day=day(4)), Resumed(day=day(14))]
        assert (at(log, 10).state, at(log, 10).week, at(log, 10).next_opens) == (State.PAUSED, "a", None)
        assert [at(log, today).week for today in (14, 17, 18)] == ["a", "a", "b"]

    def test_whoever_changes_to_the_calendar_late_goes_on_by_one_week_and_not_by_many(self) -> None:
        log = [began(), *practised(1), Began(day=day(30), programme="course", pace=Pace.CALENDAR)]
        assert [at(log, today).week for today in (29, 30, 36, 37)] == ["a", "b", "b", "c"]


class TestPausingAndLeaving:
    def test_a_pause_keeps_the_week_and_its_days(self) -> None:
        log = [began(), *practised(1, 2), Paused(day=day(3), why=Why.FLARE), Resumed(day=day(40)), *practised(40)]
        assert (at(log, 20).paused_since, at(log, 20).paused_why) == (day(3), Why.FLARE)
        assert (at(log, 40).state, at(log, 40).days) == (State.UNDER_WAY, (day(1), day(2), day(40)))

    def test_what_is_practised_in_a_pause_is_kept_and_moves_nothing_on(self) -> None:
        log = [began(), Paused(day=day(1)), *practised(*range(2, 12))]
        assert (at(log, 12).week, at(log, 12).days, at(log, 12).practised_days) == ("a", (), 10)

    def test_a_week_that_was_full_when_it_was_paused_opens_the_next_on_return(self) -> None:
        log = [began(), *practised(*range(1, 7)), Paused(day=day(6)), Resumed(day=day(20))]
        assert [at(log, today).week for today in (19, 20)] == ["a", "b"]

    def test_the_hour_tells_whether_someone_paused_and_resumed_or_resumed_and_paused(self) -> None:
        first, second = 1_000, 2_000
        paused_last: list[LogEntry] = [began(), Resumed(day=day(2), at_ms=first), Paused(day=day(2), at_ms=second)]
        resumed_last: list[LogEntry] = [began(), Paused(day=day(2), at_ms=first), Resumed(day=day(2), at_ms=second)]
        assert (at(paused_last, 2).state, at(resumed_last, 2).state) == (State.PAUSED, State.UNDER_WAY)

    def test_whoever_left_can_take_it_up_again_where_it_was(self) -> None:
        log = [began(), *practised(1, 2), Left(day=day(3)), began(on=90), *practised(90)]
        assert (at(log, 50).state, at(log, 50).left) == (State.LEFT, day(3))
        assert (at(log, 90).state, at(log, 90).week, len(at(log, 90).days)) == (State.UNDER_WAY, "a", 3)

    @pytest.mark.parametrize("why", Why)
    def test_a_pause_is_answered_kindly_and_without_counting(self, why: Why) -> None:
        _, info = standing(THREE, [began(), Paused(day=day(2), why=why)], day(9))
        (said,) = info.notes
        assert "same week" in said
        assert not [word for word in ("missed", "days", "streak", "behind") if word in said]


class TestAChangedText:
    LOG = (began(), *practised(*range(1, 7)), *practised(7, 8, week="b"))

    def test_a_week_in_front_of_where_somebody_is_is_passed_over(self) -> None:
        longer = course((SCAN,), (SCAN,), (SCAN,))
        weeks = (longer.weeks[0], Week(name="new", title="", theme="", text="", practices=(SCAN,)), *longer.weeks[1:])
        assert at(self.LOG, 9, course(weeks=weeks)).week == "b"

    def test_a_course_that_was_seen_to_be_done_stays_done_when_a_week_is_added(self) -> None:
        longer = course((SCAN,), (SCAN,), (SCAN,), (SCAN,))
        by_practice = [*self.LOG, *practised(*range(9, 13), week="b"), *practised(*range(13, 19), week="c")]
        by_calendar: list[LogEntry] = [began(Pace.CALENDAR), *practised(22, week="c")]
        for log, last in ((by_practice, 18), (by_calendar, 22)):
            assert at(log, 40).finished == day(last)
            assert at(log, 40, longer).finished != day(last), "nobody has seen it"
            seen = [*log, Finished(day=day(last), at_ms=1)]
            for today in (last, last + 1, 400):
                now = at(seen, today, longer)
                assert (now.state, now.finished, now.week) == (State.FINISHED, day(last), "c")
            assert at(seen, last - 1, longer).state is State.UNDER_WAY

    def test_what_was_left_or_never_begun_is_not_done_by_a_word(self) -> None:
        assert at([Finished(day=day(1)), began(on=2)], 3).state is State.UNDER_WAY
        assert at([began(), Left(day=day(2)), Finished(day=day(3))], 3).state is State.LEFT

    def test_of_a_week_that_was_taken_out_the_time_is_kept(self) -> None:
        left = course(weeks=(THREE.weeks[0], THREE.weeks[2]))
        now, info = standing(left, self.LOG, day(9))
        assert (now.week, now.practised_days, now.practised_ms) == ("c", 8, 80 * MS_PER_MINUTE)
        assert len(info.ignored) == 2

    def test_another_courses_beginning_and_a_day_to_come_are_left_aside(self) -> None:
        other = Began(day=day(1), programme="another", pace=Pace.PRACTICE)
        now, info = standing(THREE, [other, *practised(5)], day(2))
        assert (now.state, info.ignored) == (State.NOT_BEGUN, (other, *practised(5)))


class TestTurns:
    def test_those_with_one_letter_take_turns_by_days_of_practice_and_not_by_the_calendar(self) -> None:
        programme = course((YOGA, SITTING, SCAN))
        log: list[LogEntry] = [began()]
        assert [one.practice for one in asked(programme, log, 1)[0]] == ["yoga", "scan"]
        assert [one.practice for one in asked(programme, log, 5)[0]] == ["yoga", "scan"], (
            "days without practice pass no turn"
        )
        log += practised(5, practice="yoga")
        assert [one.practice for one in asked(programme, log, 5)[0]] == ["yoga", "scan"], "today's turn stays today's"
        assert [one.practice for one in asked(programme, log, 6)[0]] == ["sitting", "scan"]

    def test_a_practice_for_three_days_is_spread_over_the_week(self) -> None:
        walk = Practice(name="walk", technique="walking", minutes=10, least_minutes=5, days=3)
        done: dict[str, int] = {}
        found = []
        for nth in range(6):
            today = due((SCAN, walk), nth, done, 6)
            found.append(walk in today)
            done |= {one.name: done.get(one.name, 0) + 1 for one in today}
        assert found == [True, False, True, False, True, False]

    def test_one_that_has_been_done_on_all_its_days_leaves_its_turn_to_the_others(self) -> None:
        twice = Practice(name="yoga", technique="mindful-yoga", minutes=20, least_minutes=10, days=2, turns="a")
        assert due((twice, SITTING), 4, {"yoga": 2, "sitting": 2}, 6) == (SITTING,)

    def test_on_the_seventh_day_by_the_calendar_a_week_of_six_is_free(self) -> None:
        log = [began(Pace.CALENDAR), *practised(*range(1, 7))]
        found, info = asked(THREE, log, 7)
        assert found == ()
        assert "free" in info.notes[-1]

    def test_a_weeks_minutes_are_those_of_its_days(self) -> None:
        assert weekly_minutes(course((SCAN,)).weeks[0], 6) == 6 * 20
        assert weekly_minutes(course((YOGA, SITTING)).weeks[0], 6) == 6 * 20, "one of the two on each of six days"


class TestToday:
    def test_minutes_are_offered_in_one_two_or_three_parts_and_what_is_done_counts(self) -> None:
        (whole,), _ = asked(THREE, [began()], 1)
        assert [[ms // MS_PER_MINUTE for ms in parts] for parts in whole.splits] == [[20], [10, 10], [7, 7, 6]]
        (half,), _ = asked(THREE, [began()], 1, done={"scan": 12 * MS_PER_MINUTE})
        assert [[ms // MS_PER_MINUTE for ms in parts] for parts in half.splits] == [[8], [4, 4]]
        assert (half.left_ms, half.is_enough, half.is_done) == (8 * MS_PER_MINUTE, True, False)
        (done,), _ = asked(THREE, [began()], 1, done={"scan": 20 * MS_PER_MINUTE})
        assert (done.is_done, done.left_ms) == (True, 0)

    def test_after_an_unwanted_effect_it_is_shorter_and_says_so(self) -> None:
        (found,), _ = asked(THREE, [began()], 1, most_ms=10 * MS_PER_MINUTE)
        assert found.asked_ms == 10 * MS_PER_MINUTE
        assert any("10 minutes" in note for note in found.notes)

    def test_whoever_cannot_rise_from_the_floor_has_it_propped_up_and_is_told_why(self) -> None:
        (found,), _ = asked(THREE, [began()], 1, JUN_STIFF_KNEES)
        assert found.position is Position.RECLINED
        assert any("Getting up from the floor" in note for note in found.notes)

    def test_a_technique_that_fits_no_position_is_replaced_by_one_that_is_like_it(self) -> None:
        needs_the_floor = course((Practice(name="yoga", technique="mindful-yoga", minutes=20, least_minutes=10),))
        profile = Profile(worse_with=frozenset({Trigger.SITTING}), conditions=AMARA_PREGNANT.conditions)
        (found,), _ = asked(needs_the_floor, [began()], 1, profile)
        assert found.technique in {"gentle-stretch", "water", "mindful-pilates"}
        assert any("takes its place" in note for note in found.notes)

    def test_a_practice_at_the_sink_becomes_another_with_its_own_name_and_not_the_sinks_words(self) -> None:
        dishes = practice_of("week-2", "dishes")
        (at_the_sink,), _ = asked(course((dishes,)), [began()], 1)
        assert (at_the_sink.script, at_the_sink.text) == ("everyday-dishes", dishes.text)
        hurts_standing = Profile(worse_with=frozenset({Trigger.STANDING}), conditions=frozenset())
        (found,), _ = asked(course((dishes,)), [began()], 1, hurts_standing)
        assert found.script not in ("", "everyday-dishes")
        assert found.position is Position.SITTING
        assert "sink" not in found.text
        title = content.heads()[found.script].title
        assert found.notes[0] == f"Standing for long brings your pain on. “{title}” takes its place."

    @pytest.mark.parametrize(
        ("who", "week", "name", "is_pictured"),
        [
            (NOBODY_KNOWN, "week-1", "body-scan", False),
            (NOBODY_KNOWN, "week-1", "eating", False),
            (FARID_OPERATED, "week-2", "dishes", True),
            (NOBODY_KNOWN, "week-3", "waiting", False),
            (NOBODY_KNOWN, "week-3", "yoga", True),
        ],
    )
    def test_only_where_something_is_pictured_it_says_so(
        self, who: Profile, week: str, name: str, *, is_pictured: bool
    ) -> None:
        one = replace(practice_of(week, name), turns="")
        (found,), _ = asked(course((one,)), [began()], 1, who)
        assert any("only pictured" in note for note in found.notes) is is_pictured
        assert bool(found.imagined) is is_pictured

    def test_somatic_tracking_waits_for_a_clinicians_word(self) -> None:
        tracking = course((Practice(name="track", technique="somatic-tracking", minutes=10, least_minutes=5),))
        (found,), _ = asked(tracking, [began()], 1)
        assert found.technique != "somatic-tracking"
        assert "clinician" in found.notes[0]

    def test_a_walk_becomes_what_its_author_wrote_for_whom_walking_is_not_cleared(self) -> None:
        walking = course((WALK,))
        assert [one.text for one in asked(walking, [began()], 1)[0]] == ["Round the house."]
        (found,), _ = asked(walking, [began()], 1, GRETA_FLARE)
        assert (found.text, found.movements) == ("A walk in thought.", ())

    @pytest.mark.parametrize(
        ("who", "alone"), [(WELL, True), (NOBODY_KNOWN, False), (HANA_TRAUMA, False), (FARID_OPERATED, False)]
    )
    def test_without_a_recording_only_who_needs_nothing_left_out(self, who: Profile, *, alone: bool) -> None:
        yoga = next(
            one for one in content.programme("mbsr-style").weeks[6].practices if one.technique == "mindful-yoga"
        )
        assert not yoga.guided
        (found,), _ = asked(course((yoga,)), [began()], 1, who)
        assert found.guided is not alone

    def test_a_day_of_severe_pain_offers_a_pause_with_one_tap(self) -> None:
        assert asked(THREE, [began()], 1, GRETA_FLARE)[1].offer_pause is Why.FLARE
        assert asked(THREE, [began()], 1)[1].offer_pause is None

    def test_without_a_clearance_nothing_is_asked_and_it_pauses_by_itself(self) -> None:
        now = at([began()], 1)
        found, info = assign(
            THREE, now, None, WELL, None, {}, day(1), content.techniques(), content.heads()
        )  # fmt: skip
        assert (found, info.offer_pause) == ((), Why.SAFETY)


class TestOnesOwn:
    OWN = course(
        weeks=(*THREE.weeks[:1], Week(name="own", title="", theme="", text="", own=True, practices=(SITTING,))),
    )  # fmt: skip
    LOG = (began(), *practised(*range(1, 7)))

    def test_until_somebody_has_chosen_the_week_has_what_stands_in_it(self) -> None:
        assert [one.practice for one in asked(self.OWN, self.LOG, 7)[0]] == ["sitting"]

    def test_what_was_chosen_last_is_what_is_asked(self) -> None:
        log = [
            *self.LOG,
            Chose(day=day(7), practices=("own/sitting",)),
            Chose(day=day(8), practices=("a/scan", "gone/x")),
        ]
        assert [one.practice for one in asked(self.OWN, log, 8)[0]] == ["a/scan"]

    def test_everything_of_the_course_can_be_chosen_once(self) -> None:
        assert [name for name, _ in choices(self.OWN)] == ["a/scan", "own/sitting"]


def test_the_day_of_practice_has_its_parts_and_what_is_done_of_them_counts() -> None:
    quiet = Day(title="Quiet", text="", parts=(SCAN, WALK))
    programme = course(weeks=(Week(name="a", title="", theme="", text="", practices=(SITTING,), day=quiet),))
    now = at([began()], 1, programme)
    found, _ = assign_day(
        programme, now, cleared(WELL), WELL, None, {"scan": 20 * MS_PER_MINUTE}, day(1), content.techniques(),
        content.heads(),
    )  # fmt: skip
    assert [(one.practice, one.is_done) for one in found] == [("scan", True), ("walk", False)]
