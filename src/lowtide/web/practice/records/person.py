"""A person and a moment in, everything the core is told about them out. Law: what was not asked stays unknown."""

from __future__ import annotations

from datetime import datetime, timedelta

from lowtide.model.clearance import Verdict
from lowtide.model.profile import Condition, Profile, Trigger
from lowtide.pipeline import clear
from lowtide.screen import Again, Answered, Harm, still_hold, why_again
from lowtide.web.accounts.days import day_of
from lowtide.web.accounts.models import Person
from lowtide.web.practice.models import Answer, Preferences, ProfileVersion
from lowtide.web.practice.records.body import body_pains
from lowtide.web.practice.records.checkins import harm_of
from lowtide.web.practice.records.nouns import words_from

FIRST_WEEK = timedelta(days=7)
"""The safety line may be shortened after the first week (SAFETY, Wording)."""
FIRST_WEEKS = timedelta(days=28)
"""For so long someone is a beginner: half of an eight-week course. The number is a house rule."""
DAYS_OF_A_YEAR = 365.25


def profile_of(person: Person, at: datetime, *, harm: Harm | None = None) -> Profile:
    """Give everything known of a person at this moment; `harm` where it has been counted for this moment already."""
    version, day = latest_version(person), day_of(person, at)
    since_first = _since_first_session(person, at)
    return Profile(
        pains=body_pains(person, day),
        worse_with=words_from(Trigger, version.worse_with),
        conditions=words_from(Condition, version.conditions),
        answers=answers_of(person, at),
        age_years=_age(version, at),
        name=person.name,
        is_beginner=version.experience != "regular" and (since_first is None or since_first < FIRST_WEEKS),
        first_week=since_first is None or since_first < FIRST_WEEK,
        had_distress=(harm or harm_of(person, at)).is_distressed,
    )


def verdict_of(person: Person, at: datetime) -> Verdict:
    """Screen a person as they are at this moment."""
    return clear(profile_of(person, at))


def latest_version(person: Person) -> ProfileVersion:
    """Give what holds of a person; an empty one, not kept, where nothing has been told."""
    return person.profile_versions.last() or ProfileVersion(person=person)


def answers_of(person: Person, at: datetime) -> dict[str, bool]:
    """Give the answers to the safety questions that still hold."""
    from lowtide.screen import QUESTIONS

    known = {question.code for question in QUESTIONS}
    changed = person.screenings.filter(why=Again.SOMETHING_NEW.name).last()
    today = day_of(person, at)
    rows = Answer.objects.filter(screening__person=person, code__in=known)
    return still_hold(
        Answered(
            code=row.code,
            answer=row.answer,
            days_ago=max(0, (today - day_of(person, row.at)).days),
            is_before_change=changed is not None and row.at < changed.begun_at,
        )
        for row in rows
    )


def why_again_of(person: Person, at: datetime, *, is_anything_new: bool = False) -> Again | None:
    """Say why the safety questions are due; None where they have been asked lately.

    A time of asking that nobody has answered yet is still due, for the same reason: who says that something is new,
    and then goes elsewhere, has not been asked.
    """
    last = person.screenings.last()
    if last is not None and not last.answers.exists():
        return Again[last.why]
    days = None if last is None else (day_of(person, at) - day_of(person, last.begun_at)).days
    return why_again(days, is_anything_new=is_anything_new)


def preferences_of(person: Person) -> Preferences:
    """Give how a person likes it; the usual, not kept, where nothing has been chosen."""
    return Preferences.objects.filter(person=person).first() or Preferences(person=person)


def _age(version: ProfileVersion, at: datetime) -> int | None:
    if version.age_years is None or version.age_told_on is None:
        return None
    return version.age_years + max(0, int((at.date() - version.age_told_on).days / DAYS_OF_A_YEAR))


def _since_first_session(person: Person, at: datetime) -> timedelta | None:
    first = person.sessions.filter(begun_at__isnull=False).order_by("begun_at").first()
    return None if first is None or first.begun_at is None else at - first.begun_at
