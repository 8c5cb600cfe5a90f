"""Names in exported code: those that the backend cannot have are changed, and no two are the same."""

import pytest

from gradcli.export.identifiers import names_for
from gradcli.language.parser import parse


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("for*x", {"for": "for_", "x": "x"}),
        ("for*for_", {"for": "for__", "for_": "for_"}),  # one that comes later is left its own
        ("for_*for", {"for": "for__", "for_": "for_"}),
        ("for = x; for*2*for_", {"for": "for__", "for_": "for_", "x": "x"}),
        ("own*x", {"own": "own_", "x": "x"}),
        ("own*own_", {"own": "own__", "own_": "own_"}),
        ("__x*v__x", {"__x": "v__x_", "v__x": "v__x"}),
        ("é*u00e9", {"é": "u00e9_", "u00e9": "u00e9"}),
        ("x*if*if_", {"x": "x", "if": "vif", "if_": "if__"}),  # "if_" is reserved, too
    ],
)
def test_names(text: str, names: dict[str, str]) -> None:
    """A name that is free is kept; another one gets an ending or a beginning that nothing else has."""
    graph = parse(text)
    found = names_for(graph, ("for", "if", "if_"), ascii_only=True, own="own")
    places = graph.variables | graph.steps
    assert names == {name: found.of[node] for name, node in places.items()}
    assert {new: name for name, new in names.items() if new != name} == found.changed
