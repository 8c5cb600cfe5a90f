"""The catalogue: how its texts say facts, and that its codes, its languages and the source agree."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import gradcli
from gradcli.choices import LANGUAGES
from gradcli.operators.table import OPERATORS
from gradcli.words import catalogue as words
from gradcli.words.en import TEXTS

RAISING = ("GradcliError", "MathError", "_error")
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)
SAYING = (*RAISING, "say", "says")  # what takes a code first
PACKAGE = Path(gradcli.__file__).parent
SOURCE = [path for path in PACKAGE.rglob("*.py") if path.stem not in (*LANGUAGES, "_tables")]


@pytest.mark.parametrize(
    ("expected", "text", "facts"),
    [
        ("x = 0.1, n = 3", "x = {x}, n = {n}", {"x": 0.1, "n": 3}),
        ("a, b", "{names}", {"names": ["a", "b"]}),
        (r"'\x1b' or \x1b", "{name:quoted} or {name:cut}", {"name": "\x1b"}),
        ("'$', 'х' (U+0445)", "{a:character}, {b:character}", {"a": "$", "b": "х"}),
        ("'$' (U+0024)", "{a:point}", {"a": "$"}),
        ("a, b", "{names:listed}", {"names": ["a", "b"]}),
        ("0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more", "{names:listed}", {"names": [str(n) for n in range(12)]}),
        ("0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …", "{names:few}", {"names": [str(n) for n in range(12)]}),
        ("1 is, 2 are", "{n} {n:is|are}, {m} {m:is|are}", {"n": 1, "m": 2}),
        ("there is a", "there {names:is|are} {names}", {"names": ["a"]}),
        ("a Gradient", "a {kind:label.*}", {"kind": "gradient"}),
        ("1.2e-10, 1,000", "{x:.2g}, {n:,}", {"x": 1.23e-10, "n": 1000}),
        ("0.333333, 1e-9, 0.33", "{x:rounded}, {y:rounded}, {x:rounded 2}", {"x": 1 / 3, "y": 1e-9}),
        ("x = 0.333333, y = 2", "{at:rounded}", {"at": {"x": 1 / 3, "y": 2.0}}),
        ("a", "a[; did you mean {near}?]", {"near": ""}),
        ("a; did you mean b?", "a[; did you mean {near}?]", {"near": "b"}),
        ("2 are", "[one {x}|{n} {n:is|are}|none]", {"n": 2}),
        ("none", "[one {x}|{n} {n:is|are}|none]", {"n": 0}),
        ("it is 0", "it is [{x}|nothing]", {"x": 0.0}),
        ("'[' and ]", "'[' and ]", {}),
    ],
)
def test_a_text_says_its_facts(
    monkeypatch: pytest.MonkeyPatch, expected: str, text: str, facts: dict[str, Any]
) -> None:
    """In each of the ways that the module names; a text that names none is said as it is."""
    monkeypatch.setitem(TEXTS, "test", text)
    assert expected == words.say("test", "en", **facts)


def test_facts_are_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each as a whole, and nothing between them."""
    monkeypatch.setitem(TEXTS, "test", "{names} and {x:rounded} of {kind:label.*}")
    facts = {"names": ["a", "b"], "x": 1 / 3, "kind": "value"}
    assert "$a, b$ and $0.333333$ of Value" == words.marked("test", "en", facts, "${}$".format)


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([("a", "")], "a"),
        ([("part of ", "whole"), ("", "")], "part of {whole}"),
        ([("", "x"), (" and ", "y"), (".", "")], "{x} and {y:rounded}."),
    ],
)
def test_a_text_in_parts(monkeypatch: pytest.MonkeyPatch, parts: list[tuple[str, str]], text: str) -> None:
    """What stands before each fact."""
    monkeypatch.setitem(TEXTS, "test", text)
    assert parts == words.parted("test", "en")


def test_what_a_language_lacks_is_said_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until it has it."""
    monkeypatch.setitem(TEXTS, "test", "in {language}")
    assert words.say("test", "ja", language="English") == "in English"
    monkeypatch.setitem(texts("ja"), "test", "{language}で")
    assert words.say("test", "ja", language="日本語") == "日本語で"


@pytest.mark.parametrize(
    ("language", "word", "sentence"),
    [("en", r"\bfinite", "has no finite value here"), ("ja", "有限", "ここでは有限な値をもたない")],
)
def test_what_is_not_finite_is_said_in_one_way(language: str, word: str, sentence: str) -> None:
    """Whatever it is: a claim, a derivative, a formula, the function. Other texts are of numbers that are there."""
    of_numbers = {"value-not-finite", "note.not-finite", "label.not-finite"}
    found = {code: text for code, text in texts(language).items() if re.search(word, text)}
    assert found.keys() & of_numbers == {code for code, text in found.items() if sentence not in text}
    assert "remark.claim-not-finite" in found


def texts(language: str) -> dict[str, str]:
    """The texts of a language."""
    found: dict[str, str] = import_module(f"gradcli.words.{language}").TEXTS
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_agree(language: str) -> None:
    """A language has no code that English has not, and says of each code the same facts."""
    for code, text in texts(language).items():
        assert words.facts_of(text) == words.facts_of(TEXTS[code]), code


def test_no_text_of_another_language_stands_in_the_source() -> None:
    """Outside of the catalogue, comments and docstrings have examples alone."""
    for path in SOURCE:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, DOCUMENTED)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docstrings:
                assert not re.search("[\u3041-\u30ff\u4e00-\u9fff]", node.value), f"{path.name}: {node.value}"


def syntax() -> Iterator[ast.AST]:
    """All there is in the source."""
    for path in SOURCE:
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def test_every_code_in_the_source_has_a_text() -> None:
    """Wherever one is said or raised; none is put together where it is raised."""
    for node in syntax():
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name, code = getattr(node.func, "id", ""), node.args[0]
        if name == "Note":
            code = next((word.value for word in node.keywords if word.arg == "variant"), code)
        if name in (*SAYING, "Note") and isinstance(code, ast.Constant):
            assert f"note.{code.value}" in TEXTS if name == "Note" else code.value in TEXTS, ast.unparse(node)
        assert name not in RAISING or not isinstance(code, ast.JoinedStr), ast.unparse(node)


@cache
def prefixes() -> set[str]:
    """What codes begin with that are put together: `mark.` of f"mark.{mark}" in the source, or of {mark:mark.*}."""
    found = {begin for text in TEXTS.values() for begin in re.findall(r":([\w-]+\.)\*\}", text)}
    for node in syntax():
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            found.add(str(node.values[0].value))
    return found


def test_every_text_is_used() -> None:
    """Its code stands in the source, or its beginning and its end do."""
    used = {node.value for node in syntax() if isinstance(node, ast.Constant)} | set(OPERATORS)
    for code in TEXTS:
        end = code.rpartition(".")[2]
        begun = any(code.startswith(begin) for begin in prefixes() if begin.endswith("."))
        assert code in used or (begun and end in used), code


@pytest.mark.parametrize(
    ("english", "japanese", "key"),
    [("Forward pass", "順伝搬", "forward"), ("Backward pass", "逆伝搬", "backward"), ("Start point", "始点", "start"),
     ("End point", "終点", "end"), ("Node", "ノード", "node"), ("Input", "入力", "input"),
     ("Output", "出力", "output")],
)  # fmt: skip
def test_the_articles_words(english: str, japanese: str, key: str) -> None:
    """As the article has them."""
    assert (english, japanese) == (words.say(f"label.{key}", "en"), words.say(f"label.{key}", "ja"))


def test_labels_of_nodes() -> None:
    """With a space in English, without one in Japanese."""
    assert ("Mul node", "乗算ノード") == (words.say("node", "en", label="Mul"), words.say("node", "ja", label="乗算"))
