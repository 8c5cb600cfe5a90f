"""`gradcli export` on the command line."""

import pytest

from tests.running import run, run_process


@pytest.mark.parametrize("target", ["python", "numpy", "torch", "jax", "c", "javascript", "latex"])
def test_every_target(target: str) -> None:
    """Something that ends with a newline, on standard output alone."""
    code, out, err = run("export", "s = a*x; tanh(s)", "--to", target, "--wrt", "a", "--at", "a=2,x=3")
    assert (0, "", True) == (code, err, out.endswith("\n"))
    assert "gradcli" in out.splitlines()[0]


def test_the_code_runs_as_it_comes_out() -> None:
    """Straight from the pipe into Python."""
    scope: dict[str, object] = {}
    exec(run_process("export", "-a^2", "--to", "python", "--name", "f").out, scope)
    assert (-9.0, {"a": -6.0}) == scope["f"](3.0)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a*x"], "gradcli: missing option '--to'. Choose from: python, numpy, torch, jax, c, javascript, latex\n"),
        (["a*x", "--to", "c", "--name", "for"], "gradcli: 'for' cannot be the name of a function there"),
        (["a*", "--to", "c"], "gradcli: the expression ends where a value is missing\n  a*\n    ^\n"),
        (["a*x", "--to", "c", "--at", "a=2"], "gradcli: no value for x"),
        (["a*x", "--to", "c", "--wrt", "q"], "gradcli: 'q' is no variable and no named step of the expression"),
    ],
)
def test_bad_input(arguments: list[str], message: str) -> None:
    """One message, exit code 2, nothing on standard output."""
    code, out, err = run("export", *arguments)
    assert (2, "") == (code, out)
    assert err.startswith(message), err
