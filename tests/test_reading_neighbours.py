"""The articles tied to one by references, and their map."""

import pytest

from assistant.web.reading.neighbours import MOST_NODES, Neighbours, map_of, neighbours_of


@pytest.fixture(scope="module")
def around(knowledge):
    return neighbours_of(knowledge)


def test_every_reference_counts_both_ways(around):
    for number, neighbours in around.items():
        assert all(number in around[other].by for other in neighbours.to)
        assert all(number in around[other].to for other in neighbours.by)
        assert number not in (*neighbours.to, *neighbours.by)


def test_references_are_those_of_the_annotations(around, knowledge):
    convention = knowledge.convention
    for provision in convention.articles[13].provisions:
        for key in knowledge.annotations[provision.id].refers_to:
            assert convention[key].article in (14, *around[14].to)


def test_every_node_has_its_own_place_within_the_picture(around):
    for number, neighbours in around.items():
        drawn = map_of(number, neighbours)
        if drawn is None:
            continue
        nodes = (*drawn.to, *drawn.by, drawn.centre)
        assert len({(node.x, node.y) for node in nodes}) == len(nodes) <= MOST_NODES + 1
        for node in nodes:
            assert 0 <= node.x <= drawn.width - drawn.node[0]
            assert 0 <= node.y <= drawn.height - drawn.node[1]
        assert len(drawn.to) + drawn.more_to == len(neighbours.to)
        assert len(drawn.by) + drawn.more_by == len(neighbours.by)


def test_a_side_takes_the_places_that_the_other_leaves():
    many = tuple(range(30, 60))
    drawn = map_of(1, Neighbours(to=(2,), by=many))
    assert len(drawn.by) == MOST_NODES - 1 and drawn.more_by == 17
    drawn = map_of(1, Neighbours(to=many, by=many))
    assert len(drawn.to) == len(drawn.by) == MOST_NODES // 2


def test_where_lines_begin_at_the_right_the_map_is_mirrored():
    some = Neighbours(to=(2,), by=(3,))
    plain, mirrored = map_of(1, some), map_of(1, some, mirrored=True)
    assert plain.to[0].x > plain.centre.x > plain.by[0].x
    assert mirrored.to[0].x < mirrored.centre.x < mirrored.by[0].x


def test_an_article_that_stands_alone_has_no_map():
    assert map_of(1, Neighbours()) is None
