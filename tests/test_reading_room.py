"""The readable pages of the Convention, over the text that is shipped."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.knowledge import Knowledge, read_knowledge
from assistant.obligations import read_register
from assistant.web.interface import interfaces
from assistant.web.reading_room import reading_room, static_files
from assistant.web.register_room import register_room


class Reader(HTMLParser):
    """Collects what matters of a page: ids, links, scripts, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.sources: list[str] = []
        self.tags: set[str] = set()
        self.styled = False
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if given.get("type") != "application/ld+json":  # data, which nothing runs
            self.tags.add(tag)
        self.styled = self.styled or "style" in given
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" else []
        self.sources += [given.get("src") or given["href"]] if tag in ("link", "img") else []

    def handle_data(self, data: str) -> None:
        self.words += data

    @property
    def plain(self) -> str:
        return " ".join(self.words.split())


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return read_knowledge()


@pytest.fixture(scope="module")
def client(knowledge: Knowledge) -> TestClient:
    app = FastAPI()
    app.include_router(static_files())
    app.include_router(reading_room(knowledge, interfaces()["en"]))
    return TestClient(app, follow_redirects=False)


@pytest.fixture(scope="module")
def pages(client: TestClient, knowledge: Knowledge) -> dict[str, Reader]:
    """Every page by its path."""
    numbers = [article.number for article in knowledge.convention.articles]
    paths = ["/convention", "/convention/preamble", *(f"/convention/article-{n}" for n in numbers)]
    return {path: Reader(client.get(path).text) for path in paths}


def test_the_contents_lead_to_the_preamble_and_to_every_article(pages, knowledge):
    contents = pages["/convention"]
    for article in knowledge.convention.articles:
        assert f"/convention/article-{article.number}" in contents.links
        assert f"Article {article.number}: {article.title}" in contents.plain
    assert "/convention/preamble" in contents.links


def test_the_contents_name_every_chapter(pages, knowledge):
    for chapter in knowledge.convention.chapters:
        assert f"Chapter {chapter.roman}: {chapter.title}" in pages["/convention"].plain


def test_every_citation_link_leads_to_a_place_that_exists(pages, knowledge):
    for provision in knowledge.convention.provisions():
        path, _, anchor = provision.url.partition("#")
        assert not anchor or pages[path].ids.count(anchor) == 1, provision.id


def test_every_provision_is_there_word_for_word_with_its_level(client, knowledge):
    for provision in knowledge.convention.provisions():
        if provision.text and provision.anchor:
            html = client.get(provision.url.partition("#")[0]).text
            own = html.split(f'id="{provision.anchor}"', 1)[1]
            shown = Reader(own.split('<p class="about">', 1)[0]).plain
            assert shown.endswith(" ".join(provision.text.split())), provision.id
            level = re.search(r'<span class="level" data-level="([^"]+)">\1</span>', own)
            assert level and level[1] == knowledge.annotations[provision.id].level


def test_an_item_of_an_article_without_paragraphs_has_its_place(pages):
    assert "f-ii" in pages["/convention/article-2"].ids
    assert "b" in pages["/convention/article-2"].ids


def test_an_article_without_paragraphs_shows_its_text(pages, knowledge):
    for article in knowledge.convention.articles:
        if article.provisions[0].text:
            page = pages[f"/convention/article-{article.number}"]
            assert " ".join(article.provisions[0].text.split()) in page.plain


def test_every_reference_of_a_provision_is_a_link(pages, knowledge):
    convention = knowledge.convention
    for provision in convention.provisions():
        page = pages[provision.url.partition("#")[0]]
        for reference in knowledge.annotations[provision.id].refers_to:
            below = reference.startswith(f"{provision.id}/")
            headless = not provision.text and provision.paragraph is None
            if reference in convention and not below and not headless:
                assert convention[reference].url in page.links, (provision.id, reference)


def test_a_provision_is_not_referred_to_what_stands_right_below_it(client):
    html = client.get("/convention/article-14").text
    own = html.split('id="para-1"', 1)[1].split('id="para-1-a"', 1)[0]
    assert "article-14#para-1-" not in own


def test_no_link_of_any_page_is_broken(client, pages, knowledge):
    register = register_room(knowledge, read_register(knowledge), interfaces()["en"])
    client.app.include_router(register)
    reached: dict[str, Reader | None] = {**pages, "/": None, "/bill": None}
    for path, page in pages.items():
        for link in page.links:
            target, _, anchor = link.partition("#")
            if target not in reached and target.startswith("/register"):
                reached[target] = Reader(client.get(target).text)
            found = reached[target or path]
            assert found is None or not anchor or anchor in found.ids, (path, link)


def test_every_article_leads_to_its_rows_in_the_register(pages):
    assert "/register?chapter=2#article-7" in pages["/convention/article-7"].links
    for path, page in pages.items():
        leads = [link for link in page.links if link.startswith("/register?")]
        assert len(leads) == (1 if "/article-" in path else 0), path


def test_every_article_leads_to_the_one_before_and_the_one_after(client, knowledge):
    last = len(knowledge.convention.articles)
    assert 'rel="prev" href="/convention/preamble"' in client.get("/convention/article-1").text
    for number in range(2, last):
        html = client.get(f"/convention/article-{number}").text
        assert f'rel="prev" href="/convention/article-{number - 1}"' in html
        assert f'rel="next" href="/convention/article-{number + 1}"' in html
    assert 'rel="next"' not in client.get(f"/convention/article-{last}").text
    assert 'rel="prev"' not in client.get("/convention/preamble").text


def test_every_page_says_which_text_it_is_and_as_of_when(pages, knowledge):
    for page in pages.values():
        assert knowledge.stamp().edition in page.plain
        assert re.search(r"as of \d{1,2} [A-Z][a-z]+ 20\d\d", page.plain)
        assert "not the official wording" in page.plain


def test_no_page_needs_a_script_or_another_host(pages):
    for page in pages.values():
        assert "script" not in page.tags
        assert "style" not in page.tags
        assert not page.styled
        assert all(source.startswith("/static-convention/") for source in page.sources)
        assert all(link.startswith(("/", "#")) for link in page.links)


def test_the_pages_forbid_everything_from_elsewhere(client):
    for path in ("/convention", "/convention/article-7", "/convention/article-99"):
        headers = client.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_the_styles_are_served_and_ask_nothing_of_another_host(client):
    for name in ("provisions.css", "room.css", "page.css"):
        response = client.get(f"/static-convention/{name}")
        assert response.headers["content-type"].startswith("text/css")
        assert "http" not in response.text and "@import" not in response.text
    assert ".provision:target" in client.get("/static-convention/provisions.css").text


def test_an_article_that_does_not_exist_is_told_with_a_way_to_the_contents(client):
    for number in ("0", "69", "71", "999999"):
        response = client.get(f"/convention/article-{number}")
        assert response.status_code == 404
        assert f"There is no article {number}" in response.text
        assert "/convention" in Reader(response.text).links


@pytest.mark.parametrize(
    "path", ["article-x", "article-", "chapter-1", "article-7/para-1", "..%2f..%2fapp.py", "<b>"]
)
def test_any_other_path_is_told_too(client, path):
    response = client.get(f"/convention/{path}")
    assert response.status_code == 404
    assert "<b>" not in response.text
    assert "/convention" in Reader(response.text).links


@pytest.mark.parametrize("name", ["none.css", "..%2fapp.py", "%2e%2e/app.py", "app.py", ""])
def test_nothing_but_styles_and_scripts_is_served_as_such(client, name):
    assert client.get(f"/static-convention/{name}").status_code == 404


def test_the_contents_are_found_with_a_slash_at_the_end(client):
    assert client.get("/convention/").text == client.get("/convention").text


def test_a_page_can_be_checked_without_being_fetched(client):
    response = client.head("/convention/article-7")
    assert response.status_code == 200
    assert not response.content


def test_markup_in_the_text_is_shown_as_text(knowledge):
    from dataclasses import replace

    convention = knowledge.convention
    article = convention.article(7)
    crooked = replace(article, title="<script>alert(1)</script> & more")
    chapter = replace(convention.chapter(2), articles=(crooked,))
    room = FastAPI()
    changed = replace(knowledge, convention=replace(convention, chapters=(chapter,)))
    room.include_router(reading_room(changed, interfaces()["en"]))
    html = TestClient(room).get("/convention/article-7").text
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in html
