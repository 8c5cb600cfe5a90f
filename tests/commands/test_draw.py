"""Tests of `gradcli draw`."""

import re
import string
import sys
from pathlib import Path

import pytest

from gradcli.choices import PICTURES
from tests.helpers.pictures import GOLDEN
from tests.helpers.running import run, run_forked, run_terminal

ARTICLE = ("draw", "a*x + b*y", "--at", "a=2,x=3,b=4,y=5")


def test_the_terminals_picture_is_the_default() -> None:
    """Piped it has its natural width and no colour."""
    outcome = run(*ARTICLE)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[1] == "a ───┐  s  6▸"


@pytest.mark.parametrize(
    ("ending", "start"),
    [("svg", "<svg "), ("html", "<!DOCTYPE html>"), ("htm", "<!DOCTYPE html>"), ("dot", "digraph"), ("gv", "digraph"),
     ("mmd", "flowchart"), ("mermaid", "flowchart"), ("tikz", "% a*x"), ("tex", "% a*x"),
     ("txt", "  2▸\na ──"), ("SVG", "<svg ")],
)  # fmt: skip
def test_the_ending_of_the_file_chooses_the_form(tmp_path: Path, ending: str, start: str) -> None:
    """Nothing goes to standard output."""
    path = tmp_path / f"graph.{ending}"
    assert run(*ARTICLE, "--output", str(path)) == (0, "", "")
    assert path.read_text(encoding="utf-8").startswith(start)


def test_a_quiz_of_the_elements_of_arrays_begins_at_the_point(tmp_path: Path) -> None:
    """Each element has its number."""
    path = tmp_path / "quiz.html"
    arguments = ("draw", "sum(X^2)", "--at", "X=[[7,2],[3,4]]", "--elements", "--quiz", "--output", str(path))
    assert run(*arguments) == (0, "", "")
    assert "points:[[7,2,3,4]," in path.read_text(encoding="utf-8")


def test_format_overrides_the_ending(tmp_path: Path) -> None:
    """A DOT file may be called anything."""
    path = tmp_path / "graph.svg"
    assert run(*ARTICLE, "--output", str(path), "--format", "dot").code == 0
    assert path.read_text().startswith("digraph")


def test_output_minus_is_standard_output() -> None:
    """In any form; the SVG is the golden file."""
    outcome = run_forked(*ARTICLE, "--output", "-", "--format", "svg")
    assert outcome == (0, (GOLDEN / "article.svg").read_text(encoding="utf-8"), "")
    assert run(*ARTICLE, "--format", "mermaid").out.startswith("flowchart LR\n")
    assert run(*ARTICLE, "--output", "-").out == run(*ARTICLE).out


@pytest.mark.parametrize("form", [form for form in PICTURES if form != "png"])  # which needs an extra
def test_fractions(form: str, tmp_path: Path) -> None:
    """Those of `gradcli eval --fractions` in every form; the sum of several gradients is one too."""
    path = tmp_path / "picture"
    written = ("draw", "x/3 - y*y", "--at", "x=0.1,y=1/7", "--fractions", "--output", str(path), "--format", form)
    assert run(*written) == (0, "", "")
    if form != "png":
        text = path.read_text(encoding="utf-8").replace("#47;", "/")
        assert all(shown in text for shown in ("1/30", "1/10", "1/3", "1/7", "1/49", "2/7", "19/1470"))
        assert "0.33" not in text


def test_fractions_are_refused_where_there_are_none() -> None:
    """As by `eval`: without a point, where an operation has no rational result, for what is not finite."""
    refused = [
        run("draw", "x/3", "--fractions"),
        run("draw", "exp(x)", "--at", "x=1", "--fractions"),
        run("draw", "x/3", "--at", "x=1", "--fractions", "--allow-nonfinite"),
    ]
    assert [(outcome.code, outcome.out) for outcome in refused] == [(2, ""), (1, ""), (2, "")]
    assert [outcome.err.split(" ", 1)[1].split("\n")[0] for outcome in refused] == [
        "fractions are those of numbers at a point: give one with --at",
        "exp at column 1 gives no fraction here: its argument is x = 1; without --fractions it is computed in decimals",
        "fractions do not go with --allow-nonfinite",
    ]


def test_an_unknown_ending_is_refused() -> None:
    """The message lists those that are known."""
    outcome = run(*ARTICLE, "--output", "graph.bmp")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("gradcli: the name of the file must end with one of .txt, .svg, .png, .html")


def test_errors_leave_the_old_file(tmp_path: Path) -> None:
    """Wrong input, no value, no folder: exit codes 2, 1 and 1, and the file is as it was."""
    path = tmp_path / "graph.svg"
    path.write_text("old")
    assert run("draw", "a*", "--output", str(path)).code == 2
    assert run("draw", "log(x)", "--at", "x=-1", "--output", str(path)).code == 1
    assert run("draw", "a*x", "--at", "a=1", "--output", str(path)).code == 2
    assert path.read_text() == "old"
    outcome = run_forked(*ARTICLE, "--output", str(tmp_path / "missing" / "graph.svg"))
    assert outcome.code == 1
    assert re.fullmatch(r"gradcli: cannot write the output: '.*': No such file or directory\n", outcome.err)


def test_a_direction_is_for_files(tmp_path: Path) -> None:
    """In the terminal the picture stays as it is, which is said and is no reason to doubt it."""
    outcome = run("draw", "a*x", "--direction", "down", "--strict")
    assert (run("draw", "a*x").out, 0) == (outcome.out, outcome.code)
    assert "note: in the terminal the picture goes to the right; --direction is for files\n" == outcome.err
    assert (0, "", "") == run("draw", "a*x", "--direction", "down", "--output", str(tmp_path / "graph.svg"))


@pytest.mark.parametrize("command", ["draw", "worksheet"])
def test_what_makes_a_pdf(command: str) -> None:
    """Instead of a list of endings; in both languages."""
    assert "print it in a browser" in run(command, "a*x", "--output", "x.pdf").err
    assert "LaTeX (.tex)" in run(command, "a*x", "--output", "x.pdf", "--lang", "ja").err


def test_without_a_point_the_way_back_has_products() -> None:
    """An expression without variables needs no point."""
    assert "  ◂∂y/∂y·∂y/∂a ├▸(×)────────▸ y\n" in run("draw", "a*x").out
    assert run("draw", "a*x", "--forward-only").out == "a ───┐\n     ├▸(×)────▸ y\nx ───┘\n"
    assert "5▸" in run("draw", "2 + 3").out


def test_a_large_graph_is_refused_but_not_as_text() -> None:
    """The message names --max-nodes and DOT; the limit can be raised."""
    large = " + ".join(f"x{n}" for n in range(100))
    for form in ("terminal", "svg", "png", "html"):
        outcome = run("draw", large, "--format", form)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err == (
            "gradcli: the graph has 199 nodes, a picture at most 150 (see --max-nodes); as text there is no limit: "
            "--format dot or mermaid\n"
        )
    assert run("draw", large, "--format", "dot").code == 0
    assert run("draw", large, "--format", "mermaid").err == ""
    larger = run("draw", f"{large} + {large} + {large}", "--format", "mermaid", "--binary")
    assert (larger.code, larger.err) == (
        0,
        "note: 599 edges; Mermaid draws 500 unless its maxEdges is set higher\n",
    )
    assert run("draw", large, "--max-nodes", "200").out.startswith("y = +  ◂∂y/∂y\n")


def test_notes_go_to_standard_error() -> None:
    """As with eval; --strict makes them an exit code."""
    kink = ("draw", "2*relu(x)", "--at", "x=0")
    outcome = run(*kink)
    assert outcome.code == 0
    assert "s kink" in outcome.out
    assert outcome.err.startswith("note: relu at column 3 is at its kink (x = 0): used 1")
    assert run(*kink, "--strict").code == 1
    unused = ("draw", "p = x; y", "--at", "x=1,y=2")
    assert [0, 1] == [run(*unused, *options).code for options in ((), ("--strict",))]
    assert "◂0" in run(*kink, "--kink", "minnorm").out


def test_numbers_that_are_not_finite() -> None:
    """A slope that is not finite is drawn, with exit code 1; a value that is not finite is an error."""
    outcome = run("draw", "sqrt(x)", "--at", "x=0")
    assert outcome.code == 1
    assert "◂∞" in outcome.out
    assert run("draw", "1/x", "--at", "x=0").out == ""
    assert "∞▸" in run("draw", "1/x", "--at", "x=0", "--allow-nonfinite").out


def test_what_is_not_drawn_is_said() -> None:
    """A step that the output does not use."""
    outcome = run("draw", "s = a*x; 2*b", "--at", "a=1,x=2,b=3")
    assert outcome.err == "note: not drawn, since the output does not depend on it: a, x, s\n"


def test_notes_are_in_the_language_of_the_picture() -> None:
    """In ASCII too."""
    command = ("draw", "exp(x) - 1", "--at", "x=1e-9", "--lang", "ja")
    assert run(*command).err.startswith("注: 値は桁落ちで有効数字を失いました")
    assert run(*command, "--ascii").err == run(*command).err


@pytest.mark.parametrize("form", ["terminal", "svg", "html", "dot", "mermaid", "tikz"])
def test_ascii(form: str) -> None:
    """No character outside ASCII in any form, but in text those of the language that is asked for."""
    command = ("draw", "りんご*個数 # é\n", "--at", "りんご=-1,個数=2", "--ascii", "--format", form)
    assert run(*command).out.isascii()
    outcome = run(*command, "--lang", "ja")
    assert outcome.out
    assert outcome.out.isascii() == (form != "terminal")
    assert set(outcome.out) <= set(string.printable + "りんご個数")


def test_forward_only_says_nothing_of_the_gradient() -> None:
    """Neither that it is infinite, nor that the point is at a kink; lost digits of the value are said."""
    assert run("draw", "sqrt(x) + relu(x)", "--at", "x=0", "--forward-only", "--strict")[::2] == (0, "")
    assert "kink" not in run("draw", "relu(x)", "--at", "x=0", "--forward-only").out
    assert "has lost its digits" in run("draw", "exp(x) - 1", "--at", "x=1e-9", "--forward-only").err


def test_down() -> None:
    """Where another program lays the graph out, it is told."""
    for form, line in (("dot", "  rankdir=TB; "), ("mermaid", "flowchart TB\n")):
        assert line in run(*ARTICLE, "--direction", "down", "--format", form).out


def test_a_step() -> None:
    """Of so many; a page begins there."""
    assert "◂" not in run(*ARTICLE, "--step", "3").out
    assert "26▸" not in run(*ARTICLE, "--step", "2").out
    outcome = run(*ARTICLE, "--step", "8", "--format", "html")
    assert outcome == (2, "", "gradcli: there is no step 8: this picture has 7 steps\n")


def test_ascii_is_switched_on_where_the_encoding_needs_it() -> None:
    """cp932 has no ▸."""
    outcome = run(*ARTICLE, encoding="cp932")
    assert outcome.out.splitlines()[1] == "a ---+  s  6>"
    assert "りんご ----" in run("draw", "relu(りんご)", encoding="cp932").out


@pytest.mark.parametrize("columns", [24, 40, 80])
def test_a_terminal_has_colours_and_is_never_too_narrow(columns: int) -> None:
    """Whatever its width, no line is wider."""
    shown = run_terminal(columns, "draw", "s = a*x; t = relu(s); y = t*s + where(a>0, x, 2)", "--at", "a=1.5,x=0.8")
    assert "\x1b[" in shown.out
    assert max(len(line) for line in re.sub(r"\x1b\[[0-9;]*m", "", shown.out).splitlines()) <= columns


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_escape_sequences_where_they_are_not_wanted(variables: dict[str, str]) -> None:
    """NO_COLOR and TERM=dumb are honoured."""
    outcome = run_terminal(80, *ARTICLE, variables=variables)
    assert "\x1b" not in outcome.out
    assert outcome.out == run(*ARTICLE).out


def test_png_without_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line that says what to install."""
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    outcome = run(*ARTICLE, "--format", "png")
    assert outcome == (
        2, "", "gradcli: PNG needs resvg-py: pip install 'gradcli[png]'; SVG needs nothing (--output graph.svg)\n",
    )  # fmt: skip


def test_a_png_is_not_written_to_a_terminal() -> None:
    """Bytes would only harm it."""
    outcome = run_terminal(200, *ARTICLE, "--format", "png")
    assert outcome.code == 2
    assert outcome.out == "gradcli: a PNG cannot be shown in the terminal; give it a file with --output graph.png\n"


def test_a_title_of_ones_own() -> None:
    """It stands instead of the expression, in the words for screen readers too."""
    out = run(*ARTICLE, "--format", "svg", "--title", "Apples & bananas").out
    assert "<title>Apples &amp; bananas</title>" in out
    assert run(*ARTICLE, "--title", "Apples").out.startswith("Apples\n\n  2▸\n")
    assert run("draw", "a*x # Bananas", "--title", "Apples", "--format", "dot").out.count("anan") == 0


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    ("lines", "options"),
    [
        (1102 + 2 * 1101 + 7, ("--format", "dot")),
        (0, ("--format", "mermaid")),
        (0, ("--max-nodes", "4000")),
    ],
    ids=["dot", "mermaid", "tree"],
)
def test_deep_and_long_graphs_are_no_trouble(lines: int, options: tuple[str, ...]) -> None:
    """Nothing recurses: a chain of 1,100 calls as DOT and Mermaid, and as a tree."""
    outcome = run("draw", "sin(" * 1100 + "x" + ")" * 1100, *options)
    assert outcome.code == 0
    assert lines in (0, outcome.out.count("\n"))


def test_a_page_of_elements_without_a_shape() -> None:
    """x[0] is a variable of its own then: there is no array whose numbers could be held."""
    outcome = run("draw", "x[0]*x[1] + detach(x[0])", "--format", "html")
    assert not outcome.code
    assert "<!DOCTYPE html>" in outcome.out
