"""Questions that the register answers whole are known by their form, and no others."""

import pytest

from assistant.register_forms import Ask, Asked, asked_of_register
from index.annotations import Level


@pytest.mark.parametrize(
    ("question", "ask"),
    [
        ("What can we opt out of?", Ask.OPT_OUT),
        ("which parts can a State Party opt out of under this Convention", Ask.OPT_OUT),
        ("What opt-outs are there?", Ask.OPT_OUT),
        ("Which parts of the treaty are we allowed to opt out of?", Ask.OPT_OUT),
        ("What must be notified to the Secretary-General, and by when?", Ask.NOTICES),
        ("What should a government do before it joins?", Ask.BEFORE),
        ("What has to be notified, to whom, by when?", Ask.NOTICES),
        ("What must States notify, and to whom?", Ask.NOTICES),
        ("Which notifications does the Convention require?", Ask.NOTICES),
        ("Which deadlines are there?", Ask.DEADLINES),
        ("What time limits does the UN cybercrime treaty set?", Ask.DEADLINES),
        ("list all the deadlines, please", Ask.DEADLINES),
        ("What must we do before ratifying?", Ask.BEFORE),
        ("So what does my country have to do before it ratifies the Convention?", Ask.BEFORE),
        ("What needs to be in place before accession?", Ask.BEFORE),
    ],
)
def test_a_question_on_the_whole_register_is_known(question, ask):
    assert asked_of_register(question) == Asked(ask)


@pytest.mark.parametrize(
    ("question", "level", "chapter"),
    [
        ("What is optional in chapter II?", Level.OPTIONAL, 2),
        ("Which provisions are mandatory in Chapter 5 of the Convention?", Level.MANDATORY, 5),
        ("What is binding in the third chapter?", Level.MANDATORY, 3),
    ],
)
def test_a_level_in_a_chapter_is_known(question, level, chapter):
    assert asked_of_register(question) == Asked(Ask.LEVEL, level=level, chapter=chapter)


@pytest.mark.parametrize(
    ("question", "treaty"),
    [
        ("Which articles are new compared with Budapest?", "Budapest"),
        ("What's new compared to the Budapest Convention?", "Budapest"),
        ("Which articles have no counterpart in the Budapest Convention?", "Budapest"),
        ("What does this convention add to UNTOC?", "UNTOC"),
        ("Which provisions have no counterpart in the UN Convention against Corruption?", "UNCAC"),
    ],
)
def test_a_comparison_with_a_sister_treaty_is_known(question, treaty):
    assert asked_of_register(question) == Asked(Ask.NEW, treaty=treaty)


@pytest.mark.parametrize(
    ("question", "conduct"),
    [
        ("Must States criminalise hacking?", "hacking"),
        ("Do we have to make online fraud a crime under this treaty?", "online fraud"),
        ("Is a State Party obliged to criminalize grooming?", "grooming"),
        ("Must attempts be criminalised?", "attempts"),
        ("Does money laundering have to be a criminal offence?", "money laundering"),
    ],
)
def test_a_conduct_is_taken_from_the_question(question, conduct):
    assert asked_of_register(question) == Asked(Ask.CRIMINALISE, conduct=conduct)


@pytest.mark.parametrize(
    "question",
    [
        "Can we opt out of criminalising possession of hacking software?",
        "What must be notified when a central authority changes?",
        "What has to be notified to customers after a data breach?",
        "Which deadlines are there for preservation?",
        "What must a provider do before disclosing data?",
        "What is optional in chapter 12?",
        "What is optional in article 7?",
        "Which articles are new?",
        "Is the Convention new compared with Budapest?",
        "May States criminalise hacking?",
        "Must States punish hacking with prison?",
        "",
    ],
)
def test_any_other_question_goes_its_way(question):
    assert asked_of_register(question) is None
