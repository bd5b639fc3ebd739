"""The safety questions, one by one: a person's lines in, a `Profile` out. Called by `lowtide screen`.

Law: a question that is not answered stays unknown, and nothing that was answered is lost when the answers break off.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
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
MOST_TRIES = 3
"""A question whose answer can not be read so often is left open: nobody is asked for ever."""
Word = TypeVar("Word", bound=StrEnum)
Told = TypeVar("Told")


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


def _asked(prompt: str, read: Callable[[str], Told]) -> Told | None:
    """Ask until it is answered: None for Enter, and after `MOST_TRIES` answers that can not be read."""
    for _ in range(MOST_TRIES):
        answer = _line(prompt)
        if answer in UNKNOWN:
            return None
        try:
            return read(answer)
        except UserError as error:
            sys.stderr.write(f"{error}\n")
    sys.stderr.write("It is left open, and treated with care.\n")
    return None


def _yes_or_no(prompt: str) -> bool | None:
    return _asked(prompt, _read_yes_or_no)


def _read_yes_or_no(answer: str) -> bool:
    if answer not in YES + NO:
        raise UserError("Please answer y, n, or press Enter if you don't know.")
    return answer in YES


def _age() -> int | None:
    return _asked("How old are you, in years? [a number/Enter] ", _read_age)


def _read_age(answer: str) -> int:
    if answer.isascii() and answer.isdigit() and len(answer) <= LONGEST_AGE and 0 < int(answer) <= OLDEST_YEARS:
        return int(answer)
    raise UserError(f"That is no age. Write a number from 1 to {OLDEST_YEARS}, or press Enter to leave it open.")


def _choose(prompt: str, kind: type[Word], what: str) -> frozenset[Word] | None:
    return _asked(
        f"{prompt} {', '.join(kind)}. [words/none/Enter] ",
        lambda answer: words(kind, tuple(answer.replace(",", " ").split()), what),
    )
