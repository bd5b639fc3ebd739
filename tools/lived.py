"""Six believable weeks of a person with back pain, into an empty data folder: `LOWTIDE_DATA=… python tools/lived.py`.

Called by `tour.py`, and by hand for looking at the app with something in it. Everything goes through the app's own
actions, at the times at which it would have happened; chance is seeded.
"""

from __future__ import annotations

import os
import sys
import uuid
from datetime import datetime, timedelta
from random import Random

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lowtide.web.project.settings")
WEEKS = 6
EVENINGS = {"body-scan": 0.9, "belly-breathing": 0.6, "gentle-stretch": 0.7, "pmr": 0.4}
"""What each technique does to this person's pain, in points."""
WORDS = {
    1: "Slept through.",
    9: "Bad day at the desk.",
    17: "Walked to the shore afterwards.",
    24: "Warm all the way down.",
}
MINUTES = (5, 10, 10, 10, 20)


def main() -> int:
    """Write them."""
    import django

    django.setup()
    from django.conf import settings

    from lowtide.web.project.starting import bring_up_to_date

    bring_up_to_date(settings.DATA_FOLDER)
    _live(Random(7))  # noqa: S311 (the same weeks each time)
    return 0


def _live(chance: Random) -> None:
    from django.utils import timezone

    from lowtide.web.accounts.local import local_user
    from lowtide.web.accounts.people import first_person

    person = first_person(local_user())
    person.name = "Ana"
    person.save()
    now = timezone.now()
    start = (now - timedelta(weeks=WEEKS)).replace(hour=20, minute=40)
    _begin(person, start - timedelta(hours=1))
    for day in range(WEEKS * 7):
        evening = start + timedelta(days=day, minutes=chance.randrange(90))
        pain = 6.6 - 2.4 * day / (WEEKS * 7) + chance.gauss(0, 0.8)
        if evening < now - timedelta(hours=3) and chance.random() < 0.62:
            _practise(person, evening, pain, day, chance)


def _begin(person: object, at: datetime) -> None:
    from lowtide.model.profile import Pain
    from lowtide.screen import QUESTIONS
    from lowtide.web.practice import records
    from lowtide.web.practice.begin import actions

    actions.tell_answers(person, {question.code: False for question in QUESTIONS}, at)
    actions.tell(person, at, age_years=46, worse_with=["sitting", "bending"], conditions=[], positions=["lying"])
    records.keep_body_map(
        person,
        [
            Pain(region="lower-back", intensity=6, quality="dull, tight"),
            Pain(region="left-hip", intensity=4, quality="aching"),
        ],
        at,
    )


def _practise(person: object, at: datetime, pain: float, day: int, chance: Random) -> None:
    from lowtide.model.profile import Wish
    from lowtide.web.practice import records
    from lowtide.web.practice.checkin.actions import ToldAfter, tell_after
    from lowtide.web.practice.today.actions import Told, make_session, tell_before
    from lowtide.web.practice.today.offers import offer

    technique = chance.choice(sorted(EVENINGS))
    length_ms = chance.choice(MINUTES) * 60_000
    before = uuid.uuid4()
    told = {"lower-back": _rated(pain), "left-hip": _rated(pain - 2)}
    tell_before(person, Told(arrival=before, pains=told, measures=_measures(chance, 5)), at)
    profile, verdict = records.profile_of(person, at), records.verdict_of(person, at)
    chosen = offer(profile, verdict.clearance, Wish(length_ms=length_ms, technique=technique, seed=day))
    session = make_session(person, profile, chosen, at, before=before)
    part = 1.0 if chance.random() < 0.85 else chance.uniform(0.3, 0.8)
    session.heard_ms = session.resume_ms = round(length_ms * part)
    session.begun_at = at
    session.save()
    after = {"lower-back": _rated(pain - EVENINGS[technique] + chance.gauss(0, 0.6)), "left-hip": _rated(pain - 2.6)}
    tell_after(
        session,
        ToldAfter(
            arrival=uuid.uuid4(), pains=after, measures=_measures(chance, 3), pleasantness=chance.randrange(5, 10),
            note=WORDS.get(day, ""),
        ),
        at + timedelta(milliseconds=length_ms),
    )  # fmt: skip


def _rated(value: float) -> int:
    return min(max(round(value), 0), 10)


def _measures(chance: Random, about: int) -> dict[str, int | None]:
    return {"tension": _rated(about + chance.gauss(0, 1)), "stress": _rated(about + chance.gauss(0, 1)), "mood": 6}


if __name__ == "__main__":
    sys.exit(main())
