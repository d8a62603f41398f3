"""Items joined to their chapeaux, as sentences that can stand alone."""

from assistant.knowledge import read_knowledge
from assistant.labels import statements_of

CONVENTION = read_knowledge().convention


def told(provision_id: str) -> str:
    return statements_of(CONVENTION, CONVENTION[provision_id])[0]


def test_an_item_runs_on_from_its_chapeau():
    assert "the power to order a person in the territory" in told("art-27/a")


def test_a_chapeau_that_announces_its_items_keeps_its_colon():
    assert "committed intentionally: subject to" in told("art-17/para-1/b/ii")
    assert "these further acts: participating in" in told("art-17/para-1/b/ii")


def test_a_short_chapeau_is_set_off_by_a_comma():
    assert told("art-2/e/i").startswith('In this Convention, "service provider"')
