"""The check of a model's sentences: what it lets out and what it holds back, kind by kind."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.evaluation.sentences import PARTS, TUNING, judge, read_sentences, rows_of_check
from assistant.generation.check import SentenceCheck, broken_rules
from assistant.generation.claim import Claim
from assistant.generation.figures import figures_in
from assistant.generation.ground import ground_of
from assistant.generation.quoted import stands_in
from assistant.generation.sentence import Fault, Sentence
from assistant.generation.weights import weights_of
from index.digest import read_digest
from index.errors import BadInput
from index.passages import sentences_of

HERE = Path(__file__).parent
SENTENCES = HERE / "questions" / "sentences"
FLOORS = yaml.safe_load((HERE / "quality.yaml").read_text(encoding="utf-8"))["check of sentences"]
OWN = [
    (provision.id, sentence)
    for provision in read_digest().provisions()
    for sentence in sentences_of(provision.text)
]


@pytest.fixture(scope="module")
def check(knowledge, encoder):
    return SentenceCheck(knowledge, encoder)


def faults(check, text, *ids):
    (verdict,) = check.verdicts([Sentence(text, ids)])
    return set(verdict.faults)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Hacking into an ICT system without right has to be a crime.", "art-7/para-1"),
        ("A person can be ordered to keep data for up to 90 days.", "art-25/para-2"),
        ("The requested State has to give reasons when it refuses help.", "art-40/para-25"),
        ("States may make attempts a crime, but they do not have to.", "art-19/para-2"),
        ("A State can leave the Convention by writing to the Secretary-General.", "art-67/para-1"),
        ("Nobody has to be extradited to be punished for religion.", "art-37/para-15"),
        ("Parliaments should note that attempts may be made a crime.", "art-19/para-2"),
        ("The help must not be declined “on the ground of bank secrecy”.", "art-40/para-24"),
    ],
)  # fmt: skip
def test_plain_retellings_are_supported(check, text, id):
    assert faults(check, text, id) == set()


@pytest.mark.parametrize(
    ("text", "id", "fault"),
    [
        ("A person must keep the data for up to 180 days.", "art-25/para-2", Fault.NUMBER),
        ("A person must keep the data for up to 90 hours.", "art-25/para-2", Fault.NUMBER),
        ("A person must keep the data for at least 90 days.", "art-25/para-2", Fault.NUMBER),
        ("Under article 9, hacking into a system is a crime.", "art-7/para-1", Fault.REFERENCE),
        ("The powers of chapter V apply.", "art-24/para-1", Fault.REFERENCE),
        ("The order is “valid for a year”.", "art-25/para-2", Fault.QUOTE),
        ("States must make attempts a crime.", "art-19/para-2", Fault.LEVEL),
        ("States may give reasons for a refusal.", "art-40/para-25", Fault.LEVEL),
        ("The original transferring State may require the authorization to be given in writing.",
         "art-36/para-1/a", Fault.LEVEL),
        ("States must exchange information on cybercrime.", "art-55/para-4", Fault.LEVEL),
        ("INTERPOL must keep a register of the contact points.", "art-41/para-2", Fault.ACTOR),
        ("The World Health Organization keeps a register.", "art-41/para-2", Fault.ACTOR),
        ("The requesting State must give reasons for any refusal.", "art-40/para-25", Fault.ACTOR),
        ("Our statute sets a minimum penalty for extradition.", "art-37/para-8", Fault.ACTOR),
        ("Denunciation does not cover the protocols.", "art-67/para-3", Fault.NEGATION),
        ("The Conference must meet one year before the entry into force.", "art-57/para-2",
         Fault.NEGATION),
        ("Hacking is a crime only if damage is done.", "art-7/para-1", Fault.ADDITION),
        ("Hacking is a crime and is punished with imprisonment.", "art-7/para-1", Fault.ADDITION),
        ("Content data may be obtained in real time for any offence, however minor.",
         "art-30/para-1", Fault.ADDITION),
        ("Paragraphs 12 to 28 of article 40 apply.", "art-40/para-7", Fault.REFERENCE),
        ("They did so as well.", "art-7/para-1", Fault.MEANING),
        ("A State must make it a criminal offence to make or change any electronic data.",
         "art-9/para-1", Fault.OMISSION),
        ("The source must make it a criminal offence to delete data intentionally.",
         "art-9/para-1", Fault.ACTOR),
        ("The police must give the power to order someone to hand over stored files.",
         "art-27/a", Fault.ACTOR),
    ],
)  # fmt: skip
def test_wrong_sentences_are_found_by_what_is_wrong(check, text, id, fault):
    assert fault in faults(check, text, id)


def test_a_sentence_without_citation_is_never_supported(check):
    assert faults(check, "Hacking is a crime.") == {Fault.UNCITED}


def test_an_id_that_does_not_exist_supports_nothing(check):
    assert faults(check, "Hacking is a crime.", "art-99") == {Fault.UNCITED}


def test_two_provisions_together_support_what_neither_does_alone(check):
    text = "States must criminalize participation, and may criminalize attempts."
    assert faults(check, text, "art-19/para-1", "art-19/para-2") == set()
    assert faults(check, text, "art-19/para-1")


def test_one_sentence_is_held_against_each_provision_that_it_cites(check):
    text = "Reasons have to be given for a refusal of legal assistance."
    pairs = [Sentence(text, (id,)) for id in ("art-40/para-25", "art-41/para-5", "preamble")]
    assert [verdict.supported for verdict in check.verdicts(pairs)] == [True, False, False]


def test_verdicts_come_in_the_order_of_the_sentences(check):
    right = Sentence("The requested State must give reasons for any refusal.", ("art-40/para-25",))
    wrong = Sentence("The requested State need not give reasons.", ("art-40/para-25",))
    verdicts = check.verdicts([wrong, right, wrong])
    assert [verdict.supported for verdict in verdicts] == [False, True, False]
    assert check.verdicts([]) == []


def test_every_sentence_of_every_provision_is_supported_by_it(check):
    verdicts = check.verdicts([Sentence(text, (id,)) for id, text in OWN])
    lost = [pair for pair, verdict in zip(OWN, verdicts, strict=True) if not verdict.supported]
    assert lost == []


def test_nearly_every_sentence_holds_by_the_rules_alone(knowledge):
    weights = weights_of(knowledge)
    broken = {
        (id, text): faults
        for id, text in OWN
        if (faults := broken_rules(
            Claim(text), ground_of(knowledge, knowledge.convention[id]),
            lambda mark: weights.get(mark, 1.0),
        ))
    }  # fmt: skip
    assert len(broken) <= 0.05 * len(OWN), broken


NUMBERED = [(id, text) for id, text in OWN if re.search(r"\b\d+ (?:days|years)", text)]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pair=st.sampled_from(NUMBERED), number=st.integers(min_value=100, max_value=9_999))
def test_any_other_number_in_a_provision_is_found(check, pair, number):
    id, text = pair
    changed = re.sub(r"\b\d+ (days|years)", rf"{number} \1", text)
    assert Fault.NUMBER in faults(check, changed, id)


@given(number=st.integers(min_value=1, max_value=10_000))
def test_digits_are_read_as_the_number_they_are(number):
    (figure,) = figures_in(f"It lasts {number} days.")
    assert (figure.value, figure.unit) == (number, "day")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), pair=st.sampled_from(OWN))
def test_a_quote_is_a_quote_only_letter_for_letter(knowledge, data, pair):
    id, text = pair
    ground = ground_of(knowledge, knowledge.convention[id])
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert stands_in(text[start:end], ground.quotable)
    assert not stands_in(f"{text[start:end]}ʬ", ground.quotable)


@pytest.fixture(scope="module", params=TUNING)
def reached(check, knowledge, request):
    labelled = read_sentences(SENTENCES / f"{request.param}.yaml", knowledge.convention)
    rows = {row.name: row.share for row in rows_of_check(judge(labelled, check))}
    return rows, FLOORS[request.param]


def test_few_wrong_sentences_pass(reached):
    rows, floors = reached
    assert rows["wrong sentences that pass"] <= floors["wrong sentences that pass"]


def test_most_true_sentences_are_kept(reached):
    rows, floors = reached
    assert rows["true sentences kept"] >= floors["true sentences kept"]


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_large_and_has_no_sentence_twice(knowledge, part):
    read = read_sentences(SENTENCES / f"{part}.yaml", knowledge.convention)
    texts = [one.sentence for one in read]
    assert len(texts) >= 190
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    "entry",
    [
        "- {text: Hacking., cites: [art-99], truth: true, kind: true}",
        "- {text: Hacking., cites: [art-7], truth: true, kind: number}",
        "- {text: Hacking., cites: [art-7], truth: false, kind: odd}",
        "- {text: Hacking., truth: false, kind: number}",
        "text: Hacking.",
        "- [",
    ],
)
def test_labelled_sentences_that_do_not_fit_are_told(tmp_path, knowledge, entry):
    file = tmp_path / "tuning.yaml"
    file.write_text(entry, encoding="utf-8")
    with pytest.raises(BadInput):
        read_sentences(file, knowledge.convention)
