"""The point, as it is collected for a graph; its messages are in tests/errors."""

from pathlib import Path

import pytest

from gradcli.commands.point import Point
from gradcli.errors import GradcliError
from gradcli.frozen import with_other
from gradcli.language.parser import parse
from gradcli.operators.table import FUNCTIONS
from tests.helpers.running import run


def collected(expression: str, *texts: str) -> dict[str, float]:
    """The values that texts and JSON objects give."""
    point = Point(parse(expression))
    for text in texts:
        if text.startswith("{"):
            point.add_json(text)
        else:
            point.add_text(text)
    return point.finish()


@pytest.mark.parametrize("text", ["ａ＝３、x＝１／２", "a=3､x=１/2、", "　ａ = ３，ｘ＝０．５　"])
def test_a_point_from_a_japanese_keyboard(text: str) -> None:
    """Full-width characters are plain ones, and `、` separates; one at the end ends the list."""
    assert {"a": 3, "x": 0.5} == collected("a*x", text)


def test_texts_and_objects_add_up() -> None:
    """In any order."""
    assert {"a": 1.0, "x": 2.5, "b": -3.0} == collected("a*x + b", "a=1", '{"x": 2.5, "other": 1}', "b=-3")


def test_later_values_win() -> None:
    """Of texts and objects alike; also where the name does not occur, which stays an error of a text."""
    assert {"a": 3.0, "x": 2.0} == collected("a*x", '{"a": 1, "x": 1}', "x=2", '{"a": 3}')
    assert {"a": 4.0, "x": 1.0} == collected("a*x", "a=1,x=1", "a=2", "a=4")
    assert {"a": 1.0} == collected("a*2", '{"zzz": 1}', '{"zzz": 2}', "a=1")
    with pytest.raises(GradcliError, match="'zzz' does not occur"):
        collected("a*2", "zzz=1", "a=1", "zzz=1")


def test_a_name_is_there_once_in_an_object() -> None:
    """The first of several that is there twice is named."""
    with pytest.raises(GradcliError, match="'x'"):
        collected("a*x", '{"a": 1.5, "x": 1.5, "x": 2, "a": 2}')


def test_what_gradcli_printed_is_read_by_its_point() -> None:
    """Not by its value, whatever variables there are; a variable called `at` is a name like others."""
    for command in ("eval", "diff", "check"):
        printed = run(command, "a*x", "--at", "a=2,x=0.1", "--json").out
        assert {"a": 2.0, "x": 0.1} == collected("a*x + value - output", printed)
    assert {"at": 2.0, "expression": 3.0} == collected("at*expression", '{"at": 2, "expression": 3}')
    assert collected("a*x", '{"at": {"a": 1}, "x": 3}') == {"x": 3.0}


def test_a_point_may_be_incomplete() -> None:
    """Whether all names have values is the business of who uses them."""
    assert {"a": 1.0} == collected("a*x", "a=1")
    assert collected("a*x", "", "  ") == {}
    assert {"a": 1.0} == collected("a*x", '{"a": 1, "zzz": 2}')


def test_a_name_of_a_function_that_is_not_reserved_may_have_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is reserved may not."""
    assert {"blob": 2.0} == collected("blob*3", "blob=2")
    monkeypatch.setitem(FUNCTIONS, "blob", with_other(FUNCTIONS["exp"], reserved=False))
    assert {"blob": 2.0} == collected("blob*blob(3)", "blob=2")
    with pytest.raises(GradcliError, match="'exp' is a function"):
        collected("exp(3)", "exp=2")


@pytest.mark.parametrize(
    ("hint", "expression", "texts"),
    [("for a product write a\\*x", "ax", ["a=1", "x=2"]), ("'х' \\(U\\+0445\\)", "х", ['{"x": 1}']),
     ("did you mean 'wieght'", "weight", ['{"wieght": 1}']), ("does not occur", "a*x", ["a=1,q=2"]),
     ("for a product write a\\*x", "ax", ['{"a": 1, "x": 2}'])],
)  # fmt: skip
def test_what_may_have_been_meant(hint: str, expression: str, texts: list[str]) -> None:
    """Where a name has no value, and one that does not occur seems to stand for it."""
    with pytest.raises(GradcliError, match=hint):
        collected(expression, *texts)


def test_a_value_is_the_nearest_double() -> None:
    """Plain numbers and expressions alike."""
    found = collected("a*b*c*d", "a=0.1,b=1/10,c=1e-1,d=.1")
    assert set(found.values()) == {0.1}


def test_errors_have_their_place_in_the_whole_text() -> None:
    """Also for a value far to the right."""
    with pytest.raises(GradcliError) as caught:
        collected("a*b", "a=1, b = 2*(3 + $)")
    assert (caught.value.text, caught.value.start) == ("a=1, b = 2*(3 + $)", 16)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("value", ["1e400", "-1e400", "1e-400", "10^400", "exp(1000)"])
@pytest.mark.parametrize("command", [("eval", "x"), ("diff", "x"), ("check", "x"), ("eval", "x", "--trace")])
def test_values_beyond_doubles_with_digits(command: tuple[str, ...], value: str, tmp_path: Path) -> None:
    """They mean what is written; without digits they are refused, and with them what is no number."""
    assert run(*command, "--at", f"x={value}").code == 2
    assert run(*command, "--at", f"x={value}", "--digits", "5").code == 0
    assert run(*command, "--at", "x=1/0", "--digits", "5").code == 2
    file = tmp_path / "at.json"
    file.write_text('{"x": 1e400}', encoding="utf-8")
    assert "1e400" in run("eval", "x", "--at", f"@{file}", "--digits", "5").out
