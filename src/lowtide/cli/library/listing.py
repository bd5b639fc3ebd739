"""`lowtide library`: what there is to practise, how long each script can be, and the proof that all of it is safe."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from lowtide.errors import Exit, UserError
from lowtide.model.time import span

if TYPE_CHECKING:
    from lowtide.model.library import Family, Ritual, Technique

FAMILIES = {
    "breath": "Breath",
    "body": "Body",
    "muscles": "Muscles",
    "imagery": "Pictures",
    "movement": "Movement",
    "mind": "Mind",
    "everyday": "Everyday",
    "rituals": "For an hour, or for a need",
}
"""What each family is called where it is shown."""


def library(
    name: str = "",
    /,
    *,
    articles: Annotated[bool, Parameter(help="List what there is to read; with a NAME, show that article.")] = False,
    proof: Annotated[
        bool, Parameter(help="Compose every session of the library, or of one script, and look for what must not be.")
    ] = False,
    json_: Annotated[bool, Parameter(name="--json", help="As JSON, for other programs.")] = False,
) -> int:
    """Show the library, or one technique or script with the lengths it can reach.

    Such as

        lowtide library
        lowtide library body-scan
        lowtide library --articles
        lowtide library stress-and-sleep --articles
        lowtide library --proof

    The proof composes thousands of sessions for people of every kind, which takes some minutes, and ends with 1 where
    one of them breaks a law or a wording is never heard.
    """
    if proof and articles:
        raise UserError("--proof and --articles do not go together.", hint="Ask for one of them.")
    if proof:
        from lowtide.cli.library.proving import show_proof

        return show_proof(name, as_json=json_)
    if articles:
        from lowtide.cli.library.reading import show_article, show_articles

        return show_article(name, as_json=json_) if name else show_articles(as_json=json_)
    return _show_one(name, as_json=json_) if name else _show_all(as_json=json_)


def _print_json(what: object) -> None:
    sys.stdout.write(json.dumps(what, indent=2, ensure_ascii=False) + "\n")


def _print(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _plain(value: Any) -> str:
    return ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)


def _show_one(name: str, *, as_json: bool) -> int:
    details = _details(name)
    if as_json:
        _print_json(details)
    else:
        _print(f"{key + ':':12} {_plain(value)}" for key, value in details.items())
    return Exit.OK


def _show_all(*, as_json: bool) -> int:
    from lowtide.content import rituals, techniques

    if as_json:
        _print_json([_describe(one) for one in techniques()] + [_of_ritual(one) for one in rituals()])
    else:
        _print([*list(_by_family())[1:], "", "For 'lowtide session --ritual NAME'", *map(_ritual_line, rituals())])
    return Exit.OK


def _by_family() -> Iterator[str]:
    """List the techniques of each family, every script with its minutes."""
    from lowtide import content
    from lowtide.model.library import Family

    for family in Family:
        offered = [one for one in content.techniques() if one.family is family]
        if not offered:
            continue
        yield from ("", _called(family))
        for one in offered:
            yield f"  {one.name}: {one.summary}"
            for script in one.scripts:
                head = content.heads()[script]
                yield f"    {script:26} {_minutes(head.least_minutes, head.most_minutes):>9}  {head.title}"


def _called(family: Family) -> str:
    return FAMILIES.get(str(family), str(family).capitalize())


def _minutes(least: float, most: float) -> str:
    """Write a range of minutes.

    >>> _minutes(3, 45), _minutes(5, 5)
    ('3–45 min', '5 min')
    """
    return f"{least:g} min" if least == most else f"{least:g}–{most:g} min"


def _ritual_line(one: Ritual) -> str:
    hour = f", at {one.hour:%H:%M}" if one.hour else ""
    return f"  {one.name:18} {one.usual_minutes:g} min{hour}. {one.summary}"


def _describe(one: Technique) -> dict[str, Any]:
    from lowtide import content

    return {
        "name": one.name,
        "kind": "technique",
        "title": one.title,
        "family": str(one.family),
        "summary": one.summary,
        "scripts": list(one.scripts),
        "minutes": {
            name: [content.heads()[name].least_minutes, content.heads()[name].most_minutes] for name in one.scripts
        },
        "positions": [str(position) for position in one.positions],
        "source": one.source,
    }


def _of_ritual(one: Ritual) -> dict[str, Any]:
    return {
        "name": one.name,
        "kind": "ritual",
        "title": one.title,
        "summary": one.summary,
        "script": one.script,
        "minutes": {"usual": one.usual_minutes, "least": one.least_minutes, "most": one.most_minutes},
        "positions": [str(position) for position in one.positions],
        "moment": one.moment,
        "hour": f"{one.hour:%H:%M}" if one.hour else "",
        "bell": one.has_bell,
        "may_end_in_sleep": one.may_end_in_sleep,
    }


def _details(name: str) -> dict[str, Any]:
    from lowtide import content

    owner = next((one for one in content.techniques() if name in one.scripts and name != one.name), None)
    one = owner or content.technique(name)
    found = _describe(one)
    del found["minutes"]
    return found | {"lengths": [_reach(script) for script in ([name] if owner else one.scripts)]}


def _reach(script_name: str) -> str:
    from lowtide import content
    from lowtide.pipeline import reach_of

    script = content.script(script_name)
    return f"{script_name}: {span(*reach_of(script))}"
