"""Search in the Convention: which provisions, in which order, with which words marked."""

import pytest

from assistant.knowledge import read_knowledge
from assistant.web.reading.search import MOST_FOUND, MOST_NEAR, Search
from assistant.web.reading.texts import Texts
from tests.test_official_answers import OFFICIAL, keep
from tests.treaty import translated
from tests.un_layout import un_pdf, un_web_page


@pytest.fixture(scope="module")
def search(knowledge):
    return Search(Texts(knowledge, "en"))


def ids(hits):
    return [hit.provision.id for hit in hits]


def marked(hit):
    return [part.words for part in hit.passage if part.is_hit]


def told(hit):
    return "".join(part.words for part in hit.passage)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("extradition", "art-37"),
        ("90 days", "art-25/para-2"),
        ("intimate image", "art-16/para-1"),
        ("withdrawing reservations", "art-63/para-4"),
        ("article 14", "art-14"),
        ("14", "art-14"),
        ("art. 14(1)(b)", "art-14/para-1/b"),
    ],
)
def test_words_and_numbers_find_their_provision(search, knowledge, query, wanted):
    found = ids(search(query).hits)
    assert any(one == wanted or one.startswith(f"{wanted}/") for one in found[:8]), found


def test_every_form_of_a_word_is_found_and_marked(search):
    found = search("preserving")
    assert {"preserve", "preservation", "preserved"} <= {w for h in found.hits for w in marked(h)}


def test_a_phrase_is_marked_as_a_whole_and_comes_first(search):
    hit = search("without right").hits[0]
    assert "without right" in marked(hit) and "right" not in marked(hit)


def test_a_word_is_not_marked_within_another(search):
    found = {word.lower() for hit in search("act").hits for word in marked(hit)}
    assert "act" in found and found <= {"act", "acts", "acted", "acting"}


def test_what_has_all_words_comes_alone(search):
    assert search("preserve data").has_all
    some = search("preserve zebra")
    assert some.hits and not some.has_all


def test_the_parts_of_a_passage_are_its_words(search, knowledge):
    for hit in search("data").hits:
        whole = knowledge.convention[hit.provision.id]
        text = f"{whole.text} {whole.closing}".strip() or knowledge.annotations[whole.id].summary
        assert told(hit).strip("… ") in text


def test_a_long_passage_is_cut_around_its_first_hit(search):
    hits = search("investigation").hits
    assert all(len(told(hit)) < 640 for hit in hits)
    assert all(marked(hit) or any(part.is_hit for part in hit.title) for hit in hits)


def test_no_more_than_the_best_are_shown_and_all_are_counted(search):
    found = search("State Party")
    assert len(found.hits) == MOST_FOUND < found.count


@pytest.mark.parametrize(
    ("query", "problem"),
    [("", ""), ("\x00 ", ""), ("?!", "search_no_words"), ("a" * 5000, "search_too_long")],
)
def test_what_is_no_query_is_not_searched(search, query, problem):
    found = search(query)
    assert found.problem == problem and not found.hits and not found.near


@pytest.mark.parametrize("query", ["(", "[a-z", "\\", "a|b", "*", "%", "é" * 300, "名", "';--"])
def test_odd_input_is_searched_for_as_it_stands(search, query):
    assert search(query).problem in ("", "search_no_words")


def test_what_is_near_in_meaning_is_what_no_word_found(knowledge):
    near = [knowledge.convention[key] for key in ("art-37", "art-16/para-1", *["art-7/para-1"] * 9)]
    found = Search(Texts(knowledge, "en"), lambda query: near)("extradition")
    assert "art-37" not in ids(found.near) and ids(found.near)[0] == "art-16/para-1"
    assert len(found.near) <= MOST_NEAR


def test_the_official_words_are_searched_and_shown_in_their_language(tmp_path):
    arabic = translated("ar")
    keep(tmp_path, arabic, un_web_page(arabic))
    keep(tmp_path, OFFICIAL, un_pdf(OFFICIAL))
    kept = read_knowledge(tmp_path)
    hit = Search(Texts(kept, "ar"))("تدابير لأغراض").hits[0]
    assert hit.language == "ar" and marked(hit)
    assert "shall" in {word for h in Search(Texts(kept, "en"))("shall").hits for word in marked(h)}
