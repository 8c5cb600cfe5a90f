"""The library's main function and its result: values, gradients, notes, errors, how it looks in a notebook."""

import json
import math
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest

import gradcli
from gradcli import GradcliError, Graph, MathError, Result, api, format_graph, gradient, parse
from tests.helpers.running import run

POINT = {"a": 2, "x": 3, "b": 4, "y": 5}


def test_value_and_gradient() -> None:
    """The article's example, from text and from a graph."""
    for expression in ("a*x + b*y", parse("a*x + b*y")):
        result = gradient(expression, POINT)
        assert isinstance(result, Result)
        assert result.value == 26.0
        assert result.gradient == {"a": 3.0, "x": 2.0, "b": 5.0, "y": 4.0}
        assert list(result.gradient) == ["a", "x", "b", "y"]
        assert result.notes == ()
        assert result.output == "z"
        assert result.is_finite


def test_spread() -> None:
    """What the program prints for a point with uncertainties; of exact variables there is nothing to say."""
    result = gradient("x^2*y", {"x": 3, "y": 2}, wrt="y")
    found = result.spread({"x": Fraction(1, 10), "y": 0.05})
    printed = json.loads(run("eval", "x^2*y", "--at", "x=3±0.1,y=2±0.05", "--json").out)
    assert found.as_dict() == {key: printed[key] for key in ("uncertainties", "uncertainty", "shares")}
    assert found.notes == ()
    assert ["uncertain"] == [note.code for note in gradient("x^2", {"x": 1}).spread({"x": 0.2}).notes[:1]]
    assert result.spread({}).uncertainty == 0.0


@pytest.mark.parametrize(
    ("code", "uncertainties"),
    [("unused-name", {"z": 0.1}), *[("uncertainty-negative", {"x": x}) for x in (-0.1, math.nan, math.inf, "1")]],
)
def test_wrong_uncertainties(code: str, uncertainties: dict[str, float]) -> None:
    """Of what is no variable, and what is no number from 0 on."""
    with pytest.raises(GradcliError) as error:
        gradient("x", {"x": 1}).spread(uncertainties)
    assert code == error.value.code


def test_types() -> None:
    """Numbers are floats, whatever is given; graphs are frozen."""
    result = gradient("a*x", {"a": 2, "x": Fraction(1, 2)})
    assert [type(number) for number in (result.value, *result.gradient.values(), *result.at.values())] == [float] * 5
    assert gradient("x", {"x": Decimal("0.5")}).value == 0.5
    graph = parse("a*x")
    assert isinstance(graph, Graph)
    with pytest.raises(AttributeError):
        graph.output = 0  # type: ignore[misc]
    with pytest.raises(AttributeError):
        result.value = 0.0  # type: ignore[misc]


class Scalar:
    """A number of another library, as NumPy's."""

    def __float__(self) -> float:
        return 3.0


def test_numbers_of_other_libraries() -> None:
    """What has a value as a float is a number."""
    assert gradient("x^2", {"x": Scalar()}).gradient == {"x": 6.0}


def test_wrt() -> None:
    """Variables and named steps, in order of first appearance; the others' gradients are not computed."""
    text = "s = a*x; t = b*y; s*t"
    result = gradient(text, POINT, ["s", "b"])
    assert result.gradient == {"b": 30.0, "s": 20.0}
    assert gradient(text, POINT, []).gradient == {}
    assert gradient(text, POINT, iter(["a"])).gradient == {"a": 60.0}
    assert result.evaluation.adjoints[result.graph.variables["a"]] == 0.0


def test_names_that_do_not_occur_are_passed_over() -> None:
    """A point may serve several expressions."""
    assert gradient("a", {"a": 1, "other": "no number"}).at == {"a": 1.0}


@pytest.mark.parametrize("value", [math.nan, math.inf, "3", None, True, 1j, b"1", 10**400, Decimal("NaN")], ids=repr)
def test_a_value_must_be_a_finite_number(value: object) -> None:
    """Anything else is an error that names the variable."""
    with pytest.raises(GradcliError, match="the value of 'x' must be a finite number") as caught:
        gradient("x", {"x": value})  # type: ignore[dict-item]
    assert caught.value.exit_code == 2


def test_missing_names() -> None:
    """All at once, with the place of the first."""
    with pytest.raises(GradcliError) as caught:
        gradient("a*x + b*y", {"a": 1, "y": 1})
    assert (caught.value.message, caught.value.start, caught.value.end) == ("no value for x, b", 2, 3)


def test_errors_are_exceptions_with_text() -> None:
    """One type for all; its text is the message with the caret; the mathematics fails with a type of its own."""
    with pytest.raises(GradcliError) as caught:
        parse("sine(x)")
    assert str(caught.value) == "unknown function 'sine'; did you mean 'sin'?\n  sine(x)\n  ^~~~"
    with pytest.raises(MathError) as failed:
        gradient("1/x", {"x": 0})
    assert (failed.value.exit_code, failed.value.start) == (1, 1)
    with pytest.raises(GradcliError, match="unknown rule for kinks 'left'"):
        gradient("x", {"x": 1}, kink="left")
    with pytest.raises(GradcliError, match="'z' is no variable"):
        gradient("x", {"x": 1}, ["z"])


def test_a_slope_that_is_not_finite() -> None:
    """It is in the result, with a note; nothing is raised."""
    result = gradient("sqrt(x)", {"x": 0})
    assert (result.value, result.gradient, result.is_finite) == (0.0, {"x": math.inf}, False)
    assert [note.code for note in result.notes] == ["not-finite"]
    assert result.as_dict()["gradient"] == {"x": None}


def test_ieee_arithmetic_on_request() -> None:
    """The value may then be infinite."""
    result = gradient("1/x", {"x": 0}, allow_nonfinite=True)
    assert result.value == math.inf
    assert result.as_dict()["value"] is None


def test_kink_rules() -> None:
    """The branch taken, or the subgradient of smallest norm."""
    assert gradient("relu(x)", {"x": 0}).gradient == {"x": 1.0}
    assert gradient("relu(x)", {"x": 0}, kink="minnorm").gradient == {"x": 0.0}
    assert [note.code for note in gradient("relu(x)", {"x": 0}).notes] == ["kink", "one-sided"]


def test_what_as_dict_gives_is_the_callers() -> None:
    """The result does not change with it."""
    result = gradient("x*y", {"x": 2, "y": 3})
    found = result.as_dict()
    found["at"]["x"] = found["gradient"]["y"] = 7.0
    assert (result.at["x"], result.gradient["y"]) == (2.0, 2.0)


def test_as_dict_is_what_the_command_prints() -> None:
    """The keys of cli.md, in their order."""
    facts = gradient("a*x + b*y", POINT).as_dict()
    assert list(facts) == ["expression", "output", "at", "value", "gradient", "notes"]


def test_repr_is_short() -> None:
    """Whatever the size."""
    text = " + ".join(f"x{index}" for index in range(500))
    assert len(repr(gradient(text, {f"x{index}": 1 for index in range(500)}))) < 250
    assert repr(gradient("a*x", {"a": 2, "x": 3})) == "Result(value=6.0, gradient={a: 3.0, x: 2.0})"
    assert repr(parse("a*x")) == "Graph(3 nodes, variables: a, x)"


class Reader(HTMLParser):
    """Collects the tags and the text of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        """Remember an open tag."""
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """It must be the last one opened."""
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        """Collect the text."""
        self.words.append(data)


def test_a_notebook_shows_a_table() -> None:
    """Well-formed HTML with the names, values and gradients, everything escaped."""
    reader = Reader()
    reader.feed(gradient("りんご*relu(x)", {"りんご": 2, "x": 0})._repr_html_())
    reader.close()
    assert reader.open == []
    text = " ".join(reader.words)
    assert all(word in text for word in ("Variable", "Value", "Gradient", "りんご", "note: relu at column 5"))
    html = gradient("where(x < 1, x, 0)", {"x": 1})._repr_html_()
    assert "<script" not in html
    assert html.count("<tr>") == 2


def test_graph_equality() -> None:
    """Graphs are equal where they are built in the same way; places in the text do not count."""
    assert parse("a*x") == parse(" a * x ")
    assert parse("a*x") != parse("x*a")
    assert parse("a*x") != parse("a+x")
    assert parse("a*2") != parse("a*3")
    assert parse("s = a*x; s") != parse("t = a*x; t")
    assert parse("a") != "a"
    with pytest.raises(TypeError):
        hash(parse("a"))


def test_the_public_names() -> None:
    """What the package offers and nothing else, whatever of it has been imported."""
    assert gradcli.gradient is gradient
    assert gradcli.parse is parse
    assert format_graph(parse("((a))")) == "a"
    public = [
        "Digits",
        "Fractions",
        "GradcliError",
        "Graph",
        "MathError",
        "Result",
        "compile",
        "format_graph",
        "gradient",
        "parse",
        "passes",
    ]
    assert public == gradcli.__all__ == api.__all__
    assert public == [name for name in dir(gradcli) if not name.startswith("__")]
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        gradcli.nothing  # noqa: B018


def test_public_docstrings() -> None:
    """Everything offered is documented and typed."""
    for name in gradcli.__all__:
        assert getattr(gradcli, name).__doc__
    assert set(gradient.__annotations__) == {
        "expression", "at", "wrt", "kink", "allow_nonfinite", "digits", "fractions", "return",
    }  # fmt: skip
    assert (Path(gradcli.__path__[0]) / "py.typed").exists()


def test_zeros_have_no_sign() -> None:
    """As in the rows of the trace."""
    found = gradient("relu(a*x)", {"a": -2, "x": 0})
    assert str(found.value) == "0.0"
    assert [str(slope) for slope in found.gradient.values()] == ["0.0", "-2.0"]


@pytest.mark.parametrize("text", ["relu(a - x)", "max(a, x)"])
def test_notes_name_the_rule_at_kinks_where_it_can_be_chosen(text: str) -> None:
    """Which is not so with digits."""
    at = {"a": 2, "x": 2}
    assert "(see --kink)" in gradient(text, at).notes[0].message
    assert "see" not in gradient(text, at, digits=20).notes[0].message


def test_digits_are_a_result_too() -> None:
    """With a trace, tables for a notebook, and a word on whether all is finite."""
    found = gradient("a*x", {"a": "0.1", "x": "0.2"}, digits=20)
    assert isinstance(found, gradcli.Digits)
    assert found.is_finite
    assert "0.02" in str(found.trace())
    assert "<table" in found._repr_html_()
    assert "<table" in found.trace()._repr_html_()
    assert not gradient("sqrt(x)", {"x": 0}, digits=20).is_finite
    assert gradient("exp(x)", {"x": 1000}, digits=20).is_finite


@pytest.mark.parametrize("digits", [{}, {"digits": 20}, {"digits": True}])
def test_truth_values_are_no_numbers(digits: dict[str, int]) -> None:
    """Neither of the point nor of digits."""
    with pytest.raises(GradcliError):
        gradient("x*3", {"x": 1 if digits.get("digits") is True else True}, **digits)


def test_trace_of_a_result() -> None:
    """Rows for both passes; a wrong choice is an error."""
    result = gradient("a*x", {"a": 2, "x": 3})
    rows = list(result.trace().rows())
    assert [(row.pass_, row.kind) for row in rows] == [
        ("forward", "start"), ("forward", "node"), ("forward", "end"),
        ("backward", "end"), ("backward", "node"), ("backward", "start"), ("backward", "start"),
    ]  # fmt: skip
    with pytest.raises(GradcliError, match="unknown form of the chain"):
        result.trace("long")


def test_a_printed_trace() -> None:
    """As the program prints it."""
    text = "relu(a*x) + b*c*x"
    at = {"a": 2, "x": 3, "b": -1, "c": 1e-9}
    found = str(gradient(text, at, wrt=["a", "x"]).trace("short"))
    printed = run("eval", text, "--at", "a=2,x=3,b=-1,c=1e-9", "--wrt", "a,x", "--trace", "--chain", "short").out
    assert found.startswith("Forward pass\n╭")
    assert printed.startswith(found + "\n\n")
