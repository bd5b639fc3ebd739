"""The articles on the command line: what there is to read, and one of them."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from lowtide import content
from lowtide.errors import Exit


def show_articles(*, as_json: bool) -> int:
    """List the articles, in the order in which they are to be read."""
    found = content.articles()
    if as_json:
        rows = [{"name": one.name, "title": one.title, "summary": one.summary} for one in found]
        sys.stdout.write(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
    else:
        sys.stdout.writelines(f"{one.name:26} {one.title}: {one.summary}\n" for one in found)
    return Exit.OK


def show_article(name: str, *, as_json: bool) -> int:
    """Show one article: as a page on a terminal, as Markdown in a pipe."""
    found = content.article(name)
    if as_json:
        sys.stdout.write(json.dumps(asdict(found), indent=2, ensure_ascii=False) + "\n")
    elif sys.stdout.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown(f"# {found.title}\n\n{found.text}"))
    else:
        sys.stdout.write(f"# {found.title}\n\n{found.text}")
    return Exit.OK
