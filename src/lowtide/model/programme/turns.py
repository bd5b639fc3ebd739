"""A week's practices and what was done of them in, which of them are due on the next day of practice out.

Read by `plan.programme`, which assigns them, and by `content`, which adds up what a week asks for. Law: as long as the
week wants more days of practice, something is due.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lowtide.model.programme.programme import DAYS_A_WEEK, Day, Practice, Week


def due(
    practices: Sequence[Practice], nth: int, done: Mapping[str, int], wanted: int, rounds: int = 1
) -> tuple[Practice, ...]:
    """Say what is due on a day of practice, in the week's order.

    `nth` counts the week's practice days before it, `done` on how many days each practice was practised, `wanted` is
    after how many days the next week opens, `rounds` how many weeks long the week is.

    >>> scan, yoga = (Practice(name=name, minutes=30, least_minutes=10, turns="a") for name in ("scan", "yoga"))
    >>> [due((scan, yoga), nth, {}, 6)[0].name for nth in range(4)]
    ['scan', 'yoga', 'scan', 'yoga']
    >>> walk = Practice(name="walk", minutes=30, least_minutes=10, days=3)
    >>> [len(due((walk,), nth, {"walk": (nth + 1) // 2}, 6)) for nth in range(5)]
    [1, 1, 1, 1, 1]
    """
    found = _scheduled(practices, nth, done, wanted, rounds)
    if found or nth >= wanted * rounds:
        return found
    # A week that wants more days than its practices have: what was done least is due once more.
    least = min((done.get(one.name, 0) for one in practices), default=0)
    return tuple(one for one in practices if done.get(one.name, 0) == least)[:1]


def fills(week: Week, wanted: int) -> bool:
    """Say whether a week's practices are enough for the days of practice that it wants."""
    return len(_days(week.practices, wanted, wanted)) == wanted


def weekly_minutes(week: Week, wanted: int) -> float:
    """Add up what a week asks for in seven days of practice, its meeting and its day of practice left aside."""
    return sum(one.minutes for day in _days(week.practices, DAYS_A_WEEK, wanted) for one in day)


def day_minutes(day: Day | None) -> float:
    """Add up the parts of a day of practice; 0 where there is none."""
    return sum(one.minutes for one in day.parts) if day else 0.0


def _days(practices: Sequence[Practice], count: int, wanted: int) -> list[tuple[Practice, ...]]:
    """Go through so many days on which everything that was due is done; days on which nothing was are left out."""
    done: dict[str, int] = {}
    found: list[tuple[Practice, ...]] = []
    for nth in range(count):
        today = _scheduled(practices, nth, done, wanted, 1)
        done |= {one.name: done.get(one.name, 0) + 1 for one in today}
        found += [today] if today else []
    return found


def _scheduled(
    practices: Sequence[Practice], nth: int, done: Mapping[str, int], wanted: int, rounds: int
) -> tuple[Practice, ...]:
    open_to = [one for one in practices if done.get(one.name, 0) < one.days * rounds]
    letters = {one.turns for one in open_to} - {""}
    picked = {
        _whose_turn(practices, open_to, letter, nth)
        for letter in letters
        if not _is_full(practices, letter, done, wanted, rounds)
    }
    return tuple(
        one
        for one in open_to
        if (one.name in picked if one.turns else done.get(one.name, 0) < _expected(one, nth, wanted))
    )


def _is_full(practices: Sequence[Practice], letter: str, done: Mapping[str, int], wanted: int, rounds: int) -> bool:
    """Say whether a letter has had its days: those of all its practices, but no more than one practice a day would."""
    group = [one for one in practices if one.turns == letter]
    most = min(sum(one.days for one in group), max(wanted, *(one.days for one in group)))
    return sum(done.get(one.name, 0) for one in group) >= most * rounds


def _expected(practice: Practice, nth: int, wanted: int) -> int:
    """Spread fewer days than the week has over it: on how many a practice would be done with this one."""
    return -(-(nth + 1) * practice.days // wanted)


def _whose_turn(practices: Sequence[Practice], open_to: Sequence[Practice], letter: str, nth: int) -> str:
    """Name the one of a letter whose turn it is, or the next whose days are not done."""
    group = [one for one in practices if one.turns == letter]
    rotated = group[nth % len(group) :] + group[: nth % len(group)]
    return next(one.name for one in rotated if one in open_to)
