"""The articles that ship: a name in, an article out, read from `content/articles/NAME.md`.

Called by the command line and the app, which make pages of their Markdown. Law: what is read here is whole: a file
without its head is refused with one line that says where.
"""

from __future__ import annotations

import re
from functools import cache

from lowtide.content.files import folder, offer, spelt, text
from lowtide.errors import UserError
from lowtide.model.library import Article

FOLDER = "articles"
KEYS = ("title", "summary", "order")
"""What each article's head must say, and all that it may say."""
_HEAD = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)
_LINK = re.compile(r"\]\((https?://[^\s)]+)\)|<(https?://[^\s>]+)>")


def articles() -> tuple[Article, ...]:
    """Give every article, in the order in which they are to be read."""
    return _articles()


def article(name: str) -> Article:
    """Look an article up by its name. Raises `UserError` that offers the nearest."""
    wanted, known = spelt(name), {one.name: one for one in articles()}
    if wanted not in known:
        hint = offer(wanted, tuple(known)) if known else "There are none yet."
        raise UserError(f"There is no article '{name}'.", hint=hint)
    return known[wanted]


@cache
def _articles() -> tuple[Article, ...]:
    found = (read_article(file.stem, text(file)) for file in (folder() / FOLDER).glob("*.md"))
    return tuple(sorted(found, key=lambda one: (one.order, one.name)))


def read_article(name: str, written: str) -> Article:
    r"""Read one article. Raises `UserError` that says what its head lacks.

    >>> read_article("sleep", "---\ntitle: Sleep\nsummary: How.\norder: 3\n---\n\nSee [it](https://a.org/b).").sources
    ('https://a.org/b',)
    """
    found = _HEAD.fullmatch(written.replace("\r\n", "\n"))
    if not found:
        raise UserError(f"{FOLDER}/{name}.md has no head.", hint="Begin with ---, then title:, summary:, order:, ---.")
    rows = dict(line.partition(":")[::2] for line in found[1].splitlines() if line.strip())
    head = {key.strip(): value.strip() for key, value in rows.items()}
    missing = [key for key in KEYS if not head.get(key)]
    unknown = [key for key in head if key not in KEYS]
    if missing or unknown or not head["order"].isdigit():
        wrong = [f"'{key}' is missing" for key in missing] + [f"'{key}' is unknown" for key in unknown]
        what = (wrong or ["'order' is no number"])[0]
        raise UserError(f"{FOLDER}/{name}.md: {what}.", hint=f"Its head says {', '.join(KEYS)}, and nothing else.")
    sources = dict.fromkeys(one or other for one, other in _LINK.findall(found[2]))
    return Article(
        name=name, title=head["title"], summary=head["summary"], order=int(head["order"]), text=found[2].strip() + "\n",
        sources=tuple(sources),
    )  # fmt: skip
