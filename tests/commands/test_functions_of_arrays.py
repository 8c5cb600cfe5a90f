"""`gradcli functions` of the operations on whole arrays."""

import json
import re
import shlex
from math import prod
from random import Random

import pytest

from gradcli.choices import FORMS, LANGUAGES
from gradcli.graph.arrays import shape_of, shaped
from gradcli.operators.arrays import ArrayOperator, array_operations
from gradcli.report.listing_of_arrays import SIGNS, backward, forms, words_of
from gradcli.words.catalogue import say
from tests.helpers.running import run

ROWS = array_operations()
FORMULAS = [(row, name) for row in ROWS if not words_of(row) for name in backward(row)]
# The shape of what comes out, where that is no number.
OUT = {"transpose": (2, 2), "softmax": (2,), "outer": (2, 2), "matmul": (2, 2), "column": (2, 1), "row": (1, 2)}
OUT |= {"literal": (2,)}


def test_dot_by_itself() -> None:
    """All that is known of it; with an example that can be pasted."""
    assert run("functions", "dot").out.splitlines() == [
        "Function: dot(x, y)",
        "Definition: the sum of the products of the elements of two vectors",
        'Example: gradcli eval "dot(x, y)" --at "x=[1,2],y=[3,4]"',
        "Value and gradient: out = 11, ∂out/∂x = [3, 4], ∂out/∂y = [1, 2]",
        "Backward pass (G: incoming gradient): x: G * y, y: G * x",
        "Convention: none",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_runs_as_it_is_printed(language: str) -> None:
    """In one line of eighty columns, with the value that is said and without a note."""
    names = [row.name for row in ROWS]
    facts = [fact for fact in json.loads(run("functions", *names, "--json").out) if fact["group"] == "arrays"]
    assert [fact["name"] for fact in facts] == names
    label = say("label.example", language)
    printed = run("functions", *names, "--lang", language).out
    commands = [line for line in re.findall(rf"(?m)^{label}: (gradcli .*)", printed) if "[" in line or "@" in line]
    for fact in facts:
        assert say(f"array-function.{fact['name']}", language) in printed
        command = next(line for line in commands if f'"{fact["example"]["expression"]}"' in line)
        assert len(f"{label}: {command}") <= 80
        outcome = run(*shlex.split(command)[1:], "--json")
        found = json.loads(outcome.out)
        assert (0, "", fact["example"]["value"]) == (outcome.code, outcome.err, found["value"])
        assert found["gradient"] == fact["example"]["gradient"]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("row", "name"), FORMULAS, ids=lambda part: getattr(part, "name", part))
def test_what_goes_back_is_the_gradient(row: ArrayOperator, name: str) -> None:
    """The formula is right as a claim: of sum(G * f), with G any array of the shape of f."""
    shapes = {letter: shape_of(value) for letter, value in row.at.items() if letter in backward(row)}
    shapes |= {"G": OUT.get(row.name, ())}
    form, *_ = forms(row)
    text = re.sub(r"\bout\b", f"({form})", backward(row)[name])
    text = re.sub(r"\bn\b", "2", text)
    asked = f"sum(G * ({form}))" if shapes["G"] else f"G * {form}"
    draw = Random(1)
    point = {
        letter: shaped([draw.uniform(0.5, 2) for _ in range(prod(shape))], shape) for letter, shape in shapes.items()
    }
    at = ",".join(f"{letter}={json.dumps(value)}" for letter, value in point.items())
    claim = f"{name} = 0*{name} + {text}"  # of the shape of the input, which a number is not
    found = json.loads(run("check", asked, "--at", at, "--claim", claim, "--json").out)
    assert [one["verdict"] for one in found["claims"]] == ["right"]


@pytest.mark.parametrize(("sign", "name"), SIGNS.items())
def test_signs_are_names(sign: str, name: str) -> None:
    """What has no name in a text is asked for by its sign."""
    assert [fact["name"] for fact in json.loads(run("functions", sign, "--json").out)] == [name]


def test_slips_of_the_pen() -> None:
    """In an expression and as the argument of the command."""
    assert "did you mean 'softmax'?" in run("functions", "sofmax").err
    assert "did you mean 'softmax'?" in run("eval", "sum(sofmax(x))", "--at", "x=[1,2]").err
    assert "did you mean 'mean'?" in run("eval", "maen(x)", "--at", "x=[1,2]").err


@pytest.mark.parametrize("form", FORMS)
def test_forms(form: str) -> None:
    """What goes back is in each."""
    written = run("functions", "softmax", "index", "--format", form)
    assert (0, "") == (written.code, written.err)
    assert "G in that place" in written.out
