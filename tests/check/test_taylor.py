"""The Taylor tests of single operations, with rules that are wrong."""

import pytest

from gradcli.api import gradient
from gradcli.check.agreements import agreements
from gradcli.engine.doubles import rules
from gradcli.errors import GradcliError
from gradcli.language.parser import parse
from gradcli.operators.records import Operator, Partial
from gradcli.operators.table import OPERATORS
from tests.helpers.calls import call
from tests.mutation.rules import Mutant


def _times(row: Operator, factor: float) -> tuple[Partial, ...]:
    """The row's partial derivatives, whose slope functions have a factor."""
    if row.variadic:
        own = rules.slopes(row, (0,), False)
        first, later = row.partials
        return first._replace(slope=lambda *point: [factor * slope for slope in own(*point)]), later
    plain = [rules.slopes(row, (index,), False) if text else None for index, text in enumerate(row.formulas)]
    return tuple(
        partial._replace(slope=lambda *point, f=f: factor * f(*point)) if f else partial
        for partial, f in zip(row.partials, plain, strict=True)
    )


def _text(row: Operator) -> str:
    """The row's operator applied to variables."""
    if row.chooses:
        return "where(x > 1, y, x)"
    return call(row, "xyz"[: 3 if row.variadic else len(row.parameters)]) if row.name != "identity" else "s = x; s + 1"


POINTS = ({"x": 0.6, "y": 0.3, "z": 1.7}, {"x": 1.6, "y": 1.3, "z": 2.4}, {"x": -1.7, "y": -2.3, "z": -0.8})


SLOPED = [row for row in OPERATORS.values() if row.partials and not row.condition]


FACTORS = (1.01, 1.00005, -1.0, 0.0)


def check_wrong_rule(row: Operator, factor: float) -> None:
    """The Taylor test tells, and names the operation."""
    text = _text(row)
    graph, found = parse(text), list[str]()
    for point in POINTS:
        at = {name: point[name] for name in graph.variables}
        try:
            if not any(gradient(graph, at).gradient.values()):
                continue
        except GradcliError:
            continue
        with Mutant(row, "partials", _times(row, factor), "a factor"):
            for one in agreements(graph, at, list(graph.variables)):
                found.append(one.verdict)
                if one.verdict == "wrong":
                    assert one.remark is not None
                    assert "flaw" == one.remark[0]
                    assert row.name == "identity" or text.replace(" ", "") == one.remark[1]["at"].replace(" ", "")
    assert "wrong" in found or not found
    assert found or set(row.formulas) == {"0"}


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("number", "row"), list(enumerate(SLOPED)), ids=[row.name for row in SLOPED])
def test_a_wrong_rule_is_found(number: int, row: Operator) -> None:
    """For each operator by one factor or another; by all in tests/sweeps."""
    check_wrong_rule(row, FACTORS[number % len(FACTORS)])


def test_a_wrong_rule_with_many_arguments() -> None:
    """All arguments at once say that something is wrong, each by itself what."""
    graph = parse(f"logsumexp({', '.join(f'x{number}' for number in range(12))}, 5)")
    at = {name: number / 7 for number, name in enumerate(graph.variables)}
    assert {"right"} == {one.verdict for one in agreements(graph, at, list(at))}
    row = OPERATORS["logsumexp"]
    with Mutant(row, "partials", _times(row, 1.1), "a factor"):
        found = agreements(graph, at, list(at))
    assert {"wrong"} == {one.verdict for one in found}
    assert {"x11"} == {one.remark[1]["input"] for one in found[11:] if one.remark}


def test_what_is_said_of_a_wrong_rule() -> None:
    """The wrong slope, and the one that the quotients lead to."""
    row = OPERATORS["exp"]
    with Mutant(row, "partials", _times(row, 2.0), "a factor"):
        found = agreements(parse("3*exp(x)"), {"x": 0.0}, ["x"])[0]
    assert found.remark is not None
    facts = found.remark[1]
    assert ("exp(x)", "x", 2.0) == (facts["at"], facts["input"], facts["slope"])
    assert pytest.approx(1.0, rel=1e-4) == facts["found"]
    assert pytest.approx(3.0, rel=1e-4) == found.taylor
    assert "fails its own Taylor test: 2 instead of 1" in found.phrases("en")[0]


@pytest.mark.parametrize("name", ["floor", "ceil", "round", "sign"])
def test_a_slope_where_there_is_none(name: str) -> None:
    """The other way round: 1 instead of 0."""
    with Mutant(OPERATORS[name], "partials", (Partial("1"),), "a slope"):
        found = agreements(parse(f"{name}(x)"), {"x": 0.4}, ["x"])
    assert ["wrong"] == [one.verdict for one in found]
