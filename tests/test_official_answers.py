"""Answers over a kept official text: its own words with their place, and our digest beside."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.answer import ConventionStamp
from assistant.assistant import Assistant
from assistant.knowledge import Knowledge, read_knowledge
from assistant.plain import as_plain_text
from assistant.settings import read_settings
from assistant.web.interface import Interface, interfaces
from assistant.web.reading_room import ReadingRoom, reading_room
from index.convention import Convention, Provision
from index.errors import BadSource
from index.keeping import open_official
from index.official import fetch_official
from index.sources import Source, source_named
from tests.loopback import site
from tests.test_reading_room import Reader
from tests.treaty import DIGEST, shifted, translated
from tests.un_layout import un_pdf, un_web_page


def solemn(treaty: Convention) -> Convention:
    """The treaty with other words at every place, as an official text has them."""

    def turned(provision: Provision) -> Provision:
        return replace(provision, text=provision.text.replace("must", "shall"))

    chapters = tuple(
        replace(
            chapter,
            articles=tuple(
                replace(a, provisions=tuple(map(turned, a.provisions))) for a in chapter.articles
            ),
        )
        for chapter in treaty.chapters
    )
    return replace(treaty, chapters=chapters)


OFFICIAL = solemn(DIGEST)


def keep(data: Path, treaty: Convention, document: bytes) -> str:
    """Serve, fetch and keep a treaty; returns its address."""
    with site() as made:
        address = made.serve("/text", document, "application/pdf")
        rules = source_named(address).rules
        fetch_official(
            data, DIGEST, [Source(address, rules)], language=treaty.language, trust=made.trust
        )
    return address


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("official")


@pytest.fixture(scope="module")
def address(folder) -> str:
    """Where the English text came from that is kept in the folder, beside a French one."""
    french = translated("fr")
    keep(folder, french, un_web_page(french))
    return keep(folder, OFFICIAL, un_pdf(OFFICIAL))


@pytest.fixture(scope="module")
def official(folder, address) -> Knowledge:
    return read_knowledge(folder)


@pytest.fixture(scope="module")
def whole(folder, address) -> str:
    return open_official(folder).text


def test_every_citation_is_the_exact_words_at_their_place(official, knowledge, whole):
    for provision in DIGEST.provisions():
        citation, ours = official.cite(provision), knowledge.cite(provision)
        assert citation.source == "official" and whole[citation.start : citation.end] == (
            citation.quote
        )
        assert OFFICIAL[provision.id].text in citation.quote
        assert citation.explanation == ours.quote
        assert (
            replace(
                citation, quote=ours.quote, source="digest", start=None, end=None, explanation=None
            )
            == ours
        )


def test_the_stamp_names_text_hash_day_and_address(official, folder, address):
    record = open_official(folder).record
    assert official.stamp() == ConventionStamp(
        f"{DIGEST.title}: official text", "en", record.sha256, record.day, address
    )


def test_another_language_is_quoted_on_request_and_english_where_it_is_not_kept(official, folder):
    french = open_official(folder, "fr")
    citation = official.cite(DIGEST["art-7/para-1"], "fr")
    assert citation.quote == french.text[citation.start : citation.end]
    assert citation.quote == french.convention["art-7/para-1"].text
    assert official.stamp("fr").language == "fr" and official.stamp("zh").language == "en"
    assert official.cite(DIGEST["art-7"], "zh") == official.cite(DIGEST["art-7"])


def test_what_the_english_text_has_under_another_number_is_ours_in_every_language(tmp_path):
    french = translated("fr")
    keep(tmp_path, french, un_web_page(french))
    keep(tmp_path, DIGEST, un_pdf(shifted(40, 3)))
    known = read_knowledge(tmp_path)
    for language in ("en", "fr"):
        assert known.cite(DIGEST["art-40/para-5"], language).source == "digest"
        assert known.cite(DIGEST["art-40/para-1"], language).source == "official"


def test_a_file_of_this_machine_is_named_without_its_folder(tmp_path):
    file = tmp_path / "treaty.pdf"
    file.write_bytes(un_pdf(DIGEST))
    fetch_official(tmp_path, DIGEST, [source_named(str(file))])
    assert read_knowledge(tmp_path).stamp().address == "treaty.pdf"


@pytest.fixture(scope="module")
def quoting(assistant, data, folder, address) -> Assistant:
    """A real assistant over the session's index, with the official text in its data folder."""
    (folder / "index").symlink_to(data / "index", target_is_directory=True)
    return Assistant.open(read_settings(data=folder))


QUESTION = "How long must data be preserved?"


def test_an_answer_quotes_the_official_text_and_says_the_rest_as_before(quoting, assistant, whole):
    ours, answer = assistant.ask(QUESTION), quoting.ask(QUESTION)
    assert answer.text == ours.text and answer.outcome == ours.outcome
    assert [c.id for c in answer.citations] == [c.id for c in ours.citations] != []
    assert [c.explanation for c in answer.citations] == [c.quote for c in ours.citations]
    for citation in answer.as_json()["citations"]:
        assert citation["source"] == "official"
        assert whole[citation["start"] : citation["end"]] == citation["quote"]
    assert answer.as_json()["convention"]["address"].startswith("https://localhost")
    assert "Quoted: " in as_plain_text(answer) and "official text" in as_plain_text(answer)


def test_without_an_official_text_an_answer_has_nothing_of_it(assistant):
    told = json.dumps(assistant.ask(QUESTION).as_json())
    assert not [name for name in ("start", "end", "explanation", "address") if f'"{name}"' in told]


def test_an_answer_quotes_in_the_language_that_is_asked_for(quoting, assistant):
    answer = quoting.ask(QUESTION, language="fr")
    assert answer.convention.language == "fr" and answer.text == assistant.ask(QUESTION).text
    with pytest.raises(BadSource, match="choose one of"):
        quoting.ask(QUESTION, language="de")


CHANGED = {
    "art-40/para-7": "Envoys of a requested State shall transmit sealed dossiers by courier.",
    "art-59/para-2": "The Registrar shall circulate quinquennial bulletins without undue delay.",
}
"""Words of our own that the digest has not, for an official text that differs from it."""


@pytest.fixture(scope="module")
def differing(assistant, data, tmp_path_factory) -> Assistant:
    """A real assistant that keeps an official text with other words in two provisions."""
    place = tmp_path_factory.mktemp("differing")
    chapters = tuple(
        replace(
            chapter,
            articles=tuple(
                replace(
                    a,
                    provisions=tuple(
                        replace(p, text=CHANGED.get(p.id, p.text)) for p in a.provisions
                    ),
                )
                for a in chapter.articles
            ),
        )
        for chapter in OFFICIAL.chapters
    )
    treaty = replace(OFFICIAL, chapters=chapters)
    keep(place, treaty, un_pdf(treaty))
    (place / "index").symlink_to(data / "index", target_is_directory=True)
    return Assistant.open(read_settings(data=place))


@pytest.mark.parametrize(
    ("question", "provision"),
    [
        ("Who says that envoys of a requested State shall transmit dossiers?", "art-40/para-7"),
        ("Must sealed dossiers be sent by courier under the Convention?", "art-40/para-7"),
        ("Where are quinquennial bulletins provided for?", "art-59/para-2"),
        ("the Registrar shall circulate quinquennial bulletins", "art-59/para-2"),
    ],
)
def test_official_words_find_their_provision_where_ours_do_not(
    differing, assistant, question, provision
):
    assert provision in [citation.id for citation in differing.ask(question).citations]
    assert provision not in [citation.id for citation in assistant.ask(question).citations]


def test_official_words_that_must_not_be_quoted_are_not_searched(tmp_path):
    keep(tmp_path, DIGEST, un_pdf(shifted(40, 3)))
    known = read_knowledge(tmp_path)
    assert "art-40/para-5" not in known.official_words and "art-40/para-1" in known.official_words
    assert known.quotations is not None


def test_without_an_official_text_there_is_nothing_more_to_search(knowledge):
    assert knowledge.official_words == {} and knowledge.quotations is None


@pytest.fixture(scope="module")
def client(official) -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(reading_room(official, interfaces()["en"]))
    with TestClient(app) as found:
        yield found


def page(client: TestClient, path: str) -> str:
    """The words of a page, without what stands around them."""
    return Reader(client.get(path).text.split("<main", 1)[1].split("</main>", 1)[0]).plain


def test_the_pages_show_the_official_words_and_ours_beside_them(client):
    provision = next(p for p in OFFICIAL.article(25).paragraphs if "shall" in p.text)
    ours = DIGEST[provision.id].text
    told = page(client, "/convention/article-25")
    assert f"{provision.text} In plain words: {ours}" in told
    html = client.get("/convention/article-25").text
    assert "official text, fetched on" in html and "not the official wording" in html


def test_a_page_can_show_one_of_the_texts_alone(client):
    provision = next(p for p in OFFICIAL.article(25).paragraphs if "shall" in p.text)
    ours = DIGEST[provision.id].text
    official = page(client, "/convention/article-25?text=official")
    digest = page(client, "/convention/article-25?text=digest")
    assert provision.text in official and ours not in official
    assert ours in digest and provision.text not in digest
    assert page(client, "/convention/article-25?text=<b>") == page(client, "/convention/article-25")


def test_a_page_leads_to_each_of_its_texts_and_says_which_is_shown(client):
    html = client.get("/convention/article-25?text=official").text
    assert {"/convention/article-25", "/convention/article-25?text=digest"} <= set(
        Reader(html).links
    )
    assert 'href="/convention/article-25?text=official" aria-current="true"' in html


@pytest.mark.parametrize("code", ["fr", "zh"])
def test_a_page_in_another_language_shows_the_official_text_in_it_where_it_is_kept(
    official, folder, code
):
    interface = Interface(code, interfaces()["en"].texts)
    html = ReadingRoom(official, interface).article(7)
    spoken = "fr" if code == "fr" else "en"
    kept = open_official(folder, spoken).convention
    assert kept["art-7/para-1"].text in Reader(html).plain
    foreign = "" if code == spoken else ' lang="en" dir="ltr"'
    assert f'<p class="words official"><span class="own"{foreign}>' in html
    assert kept.article(7).title in Reader(html).plain


def test_a_page_says_what_is_ours_alone_and_shows_what_only_the_official_text_has(tmp_path):
    def longer(treaty: Convention) -> Convention:
        last = treaty.chapters[-1]
        article = last.articles[-1]
        added = Provision(article.number, len(article.paragraphs) + 1, (), "One thing more.")
        article = replace(article, provisions=(*article.provisions, added))
        last = replace(last, articles=(*last.articles[:-1], article))
        return replace(treaty, chapters=(*treaty.chapters[:-1], last))

    keep(tmp_path, DIGEST, un_pdf(longer(shifted(40, 3))))
    app = FastAPI()
    app.include_router(reading_room(read_knowledge(tmp_path), interfaces()["en"]))
    with TestClient(app) as client:
        assert "could not be matched" in client.get("/convention/article-40").text
        assert "One thing more." in client.get("/convention/article-68").text
        assert "could not be matched" not in client.get("/convention/article-7").text
