"""Rich's tables: what it must not do with text, colours and widths."""

import io

import pytest

from gradcli.report.blocks import Column, Sentence, Table
from gradcli.report.cells import Text
from gradcli.report.forms.table import WIDEST, Writer
from gradcli.report.output import Output
from tests.helpers.running import run, run_forked, run_terminal

ESCAPE = "\x1b["


def printed(text: str) -> str:
    """A sentence and a table of a text, as a pipe gets them."""
    stream = io.StringIO()
    writer = Writer(Output("table", "en", False, stream, print))
    writer.sentence(Sentence(Text(text)))
    writer.table(Table([Column("label.node"), Column("label.value")], lambda: [(Text(text), Text("1"))]))
    return stream.getvalue()


@pytest.mark.parametrize("text", ["[red]x[/red]", ":smile: [link=a]", "1.5 True 'a' http://a.b", "\\[bold]"])
def test_text_is_text(text: str) -> None:
    """Rich's markup, its emoji and what it would highlight."""
    first, *table = printed(text).splitlines()
    assert text == first
    assert f"│ {text} │ 1     │" in table


def test_an_enormous_cell_does_not_widen_every_row() -> None:
    """It is folded, and all of it is there."""
    table = printed("x" * 5_500).splitlines()[1:]
    assert {WIDEST + len("│  │ Value │")} == set(map(len, table))
    assert 5_500 == sum(line.count("x") for line in table)


def test_force_color_makes_no_terminal_of_a_pipe() -> None:
    """Nor does COLUMNS make it narrow."""
    arguments = ("eval", "a*x + b*y", "--at", "a=2,x=3,b=4,y=5", "--trace")
    variables = {"FORCE_COLOR": "1", "TTY_COMPATIBLE": "1", "COLUMNS": "30"}
    assert run(*arguments).out == run_forked(*arguments, variables=variables).out


@pytest.mark.parametrize("columns", [80, 40, 20])
def test_a_dumb_terminal_is_as_wide_as_it_is(columns: int) -> None:
    """For Rich all of them have 80 columns."""
    arguments = ("eval", "a*x + b*y", "--at", "a=2,x=3,b=4,y=5", "--trace")
    outcome = run_terminal(columns, *arguments, variables={"TERM": "dumb"})
    assert run(*arguments, columns=columns).out == outcome.out


def test_blocks_of_a_narrow_terminal_are_coloured_too() -> None:
    """What a row begins with is bold."""
    out = run_terminal(20, "eval", "a*x", "--at", "a=2,x=3", "--trace").out
    assert f"{ESCAPE}1mMul node  y = a*x{ESCAPE}0m\n" in out
