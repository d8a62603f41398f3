"""The register of obligations: its rows, its filters, and the traps of reading a duty."""

import subprocess
import sys

import pytest

from assistant.obligations import Filters, Obligation, Register, Side
from index.annotations import Level
from index.convention import is_kin
from index.errors import BadFilter, NothingFits
from index.register import Legislate, Measure, Relation


def ids(register: Register, **filters) -> list[str]:
    return [row.id for row in register.filtered(Filters(**filters)).rows]


def row(register: Register, row_id: str) -> Obligation:
    return register.by_id[row_id]


def test_a_provision_with_one_duty_is_a_row_of_its_own_id(register):
    found = row(register, "art-7/para-1")
    assert found.label == "article 7, paragraph 1" and found.level is Level.MANDATORY
    assert (found.chapter, found.title, found.actor) == (2, "Illegal access", "State Party")


def test_a_provision_with_several_duties_has_a_row_for_each_numbered(register, knowledge):
    options = [row(register, f"art-7/para-2#{number}") for number in (1, 2, 3)]
    assert "art-7/para-2" not in register.by_id
    assert " ".join(option.text for option in options) == (
        knowledge.convention["art-7/para-2"].text
    )


def test_every_id_names_one_row_and_every_row_has_words(register):
    assert len(register.by_id) == len(register.rows) == 634
    assert all(one.text and one.label for one in register.rows)


def test_an_item_reads_on_from_its_chapeau(register):
    item = row(register, "art-17/para-1/a/i")
    assert (
        item.text.startswith("Each State Party must") and "converting or transferring" in item.text
    )


def test_a_sentence_that_stands_alone_in_an_item_has_no_chapeau_before_it(register):
    assert row(register, "art-14/para-1/d#2").text.startswith("States Parties may make this")


def test_necessary_measures_are_no_option(register):
    """'Such measures as may be necessary' allows nothing; only 'may adopt' before them does."""
    measures = "legislative and other measures needed"
    adopted = [one for one in register.rows if measures in one.text]
    obliged = [one for one in adopted if "may adopt" not in one.text]
    assert len(obliged) > 30
    assert {one.level for one in obliged} == {Level.MANDATORY}
    optional = {Level.OPTIONAL, Level.OPTIONAL_ELEMENT, Level.RESERVATION}
    needed = [one for one in register.rows if "measures needed to" in one.text]
    assert all(" may " in one.text for one in needed if one.level in optional)


def test_what_a_chapeau_obliges_its_items_oblige(register, knowledge):
    """The one word of duty of a list stands in its chapeau, and governs every item."""
    duties = {Level.MANDATORY, Level.SAFEGUARD, Level.CONSIDER}
    convention, below = knowledge.convention, []
    for one in register.rows:
        if one.level is Level.MANDATORY and one.text.endswith(":") and one.side is Side.STATE:
            items = convention.children(convention[one.provision_id])
            below += [register.by_id.get(i.id) or register.by_id[f"{i.id}#1"] for i in items]
    assert len(below) > 50
    assert not [item.id for item in below if item.level not in duties]


def test_an_element_that_a_state_may_require_is_no_option_to_leave_the_offence_out(register):
    for article in (7, 8, 9, 12):
        assert row(register, "art-7/para-1").level is Level.MANDATORY
        options = ids(register, level="optional element", offence=f"art-{article}")
        assert any(option.startswith(f"art-{article}/para-2") for option in options)


def test_institutions_stay_out_of_the_list_of_a_state(register):
    of_states = [one for one in register.rows if one.of_state]
    assert not {one.actor for one in of_states} & {
        "Conference of the States Parties", "Secretary-General", "secretariat", "any State", "n/a",
    }  # fmt: skip
    assert not [one.id for one in register.rows if one.for_assessment and not one.of_state]
    assert not [one for one in ids(register, actor="State") if one.startswith("art-58")]


def test_the_duties_of_a_central_authority_are_those_of_its_state(register):
    duty = row(register, "art-40/para-12/b#1")
    assert (duty.actor, duty.side, duty.of_state) == ("central authority", Side.STATE, True)


def test_property_that_must_be_liable_is_a_duty_though_no_state_is_named_as_acting(register):
    for number in (4, 5, 6):
        duty = row(register, f"art-31/para-{number}")
        assert (duty.level, duty.legislate) == (Level.MANDATORY, Legislate.YES) and duty.note


def test_references_go_both_ways(register):
    for one in register.rows:
        for target in one.refers_to:
            held = [r for r in register.rows if is_kin(r.provision_id, target)]
            for other in held:
                if other.provision_id == target or other.provision_id.startswith(f"{target}/"):
                    assert one.provision_id in other.referred_by


def test_a_row_knows_its_counterparts(register):
    budapest = row(register, "art-7/para-2#1").counterparts[0]
    assert (budapest.treaty, budapest.at, budapest.relation) == ("Budapest", "art. 2", "wider")
    assert row(register, "art-15/para-1").counterparts[0].relation is Relation.NONE


def test_a_notice_says_what_to_whom_and_by_when(register):
    notice = row(register, "art-40/para-13#3").notify
    assert notice and notice.to == "Secretary-General" and "deposit" in notice.by


@pytest.mark.parametrize("written", ["2", "II", "ii", 2])
def test_a_chapter_may_be_written_in_either_way(register, written):
    rows = register.filtered(Filters(chapter=written)).rows
    assert {one.chapter for one in rows} == {2}


@pytest.mark.parametrize("written", ["art-7", "7", "art. 7", "Article 7"])
def test_an_offence_finds_what_is_about_it_and_about_every_offence(register, written):
    found = ids(register, offence=written)
    assert "art-7/para-1" in found and "art-19/para-1" in found and "art-8/para-1" not in found


def test_filters_go_together(register):
    found = register.filtered(Filters(level="Mandatory", chapter="2", measure="criminalise")).rows
    assert found and all(
        (one.level, one.chapter, one.measure) == (Level.MANDATORY, 2, Measure.CRIMINALISE)
        for one in found
    )


def test_an_actor_may_be_named_or_given_by_its_side(register):
    assert set(ids(register, actor="central authority")) < set(ids(register, actor="state"))
    assert {register.by_id[i].side for i in ids(register, actor="requested")} == {Side.REQUESTED}


def test_words_are_found_in_any_form_and_all_of_them(register):
    found = ids(register, words="preserve 90 days")
    assert found == ids(register, words="preserving 90 DAY") and "art-25/para-2#1" in found


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (
            {"level": "duty"},
            "There is no level 'duty': there are mandatory, obligation to consider",
        ),
        ({"chapter": "12"}, "There is no chapter '12': the chapters are 1 to 9"),
        ({"chapter": "two hundred"}, "There is no chapter 'two hundred'"),
        ({"actor": "police"}, "There is no actor 'police': there are State, requesting"),
        ({"measure": "jail"}, "There is no kind of measure 'jail': there are criminalise"),
        (
            {"offence": "art-6"},
            "There is no offence 'art-6': offences are established by articles 7",
        ),
        ({"offence": "²"}, "There is no offence '²'"),
        ({"words": "the of"}, "too common"),
    ],
)
def test_a_filter_that_is_not_known_is_told_with_what_there_is(register, filters, told):
    with pytest.raises(BadFilter) as caught:
        register.filtered(Filters(**filters))
    assert told in str(caught.value) and "\n" not in str(caught.value)


def test_filters_that_fit_nothing_say_which_one_is_in_the_way(register):
    with pytest.raises(NothingFits) as caught:
        register.filtered(Filters(level="reservation", chapter="III"))
    assert str(caught.value) == (
        "No row of the register fits level 'reservation', chapter 'III'; without the level, 14 "
        "would, without the chapter, 9 would."
    )


def test_counts_are_those_that_are_published(register):
    counts = register.counts()
    assert {level.value: sum(by.values()) for level, by in counts.items()} == {
        "mandatory": 260, "obligation to consider": 35, "optional": 139, "optional element": 12,
        "reservation": 9, "safeguard": 42, "prohibition": 14, "definition": 29,
        "institutional": 58, "other": 36,
    }  # fmt: skip
    assert counts[Level.RESERVATION] == {2: 1, 4: 5, 5: 1, 9: 2}


def test_the_edition_has_the_hash_of_the_text(register, knowledge):
    assert register.edition.text_sha256 == knowledge.convention.sha256
    assert len(register.edition.register_sha256) == 64


def test_the_register_is_read_without_the_libraries_of_the_encoder():
    code = (
        "import sys; from assistant.knowledge import read_knowledge; "
        "from assistant.obligations import read_register; read_register(read_knowledge()); "
        "print({'torch', 'chromadb', 'langchain_core', 'gradio'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
