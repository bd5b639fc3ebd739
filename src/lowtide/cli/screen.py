"""`lowtide screen`: the safety questions, and what the answers mean."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from lowtide.errors import Exit, UserError
from lowtide.model.clearance import Disposition
from lowtide.model.profile import Profile

YES, NO, UNKNOWN = ("y", "yes"), ("n", "no"), ("", "?", "skip")


def exit_code(disposition: Disposition) -> Exit:
    """Give the exit code of a disposition: 0 go, 3 see someone first, 4 emergency or crisis."""
    if disposition >= Disposition.CRISIS:
        return Exit.EMERGENCY
    return Exit.SEE_SOMEONE_FIRST if disposition >= Disposition.CLINICIAN_FIRST else Exit.OK


def screen(
    *,
    answers: Annotated[Path | None, Parameter(help="Answers from a TOML file in place of asking.")] = None,
    save: Annotated[Path | None, Parameter(help="Where to keep the answers, for '--answers'.")] = None,
    force: Annotated[bool, Parameter(help="Replace a file that is there.")] = False,
) -> int:
    """Ask the safety questions, and say what to do first. Ends with 0 go, 3 see someone first, 4 emergency.

    Each question is answered y, n or Enter for "I don't know". What is unknown is treated with care.

    Such as

        lowtide screen --save me.toml
        lowtide screen --answers me.toml
        lowtide screen < /dev/null      prints the questions as a file to fill in
    """
    from lowtide.cli.profile_file import read_answers
    from lowtide.pipeline import clear
    from lowtide.screen import advice

    if answers is None and not sys.stdin.isatty() and not sys.stdin.readable():
        raise UserError("There is nobody to ask.", hint="Give --answers FILE.toml.")
    given = read_answers(answers) if answers else _ask()
    if given is None:
        sys.stdout.write(template())
        return Exit.OK
    if save:
        from lowtide.deliver import write_file

        write_file(save, [_as_toml(given).encode()], force=force)
    verdict = clear(Profile(answers=given))
    sys.stdout.write(advice(verdict).rstrip() + "\n")
    return exit_code(verdict.disposition)


def _ask() -> dict[str, bool] | None:
    """Ask every question; None where there is nobody to answer. Stops at once where help is needed at once."""
    from lowtide.pipeline import clear
    from lowtide.screen import QUESTIONS

    given: dict[str, bool] = {}
    for number, question in enumerate(QUESTIONS, 1):
        answer = _answer(f"{number}/{len(QUESTIONS)} {question.text} [y/n/Enter] ")
        if answer is None:
            return given if number > 1 else None
        if answer in YES + NO:
            given[question.code] = answer in YES
            if given[question.code] and clear(Profile(answers=given)).disposition >= Disposition.CRISIS:
                break
    return given


def _answer(prompt: str) -> str | None:
    interactive = sys.stdin.isatty()
    while True:
        if interactive:
            sys.stderr.write(prompt)
            sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            return None
        if line.strip().lower() in YES + NO + UNKNOWN:
            return line.strip().lower()
        sys.stderr.write("Please answer y, n, or press Enter if you don't know.\n")


def template() -> str:
    """Write the questions as a TOML file to be filled in."""
    from lowtide.screen import QUESTIONS

    lines = ["# Answer with true or false; leave out what you don't know.", "[answers]"]
    group = ""
    for question in QUESTIONS:
        if question.group != group:
            lines += ["", f"# {question.group}"]
            group = question.group
        lines += [f"# {question.text}", f"# {question.code} = false"]
    return "\n".join(lines) + "\n"


def _as_toml(given: dict[str, bool]) -> str:
    return "[answers]\n" + "".join(f"{code} = {str(answer).lower()}\n" for code, answer in given.items())
