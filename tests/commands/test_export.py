"""`gradcli export` on the command line."""

import math
import re
from typing import Any

import pytest

from gradcli.choices import BACKENDS
from tests.helpers.running import run, run_process

GRADIENTS = {
    "python": '    return t1, {\n        "a": t1 * x,\n    }\n',
    "numpy": '    return t1, {\n        "a": t1 * x,\n    }\n',
    "torch": 'gradients = {\n    "a": 0.0 if a.grad is None else a.grad.item(),\n}\n',
    "jax": "value, slopes = jax.value_and_grad(function, argnums=(0,))(*map(jnp.array, point))\n",
    "c": "    gradient[value_and_gradient_gradient_a] = t1 * x;\n    return t1;\n",
    "javascript": '  return [t1, {\n    "a": t1 * x,\n  }];\n',
    "latex": r"\frac{\partial y}{\partial a} &= x \cdot \mathrm{e}^{s}" + "\n",
}


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_backend(backend: str) -> None:
    """The gradient, on standard output alone: as code, as a number, and nothing for what is not asked for."""
    code, out, err = run("export", "s = a*x; exp(s)", "--to", backend, "--wrt", "a", "--at", "a=2,x=0.5")
    assert (0, "", True) == (code, err, out.endswith("\n"))
    assert "s = a*x; exp(s) and its gradient, written by gradcli." in out.splitlines()[0]
    assert GRADIENTS.get(backend, "") in out
    assert repr(math.exp(1) / 2) in out
    assert out.count('"x"') == (backend == "javascript")  # as the name of an argument


def test_the_code_runs_as_it_comes_out() -> None:
    """Straight from the pipe into Python."""
    scope: dict[str, object] = {}
    exec(run_process("export", "-a^2", "--to", "python", "--name", "f").out, scope)
    assert (-9.0, {"a": -6.0}) == scope["f"](3.0)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a*x"], f"gradcli: missing option '--to'. Choose from: {', '.join(map(repr, BACKENDS))}\n"),
        (["a*x", "--to", "c", "--name", "for"], "gradcli: 'for' cannot be the name of a function there; that name is"),
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


@pytest.mark.parametrize("backend", ["python", "torch", "jax", "latex"])
def test_a_gradient_that_is_not_finite(backend: str) -> None:
    """As with eval: the code is written, a note says why, and the exit code is 1, unless it is allowed."""
    code, out, err = run("export", "sqrt(x)", "--at", "x=0", "--to", backend)
    assert (
        1,
        "note: the gradient of x is not finite (inf): it comes from the slope of sqrt at column 1 (x = 0)\n",
    ) == (
        code,
        err,
    )
    assert "sqrt" in out
    assert "expected" not in out
    assert (0, out, err) == tuple(run("export", "sqrt(x)", "--at", "x=0", "--to", backend, "--allow-nonfinite"))


def test_notes_at_a_kink() -> None:
    """They go to standard error; with --strict the exit code is 1."""
    code, _, err = run("export", "relu(x)", "--at", "x=0", "--to", "c")
    assert code == 0
    assert err.startswith("note: relu at column 1 is at its kink")
    assert 1 == run("export", "relu(x)", "--at", "x=0", "--to", "c", "--strict").code
    assert [0, 1] == [run("export", "3", "--to", "c", *options).code for options in ((), ("--strict",))]


def test_no_variables() -> None:
    """The value alone, and a note."""
    code, out, err = run("export", "2*pi", "--to", "python")
    assert (0, "note: the expression has no variable, so there is nothing to derive for\n") == (code, err)
    assert "return 2.0 * math.pi, {}" in out


@pytest.mark.parametrize("backend", BACKENDS)
def test_ascii(backend: str) -> None:
    """Other letters are escaped in strings and comments, and written out in names; Japanese words keep theirs."""
    words = ("export", "s = りんご*é; where(s > 0, s, 𠮷)", "--to", backend, "--at", "りんご=3,é=2,𠮷=1", "--ascii")
    outcome = run(*words)
    assert (outcome.code, outcome.out.isascii()) == (0, True)
    assert r"\U00020bb7" in outcome.out or r"\ud842\udfb7" in outcome.out or "^^^^^^020bb7" in outcome.out
    assert run(*words, "--lang", "ja").out == run(*words[:-1], "--lang", "ja").out
    if backend == "python":
        scope: dict[str, Any] = {}
        exec(outcome.out, scope)
        assert scope["value_and_gradient"](3.0, 2.0, 1.0) == (6.0, {"りんご": 2.0, "é": 3.0, "𠮷": 0.0})


def test_words_of_formulas_in_the_readers_language() -> None:
    """Those of cases, at each place where they stand; a name is not needed for the hint about fonts."""
    english, japanese = (run("export", "where(x > 0, x, 2)", "--to", "latex", "--lang", x).out for x in ("en", "ja"))
    assert japanese.count(r"\mbox{それ以外}") == english.count(r"\mbox{otherwise}") == 3
    assert r"x > 0 \mbox{ のとき}" in japanese
    assert "LuaLaTeX" in japanese
    assert not {"if", "otherwise", "LuaLaTeX"} & set(re.findall(r"\w+", japanese.partition("begin")[2]))


@pytest.mark.parametrize("backend", BACKENDS)
def test_comments_in_the_readers_language(backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """All else is the same: what is lost is said in it too, and comments in helper functions and words of formulas."""
    words = ("export", "(exp(x) - 1)/x + gelu(x) + max(x, 1, 2)", "--to", backend, "--at", "x=1e-8", "--quiet")
    english, japanese = run(*words).out, run(*words, "--lang", "ja").out
    assert "勾配" in japanese
    assert "桁" in japanese
    assert english.isascii()
    assert "\0" not in english + japanese
    said = r"(?://|#|%|/\*)[^\n]*|^   [^ ][^\n]*|\\mbox{[^}]*}"
    code = [re.sub(said, "", text, flags=re.MULTILINE).split() for text in (english, japanese)]
    assert "".join(code[0]) == "".join(code[1])
    monkeypatch.setenv("GRADCLI_LANG", "ja")
    assert run(*words).out == japanese
