"""A profile or screening answers in a TOML file: a path in, a `Profile` or answers out.

Called by `session`, `render` and `screen`. The same words as the command line, and nothing else is accepted.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lowtide.cli.options import pain, word
from lowtide.errors import UserError
from lowtide.model.body import region
from lowtide.model.profile import WORST_PAIN, Condition, Pain, Profile, Trigger

LARGEST_BYTES = 100_000
"""A profile is a page of text; more is a mistake. (Reading TOML takes the square of its length where keys are long.)"""
OLDEST_YEARS = 120
KNOWN = ("name", "age", "where", "worse-with", "conditions", "answers", "beginner", "first-week")
KNOWN_OF_PAIN = ("region", "pain", "quality", "injured")


def read_profile(path: Path) -> Profile:
    """Read a profile file; raise `UserError` that names the file and the line or key.

    The keys: `name`, `age`, `where = ["lower-back:6", "left-hip"]` (or tables with `region`, `pain`, `quality`,
    `injured`), `worse-with = []`, `conditions = []`, `beginner`, `first-week`, and a table `[answers]`.
    """
    table = _with_bare_answers(_read_toml(path))
    for key in table:
        if key not in KNOWN:
            raise UserError(f"{path}: there is no '{key}' in a profile.", hint=f"Known are: {', '.join(KNOWN)}.")
    try:
        return Profile(
            pains=tuple(_pain(entry) for entry in _list(table, "where")),
            worse_with=_words(table, "worse-with", Trigger, "trigger"),
            conditions=_words(table, "conditions", Condition, "condition"),
            answers=_answers(table.get("answers", {})),
            age_years=_age(table.get("age")),
            name=_typed(table, "name", str, ""),
            is_beginner=_typed(table, "beginner", bool, True),
            first_week=_typed(table, "first-week", bool, True),
        )
    except UserError as error:
        raise UserError(f"{path}: {error.message}", hint=error.hint) from None


def template() -> str:
    """Write everything that is asked as a profile file to be filled in."""
    from lowtide.screen import QUESTIONS

    lines = [
        "# Take the # away from each line that you answer, and leave out what you don't know.",
        "# age = 47",
        '# where = ["lower-back:4"]                # where it hurts, with the pain today from 0 to 10',
        f"# worse-with = []                        # {', '.join(Trigger)}",
        f"# conditions = []                        # {', '.join(Condition)}",
        "",
        "[answers]                                # true or false",
    ]
    group = ""
    for question in QUESTIONS:
        if question.group != group:
            lines += ["", f"# {question.group}"]
            group = question.group
        lines += [f"# {question.text}", f"# {question.code} = false"]
    return "\n".join(lines) + "\n"


def as_toml(profile: Profile) -> str:
    """Write what is known of a person as a profile file; what is unknown is left out."""
    lines = [f"age = {profile.age_years}"] if profile.age_years is not None else []
    for key, words in (("worse-with", profile.worse_with), ("conditions", profile.conditions)):
        if words is not None:
            lines.append(f"{key} = [{', '.join(json.dumps(str(word)) for word in sorted(words))}]")
    lines += ["", "[answers]", *(f"{code} = {str(answer).lower()}" for code, answer in profile.answers.items())]
    return "\n".join(lines).lstrip("\n") + "\n"


def _with_bare_answers(table: dict[str, Any]) -> dict[str, Any]:
    # A file of answers alone may leave `[answers]` out.
    from lowtide.screen import QUESTIONS

    bare = {question.code for question in QUESTIONS} & table.keys()
    if not bare or "answers" in table:
        return table
    return {key: value for key, value in table.items() if key not in bare} | {"answers": {c: table[c] for c in bare}}


def _read_toml(path: Path) -> dict[str, Any]:
    from lowtide.cli.reading import read_text

    try:
        return tomllib.loads(read_text(path, LARGEST_BYTES))
    except (ValueError, RecursionError) as error:  # not only TOMLDecodeError: numbers and brackets without an end, too
        raise UserError(
            f"{path}: this is not TOML: {error}.", hint='A line looks like: where = ["lower-back:6"]'
        ) from None


def _typed(table: dict[str, Any], key: str, kind: type, default: Any) -> Any:
    value = table.get(key, default)
    if not isinstance(value, kind):
        raise UserError(f"'{key}' can not be {value!r}.", hint=f"Write it as in: {key} = {_example(kind)}")
    return value


def _example(kind: type) -> str:
    return {str: '"…"', bool: "true", list: '["…"]'}[kind]


def _list(table: dict[str, Any], key: str) -> list[Any]:
    value: list[Any] = _typed(table, key, list, [])
    return value


def _pain(entry: Any) -> Pain:
    if isinstance(entry, str):
        return pain(entry)
    if not isinstance(entry, dict) or not isinstance(entry.get("region"), str):
        raise UserError(
            f"'where' can not hold {entry!r}.", hint='Write "lower-back:6" or { region = "lower-back", pain = 6 }.'
        )
    for key in entry:
        if key not in KNOWN_OF_PAIN:
            raise UserError(f"there is no '{key}' in 'where'.", hint=f"Known are: {', '.join(KNOWN_OF_PAIN)}.")
    intensity = entry.get("pain")
    if intensity is not None and (type(intensity) is not int or not 0 <= intensity <= WORST_PAIN):
        raise UserError(f"the pain of {entry['region']} can not be {intensity!r}.", hint="It goes from 0 to 10.")
    return Pain(
        region=region(entry["region"]).name, intensity=intensity,
        quality=_typed(entry, "quality", str, ""), injured=_typed(entry, "injured", bool, False),
    )  # fmt: skip


def _words(table: dict[str, Any], key: str, kind: Any, what: str) -> Any:
    # Left out is unknown; an empty list is "asked, and there is nothing".
    return frozenset(word(kind, str(text), what) for text in _list(table, key)) if key in table else None


def _answers(table: Any) -> dict[str, bool]:
    from lowtide.screen import QUESTIONS

    if not isinstance(table, dict):
        raise UserError("'answers' is not a table.", hint="Write [answers], then lines such as: fever = false")
    known = [question.code for question in QUESTIONS]
    if set(table) == {"all"} and table["all"] is False:
        return dict.fromkeys(known, False)
    for code, value in table.items():
        if code not in known:
            raise UserError(
                f"there is no question '{code}'.", hint=f"{_near(code, known)} 'lowtide screen' shows them all."
            )
        if not isinstance(value, bool):
            raise UserError(
                f"the answer to '{code}' can not be {value!r}.", hint="Write true or false, or leave it out."
            )
    return dict(table)


def _near(code: str, known: Iterable[str]) -> str:
    import difflib

    near = difflib.get_close_matches(code, list(known), n=2)
    return f"Perhaps {' or '.join(near)}?" if near else ""


def _age(value: Any) -> int | None:
    if value is None:
        return None
    if type(value) is not int or not 0 < value <= OLDEST_YEARS:
        raise UserError(f"'age' can not be {value!r}.", hint="Write it in years: age = 47")
    return int(value)
