"""Programs over arrays, as graphs of numbers: values, shapes, and what does not fit."""

from typing import Any

import pytest

import gradcli
from gradcli import GradcliError
from gradcli.arrays.lowering import lowered
from gradcli.graph.arrays import Shape
from gradcli.language.format import format_graph
from gradcli.language.parser import parse

X, W, B = [[1, 2], [3, 4]], [[1, 0, -1], [2, 1, 0]], [0, 1, -1]

# Each with its value and gradient, by hand.
EXAMPLES: list[tuple[str, dict[str, Any], float, dict[str, Any]]] = [
    (
        "Y = X @ W + b; L = sum(relu(Y))",
        {"X": X, "W": W, "b": B},
        24,
        {"X": [[1, 3], [1, 3]], "W": [[4, 4, 0], [6, 6, 0]], "b": [2, 2, 0]},
    ),
    ("dot(x, y)", {"x": [1, 2], "y": [3, 4]}, 11, {"x": [3, 4], "y": [1, 2]}),
    ("sum(x @ A)", {"x": [1, 2], "A": X}, 17, {"x": [3, 7], "A": [[1, 1], [2, 2]]}),
    ("sum(A @ x)", {"A": X, "x": [1, 2]}, 16, {"A": [[1, 2], [1, 2]], "x": [4, 6]}),
    ("x @ y", {"x": [1, 2], "y": [3, 4]}, 11, {"x": [3, 4], "y": [1, 2]}),
    ("trace(A.T)", {"A": X}, 5, {"A": [[1, 0], [0, 1]]}),
    ("norm(x)", {"x": [3, 4]}, 5, {"x": [0.6, 0.8]}),
    ("mean(A)", {"A": X}, 2.5, {"A": [[0.25, 0.25], [0.25, 0.25]]}),
    ("sum(outer(x, y)[0])", {"x": [1, 2], "y": [3, 4]}, 7, {"x": [7, 0], "y": [1, 1]}),
    ("sum(max(A, axis=1))", {"A": X}, 6, {"A": [[0, 1], [0, 1]]}),
    ("sum(min(A, axis=0)) + max(x)", {"A": X, "x": [1, 5]}, 8, {"A": [[1, 1], [0, 0]], "x": [0, 1]}),
    ("sum(max(x, 0))", {"x": [-1, 2]}, 2, {"x": [0, 1]}),
    ("sum(where(x > 0, x, 2*x))", {"x": [-1, 2]}, 0, {"x": [2, 1]}),
    ("sum((column(v) - q)^2)", {"v": [1, 2], "q": [[3], [5]]}, 13, {"v": [-4, -6], "q": [[4], [6]]}),
    ("sum(row(v) + column(v))", {"v": [1, 2]}, 12, {"v": [4, 4]}),
    ("[[1, 2], [3, x]][-1,:] @ [1, 10]", {"x": 4}, 43, {"x": 10}),
    ("sum(A[:,1:])", {"A": W}, 0, {"A": [[0, 1, 1], [0, 1, 1]]}),
    ("x[0]*x[1]", {"x[0]": 2, "x[1]": 3}, 6, {"x[0]": 3, "x[1]": 2}),
    ("f(v) = sum(v^2); f(x) + f([y])", {"x": [1, 2], "y": 3}, 14, {"x": [2, 4], "y": 6}),
    ("s = sum([x]); 2*s", {"x": 3}, 6, {"x": 2}),
    ("sum = 3; sum*x", {"x": 2}, 6, {"x": 3}),
]


@pytest.mark.parametrize(("text", "at", "value", "gradient"), EXAMPLES, ids=[text for text, *_ in EXAMPLES])
def test_value_and_gradient(text: str, at: dict[str, Any], value: float, gradient: dict[str, Any]) -> None:
    """Those by hand; the program is written as it can be read again."""
    result = gradcli.gradient(text, at)
    assert (result.value, result.gradient) == (value, gradient)
    assert result.at == at
    program = parse(text)
    assert parse(format_graph(program)) == program or program.definitions


def test_softmax_along_the_last_axis() -> None:
    """Of huge arguments too; its slopes are those of the textbook, y·(δ − y)."""
    result = gradcli.gradient("softmax([[0, 1], [x, 700]])[1,0]", {"x": 700})
    assert result.value == pytest.approx(0.5, rel=1e-15)
    assert result.gradient["x"] == pytest.approx(0.25, rel=1e-15)


def test_the_gradient_of_a_step_is_an_array() -> None:
    """A step has its own, and so has a view that has a name."""
    at = {"W": W, "x": [1, 2, 3]}
    assert gradcli.gradient("V = W.T; y = x @ V; sum(y)", at, wrt="V,y").gradient == {
        "V": [[1, 1], [2, 2], [3, 3]],
        "y": [1, 1],
    }
    assert gradcli.gradient("sum(W @ x)", at, wrt=["W[0,1]"]).gradient == {"W[0,1]": 2}


def test_a_text_of_numbers_is_left_as_it_is() -> None:
    """Nothing is made anew."""
    graph = parse("a*x + b")
    assert lowered(graph, {"z": (2,)}) is graph


def test_records_say_what_was_made() -> None:
    """A matrix product is multiplications and sums; a view makes nothing."""
    graph = lowered(parse("y = W.T @ x; sum(y)"), {"W": (3, 2), "x": (3,)})
    arrays = graph.arrays
    assert arrays is not None
    by_name = {operator.name: node for node, operator in enumerate(arrays.program.operators)}
    product, view = by_name["matmul"], by_name["transpose"]
    assert arrays.shapes[product] == (2,)
    assert [graph.operators[node].name for node in arrays.made[product]] == [*["mul"] * 3, "sum"] * 2
    assert len(arrays.made[view]) == 0
    assert [graph.names[node] for node in arrays.elements[view]] == [
        "W[0,0]", "W[1,0]", "W[2,0]", "W[0,1]", "W[1,1]", "W[2,1]"
    ]  # fmt: skip


WRONG: list[tuple[str, dict[str, Shape], str, int]] = [
    ("sum(X @ W)", {"X": (1, 2), "W": (1, 2)}, "matmul-shapes", 6),
    ("sum(p - q)", {"p": (2,), "q": (2, 1)}, "vector-and-column", 6),
    ("sum(where(p > 0, [[1]], q))", {"p": (2,), "q": (2, 1)}, "vector-and-column", 4),
    ("sum(p + q)", {"p": (2,), "q": (3,)}, "elementwise-shapes", 6),
    ("sum(X·W)", {"X": (2, 2), "W": (2, 2)}, "product-sign", 5),
    ("sum(A^T)", {"A": (2, 2)}, "transpose-sign", 5),
    ("sum(A^-1)", {"A": (2, 2)}, "inverse-sign", 5),
    ("sum(x)", {}, "no-shape", 0),
    ("y = 2*x; sum(y)", {}, "no-shape", 9),
    ("y = dot(x, x); sum(y)", {"x": (2,)}, "array-needed", 15),
    ("x.T", {}, "no-shape", 1),
    ("sum(x, axis=1)", {"x": (2,)}, "no-axis", 0),
    ("x[2]", {"x": (2,)}, "index-out-of-range", 1),
    ("x[0,0]", {"x": (2,)}, "too-many-indices", 1),
    ("sum(x[1:1])", {"x": (2,)}, "empty-part", 5),
    ("sum([[1], [2, 3]])", {}, "ragged-array", 4),
    ("sum([[[1]]])", {}, "deep-array", 4),
    ("sum(x^T @ A)", {"x": (2,), "A": (2, 2)}, "transpose-sign", 5),
    ("sum(sum(A, 0))", {"A": (2, 2)}, "axis-by-place", 4),
    ("2*x", {"x": (2,)}, "array-output", 1),
    ("x*[\n1] # none; of numbers", {"x": (2, 3)}, "array-output", 1),
    ("f(v) = 2*v; f(x)", {"x": (2,)}, "array-output", 12),
    ("dot(A, A)", {"A": (2, 2)}, "array-argument", 0),
    ("dot(x, y)", {"x": (2,), "y": (3,)}, "dot-shapes", 0),
    ("trace(A)", {"A": (2, 3)}, "trace-shape", 0),
]


@pytest.mark.parametrize(("text", "shapes", "code", "start"), WRONG, ids=[text for text, *_ in WRONG])
def test_what_does_not_fit_is_named_at_its_place(text: str, shapes: dict[str, Shape], code: str, start: int) -> None:
    """With the code of its message."""
    with pytest.raises(GradcliError) as caught:
        lowered(parse(text), shapes)
    assert (caught.value.code, caught.value.start) == (code, start)


def test_too_many_nodes_are_counted_before_they_are_made() -> None:
    """A product of two matrices has m·n·(k + 1) nodes."""
    program = parse("sum(A @ A)")
    assert len(lowered(program, {"A": (10, 10)}, limit=100 + 1100 + 1)) == 1201
    with pytest.raises(GradcliError) as caught:
        lowered(program, {"A": (10, 10)}, limit=1199)
    assert caught.value.code == "too-many-scalars"
    assert caught.value.facts["count"] == 1200


def test_a_step_that_is_an_element_alone_leaves_it_its_name() -> None:
    """Of a name without a shape: the variable is x[0], whatever the step is called."""
    assert ["x[0]", "x[1]"] == list(lowered(parse("a = x[0]; b = x[0]; a*x[1] + b"), {}).variables)
