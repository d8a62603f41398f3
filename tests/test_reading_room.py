"""The readable pages of the Convention, over the text that is shipped."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.knowledge import Knowledge, read_knowledge
from assistant.obligations import read_register
from assistant.web.interface import Interface, interfaces
from assistant.web.pages import static_files
from assistant.web.reading.texts import View
from assistant.web.reading_room import ReadingRoom, reading_room
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
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag != "script" or not ("src" in given or given.get("type") == "application/ld+json"):
            self.tags.add(tag)
        self.styled = self.styled or "style" in given
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" else []
        if tag == "script" and "src" in given:
            self.scripts.append(given["src"])
        if tag == "img" or (tag == "link" and given.get("rel") == "stylesheet"):
            self.sources.append(given.get("src") or given["href"])

    def handle_data(self, data: str) -> None:
        self.words += data

    @property
    def plain(self) -> str:
        return " ".join(self.words.split())


def in_english(link: str) -> str:
    """The same page in English, which has the plain address; each language has all of them."""
    return re.sub(r"^/[a-z]{2}(?=/|$)", "", link) or "/"


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
        shown = f"Article {article.number}: {article.number} {article.title}"
        assert shown in contents.plain
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
            target, _, anchor = in_english(link).partition("#")
            target = "/" if target.startswith("/?q=") else target
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


def test_no_page_has_a_script_of_its_own_or_needs_another_host(pages):
    for page in pages.values():
        assert all(source.startswith("/static-convention/") for source in page.scripts)
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
    for name in ("provisions.css", "room.css", "terms.css", "page.css"):
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


ARABIC = Interface("ar", interfaces()["en"].texts | {"site.direction": "rtl"})


def words_of(html: str) -> str:
    return Reader(html.split("<main", 1)[1].split("</main>", 1)[0]).plain


def test_the_contents_say_in_a_sentence_what_each_article_is_about(client, knowledge):
    plain = words_of(client.get("/convention").text)
    for article in knowledge.convention.articles:
        summary = knowledge.annotations[article.id].summary
        first = next(piece for piece in plain.split(article.title) if summary[:20] in piece)
        assert re.search(r"[.]", first)


def test_a_page_says_where_it_stands_and_leads_there(client, pages, knowledge):
    for chapter in knowledge.convention.chapters:
        for article in chapter.articles:
            page = pages[f"/convention/article-{article.number}"]
            assert f"/convention#chapter-{chapter.number}" in page.links
            assert f"Chapter {chapter.roman}: {chapter.title}" in page.plain
        assert f"chapter-{chapter.number}" in pages["/convention"].ids


def test_beside_an_article_stand_those_of_its_chapter_with_itself_marked(client, knowledge):
    side = client.get("/convention/article-14").text.split("<aside", 1)[1]
    links = Reader(side).links
    for article in knowledge.convention.chapter(2).articles:
        assert f"/convention/article-{article.number}" in links
    assert re.findall(r'href="([^"]+)" aria-current="page"', side) == ["/convention/article-14"]


def test_every_provision_has_a_link_to_itself(pages, knowledge):
    for provision in knowledge.convention.provisions():
        if provision.anchor and provision.text:
            page = pages[provision.url.partition("#")[0]]
            assert page.links.count(provision.url) >= 1, provision.id


def test_an_article_leads_to_the_chat_with_a_question_about_it(pages):
    assert "/?q=What+does+article+14+say%3F" in pages["/convention/article-14"].links
    assert "/?q=What+does+the+preamble+say%3F" in pages["/convention/preamble"].links


def test_the_map_has_a_link_with_a_name_for_each_article_that_is_tied_to_it(client, knowledge):
    html = client.get("/convention/article-14").text
    drawn = html.split("<svg", 1)[1].split("</svg>", 1)[0]
    for number in (2, 15, 16, 17):
        title = knowledge.convention.article(number).title
        name = f"Article {number}: {title}"
        assert f'<a href="/convention/article-{number}" aria-label="{name}"><title>' in drawn
    assert "<svg" not in client.get("/convention/preamble").text


def test_what_has_no_place_on_the_map_is_counted_and_listed(client):
    html = client.get("/convention/article-2").text
    drawn = html.split("<svg", 1)[1].split("</svg>", 1)[0]
    shown = drawn.count("<a ")
    more = int(re.search(r"and (\d+) more", html)[1])
    listed = html.split("<details>", 1)[1].split("</details>", 1)[0]
    assert shown == 14 and listed.count("<li>") == shown + more


def test_a_defined_term_is_a_link_with_its_definition(client):
    html = client.get("/convention/article-25").text
    terms = re.findall(
        r'<a class="term" href="([^"]+)" data-label="([^"]+)" data-definition="([^"]+)">([^<]+)<',
        html,
    )
    assert ("/convention/article-2#b", "art. 2(b)") in [term[:2] for term in terms]
    assert all("means" in definition for _, _, definition, _ in terms)
    first = html.split('id="para-1"', 1)[1].split('id="para-2"', 1)[0]
    assert first.count('href="/convention/article-2#b" data') == 1


def test_a_page_that_was_made_is_kept(knowledge):
    room = ReadingRoom(knowledge, interfaces()["en"])
    assert room.article(14) is room.article(14)
    assert room.article(14, View.DIGEST) is not room.article(14)


def test_in_another_language_our_words_say_that_they_are_english(knowledge):
    html = ReadingRoom(knowledge, ARABIC).article(14)
    assert '<html lang="ar" dir="rtl"' in html
    assert '<span class="own" lang="en" dir="ltr">' in html
    assert 'href="/ar/convention/article-15"' in html
    assert (
        ' lang="en"' not in ReadingRoom(knowledge, interfaces()["en"]).article(14).split("<main")[1]
    )


# --- search --------------------------------------------------------------------------------------


def test_a_search_shows_passages_with_their_place_and_marks_what_was_looked_for(client):
    html = client.get("/convention/search", params={"q": "preserve data"}).text
    assert "<mark>preservation</mark>" in html and "<mark>data</mark>" in html
    assert "/convention/article-25#para-1" in Reader(html).links
    assert re.search(r"\d+ passages have these words", html)
    assert 'value="preserve data"' in html


def test_a_search_without_a_hit_is_kind_and_leads_on(client):
    page = Reader(client.get("/convention/search?q=zzyzx").text)
    assert "No passage has words of “zzyzx”." in page.plain
    assert "/?q=zzyzx" in page.links


def test_an_empty_search_says_what_can_be_searched_for(client):
    for path in ("/convention/search", "/convention/search?q=", "/convention/search?q=%20%00"):
        response = client.get(path)
        assert response.status_code == 200 and "Write some words" in response.text


@pytest.mark.parametrize(("query", "told"), [("?!…", "no words in that"), ("x" * 9000, "too long")])
def test_what_cannot_be_searched_for_is_told_in_a_sentence(client, query, told):
    response = client.get("/convention/search", params={"q": query})
    assert response.status_code == 200 and told in response.text
    assert len(response.text) < 9000


def test_what_was_looked_for_stays_text(client):
    html = client.get("/convention/search", params={"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in html and "&lt;script&gt;" in html


def test_what_is_near_in_meaning_stands_apart(knowledge):
    near = knowledge.convention["art-16/para-1"]
    room = ReadingRoom(knowledge, interfaces()["en"], lambda query: [near])
    html = room.search("revenge porn")
    assert near.url in Reader(html.split("Near in meaning", 1)[1]).links


def test_every_page_of_the_room_has_the_field_to_search(pages):
    for path, page in pages.items():
        assert "form" in page.tags and "input" in page.tags, path
