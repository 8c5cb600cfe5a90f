"""200 random pictures in both directions, networks of up to 150 nodes, and products in place of numbers."""

import pytest

from gradcli.choices import DIRECTIONS
from gradcli.draw.layout.layout import make_layout
from gradcli.draw.scene import make_scene
from gradcli.language.parser import parse
from tests.draw.layout.test_layout import check_network, check_room, check_rows, check_work
from tests.helpers.boxes import blunted, crossed, misread, random_layout, touching
from tests.helpers.pictures import ROOMS, layered, network, products, random_program


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("seed", range(200))
def test_nothing_touches_in_random_pictures(seed: int, direction: str) -> None:
    """No label touches a label, a node, a name or a badge, and none of those touches another; names are free."""
    scene, layout = random_layout(seed, direction)
    assert touching(scene, layout) == []
    assert crossed(scene, layout) == []


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("seed", range(40))
def test_nothing_touches_in_random_pictures_of_products(seed: int, direction: str) -> None:
    """Without a point, where labels are wide."""
    graph = parse(random_program(seed).expression)
    scene = make_scene(graph, direction=direction)
    layout = make_layout(scene)
    assert touching(scene, layout) == []
    assert crossed(scene, layout) == []


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("units", [(2, 2, 1), (4, 3, 2), (3, 3, 3, 1)], ids=str)
def test_networks_have_their_room(units: tuple[int, ...], direction: str) -> None:
    """Layers that read all of the one before."""
    scene = layered(*units).scene(direction=direction)
    layout = make_layout(scene)
    assert touching(scene, layout) == []
    assert crossed(scene, layout) == []
    assert blunted(scene, layout) == []
    assert len(misread(scene, layout)) <= 1


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_large_pictures_have_their_room(direction: str) -> None:
    """150 nodes, and 40 products."""
    for scene in (network(8), products(40).scene()):
        scene.direction = direction
        layout = make_layout(scene)
        assert touching(scene, layout) == []
        assert crossed(scene, layout) == []


def test_twenty_products_without_a_point_stand_in_rows() -> None:
    """Where labels are wide."""
    check_rows(products(20).without_point(direction="down"), 5_500)


def test_the_work_of_an_attempt_grows_with_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of networks."""
    check_work(network(3), network(6), monkeypatch)


def test_few_numbers_of_tangled_graphs_are_read_at_the_wrong_arrow() -> None:
    """Of the labels of the random graphs up to 24 nodes at most 1 in 100: there is no clear place."""
    drawn = [random_layout(seed, DIRECTIONS[0]) for seed in range(200)]
    pictures = [(scene, layout) for scene, layout in drawn if len(scene.graph) <= 24]
    wrong = [len(misread(scene, layout)) for scene, layout in pictures]
    labels = sum(1 + edge.backward for scene, _ in pictures for edge in scene.edges)
    assert labels > 3_700
    assert sum(wrong) <= labels / 100


@pytest.mark.parametrize(("direction", "at_a_point"), [(DIRECTIONS[0], False), (DIRECTIONS[1], True)])
@pytest.mark.parametrize("name", ROOMS)
def test_everything_has_its_room(name: str, direction: str, at_a_point: bool) -> None:
    """Long names, lanes and fans."""
    check_room(name, direction, at_a_point)


def test_a_network_of_60_nodes_has_its_room() -> None:
    """Down."""
    check_network(DIRECTIONS[1])
