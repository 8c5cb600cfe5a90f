"""Tests of `gradcli plot`; what it draws as a file is in tests/sweeps/test_plots.py."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from gradcli.plot.forms import files, terminal
from gradcli.text import cells
from tests.helpers.running import run, run_terminal

CURVE = ("plot", "max(x, x^2) + floor(x/2)", "--over", "x=-1:3", "--at", "x=1.5", "--samples", "20")
FIELD = ("plot", "x^2 + 3*y^2 - x*y", "--over", "x=-2:2,y=-1:1", "--at", "x=1,y=0.5", "--samples", "20")


def test_a_curve() -> None:
    """Both panels have their names, begin at the same column, and what is marked is told below."""
    outcome = run(*CURVE)
    assert (0, "") == (outcome.code, outcome.err)
    lines = outcome.out.splitlines()
    assert ["max(x, x^2) + floor(x/2)", "y"] == lines[:2]
    assert "∂y/∂x" in lines
    assert 1 == len({line.index("┌") for line in lines if "┌" in line})
    assert lines[-4:] == [
        "tangent at x = 1.5: value 2.25, slope 3",
        "jump at x = 0: from -1 to 0",
        "kink at x = 1: slope 1 from the left, 2 from the right",
        "jump at x = 2: from 4 to 5",
    ]
    assert "◇" in outcome.out
    assert "●" in outcome.out
    assert "○" in outcome.out


@pytest.mark.parametrize("language", ["en", "ja"])
def test_words_below_fit_the_terminal(language: str) -> None:
    """They go on in further lines, and nothing is lost."""
    narrow = terminal.plain(run_terminal(40, *FIELD, "--lang", language).out)
    assert max(sum(map(cells, line.rstrip())) for line in narrow.splitlines()) <= 40
    below = "".join(run(*FIELD, "--lang", language).out.splitlines()[-2:])
    assert below.replace(" ", "") in re.sub(r"\s", "", narrow)


def test_a_field() -> None:
    """Arrows over lines, and what they mean."""
    outcome = run(*FIELD)
    assert (0, "") == (outcome.code, outcome.err)
    assert set("↑↗→↘↓↙←↖◆") <= set(outcome.out)
    assert "at x = 1, y = 0.5: value 1.25, gradient ∂z/∂x = 1.5, ∂z/∂y = 2" == outcome.out.splitlines()[-1]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("command", [CURVE, FIELD], ids=["curve", "field"])
def test_a_frame_is_as_wide_as_the_terminal(columns: int, command: tuple[str, ...]) -> None:
    """Whatever its width; without colours as NO_COLOR wants."""
    shown = run(*command, columns=columns).out
    assert "\x1b" not in shown
    assert {columns} == {sum(map(cells, line)) for line in shown.splitlines() if "┌" in line or "└" in line}


def test_a_terminal_has_colours() -> None:
    """The function in one, its derivative in another; a pipe has none."""
    shown = run_terminal(60, *CURVE).out
    assert {"6", "208"} == set(re.findall(r"38;5;(\d+)", shown))
    assert "\x1b" not in run(*CURVE).out


@pytest.mark.sampled(2)
@pytest.mark.parametrize("command", [CURVE, FIELD], ids=["curve", "field"])
def test_ascii(command: tuple[str, ...]) -> None:
    """No other character, and as many lines; but words that are asked for."""
    outcome = run(*command, "--ascii")
    assert outcome.out.isascii()
    assert outcome.out.count("\n") == run(*command).out.count("\n")
    assert run(*command, encoding="ascii").out == outcome.out
    asked = (*command, "--lang", "ja")
    assert run(*asked, encoding="cp932").out == re.sub(r"\bd([yz])/d", r"∂\1/∂", run(*asked, "--ascii").out)


def test_japanese() -> None:
    """What is told, and the note on a point at a kink."""
    outcome = run("plot", "relu(りんご)", "--over", "りんご=-1:1", "--at", "りんご=0", "--lang", "ja")
    assert "りんご = 0 は微分できない点です: 左からの傾き 0、右からの傾き 1" in outcome.out
    assert "りんご = 0 での接線: 値 0、傾き 1" in outcome.out
    assert outcome.err.startswith("注")


def test_the_same_every_time(tmp_path: Path) -> None:
    """And in a file what is in a pipe."""
    path = tmp_path / "plot.txt"
    assert (0, "", "") == run(*CURVE, "--output", str(path))
    assert path.read_text(encoding="utf-8") == run(*CURVE).out == run(*CURVE, "-o", "-").out


def test_what_moves_and_what_does_not() -> None:
    """The others have values, which stand in the title; constants are variables where they are given a range."""
    assert "a*x + b  (a = 2, b = 1)" == run("plot", "a*x + b", "--over", "x=0:1", "--at", "a=2,b=1").out.split("\n")[0]
    assert "A line" == run("plot", "2*x", "--over", "x=0:1", "--title", "A line").out.split("\n")[0]
    assert "\\x1b[1mA" == run("plot", "2*x", "--over", "x=0:1", "--title", "\x1b[1mA").out.split("\n")[0]
    assert 0 == run("plot", "e^2", "--over", "e=0:1").code
    assert "∂y/∂a" in run("plot", "a*x^2", "--over", "x=0:1", "--at", "a=2", "--wrt", "a").out
    assert "∂y/∂s" in run("plot", "s = 2*x; s^2", "--over", "x=0:1", "--wrt", "s").out


def test_a_slope_that_is_not_finite() -> None:
    """Has no tangent, a note and the exit code of eval."""
    outcome = run("plot", "sqrt(x)", "--over", "x=0:1", "--at", "x=0")
    assert (1, run("eval", "sqrt(x)", "--at", "x=0").err) == (outcome.code, outcome.err)
    assert "tangent at" not in outcome.out


@pytest.mark.parametrize(("package", "form"), [("plotext", "terminal"), ("matplotlib", "svg")])
def test_without_what_draws(package: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One message that says what to install."""

    def missing(name: str) -> object:
        if name == package:
            raise ImportError(name)
        return import_module(name)

    monkeypatch.setattr(files, "import_module", missing)
    monkeypatch.setattr(terminal, "import_module", missing)
    outcome = run(*CURVE, "--format", form)
    assert (2, "") == (outcome.code, outcome.out)
    assert f"needs {package}: pip install 'gradcli[plot]'\n" in outcome.err


def test_a_file_is_not_shown_in_the_terminal() -> None:
    """A PNG or PDF needs a name."""
    outcome = run(*CURVE, "--format", "pdf", columns=80)
    assert (2, "") == (outcome.code, outcome.out)
    assert "--output plot.pdf" in outcome.err


def test_an_element_of_an_array() -> None:
    """It is a variable as any other, in every spelling; the array as a whole is none, nor is what it has not."""
    for over in ("x[0]=0:1", "x[ 0 ]=0:1", "ｘ［０］＝0:1"):
        assert run("plot", "sum(x^2)", "--at", "x=[1,2]", "--over", over).code == 0
    said = {"x=0:1": 'an element moves, as --over "x[0]=-3:3"', "x[2]=0:1": "is no variable of the expression; "}
    for over, words in said.items():
        outcome = run("plot", "sum(x^2)", "--at", "x=[1,2]", "--over", over)
        assert (outcome.code, outcome.out) == (2, "")
        assert words in outcome.err
