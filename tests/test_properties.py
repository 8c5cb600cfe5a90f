"""Properties that hold for random expressions, points and texts (derandomized: the same ones at every run)."""

import json
import math
from itertools import chain
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gradcli.api import Result, gradient
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from tests.helpers.oracle import sweep
from tests.helpers.programs import NAMES, POINT, evaluated, expressions, programs
from tests.helpers.running import run


@given(programs())
def test_round_trip(text: str) -> None:
    """The formatted text of any program reads back as the same graph, and formatting it again changes nothing."""
    graph = parse(text)
    written = format_graph(graph)
    assert graph == parse(written)
    assert written == format_graph(parse(written))


@given(expressions, POINT)
def test_reverse_agrees_with_forward_mode(text: str, at: dict[str, float]) -> None:
    """One backward pass gives what 50-digit tangents give, where the result does not hang on the last bits."""
    graph = parse(text)
    result = evaluated(graph, at)
    if result is None or not result.is_finite or result.notes or not _is_smooth(graph, result):
        return
    here = result.evaluation
    value, _ = sweep(graph, result.at, "", here.values)
    scale = max(1.0, *(abs(v * d) for v, d in zip(here.values, here.adjoints, strict=True) if v is not None))
    assert math.isclose(result.value, float(value), rel_tol=1e-9, abs_tol=1e-9 * scale)
    for name, slope in result.gradient.items():
        _, expected = sweep(graph, result.at, name, here.values)
        size = max([abs(d) for d in here.adjoints] + [1.0]) * _largest(result)
        assert math.isclose(slope, float(expected), rel_tol=1e-9, abs_tol=1e-9 * size), name


def _largest(result: Result) -> float:
    return max([1.0, *(abs(v) for v in result.evaluation.values if v is not None)])


def _is_smooth(graph: Graph, result: Result) -> bool:
    """Whether no comparison, step or branch hangs on rounding: the values there have some distance."""
    values = result.evaluation.values
    for node, operator in enumerate(graph.operators):
        inputs = [values[x] for x in graph.inputs[node]]
        if None in inputs or not (operator.condition or operator.jump or operator.ties or operator.branches):
            continue
        if any(abs(x - y) < 1e-9 for i, x in enumerate(inputs) for y in inputs[:i]):
            return False
        if (operator.jump or operator.branches) and any(abs(x - round(2 * x) / 2) < 1e-9 for x in inputs):
            return False
        if operator.name == "mod" and abs(inputs[0] / inputs[1] - round(inputs[0] / inputs[1])) < 1e-9:
            return False
    return _largest(result) < 1e12


def complaint(text: str) -> GradcliError | None:
    """What is said of a text; nothing where it has a value."""
    try:
        gradient(text, {"a": 1.0, "x": 0.0})
    except GradcliError as error:
        return error
    return None


ALPHABET = "ax2.0 +-*/^()<>=!,;#\n\té×θ ²ｘ$[]'\x1b\u200b\udcff"
PIECES = [
    *ALPHABET,
    "sin",
    "max",
    "where",
    "pi",
    "e",
    "and",
    "or",
    "not",
    "1e999",
    "==",
    "**",
    "s = ",
    "(x > 0)",
    "clip(",
]


# As hypothesis' own texts, but without the tables of all characters that it makes for them, which take a second.
_CHARACTERS = st.one_of(*(st.integers(*ends).map(chr) for ends in ((0, 0x7F), (0x80, 0xD7FF), (0xE000, 0x10FFFF))))


@given(st.lists(st.one_of(st.sampled_from(PIECES), _CHARACTERS), max_size=30).map("".join))
def test_only_the_tools_own_error_escapes(text: str) -> None:
    """Any text is a program or gets one message: three lines, a caret in the source, no control characters."""
    error = complaint(text)
    message = str(error or "")
    assert message.count("\n") <= 2
    assert all(character.isprintable() or character == "\n" for character in message.replace("\u3000", " "))
    assert error is None or error.text is None or 0 <= error.start <= len(error.text)


@given(st.lists(st.sampled_from([*PIECES, "a=", "b=", "x=1", "nan", "inf", "1/0"]), max_size=12).map("".join))
def test_only_the_tools_own_error_escapes_from_a_point(text: str) -> None:
    """The same of --at: an exit code and one message, whatever is written there."""
    outcome = run("eval", "a*x", f"--at={text}", "--json")
    assert outcome.code in (0, 1, 2)
    assert (outcome.code == 0) == (outcome.out != "") or "not finite" in outcome.err
    assert outcome.err.count("\n") <= 3 or outcome.err.startswith("note: ")


def refuse(constant: str) -> Any:
    """NaN and Infinity are no JSON."""
    raise AssertionError(constant)


@given(programs(), POINT)
def test_json_is_strict(text: str, at: dict[str, float]) -> None:
    """Never NaN or Infinity, in IEEE arithmetic and with the trace too; every number reads back exactly."""
    used = parse(text).variables
    point = ",".join(f"{name}={value!r}" for name, value in at.items() if name in used)
    outcome = run("eval", "-", "--at", point, "--json", "--trace", "--allow-nonfinite", stdin=text.encode())
    assert outcome.code == 0
    found = json.loads(outcome.out, parse_constant=refuse)
    result = gradient(text, at, allow_nonfinite=True)
    assert found["value"] == (result.value if math.isfinite(result.value) else None)
    assert list(found["gradient"]) == list(used)
    missing = [name for name, slope in found["gradient"].items() if slope is None]
    noted = {note["name"] for note in found["notes"] if note["code"] == "not-finite" and note["of"] == "gradient"}
    assert set(missing) <= noted | set(missing if found["value"] is None else [])


@given(expressions, POINT, st.randoms(use_true_random=False))
def test_the_order_of_the_values_does_not_matter(text: str, at: dict[str, float], random: Any) -> None:
    """A point is a set of values."""
    shuffled = list(at.items())
    random.shuffle(shuffled)
    first, second = evaluated(parse(text), at), evaluated(parse(text), dict(shuffled))
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert (first.value, repr(first.gradient)) == (second.value, repr(second.gradient))


@given(expressions, POINT)
def test_renaming_the_variables_changes_nothing(text: str, at: dict[str, float]) -> None:
    """The gradient is the same under other names."""
    graph = parse(text)
    renamed = Graph(
        graph.operators,
        graph.inputs,
        graph.values,
        {node: f"v_{name}" if node in graph.variables.values() else name for node, name in graph.names.items()},
        graph.output,
        graph.text,
        graph.starts,
    )
    first = evaluated(graph, at)
    second = evaluated(renamed, {f"v_{name}": value for name, value in at.items()})
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert {f"v_{name}": repr(slope) for name, slope in first.gradient.items()} == {
            name: repr(slope) for name, slope in second.gradient.items()
        }


@given(expressions, expressions, st.integers(-4, 4), POINT)
def test_the_gradient_is_linear(first: str, second: str, factor: int, at: dict[str, float]) -> None:
    """The gradient of f·2^k + g is 2^k times that of f plus that of g, exactly where they share no variable."""
    f, g = evaluated(parse(first), at), evaluated(parse(second), at)
    scale = 2.0**factor
    both = evaluated(parse(f"({first})*{scale} + ({second})"), at)
    if f is None or g is None or both is None or not (f.is_finite and g.is_finite and both.is_finite):
        return
    assert both.value == f.value * scale + g.value
    for name, slope in both.gradient.items():
        parts = f.gradient.get(name, 0.0) * scale, g.gradient.get(name, 0.0)
        adjoints = chain.from_iterable(result.evaluation.adjoints for result in (f, g, both))
        size = max([abs(d) for d in adjoints] + [1.0]) * max(_largest(f), _largest(g))
        assert math.isclose(slope, sum(parts), rel_tol=1e-12, abs_tol=1e-12 * size)


@given(expressions, POINT, st.sets(st.sampled_from(NAMES), min_size=1))
def test_wrt_gives_a_part_of_the_gradient(text: str, at: dict[str, float], asked: set[str]) -> None:
    """Asking for less changes no number."""
    graph = parse(text)
    wanted = [name for name in graph.variables if name in asked]
    whole = evaluated(graph, at)
    if whole is None:
        return
    part = gradient(graph, at, wanted)
    assert {name: repr(whole.gradient[name]) for name in wanted} == {
        name: repr(slope) for name, slope in part.gradient.items()
    }
