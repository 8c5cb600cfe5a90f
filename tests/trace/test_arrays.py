"""Traces over arrays: the tables to the character, and numbers that are those of the scalar passes."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import gradcli
from gradcli.graph.arrays import Shape, flattened
from gradcli.trace.arrays.rows import ArrayRow, ArrayValues, Derivative, Passed, Symbol
from gradcli.trace.arrays.tracing import ArrayTrace
from gradcli.trace.rows import Product
from tests.helpers.running import run

FOLDER = Path(__file__).parent / "arrays"
X, W, B = [[1, 2], [3, 4]], [[1, 0, -1], [2, 1, 0]], [0, 1, -1]
AFFINE = "Y = X @ W + b; L = sum(relu(Y))"
POINT = "X=[[1,2],[3,4]], W=[[1,0,-1],[2,1,0]], b=[0,1,-1]"

# Programs in which every operation occurs, with arrays of every shape.
PROGRAMS: list[tuple[str, dict[str, Any]]] = [
    (AFFINE, {"X": X, "W": W, "b": B}),
    ("a = x @ W + b; y = softmax(a); L = -sum(t * log(y))", {"x": [1, 2], "W": W, "b": B, "t": [0, 1, 0]}),
    ("a = x @ W + b; L = logsumexp(a) - dot(t, a)", {"x": [1, 2], "W": W, "b": B, "t": [0, 1, 0]}),
    ("z = W @ t; L = z @ x", {"x": [1, 2], "W": W, "t": [1, 3, 2]}),
    ("s = x @ A.T; sum(s*s)", {"x": [1, 2], "A": X}),
    ("sum(X @ X.T)", {"X": X}),
    ("M = outer(x, y); sum(M*M) + M[0,1]", {"x": [1, 2], "y": [3, 4, 5]}),
    ("sum(softmax(X) * W[:,1:])", {"X": X, "W": W}),
    ("m = mean(X, axis=0); d = X - m; sum(d^2) / c", {"X": X, "c": 3}),
    ("sum(max(W, axis=1) * logsumexp(W, axis=1)) + min(W) + sum(mean(W, axis=1))", {"W": W}),
    ("norm(x) + sum(norm(W, axis=0))", {"x": [3, 4], "W": W}),
    ("trace(X @ X) + max(W)", {"X": X, "W": W}),
    ("sum((column(v) - q)^2) + sum(row(v) * c)", {"v": [1, 2], "q": [[3], [5]], "c": 2}),
    ("u = [x, 2*x, y]; dot(u, u)", {"x": 2, "y": 3}),
    ("Z = X.T; v = X[1]; s = [c, c]; sum(Z * X) + dot(v, s)", {"X": X, "c": 2}),
    ("sum(where(X > 2, X^2, c*X)) / sum(exp(-X))", {"X": X, "c": 3}),
    ("x[0]*x[1] + sum([x[0]])", {"x[0]": 2, "x[1]": 3}),
    ("logsumexp(X) + sum(logsumexp(X, axis=0)) + sum(X, axis=1)[0]", {"X": X}),
    (
        "P = softmax((X @ A) @ (X @ B).T / sqrt(2)); sum((P @ X)^2)",
        {"X": [[1, 0.5], [0.2, -1], [0, 1]], "A": [[1, 2], [0.1, 0.3]], "B": [[0.5, 0.1], [1, 1]]},
    ),
    (
        "d = W - column(mean(W, axis=1)); s = sqrt(mean(d^2, axis=1) + 1e-5); sum(g * d / column(s))",
        {"W": W, "g": [1, 2, 3]},
    ),
    ("D = row(sum(W^2, axis=0)) + column(sum(W^2, axis=0)) - 2 * W.T @ W; sum(D * exp(-D))", {"W": W}),
    (
        "k = x[:2] * w[0] + x[1:] * w[1]; u = k[0:1] + [c]; norm(k) * max(u, 0)[0]",
        {"x": [1, 2, 4], "w": [2, 1], "c": 1},
    ),
    ("u = sum(X, axis=1); v = [u, 2*u]; trace(v @ v.T) + min(v)", {"X": X}),
    ("Y = X @ W; sum((2*Y - detach(Y))^2 + detach(Y)*(X @ W))", {"X": X, "W": W}),
    ("y = detach(x); sum(y^2 * x.T) + x.T @ A @ softmax(x.T).T", {"x": [1, 2], "A": X}),
    ("sum((q * row(v) - c) / q) + sum(q[:,0])^2", {"v": [1, 2], "q": [[3], [5]], "c": [[2, 1], [4, 3]]}),
]
IDS = [text for text, _ in PROGRAMS]


def rows(text: str, at: dict[str, Any], wrt: list[str] | None = None) -> tuple[gradcli.Result, list[ArrayRow]]:
    """The result and the rows of its trace."""
    result = gradcli.gradient(text, at, wrt)
    return result, list(ArrayTrace(result.evaluation).rows())


SOFTMAX = "a = x @ W + b; y = softmax(a); L = -sum(t * log(y))"
ENTROPY = "a = x @ W + b; L = logsumexp(a) - dot(t, a)"
RECORDED = {
    "affine.72.en": (AFFINE, POINT, ""),
    "affine.76.ja": (AFFINE, POINT, "W,b"),
    "affine.markdown.en": (AFFINE, POINT, "W,b"),
    "softmax.84.ja": (SOFTMAX, "x=[1,2], W=[[1,0,-1],[2,1,0]], b=[0,1,-1], t=[0,1,0]", "W,b"),
    "entropy.88.en": (ENTROPY, "x=[1,2], W=[[1,0,-1],[2,1,0]], b=[0,1,-1], t=[0,1,0]", "W,b"),
}


@pytest.mark.parametrize("name", RECORDED)
def test_layers(name: str) -> None:
    """The affine layer, and softmax with its loss in two forms, as they are on record."""
    text, point, wrt = RECORDED[name]
    _, form, language = name.split(".")
    more = [*(("--wrt", wrt) if wrt else ()), *(() if form.isdigit() else ("--format", form))]
    columns = int(form) if form.isdigit() else 0
    out = run("eval", text, "--at", point, "--trace", "--lang", language, *more, columns=columns).out
    recorded = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert out[: len(recorded)] == recorded


@pytest.mark.parametrize(("text", "at"), PROGRAMS, ids=IDS)
def test_numbers_are_those_of_the_scalar_passes(text: str, at: dict[str, Any]) -> None:
    """What comes to a variable is its gradient, and what comes to an array adds up to it."""
    result, found = rows(text, at)
    trace = ArrayTrace(result.evaluation)
    arrived = [row for row in found if row.arriving is not None]
    for row in arrived:
        assert row.arriving is not None
        node = trace.names.index(row.name)
        assert row.arriving.values == [result.evaluation.adjoints[x] for x in trace.records.elements[node]]
        ends = [x.values for x in row.inputs if isinstance(x, Passed) and x.end == row.name]
        if ends and len(ends) == len(row.inputs):
            assert [sum(x) for x in zip(*ends, strict=True)] == pytest.approx(row.arriving.values, rel=1e-15, abs=1e-15)
    starts = [row for row in arrived if row.kind == "start" and row.arriving]
    gradient = {
        row.name: ArrayValues(row.arriving.values or (), row.arriving.shape).nested for row in starts if row.arriving
    }
    assert gradient == result.gradient


@pytest.mark.parametrize(("text", "at"), PROGRAMS, ids=IDS)
def test_every_line_multiplies_out(text: str, at: dict[str, Any]) -> None:
    """Factors have the product that is shown, up to the last digit."""
    for row in rows(text, at)[1]:
        for one in row.outputs if row.pass_ == "backward" else ():
            if isinstance(one, Passed) and one.factors:
                left, sign, right = one.factors
                assert isinstance(left, ArrayValues)
                assert isinstance(right, ArrayValues)
                product = multiplied(left, str(sign), right)
                assert product == pytest.approx(list(one.values or ()), rel=1e-14, abs=1e-15), one


def multiplied(left: ArrayValues, sign: str, right: ArrayValues) -> list[float]:
    """Two arrays, element by element or as matrices."""
    if sign == "·":
        inner, width = left.shape[-1], right.shape[-1]
        rows_of = [left.values[start : start + inner] for start in range(0, len(left.values), inner)]
        columns = [right.values[place::width] for place in range(width)]
        return [sum(x * y for x, y in zip(row, column, strict=True)) for row in rows_of for column in columns]
    size = max(len(left.values), len(right.values))
    pairs = [[*one.values] * (size // len(one.values)) for one in (left, right)]
    return [x * (y or 0.0) for x, y in zip(*pairs, strict=True)]  # what is not evaluated passes nothing on


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("text", "at"), [x for x in PROGRAMS if "[x[0]]" not in x[0]], ids=str)
def test_formulas_are_true(text: str, at: dict[str, Any]) -> None:
    """Typed in the language itself, over the numbers of the trace, each gives the numbers that stand below it."""
    trace = ArrayTrace(gradcli.gradient(text, at).evaluation)
    records, found = trace.records, 0
    arrays = [*records.starts, *trace.nodes]
    known = {trace.names[x]: nested(records.values(x), records.shapes[x]) for x in arrays}
    known |= {f"G{x}": nested(records.adjoints(x), records.shapes[x]) for x in arrays}
    gradients = {trace.names[x]: f"G{x}" for x in arrays}
    for node, index, one in formulas_of(trace):
        weights = [float(place + 2) for place in range(len(one.values or ()))]
        formula = typed(one, trace, node, gradients)
        at_hand = known | {"R": nested(weights, one.shape), "D": local(one, trace, node, index)}
        total = gradcli.gradient(total_of(formula, one), at_hand, []).value
        wanted = sum(x * y for x, y in zip(weights, one.values or (), strict=True))
        assert total == pytest.approx(wanted, rel=1e-13, abs=1e-13), (one.formula, formula)
        found += 1
    assert found


def formulas_of(trace: ArrayTrace) -> Iterator[tuple[int, int, Passed]]:
    """Each formula all of whose numbers are asked for, with its operation and which input it goes to."""
    for node in trace.nodes:
        for index in trace.edges(node):
            one = trace.passed(node, index)
            if isinstance(one, Passed) and None not in (one.values or ()):
                yield node, index, one


def nested(values: Sequence[Any] | None, shape: Shape) -> Any:
    """An array as nested lists; 0 for what is not evaluated."""
    return ArrayValues([x or 0.0 for x in values or ()], shape).nested


def local(one: Passed, trace: ArrayTrace, node: int, index: int) -> Any:
    """The local derivatives that a formula may have."""
    factors = [x for x in one.factors if isinstance(x, ArrayValues)]
    own = ArrayValues(trace.records.slopes(node, index), trace.records.shapes[node])
    return nested(factors[-1].values, factors[-1].shape) if factors else nested(own.values, own.shape)


def total_of(formula: str, one: Passed) -> str:
    """The weighted sum of what a formula gives; of a number the number alone."""
    return f"sum(R * ({formula}))" if one.shape else f"2 * ({formula})"


def typed(one: Passed, trace: ArrayTrace, node: int, gradients: dict[str, str]) -> str:
    """A formula as it is typed: gradients by their names, the local derivatives as D."""
    texts = []
    for piece in one.formula:
        if isinstance(piece, Symbol):
            texts.append(piece.name + ".T" * piece.is_transposed)
        elif isinstance(piece, Derivative):
            is_gradient = piece.of == trace.output and piece.by in gradients and piece.by == trace.names[node]
            texts.append((gradients[piece.by] if is_gradient else " D ") + ".T" * piece.is_transposed)
        else:
            texts.append(piece.replace("⊙", "*").replace("I", "[[1, 0], [0, 1]]"))
    name = trace.program.operators[node].name
    if name == "matmul" and trace.records.shapes[node]:
        left, _, right = texts
        shapes = [trace.records.shapes[x] for x in (*trace.program.inputs[node], node)]
        is_outer = len(one.shape) == 2 and any(len(shape) == 1 for shape in shapes)
        return f"outer({left.removesuffix('.T')}, {right.removesuffix('.T')})" if is_outer else f"{left} @ {right}"
    return "".join(texts).replace("·", "@" if name == "outer" else "*")


FORMULAS = [
    ("sum(X @ W)", {"X": X, "W": W}, ["∂y/∂y·1", "∂y/∂s·Wᵀ", "Xᵀ·∂y/∂s"]),
    ("sum(x @ W.T)", {"x": [1, 2, 3], "W": W}, ["∂y/∂y·1", "∂y/∂s·W", "xᵀ·∂y/∂s"]),
    ("x @ y", {"x": [1, 2], "y": [3, 4]}, ["∂z/∂z·y", "∂z/∂z·x"]),
    ("sum(W @ x)", {"W": X, "x": [1, 2]}, ["∂y/∂y·1", "∂y/∂s·xᵀ", "Wᵀ·∂y/∂s"]),
    ("M = outer(x, y); sum(M)", {"x": [1, 2], "y": [3, 4]}, ["∂z/∂z·1", "∂z/∂M·y", "(∂z/∂M)ᵀ·x"]),
    ("sum(X - b)", {"X": X, "b": [1, 2]}, ["∂y/∂y·1", "∂y/∂s", "-sum(∂y/∂s, axis=0)"]),
    ("sum(X / column(b))", {"X": X, "b": [1, 2]}, [
        "∂y/∂y·1", "∂y/∂s ⊙ ∂s/∂X", "column(sum(∂y/∂s ⊙ ∂s/∂column(b), axis=1))",
    ]),
    ("sum(c * X)", {"X": X, "c": 2}, ["∂y/∂y·1", "sum(∂y/∂s ⊙ X)", "∂y/∂s·c"]),
    ("softmax(X)[0,1]", {"X": X}, ["∂y/∂y", "s ⊙ (∂y/∂s - column(sum(s ⊙ ∂y/∂s, axis=1)))"]),
    ("sum(mean(X, axis=1))", {"X": X}, ["∂y/∂y·1", "column(∂y/∂s)·1/2"]),
    ("trace(X) * norm(x)", {"X": X, "x": [3, 4]}, [None, None, "∂y/∂t·x/t", "∂y/∂s·I"]),
    ("sum(logsumexp(X, axis=0))", {"X": X}, ["∂y/∂y·1", "∂y/∂s ⊙ ∂s/∂X"]),
    ("x.T @ A @ x", {"x": [1, 2], "A": X}, ["∂y/∂y·x", "∂y/∂y·s", "∂y/∂s·Aᵀ", "xᵀ·∂y/∂s"]),
    ("s = x.T; sum(softmax(s.T).T)", {"x": [1, 2]}, ["∂y/∂y·1", "t ⊙ (∂y/∂t - sum(t ⊙ ∂y/∂t))", "∂y/∂s"]),
    ("Z = X.T; v = Z[0]; s = [c, 1]; sum(v*s)", {"X": X, "c": 2}, [
        "∂y/∂y·1", "∂y/∂t ⊙ s", "∂y/∂t ⊙ v", "∂y/∂s[0]", "∂y/∂v", "(∂y/∂Z)ᵀ",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "at", "formulas"), FORMULAS, ids=[text for text, *_ in FORMULAS])
def test_formulas(text: str, at: dict[str, Any], formulas: list[str | None]) -> None:
    """Of each operation, for each of its inputs; of one on numbers a product of the chain rule."""
    from gradcli.trace.arrays.rows import text as written

    sent = [one for row in rows(text, at)[1] if row.pass_ == "backward" and row.kind == "node" for one in row.outputs]
    assert [None if isinstance(one, Product) else written(one.formula) for one in sent] == formulas


def test_parts_add_up_with_numbers() -> None:
    """At a fork the sum stands with its shape; elsewhere numbers stand where they went out."""
    out = run(
        "eval", "a = 2*x; sum(a*b) + dot(a, b)", "--at", "x=[1,2], b=[3,5]", "--trace", "--format", "markdown"
    ).out
    backward = out.partition("**Backward pass**")[2]
    assert "| ∂y/∂a (2) = [6, 10] |" in backward
    assert "∂y/∂u·b (part of ∂y/∂a) = 1 × [3, 5] = [3, 5]" in backward
    assert "∂y/∂a·2 (=∂y/∂x) = [6, 10] × 2 = [12, 20]" in backward


def test_what_comes_through_views_is_gathered() -> None:
    """There numbers stand once more, as they stand nowhere else so; what comes to a whole array has its own."""
    out = run("eval", "s = 2*x; t = 3*s; sum(t[:1]) + s[0]", "--at", "x=[1,2]", "--trace", "--format", "markdown").out
    backward = out.partition("**Backward pass**")[2]
    assert "| ∂y/∂t (2) = [1, 0] | ∂y/∂t·3 (part of ∂y/∂s) = [1, 0] × 3 = [3, 0] |" in backward
    assert "| ∂y/∂s (2) = [4, 0] | ∂y/∂s·2 (=∂y/∂x) = [4, 0] × 2 = [8, 0] |" in backward
    out = run("eval", "s = 2*x; t = 3*s; sum(t)", "--at", "x=[1,2]", "--trace", "--format", "markdown").out
    assert "| ∂y/∂s (2) | ∂y/∂s·2 (=∂y/∂x)" in out


@pytest.mark.parametrize("number", ["min(a, b)", "min(a, b)*X"])
def test_a_branch_that_is_taken_nowhere_passes_nothing_on(number: str) -> None:
    """None of its operations has a row but to say so, and what it alone reads is not reached."""
    command = ("eval", f"u = where(X > 0, {number}, X); sum(u)", "--at", "X=[-1,-2],a=2,b=3", "--trace", "--explain")
    forward, _, backward = run(*command, "--format", "markdown").out.partition("**Backward pass**")
    assert "| s (2), X (2) | u (2) = [-1, -2] |" in forward
    assert "| Start point a | not reached: 0<br>a is used only on branches that are not taken here" in backward
    assert "∂y/∂u ⊙ ∂u/∂X (=∂y/∂X) =" in backward
    assert backward.count("∂y/∂u ⊙") == 1


def test_json_has_whole_arrays() -> None:
    """With shapes, formulas as chains and the factors."""
    facts = json.loads(run("eval", AFFINE, "--at", POINT, "--wrt", "W", "--trace", "--json").out)["trace"]
    matmul = next(row for row in facts["backward"] if row["operator"] == "matmul")
    assert matmul["gradient"] == [[1, 1, 0], [1, 1, 0]]
    assert matmul["outputs"] == [
        {
            "to": "W",
            "chain": "Xᵀ·∂L/∂s",
            "equals": "∂L/∂W",
            "factors": [[[1, 3], [2, 4]], [[1, 1, 0], [1, 1, 0]]],
            "value": [[4, 4, 0], [6, 6, 0]],
        }
    ]
    assert facts["forward"][1]["inputs"][0] == {"name": "X", "shape": [2, 2], "value": X}
    assert flattened(facts["forward"][1]["outputs"][0]["value"]) == [5, 2, -1, 11, 4, -3]


def test_what_was_not_asked_for_is_left_out() -> None:
    """Of elements too; and what needs no gradient is named."""
    out = run("eval", AFFINE, "--at", POINT, "--wrt", "W[0,1]", "--trace").out
    assert "no gradient is required for: X, b" in out
    assert "│ ⎡ -  4  - ⎤ │" in out


def test_an_operation_opens_into_its_scalar_nodes() -> None:
    """In both passes, by the names of elements, and with the same numbers."""
    result = gradcli.gradient(AFFINE, {"X": X, "W": W, "b": B}, ["W"])
    trace = result.trace(opened="s")
    forward = [row for row in trace.forward() if row.name.startswith(("s[", "n"))]
    assert [row.expression for row in forward][:3] == [
        "n1 = X[0,0]*W[0,0]", "n2 = X[0,1]*W[1,0]", "s[0,0] = sum(n1, n2)",
    ]  # fmt: skip
    assert len(forward) == 18
    backward = [row for row in trace.backward() if row.name in {row.name for row in forward}]
    parts = [product for row in backward for product in row.outputs if product.end == "W[0,1]"]
    assert [product.value for product in parts] == [3, 1]
    assert all(product.is_part for product in parts)
    assert {row.name for row in trace.rows()} >= {"Y", "t", "L"}


def test_numbers_are_as_they_are_asked_for() -> None:
    """In digits and in fractions."""
    command = ("eval", "y = softmax(x); sum(y*x) + sum(x/3)", "--at", "x=[0,1]", "--trace", "--format", "markdown")
    assert "y (2) ≈ [0.26894142, 0.73105858]" in run(*command, "--digits", "8").out
    fractions = run("eval", "sum(x/3)^2", "--at", "x=[0,1]", "--trace", "--format", "markdown", "--fractions").out
    assert "= [2/3, 2/3] ⊙ [1/3, 1/3] = [2/9, 2/9]" in fractions


def test_parts_have_the_digits_that_hold_of_them() -> None:
    """Where what comes from several elements cancels, some are lost, of doubles all; of fractions none."""
    command = ("eval", "sum((A @ v)^2) + v @ v", "--at", "A=[[1e17,1],[-1e17,1.5]],v=[0.1,1/3]", "--trace")
    out = run(*command, "--format", "markdown", "--digits", "20").out
    assert (
        "[[20000000000000000.667], [-19999999999999999.000]] ≈ [[3.999999999999999967e33], [-9999999999999997.83]]"
        in out
    )
    assert "≈ 1 × [0.1, 0.33333333333333333333] ≈ [0.1, 0.33333333333333333333]" in out
    out = run(*command, "--format", "markdown", "--fractions").out
    assert "= [[11999999999999999900000000000000000/3], [-59999999999999987/6]]" in out
    assert run("eval", "x*[1e9, -1e9] @ [1 + 1e-15, 1] + sin(x)", "--at", "x=1/3", "--trace", "--digits", "8").code == 0


def test_without_a_point_there_are_formulas() -> None:
    """Over the shapes that are given."""
    out = run("eval", AFFINE, "--shape", "X=2x2,W=2x3,b=3", "--trace", "--format", "markdown", "--quiet").out
    assert "| Start point | - | X (2×2), W (2×3), b (3) |" in out
    assert "| MatMul node<br>s = X@W | ∂L/∂s (2×3) | ∂L/∂s·Wᵀ (=∂L/∂X)<br>Xᵀ·∂L/∂s (=∂L/∂W) |" in out
    assert "| Start point b | ∂L/∂b (3) | - |" in out
    assert str(gradcli.passes("sum(x)", shapes={"x": (2,)})).count("∂y/∂y·1 (=∂y/∂x)") == 1


SENTENCES = [
    (AFFINE, {"X": X, "W": W, "b": B}, [
        "End point: the backward pass begins with 1",
        "Sum node: every element of t gets the incoming ∂L/∂L",
        "ReLU node: 4 of 6 are open: there the incoming ∂L/∂t goes on to Y as it is, elsewhere Y gets 0",
        "Add node: the incoming ∂L/∂Y goes on to s as it is",
        "Add node: b is used more than once (broadcasting), and its gradients add up: sum(∂L/∂Y, axis=0)",
        "MatMul node: the incoming ∂L/∂s is multiplied by the transpose of W from the right",
        "MatMul node: the incoming ∂L/∂s is multiplied by the transpose of X from the left",
    ]),
    ("a = 2*x; mean(a*b) - logsumexp(a)", {"x": [1, 2], "b": [3, 5]}, [
        "Sub node: the incoming 1 goes on to t as it is",
        "Sub node: the incoming 1 with its sign changed is -1",
        "logsumexp node: the incoming ∂y/∂u is divided among a in the parts softmax(a)",
        "Mean node: every element of s gets the incoming ∂y/∂t, divided by their number 2",
        "Mul node: each element of the incoming ∂y/∂s times b, that of the other input",
        "Fork: a is used 2 times, and its gradients add up",
        "Mul node: the incoming ∂y/∂a times 2, the value from the other input",
        "Nothing goes to 2: it is a constant",
    ]),
    ("Z = X.T; sum(Z[0] / max(X))", {"X": X}, [
        "max node: the element taken gets the incoming ∂y/∂s, the others of X get 0",
        "Transpose node: the incoming ∂y/∂Z is transposed back",
        "Div node: each element of the incoming ∂y/∂t times its own local derivative ∂t/∂Z[0]",
    ]),
    ("s = x.T; sum(s @ X)", {"x": [1, 2], "X": X}, [
        "Transpose node: the incoming ∂y/∂s goes on to x as it is",
        "MatMul node: the incoming ∂y/∂t is multiplied by the transpose of s from the left",
    ]),
    ("Y = X @ W; sum((Y - detach(Y))^2) + sum(detach(Y).T*Y.T)", {"X": X, "W": W[:2]}, [
        "Nothing goes to s: derivatives hold it at its value", "Nothing goes to w.T: derivatives hold it at its value",
    ]),
    ("sum(x*[1, 2])", {"x": [3, 4]}, ["Nothing goes to [1, 2]: it is a constant"]),
    ("s = logsumexp(X, axis=1); sum(s)", {"X": [[1, 2], [3, 4]]}, ["logsumexp node: X gets column(∂y/∂s) ⊙ ∂s/∂X"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "at", "sentences"), SENTENCES, ids=[text for text, *_ in SENTENCES])
def test_sentences(text: str, at: dict[str, Any], sentences: list[str]) -> None:
    """What each operation does, in words."""
    rows = gradcli.gradient(text, at).trace(explain=True).as_dict()["backward"]
    said = [
        sentence
        for row in rows
        for sentence in (*row.get("explanations", ()), *(x["explanation"] for x in row["outputs"]))
    ]
    assert set(sentences) <= set(said)


def test_the_words_of_the_book() -> None:
    """The transpose stands on the left or on the right."""
    out = run("eval", AFFINE, "--at", POINT, "--wrt", "X,W", "--explain", "--lang", "ja", "--format", "markdown").out
    assert "MatMulノード: 流れてきた ∂L/∂s に、W の転置を右から掛けます" in out
    assert "MatMulノード: 流れてきた ∂L/∂s に、X の転置を左から掛けます" in out


@pytest.mark.sampled(3)
@pytest.mark.parametrize("columns", [20, 40, 60])
@pytest.mark.parametrize(("text", "at"), PROGRAMS[:3], ids=IDS[:3])
def test_matrices_are_not_broken(text: str, at: dict[str, Any], columns: int) -> None:
    """In a narrow terminal each bracket stands in one line with the other."""
    point = ",".join(f"{name}={value}".replace(" ", "") for name, value in at.items())
    out = run("eval", text, "--at", point, "--trace", columns=columns).out
    for line in out.splitlines():
        assert [line.count(sign) for sign in "⎡⎢⎣"] == [line.count(sign) for sign in "⎤⎥⎦"]


@pytest.mark.parametrize("form", ["markdown", "latex", "csv", "html", "table"])
def test_every_form_shows_every_row(form: str) -> None:
    """With its formulas; ASCII too."""
    out = run("eval", AFFINE, "--at", POINT, "--trace", "--format", form, "--ascii").out
    assert out.count("MatMul node") == (0 if form == "csv" else 2)
    assert "sum" in out
    if form == "table":
        assert out.isascii()
        assert "X.T*dL/ds (=dL/dW)" in out
    if form == "latex":
        assert r"X^{\top} \cdot \frac{\partial L}{\partial s}" in out
        assert r"\odot" in out


def test_csv_says_how_far_numbers_are_to_be_taken() -> None:
    """At a start point what is said of its elements."""
    out = run("eval", "sum(relu(X)) + c", "--at", "X=[[0,1]],c=1", "--trace", "--format", "csv").out
    last = {line.split(",")[1]: line.rpartition(",")[2] for line in out.splitlines() if line.startswith("backward")}
    assert last["X"] == "kink one-sided"
    assert last["s"] == "ok"


def test_without_a_point_all_branches_are_listed() -> None:
    """Over the names of arrays."""
    rows = list(gradcli.passes("sum(where(X > 2, relu(X), c))", shapes={"X": (2, 2)}).forward())
    branches = {row.operator.name: [choice.text("en") for choice in row.choices] for row in rows if row.operator}
    assert branches["relu"] == ["X >= 0: open", "X < 0: closed"]
    assert branches["where"] == ["X > 2 is true: takes t", "X > 2 is false: takes c"]


def test_notes_have_the_names_of_the_rows() -> None:
    """What makes no nodes has its text as its name, in both; and elements of names without a shape are variables."""
    outcome = run("eval", "sum(relu(x @ W.T - 1))", "--at", "x=[1,0],W=[[1,2],[3,4]]", "--trace")
    assert "│ t = s - 1" in outcome.out
    assert "is at its kink (t[0] = 0)" in outcome.err
    assert run("eval", "x[0]*x[1] + relu(x[0])", "--at", "x[0]=0,x[1]=3", "--trace").code == 0


LINES = [
    (
        AFFINE,
        POINT,
        [
            "∂L/∂X = ((∂L/∂L·1) ⊙ ∂t/∂Y)·Wᵀ = [[1, 3], [1, 3]]",
            "∂L/∂W = Xᵀ·((∂L/∂L·1) ⊙ ∂t/∂Y) = [[4, 4, 0], [6, 6, 0]]",
            "∂L/∂b = sum((∂L/∂L·1) ⊙ ∂t/∂Y, axis=0) = [2, 2, 0]",
        ],
    ),
    ("(Q @ K.T) @ v @ u", "Q=[[1,2]],K=[[3,4]],v=[2],u=[3]", [
        "∂y/∂Q = ∂y/∂y·u·vᵀ·K = [[18, 24]]",
        "∂y/∂K = (Qᵀ·∂y/∂y·u·vᵀ)ᵀ = [[6, 12]]",
    ]),
    ("sum(3*(X @ W))", "X=[[1,2]],W=[[1],[2]]", ["∂y/∂X = ((∂y/∂y·1)·3)·Wᵀ = [[3, 6]]"]),
    ("sum(W.T @ W) + W[0,1]", "W=[[1,2],[3,4]]", ["∂y/∂W = [[6, 7], [14, 14]]"]),
    ("x.T @ A @ x", "x=[1,2],A=[[1,2],[3,4]]", [
        "∂y/∂x = ∂y/∂y·s + ∂y/∂y·x·Aᵀ = [12, 21]",
        "∂y/∂A = xᵀ·∂y/∂y·x = [[1, 2], [2, 4]]",
    ]),
    ("c*sum(x^2) - sum(x)", "c=2,x=[1,2]", [
        "∂y/∂c = ∂y/∂y·∂y/∂u·∂u/∂c = 5",
        "∂y/∂x = ∂y/∂y·∂y/∂v·1 + (∂y/∂y·∂y/∂u·∂u/∂t·1) ⊙ ∂s/∂x = [3, 7]",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "at", "expected"), LINES, ids=[text for text, _, _ in LINES])
def test_each_variable_has_its_line(text: str, at: str, expected: list[str]) -> None:
    """With --explain: what comes to it as one formula, with the gradients of steps put in, and its numbers."""
    out = run("eval", text, "--at", at, "--trace", "--explain").out
    lines = out[out.index("Chain rule, variable by variable") :].splitlines()
    assert [line for line in expected if line not in lines] == []


def test_a_line_is_no_longer_than_a_formula_has_room() -> None:
    """Of a long chain it begins with the gradient of a step."""
    text = "; ".join(f"h{n} = tanh(h{n - 1} @ W)" for n in range(1, 30)).replace("h0", "x") + "; sum(h29)"
    out = run("eval", text, "--at", "x=[1,2],W=[[1,0],[0,1]]", "--wrt", "x", "--trace", "--explain").out
    [line] = [line for line in out.splitlines() if line.startswith("∂y/∂x = (")]
    assert line.count("∂") < 40
