"""Definitions of a program's own functions, and what a call of one stands for."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcli import GradcliError, gradient
from gradcli.choices import BACKENDS
from gradcli.language import definitions
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from tests.helpers.running import run

POINT = {"a": 0.7, "b": -1.3, "c": 2.1}


@pytest.mark.parametrize(
    ("defined", "written"),
    [
        ("f(x) = a*x; f(b)", "a*b"),
        ("f(x) = x^2 + 1; f(a)*f(b)", "(a^2 + 1)*(b^2 + 1)"),
        ("s = a*b; f(x) = s*x; f(2) + f(c)", "s = a*b; s*2 + s*c"),  # an earlier step
        ("s = a; f(s) = s^2; f(b) + s", "s = a; b^2 + s"),  # a parameter hides it
        ("f(e) = e*pi; f(2)", "2*pi"),
        ("f(x) = a*x; g(a) = f(a)*2; g(b)", "a*b*2"),  # the a of f is the program's
        ("f(x, y) = x - y; f(b, a)", "b - a"),
        ("f(x) = x*x; f(3)", "3*3"),  # a number is a leaf of its own at each place
        ("f(x) = x - -x; f(3)", "3 - -3"),
        ("f(x) = -x; f(-2)", "2"),
        ("f(x) = -x; f(pi)", "-pi"),
        ("f(x) = 5; f(a) + b", "5 + b"),
        ("f(x) = x; y = f(a); y + b", "y = a; y + b"),
        ("g(x) = where(x > 0 and x < 1, x, -x); g(a)", "where(a > 0 and a < 1, a, -a)"),
        ("f (x , # the first\n y) = max(x,\n y)\nf(a, b)", "max(a, b)"),
        ("sec(x) = 2/cos(x); sec(a)", "2/cos(a)"),  # a name that is not reserved
        ("f(gamma) = gamma*gamma(gamma); f(a)", "a*gamma(a)"),
        ("ｆ（ｘ）＝２×ｘ；ｆ（ａ）", "2*a"),
        ("f(x) = a; f(x) + a", "a + a"),
    ],
)
def test_a_call_stands_for_its_body(defined: str, written: str) -> None:
    """With nodes of its own: the value, the gradient and the nodes used are those of what is written out."""
    graph, plain = parse(defined), parse(written)
    at = POINT | {"x": 0.3}
    found, expected = gradient(graph, at), gradient(plain, at)
    assert expected.value == found.value
    assert expected.gradient == {name: found.gradient[name] for name in expected.gradient}
    assert sum(plain.used()) == sum(graph.used())
    text = format_graph(graph)
    assert text == format_graph(parse(text))
    assert gradient(text, at, wrt=list(expected.gradient)).gradient == expected.gradient


def test_names_of_a_definition_that_is_not_called() -> None:
    """They are no variables, and no node is made."""
    graph = parse("f(x) = q*x; a + 1")
    assert (["a"], 3) == (list(graph.variables), len(graph))


def test_nodes_know_the_call_and_the_definition() -> None:
    """Nested calls too: the call is that of the program, not of another definition."""
    text = "f(x) = log(x); g(x) = 2*f(x); g(a) + f(b)"
    graph = parse(text)
    logs = [node for node, row in enumerate(graph.operators) if row.name == "log"]
    assert [text.index("log")] * 2 == [graph.starts[node] for node in logs]
    assert [text.index("g(a)"), text.index("f(b)")] == [graph.calls[node] for node in logs]
    assert not {node for node in graph.calls if graph.is_leaf(node) and node in graph.names}


def test_notes_name_both_places() -> None:
    """In words and as facts."""
    found = json.loads(run("eval", "f(x) = relu(x); f(a) + f(b)", "--at", "a=1,b=0", "--json").out)
    kink = found["notes"][0]
    assert ("kink", 8, {"column": 24}) == (kink["code"], kink["column"], kink["call"])
    assert kink["message"].startswith("relu at column 8, called at column 24, is at its kink")
    lines = json.loads(run("eval", "f(x) = relu(x)\nf(a)", "--at", "a=0", "--json").out)
    assert {"line": 2, "column": 1} == lines["notes"][0]["call"]


def test_claims_can_call_them() -> None:
    """Their steps and variables are those of the expression."""
    found = run(
        "check", "s = 2; N(x) = erfc(-x/sqrt(s))/2; N(d)*S", "--at", "d=1,S=100", "--claim", "S=N(d)", "--claim", "S1=N"
    )
    assert found.code == 2
    found = run("check", "s = 2; N(x) = erfc(-x/sqrt(s))/2; N(d)*S", "--at", "d=1,S=100", "--claim", "S=N(d)", "--json")
    assert [claim["verdict"] for claim in json.loads(found.out)["claims"]] == ["right"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("eval", "--at", "d=1,S=2", "--trace"),
        ("eval", "--at", "d=1,S=2", "--digits", "20"),
        ("diff", "--order", "2"),
        ("draw",),
        ("draw", "--format", "svg"),
        ("check", "--at", "d=1,S=2"),
        *(("export", "--to", backend) for backend in BACKENDS),
    ],
    ids=" ".join,
)
def test_every_command_knows_them(arguments: tuple[str, ...]) -> None:
    """Since a call stands for ordinary nodes, what is printed is that of the body written out."""
    command, *options = arguments
    defined, written = (run(command, text, *options) for text in ("f(x) = exp(-x)*S; f(d)*2", "exp(-d)*S*2"))
    out = defined.out.replace("f(x) = exp(-x)*S; f(d)*2", "exp(-d)*S*2")
    assert written == (defined.code, out, defined.err)


def test_nodes_are_counted_before_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty levels of doubling end at once where they are called; only what is called counts."""
    monkeypatch.setattr(definitions, "MAX_NODES", 20_000)
    levels = "".join(f"f{i + 1}(x) = f{i}(f{i}(x)); " for i in range(40))
    with pytest.raises(GradcliError) as caught:
        parse(f"f0(x) = x + 1; {levels}f40(a)")
    assert caught.value.code == "too-many-calls"
    assert len(parse(f"f0(x) = x + 1; {levels}a")) == 1
    assert len(parse(f"f0(x) = x + 1; {levels}f13(a)")) == 2 * 2**13 + 1
    monkeypatch.setattr(definitions, "MAX_NODES", 8)
    assert len(parse("f(x) = x + 1; f(a) + f(a) + f(a) + f(a)")) == 12
    with pytest.raises(GradcliError, match="more than 8 nodes"):
        parse("f(x) = x + 1; f(a) + f(a) + f(a) + f(a) + f(a)")


def test_long_chains_of_definitions() -> None:
    """Longer than Python recurses; longer ones in tests/sweeps."""
    check_chain(1_500)


def check_chain(count: int) -> None:
    """Each calls the one before: as many nodes as operations, whose places are those of the definitions."""
    levels = "".join(f"f{i + 1}(x) = f{i}(x) + 1; " for i in range(count))
    graph = parse(f"f0(x) = x*b; {levels}f{count}(a)")
    assert len(graph) == 2 + 1 + 2 * count
    assert graph.text[graph.starts[graph.output]] == "+"
    assert list(graph.variables) == ["a", "b"]


@given(
    st.lists(st.sampled_from(["a", "2", "f(1)", "f(a)", "g(a, 3)", "g(f(b), -a)", "h(f(c))"]), min_size=1, max_size=5)
)
def test_formatted_programs_stay_the_same(terms: list[str]) -> None:
    """The text of a graph has no calls; read again and written again it is itself, with the same value."""
    program = "f(x) = x^2 - a; g(x, y) = f(y)*sin(x) + x; h(x) = g(x, f(x)); " + " - ".join(terms)
    graph = parse(program)
    text = format_graph(graph)
    assert text == format_graph(parse(text))
    assert gradient(graph, POINT).value == gradient(text, POINT).value
