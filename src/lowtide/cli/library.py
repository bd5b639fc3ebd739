"""`lowtide library`: what there is to practise, and how long each script can be."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

from cyclopts import Parameter

from lowtide.errors import Exit
from lowtide.model.time import span


def library(
    name: str = "",
    /,
    *,
    json_: Annotated[bool, Parameter(name="--json", help="As JSON, for other programs.")] = False,
) -> int:
    """Show the library, or one technique or script with the lengths it can reach.

    Such as

        lowtide library
        lowtide library body-scan
    """
    from lowtide.content import techniques

    rows = [_describe(one) for one in techniques()] if not name else [_details(name)]
    if json_:
        sys.stdout.write(json.dumps(rows[0] if name else rows, indent=2, ensure_ascii=False) + "\n")
    elif name:
        sys.stdout.write("".join(f"{key + ':':12} {_plain(value)}\n" for key, value in rows[0].items()))
    else:
        for row in rows:
            sys.stdout.write(f"{row['name']:18} {row['title']}: {row['summary']}\n")
    return Exit.OK


def _plain(value: Any) -> str:
    return ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)


def _describe(one: Any) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "summary": one.summary,
        "scripts": list(one.scripts),
        "positions": [str(position) for position in one.positions],
        "source": one.source,
    }


def _details(name: str) -> dict[str, Any]:
    from lowtide import content

    owner = next((one for one in content.techniques() if name in one.scripts and name != one.name), None)
    one = owner or content.technique(name)
    return _describe(one) | {"lengths": [_reach(script) for script in ([name] if owner else one.scripts)]}


def _reach(script_name: str) -> str:
    from lowtide import content
    from lowtide.pipeline import reach_of

    script = content.script(script_name)
    return f"{script_name}: {span(*reach_of(script))}"
