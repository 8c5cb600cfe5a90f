"""The catalogue: how its texts say facts, and that its languages agree."""

import re
from typing import Any

import pytest

from gradcli.choices import LANGUAGES
from gradcli.words import catalogue as words
from gradcli.words.en.language import TEXTS
from tests.helpers.words import ENGLISH, files_of, texts_of


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
        (
            "0 = 0, 1 = 1, 2 = 2, 3 = 3, 4 = 4, 5 = 5, 6 = 6, 7 = 7, 8 = 8, 9 = 9 and 1 more",
            "{at:rounded}",
            {"at": {str(n): float(n) for n in range(11)}},
        ),
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
        ("0 are", "[one {x}|{n} {n:is|are}|none]", {"n": 0}),
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


def test_codes_as_words() -> None:
    """For programs, with spaces; a word that has a hyphen keeps it."""
    assert ["off kink", "one-sided", "rounded"] == list(map(words.word, ("remark.off-kink", "one-sided", "rounded")))


@pytest.mark.parametrize(
    ("language", "word", "sentence"),
    [("en", r"\bfinite", "has no finite value here"), ("ja", "有限", "ここでは有限な値をもちません")],
)
def test_what_is_not_finite_is_said_in_one_way(language: str, word: str, sentence: str) -> None:
    """Whatever it is: a claim, a derivative, a formula, the function. Other texts are of numbers that are there."""
    of_numbers = {"value-not-finite", "note.not-finite", "note.not-finite-elements", "label.not-finite", "help.compare"}
    found = {code: text for code, text in texts_of(language).items() if re.search(word, text)}
    assert found.keys() & of_numbers == {code for code, text in found.items() if sentence not in text}
    assert "remark.claim-not-finite" in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_agree(language: str) -> None:
    """A language has a text for each code, and no other, and it says the same facts."""
    texts = texts_of(language)
    assert texts.keys() == ENGLISH.keys()
    for code, text in texts.items():
        assert words.facts_of(text) == words.facts_of(ENGLISH[code]), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_files(language: str) -> None:
    """Each text in the same one, in the same order, and each is found there."""
    english = files_of("en")
    for name, texts in files_of(language).items():
        assert list(english[name]) == list(texts), name
        for code in texts:
            assert words.marked(code, language, {}, str) if "{" not in texts[code] else words.parted(code, language)
    assert english.keys() == files_of(language).keys()


def test_no_code_is_in_two_files() -> None:
    """Nor would the second one be found."""
    assert len(ENGLISH) == sum(map(len, files_of("en").values()))


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
