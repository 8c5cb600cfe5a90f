"""What check says, and what it calls nodes: every code has its words, in every language."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gradcli import check
from gradcli.check.judge import judge
from gradcli.check.trials.claims import read_claims
from gradcli.check.trials.remarks import Mentions, Remark
from gradcli.choices import LANGUAGES
from gradcli.language.parser import parse
from tests.helpers.words import texts_of

KINDS = {"Remark": ("remark", "mistake"), "Mistake": ("mistake",), "_at_edge": ("mistake",), "agreement": ("remark",)}


def codes() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The codes in the source, and the kinds of texts that they may have."""
    for path in Path(check.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            kinds = KINDS.get(getattr(getattr(node, "func", None), "id", ""))
            if isinstance(node, ast.Call) and kinds:
                place = 1 if kinds == KINDS["agreement"] else 0
                for argument in node.args[place : place + 1]:
                    options = (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,)
                    yield from ((x.value, kinds) for x in options if isinstance(x, ast.Constant))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_its_words(language: str) -> None:
    """Remarks and mistakes, and no kind is forgotten: there are dozens."""
    texts = texts_of(language)
    found = list(codes())
    for code, kinds in found:
        assert any(f"{kind}.{code}" in texts for kind in kinds), code
    assert len({code for code, _ in found}) > 40


def test_a_remark() -> None:
    """Its facts as numbers, which the text rounds; each can be marked."""
    remark = Remark("elsewhere", {"at": {"x": 1 / 3}, "right": 2.0, "claimed": 1e-9})
    assert "it holds at the point, but not at x = 0.333333: there it is 2, not 1e-9" == remark.text("en")
    assert "not at <x = 0.333333>: there it is <2>, not <1e-9>" in remark.text("en", "<{}>".format)
    assert "x = 0.333333" in remark.text("ja")


def test_codes_in_json() -> None:
    """In words, as the verdict is."""
    at, claims = {"x": 0.0}, ["x=sign(x)"]
    graph = parse("relu(x)")
    (verdict,) = judge(graph, at, read_claims(graph, claims))
    assert "off-kink" == (verdict.remark and verdict.remark.code)
    assert "off kink" == verdict.as_dict()["remark"]["code"]
    assert "right where tried" == replace(verdict, verdict="right-where-tried").as_dict()["verdict"]


def test_what_nodes_are_called() -> None:
    """By their names, without one by what they are; as a place by both."""
    mentions = Mentions(parse("s = a*x; sin(s)^2"))
    assert ["a", "s", "sin(s)", "sin(s)^2"] == [mentions[node] for node in (0, 2, 3, 5)]
    assert ["s = a*x", "sin(s)"] == [mentions.place(node) for node in (2, 3)]
    assert {"rule": "cos(s)", "taken": "sin(s)"} == mentions.rules(3, {"rule": "cos(x)", "taken": "out"})
    assert {"at": "s = a*x", "input": "a", "name": "b"} == mentions.facts({"at": 2, "input": 0, "name": "b"})
