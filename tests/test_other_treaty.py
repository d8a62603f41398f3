"""What is known of another treaty, and its index."""

from dataclasses import replace

import pytest

from assistant.answer import UNREVIEWED
from assistant.other_treaty import documents_of, knowledge_of, open_other
from assistant.settings import read_settings
from index.official_reader import read_document
from index.passages import passages_of_words
from index.treaties import folder_of, keep_treaty
from tests.lanterns import TEXT, TITLE, lanterns
from tests.test_official_reader import document

REAL = [
    "budapest-laws-markdown.md",
    "rome-statute-icc.pdf",
    "uncac-laws-markdown.md",
    "untoc-laws-markdown.md",
]


def test_a_citation_has_the_exact_words_and_nothing_that_nobody_reviewed(tmp_path):
    kept = keep_treaty(tmp_path, lanterns(), TITLE)
    treaty = knowledge_of(kept)
    for provision in kept.convention.provisions():
        citation = treaty.cite(provision)
        assert kept.text[citation.start : citation.end] == citation.quote != ""
        assert (citation.source, citation.level, citation.url) == ("official", UNREVIEWED, "")
        assert citation.explanation is None
    assert treaty.cite(kept.convention["art-2bis/b"]).label == "article 2 bis (b)"


def test_the_stamp_names_the_treaty_its_hash_its_day_and_its_file(tmp_path):
    kept = keep_treaty(tmp_path, lanterns(), TITLE)
    stamp = knowledge_of(kept).stamp()
    assert stamp.edition.startswith(f"{TITLE}: text as given, neither checked")
    assert (stamp.sha256, stamp.as_of) == (kept.record.sha256, kept.record.day)
    assert stamp.address == "lanterns.txt"


def test_a_provision_is_read_under_its_title_and_chapeau():
    convention = read_document(lanterns().content)
    by_id = {document.id: document for document in documents_of(convention)}
    assert by_id["art-3/para-2/b"].page_content == (
        "Wages of keepers. A keeper who serves at the following places gets double wages: a cliff."
    )
    assert "art-3" not in by_id and "art-2bis" in by_id


@pytest.mark.parametrize("name", REAL)
def test_no_passage_of_a_real_treaty_is_cut_by_the_encoder_and_no_word_is_lost(name, encoder):
    convention = read_document(document(name))
    passages = passages_of_words(convention)
    tokens = [encoder.count_tokens([passage.text]) + 2 for passage in passages]
    assert max(tokens) < encoder.max_tokens == 256
    together: dict[str, set[str]] = {}
    for passage in passages:
        together.setdefault(passage.provision, set()).update(passage.text.split())
    for provision in convention.provisions():
        assert set(provision.text.split()) <= together.get(provision.id, set())


def test_the_index_is_built_beside_the_text_and_opened_after_that(tmp_path):
    keep_treaty(tmp_path, lanterns(), TITLE)
    settings, told = read_settings(data=tmp_path), []
    _, retriever = open_other(TITLE, settings, say=told.append)
    assert (folder_of(tmp_path, TITLE) / "index" / "current").is_file()
    assert len(told) == 1 and not (tmp_path / "index").exists()
    treaty, again = open_other("lantern treaty", settings, say=told.append)
    assert len(told) == 1 and len(again.store) == len(retriever.store) == len(treaty.passages)
    assert again.invoke("Who pays the keeper?")[0].id == "art-3/para-1"


def test_another_text_under_the_title_builds_the_index_again(tmp_path):
    settings, told = read_settings(data=tmp_path), []
    for text in (TEXT, TEXT.replace("white", "green")):
        keep_treaty(tmp_path, lanterns(text), TITLE)
        open_other(TITLE, settings, say=told.append)
    assert "another text" in told[1]


def test_another_file_of_the_same_words_keeps_the_index(tmp_path):
    settings, told = read_settings(data=tmp_path), []
    for place in ("/a.txt", "/b.txt"):
        keep_treaty(tmp_path, replace(lanterns(), final=place), TITLE)
        open_other(TITLE, settings, say=told.append)
    assert len(told) == 1
