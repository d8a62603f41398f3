"""Who asks for a person is understood; who asks about persons is not taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.bots.wishes import LANGUAGES, asks_for_person
from assistant.evaluation.questions import read_labelled

TUNING = Path(__file__).with_name("questions") / "tuning"

ASKING = {
    "en": [
        "human",
        "Agent, please!",
        "I want to talk to a human",
        "i'd like to speak with someone",
        "Could you put me through to somebody from your team?",
        "Please connect me with an agent",
        "I need a person",
        "give me a human!!!",
        "is there a human here?",
        "No, I want to speak to a person about my case",
        "I do not want a bot",
        "please call me back",
    ],
    "fr": ["Je veux parler à un humain", "Puis-je parler avec un conseiller s'il vous plaît ?"],
    "es": ["Quiero hablar con una persona", "Necesito un agente, por favor"],
    "pt": ["Quero falar com um atendente", "Preciso de uma pessoa real"],
    "de": ["Ich möchte mit einem Menschen sprechen", "Kann ich bitte mit jemandem sprechen?"],
    "ru": ["Позовите оператора, пожалуйста", "Хочу поговорить с живым человеком"],
    "vi": ["Tôi muốn gặp nhân viên", "Cho tôi nói chuyện với người thật"],
    "zh": ["转人工", "我要人工客服"],
    "ar": ["أريد التحدث مع شخص", "موظف"],
}

QUESTIONS = [
    "Can a person be extradited?",
    "Can police talk to a person without a lawyer?",
    "I need to know if a person can be punished for hacking",
    "Does the treaty protect human rights?",
    "Must a State have a contact point that people can reach 24/7?",
    "Does an AI image of a real person count?",
    "Who is the operator of the network?",
    "I want a person extradited to my country",
    "Can an agent of the State search my phone?",
    "Do I need a person's consent to share pictures?",
    "Can I contact the police of another country?",
    "Is there support for victims?",
    "How can I get the man in Ghana who cheated me arrested?",
    "We need someone to ship and service donated forensic machines.",
    "Are you a robot?",
    "Is human trafficking covered?",
    "Peut-on extrader une personne ?",
    "¿Puede una persona ser extraditada?",
    "Kann ein Mensch ausgeliefert werden?",
    "Может ли человек быть выдан?",
    "一个人可以被引渡吗",
    "هل يمكن تسليم شخص",
    "",
    "🙂",
]


@pytest.mark.parametrize("text", [text for texts in ASKING.values() for text in texts])
def test_a_wish_for_a_person_is_understood(text):
    assert asks_for_person(text)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_about_persons_is_none(text):
    assert not asks_for_person(text)


def test_a_long_message_is_a_question_whatever_it_begins_with():
    assert not asks_for_person("I want to speak to a person " + "who was there " * 20)


def test_every_language_that_has_words_is_tried_here():
    assert set(ASKING) == set(LANGUAGES)


def test_no_labelled_question_is_taken_for_a_wish(knowledge):
    labelled = read_labelled(TUNING, knowledge.convention)
    assert len(labelled) > 1_000
    assert not [one.question for one in labelled if asks_for_person(one.question)]
