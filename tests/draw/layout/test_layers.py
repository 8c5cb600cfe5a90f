"""Tests of columns and their order."""

from itertools import pairwise
from random import Random

from gradcli.draw.layout.layers import crossings, make_layers
from tests.helpers.pictures import EXAMPLES, random_program


def test_a_column_is_the_distance_to_the_output() -> None:
    """Leaves stand beside their consumer; a long edge has a bend in each column that it passes."""
    layers = make_layers(5, [(1, 0), (2, 1), (3, 2), (3, 0), (0, 4)])
    assert layers.column_of == [1, 2, 3, 4, 0, 2, 3]
    assert layers.paths[3] == [3, 6, 5, 0]


def test_every_piece_of_an_edge_goes_to_the_next_column() -> None:
    """After the bends no edge skips a column."""
    for seed in range(20):
        scene = random_program(seed).scene()
        layers = make_layers(len(scene.items), [(edge.source, edge.target) for edge in scene.edges])
        columns = layers.column_of
        assert all(columns[x] == columns[y] + 1 for path in layers.paths for x, y in pairwise(path))
        assert sorted(v for column in layers.columns for v in column) == list(range(len(columns)))


def test_many_arguments_stand_in_several_columns() -> None:
    """In turn, each with what is before it; fewer stand side by side."""
    products = [(4 + 2 * place, place) for place in range(4)] + [(5 + 2 * place, place) for place in range(4)]
    edges = [*((place, 12) for place in range(4)), *products, (12, 13)]
    assert make_layers(14, edges).column_of[:12] == [2, 2, 2, 2, *[3] * 8]
    assert make_layers(14, edges, 4).column_of[:12] == [2, 2, 2, 2, *[3] * 8]
    assert make_layers(14, edges, 2).column_of[:12] == [2, 4, 2, 4, 3, 3, 5, 5, 3, 3, 5, 5]


def test_inputs_stand_in_the_order_of_the_expression() -> None:
    """In a tree there are no crossings, and so nothing is moved."""
    for name in ("article", "network"):
        scene = EXAMPLES[name].scene()
        layers = make_layers(len(scene.items), [(edge.source, edge.target) for edge in scene.edges])
        assert crossings(layers) == 0
        assert all(column == sorted(column) for column in layers.columns)


def test_crossings_are_counted_and_removed() -> None:
    """The order of the expression is given up where that removes crossings."""
    crossed = [(3, 1), (4, 2), (3, 2), (4, 1), (1, 0), (2, 0), (0, 5)]
    assert crossings(make_layers(6, crossed)) == 1  # two by two: one crossing is left, whatever the order
    tangled = [(1, 0), (2, 0), (3, 1), (4, 1), (5, 2), (3, 2), (0, 6)]
    layers = make_layers(7, tangled)
    assert crossings(layers) == 0
    assert layers.columns[3][:2] != [3, 4]


def test_arguments_are_turned_around_with_all_before_them() -> None:
    """An input of three products, one of them much nearer to the output, as in attention: its long edge goes outside,
    and no edge of another input crosses it.
    """
    x, q, k, v, s, y = range(6)
    edges = [(x, q), (6, q), (x, k), (7, k), (q, s), (k, 9), (9, s), (s, 10), (10, y), (x, v), (8, v), (v, y), (y, 11)]
    layers = make_layers(12, edges)
    assert crossings(layers) == 0
    assert [layers.columns[2].index(vertex) for vertex in (10, v)] == [1, 0]


def test_counting_agrees_with_the_definition() -> None:
    """Two pieces cross where their ends are in opposite orders."""
    random = Random(7)
    for seed in range(10):
        scene = random_program(seed).scene()
        layers = make_layers(len(scene.items), [(edge.source, edge.target) for edge in scene.edges])
        for column in layers.columns:
            random.shuffle(column)
        place = {vertex: index for column in layers.columns for index, vertex in enumerate(column)}
        pieces = [piece for path in layers.paths for piece in pairwise(path)]
        expected = sum(
            layers.column_of[a] == layers.column_of[c] and (place[a] - place[c]) * (place[b] - place[d]) < 0
            for number, (a, b) in enumerate(pieces)
            for c, d in pieces[:number]
        )
        assert expected == crossings(layers)
