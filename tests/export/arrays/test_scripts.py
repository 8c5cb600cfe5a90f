"""Scripts for PyTorch and JAX of functions of arrays; tests/slow runs them."""

import ast

import pytest

from gradcli.api import gradient
from gradcli.errors import GradcliError
from gradcli.export.export import export
from tests.helpers.arrays import AFFINE, EXAMPLES, POINT


@pytest.mark.parametrize("backend", ["torch", "jax"])
def test_every_example_is_written_without_names_of_elements(backend: str) -> None:
    """As Python, with the point's arrays and the gradient's."""
    for example in EXAMPLES[::4]:
        result = gradient(example.text, example.at)
        written = ast.parse(export(result.graph, backend, at=result))
        names = {node.id for node in ast.walk(written) if isinstance(node, ast.Name)}
        assert not any("[" in name for name in names)
        (expected,) = (
            ast.literal_eval(node.value)
            for node in written.body
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "expected"
        )
        assert expected == dict(result.gradient)


def test_tensors_are_arrays() -> None:
    """A line for each variable and step, rows of wide ones apart; just what is asked for requires a gradient."""
    result = gradient(AFFINE, POINT, wrt=["W[0,1]", "Y"])
    code = export(result.graph, "torch", ["W[0,1]", "Y"], result)
    assert "X = torch.tensor([[1.0, 2.0], [3.0, 4.0]])\n" in code
    assert "W = torch.tensor([[1.0, 0.0, -1.0], [2.0, 1.0, 0.0]], requires_grad=True)\n" in code
    assert "Y = X @ W + b\nY.requires_grad_().retain_grad()\nL = torch.sum(relu(Y))\n" in code
    assert '    "W[0,1]": gradient_of(W)[0, 1],\n    "Y": gradient_of(Y),\n' in code
    assert '    "W[0,1]": 4.0,\n    "Y": [[1.0, 1.0, 0.0], [1.0, 1.0, 0.0]],\n' in code
    wide = export(
        gradient("sum(X)", {"X": [[0.125] * 12] * 2}).graph,
        "torch",
        at={f"X[{i},{j}]": 0.125 for i in (0, 1) for j in range(12)},
    )
    assert "X = torch.tensor([\n    [0.125, 0.125" in wide


def test_no_gradient_passes_into_a_branch_where_it_is_not_taken() -> None:
    """The slope of sqrt at 0 is infinite; a branch without such slopes is left as it is."""
    code = export(gradient("sum(where(x > 0, sqrt(x), 0))", {"x": [4, 0]}).graph, "jax")
    assert "t2 = jnp.sqrt(jnp.where(t1, x, jax.lax.stop_gradient(x)))\n" in code
    code = export(gradient("sum(where(x > 0, sqrt(x) @ X, 0))", {"x": [4, 1], "X": [[1, 2]] * 2}).graph, "torch")
    assert "torch.sqrt(torch.where(torch.any(t1), x, stop(x)))" in code
    assert "stop" not in export(gradient("sum(where(x > 0, 2*x, 0))", {"x": [4, 0]}).graph, "torch")


def test_elements_of_a_name_without_a_shape_are_variables() -> None:
    """Their names in code have no brackets, and a comment says whose they are."""
    result = gradient("a = x[0]; a*x[1]", {"x[0]": 2, "x[1]": 3})
    code = export(result.graph, "torch", at=result)
    assert "# x_0 is x[0]: the name cannot be used here.\n" in code
    assert "a = x_0\n" in code
    assert '    "x[0]": gradient_of(x_0),\n' in code


def test_an_order_that_is_an_array_is_refused() -> None:
    """With the names of the function and the backend."""
    with pytest.raises(GradcliError, match="the function polygamma cannot be written in JAX"):
        export(gradient("sum(polygamma(n, x))", {"n": [1, 2], "x": [1, 2]}, ["x"]).graph, "jax", ["x[0]"])
