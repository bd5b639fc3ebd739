"""Every article, as a reader meets it: long enough to say something, short enough to be read, its sources linked."""

from __future__ import annotations

import re

import pytest

from lowtide import content
from lowtide.content.article_files import read_article
from lowtide.errors import UserError
from rehearsal import AMERICAN

FEWEST_WORDS, MOST_WORDS = 400, 900
FEWEST_SOURCES = 2
CLAIMS = re.compile(
    r"\b(guarantee\w*|miracle\w*|chakras?|detox\w*|toxins?|sacred|divine|cosmic|life energy"
    r"|(?<!not )will (?:cure|heal|fix|end|erase|make you pain-free)|cures? (?:your |all )?(?:back )?pain"
    r"|the WHO recommends? (?:MBSR|mindfulness)|proven to (?:cure|heal))\b",
    re.IGNORECASE,
)
"""What no article may say (SAFETY: no promise of a cure; EVIDENCE: what WHO does not recommend)."""
LINK = re.compile(r"\]\(([^)\s]+)\)")
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|\[[^\]]*\]\([^)]*\)")
"""Words of others, and titles of studies, keep their own spelling."""


@pytest.mark.parametrize("name", [one.name for one in content.articles()])
def test_an_article_is_read_in_a_few_minutes_and_links_what_it_rests_on(name: str) -> None:
    article = content.article(name)
    words = len(re.sub(r"\]\([^)]*\)", "]", article.text).split())
    assert FEWEST_WORDS <= words <= MOST_WORDS, f"{words} words"
    assert len(article.sources) >= FEWEST_SOURCES, "link at least two sources in the text"
    assert article.summary.endswith(".")
    assert not article.text.startswith("# "), "its title stands in the head"


@pytest.mark.parametrize("name", [one.name for one in content.articles()])
def test_an_article_promises_nothing_and_is_spelt_the_british_way(name: str) -> None:
    text = content.article(name).text
    assert [match[0] for match in CLAIMS.finditer(text)] == []
    assert [match[0] for match in AMERICAN.finditer(QUOTED.sub("", text))] == []


@pytest.mark.parametrize("name", [one.name for one in content.articles()])
def test_a_link_from_an_article_to_another_leads_somewhere(name: str) -> None:
    known = {f"{one.name}.md" for one in content.articles()} | {one.name for one in content.articles()}
    inside = [one for one in LINK.findall(content.article(name).text) if not one.startswith(("http://", "https://"))]
    assert [one for one in inside if one.partition("#")[0] not in known] == []


def test_each_article_has_its_own_place_and_title() -> None:
    found = content.articles()
    assert len({one.order for one in found}) == len({one.title for one in found}) == len(found)


@pytest.mark.parametrize("text", ["It will cure your back.", "MBSR cures back pain.", "Chakras open."])
def test_a_promise_is_seen(text: str) -> None:
    assert CLAIMS.search(text)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("No head.", "has no head"),
        ("---\ntitle: A\norder: 1\n---\n\nText.\n", "'summary' is missing"),
        ("---\ntitle: A\nsummary: B.\norder: 1\nauthor: C\n---\n\nText.\n", "'author' is unknown"),
        ("---\ntitle: A\nsummary: B.\norder: first\n---\n\nText.\n", "'order' is no number"),
    ],
)
def test_an_article_without_its_head_is_refused(written: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        read_article("sleep", written)


def test_an_article_is_found_however_it_is_typed_and_else_the_nearest_is_offered() -> None:
    for one in content.articles():
        assert content.article(one.name.replace("-", " ").upper()) == one
        with pytest.raises(UserError, match=one.name):
            content.article(one.name + "s")
