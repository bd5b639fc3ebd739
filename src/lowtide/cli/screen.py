"""`lowtide screen`: the safety questions, and what the answers mean."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from lowtide.errors import Exit
from lowtide.model.clearance import Disposition


def exit_code(disposition: Disposition) -> Exit:
    """Give the exit code of a disposition: 0 go, 3 see someone first, 4 emergency or crisis."""
    if disposition >= Disposition.CRISIS:
        return Exit.EMERGENCY
    return Exit.SEE_SOMEONE_FIRST if disposition >= Disposition.CLINICIAN_FIRST else Exit.OK


def screen(
    *,
    answers: Annotated[Path | None, Parameter(help="Answers from a TOML file in place of asking.")] = None,
    save: Annotated[Path | None, Parameter(help="Where to keep what was answered, for 'session --profile'.")] = None,
    force: Annotated[bool, Parameter(help="Replace a file that is there.")] = False,
) -> int:
    """Ask the safety questions, and say what to do first. Ends with 0 go, 3 see someone first, 4 emergency.

    Each question is answered y, n or Enter for "I don't know"; then come your age, what makes the pain worse, and what
    else is known of you. What stays unknown is treated with care. With nobody to answer, the questions are printed as a
    file to fill in.

    Such as

        lowtide screen --save me.toml
        lowtide session --profile me.toml --where lower-back:4
        lowtide screen --answers me.toml
    """
    from lowtide.cli.person.asking import ask
    from lowtide.cli.person.profile_file import as_toml, read_profile, template
    from lowtide.deliver import check_place, write_file
    from lowtide.pipeline import clear
    from lowtide.screen import QUESTIONS, advice

    if save:
        check_place(save, force=force)
    profile = read_profile(answers) if answers else ask()
    if profile is None:
        if save:
            write_file(save, [template().encode()], force=force)
            sys.stderr.write(f"Nobody answered; {save} holds the questions to be filled in.\n")
        else:
            sys.stdout.write(template())
        return Exit.OK
    if save:
        write_file(save, [as_toml(profile).encode()], force=force)
    verdict = clear(profile)
    sys.stdout.write(advice(verdict).rstrip() + "\n")
    sys.stderr.write(f"{len(profile.answers)} of {len(QUESTIONS)} questions are answered{_kept(save)}.\n")
    return exit_code(verdict.disposition)


def _kept(save: Path | None) -> str:
    return f"; what you said is kept in {save}" if save else ""
