"""The proof of the library on the command line: scripts over all cores, a summary, and an exit code.

Law: the same library gives the same summary, however many processes there are.
"""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, replace
from typing import Any

from lowtide import content
from lowtide.cli.printing import note, progress_bar
from lowtide.errors import Exit, UserError
from lowtide.proof import Fault, Outcome, merged, missed_of_the_opening, prove

MOST_NAMED = 10
"""So many failures are named; whoever has mended them asks again."""
MINUTES_PER_HOUR = 60


def show_proof(name: str, *, as_json: bool) -> int:
    """Prove the whole library, or one technique or script of it, and print what was found."""
    names = _scripts(name)
    with progress_bar("Proving") as progress:
        outcomes: dict[str, Outcome] = {}
        with ProcessPoolExecutor(min(len(names), os.cpu_count() or 1)) as pool:
            for done in as_completed([pool.submit(prove, one) for one in names]):
                outcomes[done.result().scripts[0]] = done.result()
                progress(len(outcomes), len(names))
    whole = merged(outcomes[one] for one in names)
    if not name:
        whole = replace(whole, missed=(*whole.missed, *missed_of_the_opening(whole.texts)))
    if as_json:
        sys.stdout.write(json.dumps(_as_json(whole, outcomes), indent=2, ensure_ascii=False) + "\n")
    elif sys.stdout.isatty():
        _table(whole, outcomes)
    else:
        sys.stdout.writelines(f"{key + ':':12} {value}\n" for key, value in _summary(whole).items())
    for line in [*_named(whole.faults), *map(str, whole.missed)][:MOST_NAMED]:
        note(line)
    return Exit.OK if whole.is_proved else Exit.FINDINGS


def _named(faults: tuple[Fault, ...]) -> list[str]:
    """Name each thing that is wrong once, with the first session that shows it."""
    alike: dict[tuple[str, str, str], list[Fault]] = {}
    for fault in faults:
        alike.setdefault((fault.script, fault.rule, fault.words.rpartition(": ")[2]), []).append(fault)
    return [f"{first}{f' ({len(rest)} more like it)' if rest else ''}" for first, *rest in alike.values()]


def _scripts(name: str) -> tuple[str, ...]:
    """Name the scripts to be proved: all, or those of a technique, or one."""
    if not name:
        return content.script_names()
    if name in content.script_names():
        return (name,)
    try:
        return content.technique(name).scripts
    except UserError as error:
        raise UserError(f"There is no technique or script '{name}'.", hint=error.hint) from None


def _summary(whole: Outcome) -> dict[str, str]:
    """Say in few words what was proved."""
    heard = whole.targets - len(whole.missed)
    laws = "no forbidden movement, tension, hold or position; exact to the millisecond; nothing said twice within five "
    laws += "minutes; captions in order; silences within their limit; the opening first"
    return {
        "scripts": f"{len(whole.scripts)}",
        "sessions": f"{whole.sessions}, {whole.minutes / MINUTES_PER_HOUR:.0f} hours of them",
        "wordings": f"{heard} of {whole.targets} heard by somebody",
        "kinds": ", ".join(f"{kind} {count}" for kind, count in sorted(_kinds(whole).items())),
        "laws": laws,
        "failures": f"{len(whole.faults)} sessions break a law, {len(whole.missed)} wordings are never heard",
        "verdict": "proved" if whole.is_proved else "not proved",
    }


def _kinds(whole: Outcome) -> dict[str, int]:
    """Give how many lines of the scripts hold each kind of node that was heard."""
    return {kind: count for kind, count in whole.kinds.items() if not kind.startswith("event: ")}


def _table(whole: Outcome, outcomes: dict[str, Outcome]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("script", title="The proof of the library")
    for column in ("sessions", "hours", "wordings", "faults", "never heard"):
        table.add_column(column, justify="right")
    for name, one in sorted(outcomes.items()):
        hours = f"{one.minutes / MINUTES_PER_HOUR:.0f}"
        table.add_row(name, str(one.sessions), hours, str(one.targets), str(len(one.faults)), str(len(one.missed)))
    console = Console()
    console.print(table)
    for key, value in _summary(whole).items():
        console.print(f"{key + ':':12} {value}", highlight=False)


def _as_json(whole: Outcome, outcomes: dict[str, Outcome]) -> dict[str, Any]:
    return {
        "proved": whole.is_proved,
        "sessions": whole.sessions,
        "minutes": round(whole.minutes),
        "wordings": whole.targets,
        "kinds": _kinds(whole),
        "events": {kind.removeprefix("event: "): n for kind, n in whole.kinds.items() if kind.startswith("event: ")},
        "scripts": [
            {
                "name": name,
                "sessions": one.sessions,
                "wordings": one.targets,
                "faults": len(one.faults),
                "missed": len(one.missed),
            }
            for name, one in sorted(outcomes.items())
        ],
        "faults": [asdict(fault) for fault in whole.faults],
        "missed": [asdict(missed) for missed in whole.missed],
    }
