"""The safety questions, one by one: a person's lines in, a `Profile` out. Called by `lowtide screen`.

Law: a question that is not answered stays unknown, and nothing that was answered is lost when the answers break off.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from lowtide.cli.options import words
from lowtide.cli.person.profile_file import OLDEST_YEARS
from lowtide.errors import UserError
from lowtide.model.clearance import Disposition
from lowtide.model.profile import Condition, Profile, Trigger

YES, NO, UNKNOWN = ("y", "yes"), ("n", "no"), ("", "?", "skip")
LONGEST_AGE = len(str(OLDEST_YEARS))
"""Digits; a number of thousands of them would be refused by Python itself."""
Word = TypeVar("Word", bound=StrEnum)


class BrokenOff(Exception):  # noqa: N818 -- nothing is wrong: the person has stopped answering
    """There are no more answers."""


def ask() -> Profile | None:
    """Ask everything; None where nobody answered at all. Stops where help is needed at once."""
    from lowtide.screen import QUESTIONS

    profile = Profile()
    is_answered = False
    try:
        for number, question in enumerate(QUESTIONS, 1):
            answer = _yes_or_no(f"{number}/{len(QUESTIONS)} {question.text} [y/n/Enter] ")
            is_answered = True
            if answer is not None:
                profile = replace(profile, answers={**profile.answers, question.code: answer})
            if answer and _needs_help_at_once(profile):
                return profile
        profile = replace(profile, age_years=_age())
        profile = replace(profile, worse_with=_choose("What makes the pain worse?", Trigger, "trigger"))
        profile = replace(profile, conditions=_choose("Is any of this so for you?", Condition, "condition"))
    except BrokenOff:
        return profile if is_answered else None
    return profile


def _needs_help_at_once(profile: Profile) -> bool:
    from lowtide.pipeline import clear

    return clear(profile).disposition >= Disposition.CRISIS


def _line(prompt: str) -> str:
    if sys.stdin.isatty():
        sys.stderr.write(prompt)
        sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise BrokenOff
    return line.strip().lower()


def _yes_or_no(prompt: str) -> bool | None:
    while (answer := _line(prompt)) not in YES + NO + UNKNOWN:
        sys.stderr.write("Please answer y, n, or press Enter if you don't know.\n")
    return None if answer in UNKNOWN else answer in YES


def _age() -> int | None:
    while (answer := _line("How old are you, in years? [a number/Enter] ")) not in UNKNOWN:
        if answer.isascii() and answer.isdigit() and len(answer) <= LONGEST_AGE and 0 < int(answer) <= OLDEST_YEARS:
            return int(answer)
        sys.stderr.write("Please write a number of years, or press Enter.\n")
    return None


def _choose(prompt: str, kind: type[Word], what: str) -> frozenset[Word] | None:
    while (answer := _line(f"{prompt} {', '.join(kind)}. [words/none/Enter] ")) not in UNKNOWN:
        try:
            return words(kind, tuple(answer.replace(",", " ").split()), what)
        except UserError as error:
            sys.stderr.write(f"{error}\n")
    return None
