"""The articles in the app: every one can be reached, read and followed to its sources; none can do harm."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from lowtide import content


def test_every_article_is_on_the_shelf_and_the_shelf_is_found_from_the_persons_own_page(for_me: Client) -> None:
    assert 'href="/reading/"' in for_me.get("/me/").content.decode()
    shelf = for_me.get("/reading/").content.decode()
    for article in content.articles():
        assert f'href="/reading/{article.name}/"' in shelf


@pytest.mark.parametrize("name", [article.name for article in content.articles()])
def test_an_article_can_be_read_with_its_sources(for_me: Client, name: str) -> None:
    page = for_me.get(f"/reading/{name}/").content.decode()
    article = content.article(name)
    assert article.title.split()[0] in page
    for source in article.sources:
        assert source.replace("&", "&amp;") in page
    assert not re.search(r"<(script|iframe|img)\b(?![^>]*src=\"/)", page.split("<article")[1].split("</article>")[0])


def test_an_article_that_is_not_there_is_not_found(for_me: Client) -> None:
    assert for_me.get("/reading/a-miracle/").status_code == 404
