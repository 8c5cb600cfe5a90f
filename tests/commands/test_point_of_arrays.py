"""Arrays in --at and --shape: which values count, what is passed over, and what is printed and read again."""

import json
from typing import Any

import pytest

from gradcli.commands.values import measured
from tests.helpers.running import run

TEXT = "sum(W)"


def at_of(*arguments: str, stdin: str = "") -> Any:
    """The point that a command has read."""
    outcome = run("eval", *arguments, "--json", stdin=stdin.encode())
    assert outcome.code == 0, outcome.err
    return json.loads(outcome.out)["at"]


@pytest.mark.parametrize(
    ("arguments", "point"),
    [
        (["--at", "W=[1,2]", "--at", "W=[3,4]"], [3.0, 4.0]),
        (["--at", "W=[1,2]", "--at", "W[0]=3"], [3.0, 2.0]),
        (["--at", "W[0]=3", "--at", "W=[1,2]"], [1.0, 2.0]),
        (["--shape", "W=2", "--at", "W[0]=1, W[1]=pi"], [1.0, 3.141592653589793]),
        (["--shape", "W=2", "--at", "W=[1/2, sqrt(4)]"], [0.5, 2.0]),
        (["--shape", "W = 2 x 1", "--at", "W=[[1],[2]]"], [[1.0], [2.0]]),
    ],
)
def test_the_last_value_counts(arguments: list[str], point: Any) -> None:
    """Of an element too; a shape alone takes the elements one by one."""
    assert at_of(TEXT, *arguments) == {"W": point}


@pytest.mark.parametrize("extra", ['"q": [1, [2]]', '"q": ["a", null]', '"q": []', '"q": {"W": [1]}', '"q": [[[1]]]'])
def test_json_may_have_other_arrays(extra: str) -> None:
    """Of any kind, as it may have other numbers; those of the point are looked at."""
    assert at_of(TEXT, "--at", "-", stdin=f'{{"W": [1, 2.5], {extra}}}') == {"W": [1.0, 2.5]}
    assert run("eval", TEXT, "--at", "-", stdin=f"{{{extra.replace('q', 'W', 1)}}}".encode()).code == 2


@pytest.mark.parametrize("text", ["sum(W)^2", "W[0,1] + W[1,0]^2", "a*W[0,1] + sum(W*W.T)"])
@pytest.mark.parametrize("options", [(), ("--wrt", "W[0,1]"), ("--trace",)], ids=["plain", "element", "trace"])
def test_what_is_printed_is_read_again(text: str, options: tuple[str, ...]) -> None:
    """With its uncertainties, of some elements too."""
    given = "W=[[0.1±0.01, 1e-300], [-2, 1/3±0.5]], a=3±1"
    names = ("--at", given) if "a" in text else ("--at", given.rpartition(",")[0])
    printed = run("eval", text, *names, *options, "--json")
    assert run("eval", text, "--at", "-", *options, "--json", stdin=printed.out.encode()) == printed


def test_elements_of_json_may_be_uncertain() -> None:
    """Written as those of numbers are."""
    found = json.loads(run("eval", TEXT, "--at", "-", "--json", stdin='{"W": ["3±0.1", 2, "1+/-1"]}'.encode()).out)
    assert found["at"] == {"W": [3.0, 2.0, 1.0]}
    assert found["uncertainties"] == {"W[0]": 0.1, "W[2]": 1.0}


@pytest.mark.parametrize(
    ("point", "message"),
    [
        ('{"W": [1, 2], "W[0]": 3}', "'W[0]' is given twice"),
        ('{"W": 3}', "'W' has no shape"),
        ("[1, 2]", "must be a JSON object of numbers, as"),
        ('{"W"', "this is no JSON object"),
        ('{"W": {"a": 1}}', "the value of 'W' in the JSON object is no number"),
        ('{"W": null}', "the value of 'W' in the JSON object is no number"),
        ('{"expression": "", "at": {"W": [1, 2]}, "uncertainties": {"W": [1]}}', "two shapes"),
        ('{"expression": "", "at": {"W": [1, 2]}, "uncertainties": {"W": [1, -1]}}', "from 0 on"),
    ],
)
def test_what_is_wrong_in_json(point: str, message: str) -> None:
    """One message, whatever it is."""
    outcome = run("eval", TEXT, "--at", "-", stdin=point.encode())
    assert outcome.code == 2
    assert message in outcome.err


class Watched(str):
    """A text that counts the characters in which something is looked for."""

    __slots__ = ("seen",)

    def __contains__(self, part: object) -> bool:
        self.seen += len(self)
        return str.__contains__(self, str(part))

    def find(self, part: str, start: Any = 0, end: Any = None) -> int:
        """The first place."""
        self.seen += (len(self) if end is None else end) - start
        return str.find(self, part, start, end)


def test_an_element_is_read_without_the_others() -> None:
    """A long array takes time in proportion."""
    text = Watched("1," * 1000)
    text.seen = 0
    assert [measured(text, 2 * n, 2 * n + 1, (), is_exact=False)[0] for n in range(1000)] == [1.0] * 1000
    assert text.seen <= 2 * len(text)
