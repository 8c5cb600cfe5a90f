"""Parts of arrays that are asked for by name: rows, columns, places from the end, and what is no part."""

import json
from collections.abc import Sequence

import pytest

import gradcli
from gradcli import GradcliError
from gradcli.graph.arrays import element_names
from tests.helpers.running import run

W = [[1, 2, 3], [4, 5, 6]]


@pytest.mark.parametrize(
    ("wrt", "elements"),
    [
        ("W[0]", ["W[0,0]", "W[0,1]", "W[0,2]"]),
        ("W[:,1]", ["W[0,1]", "W[1,1]"]),
        ("W[-1,-2:]", ["W[1,1]", "W[1,2]"]),
        ("W[ 1 , :1 ], W[0,0]", ["W[0,0]", "W[1,0]"]),
        ("W[:]", element_names("W", (2, 3))),
        ("s[0]", ["s[0,0]", "s[0,1]", "s[0,2]"]),
    ],
)
def test_a_part_stands_for_its_elements(wrt: str, elements: Sequence[str]) -> None:
    """In the graph's order, as if each had been named; all of an array is the array."""
    answer = gradcli.gradient("s = W^2; sum(s)", {"W": W}, wrt)
    assert list(answer.slopes) == elements
    assert answer.slopes == gradcli.gradient("s = W^2; sum(s)", {"W": W}, elements).slopes
    printed = json.loads(run("eval", "s = W^2; sum(s)", "--at", f"W={W}", "--wrt", wrt, "--json").out)
    assert printed["gradient"] == answer.gradient


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("W[0,3]", "index-out-of-range"),
        ("W[-3]", "index-out-of-range"),
        ("W[0,0,0]", "too-many-indices"),
        ("W[2:]", "empty-part"),
        *(
            (name, "no-part")
            for name in ("W[", "W[]", "W[0", "W[a]", "W[0,]", "W[0.5]", "W[::2]", "W[1][2]", "W.T", "W[+1]")
        ),
        ("V[0,1]", "unknown-name"),
        ("W[0,1]x", "no-part"),
        ("WW", "unknown-name"),
    ],
)
def test_what_is_no_part(name: str, code: str) -> None:
    """Out of range or misspelt: an error about the array, with the name; a claim is of an element or the whole."""
    with pytest.raises(GradcliError) as caught:
        gradcli.gradient("sum(W)", {"W": W}, [name])
    assert (caught.value.code, caught.value.source) == (code, "wrt")
    found = run("check", "sum(W)", "--at", f"W={W}", "--claim", f"{name}=1")
    assert (found.code, found.out, code == "unknown-name") == (2, "", "no variable" in found.err)


def test_a_claim_is_of_no_part() -> None:
    """A row has no gradient of its own to be compared with one number or array."""
    found = run("check", "sum(W)", "--at", f"W={W}", "--claim", "W[0]=1")
    assert "write W for all of it, W[1,2] for an element" in found.err
