"""All that is said, by code: a text of the language's file, with the facts in their places.

Each language has a folder with a file for each folder of gradcli that says something; a file holds one text for each
code, and is loaded when something in it is said. A text says a fact where its name stands in braces; what follows a
colon says how:

    {name}              as it is; numbers in the shortest exact form, lists with commas between
    {name:quoted}       the user's text, in quotes, cut when long; `:cut` is the same without quotes
    {name:character}    a character of the user's, with its code point where it is not ASCII; `:point` with it always
    {needs:relation}    a condition of the language of expressions, with its words in the language
    {range:interval}    where a number lies
    {names:listed}      the first few of a list, and how many more there are; `:few` has dots instead, `:whole`
                        cuts none of them
    {count:is|are}      one or the other, as the number (or the length of a list) is 1 or not
    {kind:kind.*}       the text whose code is `kind.` and the fact
    {site:place}        a place in the text, given as its line (of several) and column
    {number:rounded}    with six significant digits, `:rounded 2` with two; of a point its first numbers, behind names
    {reason:said}       what another code says, given as the code and its facts
    {number:.2g}        as Python formats it

Square brackets are said only where what is named in them is given (what is empty or False is not; 0 is). With
a bar they hold alternatives, of which the first that can be said is: `[did you mean {suggestion:quoted}?|it has none]`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from itertools import islice
from typing import Any

from gradcli.text import DIGITS, code_point, format_number, quote, rounded

# What the codes in a file begin with, up to the dot. Those of errors have none: they stand in the files of errors.
_BEGINS = {
    "words": ("place", "list", "relation", "range"),
    "errors": ("error", "hint"),
    "operators": (
        "operator", "function", "array-function", "back", "group", "domain", "convention", "jump", "gate", "argument"
    ),
    "language": ("kind",),
    "arrays": ("shape", "side"),
    "engine": (
        "note", "noted", "not-finite", "cause", "site", "left", "right", "lost", "lost-to", "lost-at", "lost-site"
    ),
    "latex": ("case",),
    "trace": ("rule", "formula", "ways"),
    "check": ("verdict", "remark", "mistake", "consistent", "breaks-first"),
    "compare": ("compare",),
    "export": ("code",),
    "batch": ("row",),
    "report": ("label", "node", "takes", "part-of", "holds"),
    "draw": ("tree", "page", "picture", "quiz"),
    "plot": ("plot",),
    "worksheet": ("worksheet",),
    "guide": ("guide",),
    "commands": ("input", "help", "json", "os"),
}  # fmt: skip
_FILES = {begin: (file,) for file, begins in _BEGINS.items() for begin in begins}
_OF_ERRORS = (
    "language", "arrays", "commands", "engine", "errors", "symbolic", "trace", "check", "compare", "export", "batch",
    "draw", "plot", "worksheet", "api", "guide",
)  # fmt: skip

LISTED = 10  # a message lists up to so many names, or numbers of a point
# Compiled when they are first needed: most runs of the program say nothing that takes it.
_RELATIONS = {" or ": "relation.or", " and ": "relation.and", " == ": "relation.equals"}
_INTERVAL = r"(?:(.+)(<=?))?x([<>]=?)(.+)"
_INTERVALS = {">=": "range.from", "<=<=": "range.to", "<=<": "range.below", "<<=": "range.above"}
_OPTIONAL = r"\[([^][]*)\]"
_BAR = r"\|(?![^{}]*\})"  # outside of braces
_NAME = r"\{(\w+)"


def say(code: str, language: str, /, **facts: Any) -> str:
    """The text of a code in a language, with the facts in it."""
    return marked(code, language, facts, str)


def marked(code: str, language: str, facts: Mapping[str, Any], mark: Callable[[str], str]) -> str:
    """The same with each fact marked: as a formula in a text of LaTeX or Markdown."""
    text = _found(code, language)
    if "{" not in text:
        return text
    if "[" in text:
        text = re.sub(_OPTIONAL, lambda part: _first_given(part[1], facts), text)
    return text.format_map({name: _Fact(fact, language, facts, mark) for name, fact in facts.items()})


def parted(code: str, language: str) -> list[tuple[str, str]]:
    """The text of a code in parts, without square brackets: what stands before a fact, and the fact's name.

    Behind the last fact the name is empty.
    """
    texts = re.split(r"\{(\w+)[^}]*\}", _found(code, language))
    return list(zip(texts[::2], [*texts[1::2], ""], strict=True))


def relation(text: str, language: str) -> str:
    """A condition as people read it: with the words of their language between its parts."""
    for sign, code in _RELATIONS.items():
        text = text.replace(sign, say(code, language))
    return text


def interval(text: str, language: str) -> str:
    """Where a number lies, as people say it: `1<=x<=5` is from 1 to 5."""
    found = re.fullmatch(_INTERVAL, text)
    assert found is not None
    first, left, right, last = found.groups()
    return say(_INTERVALS[(left or "") + right], language, least=first or last, most=last)


def word(code: str) -> str:
    """What programs are told for a code, in JSON and CSV, in every language: its last part, as `not finite`.

    The hyphen of `one-sided` is that of the word.
    """
    last = code.rpartition(".")[2]
    return last if last == "one-sided" else last.replace("-", " ")


def says(code: str) -> bool:
    """Whether there is a text for this code."""
    return any(code in _texts("en", file) for file in _FILES.get(code.partition(".")[0], _OF_ERRORS))


def facts_of(text: str) -> set[str]:
    """The names of the facts in a text of the catalogue."""
    return set(re.findall(_NAME, text))


def _found(code: str, language: str) -> str:
    """The text of a code."""
    for file in _FILES.get(code.partition(".")[0], _OF_ERRORS):
        if code in (texts := _texts(language, file)):
            return texts[code]
    raise KeyError(code)


@cache
def _texts(language: str, file: str) -> Mapping[str, str]:
    texts: Mapping[str, str] = import_module(f"gradcli.words.{language}.{file}").TEXTS
    return texts


def _first_given(alternatives: str, facts: Mapping[str, Any]) -> str:
    given = {name for name, fact in facts.items() if fact or (fact == 0 and fact is not False)}
    return next((part for part in re.split(_BAR, alternatives) if facts_of(part) <= given), "")


class _Fact:
    """A fact that formats itself."""

    def __init__(self, value: Any, language: str, others: Mapping[str, Any], mark: Callable[[str], str]) -> None:
        self.value = value
        self.language = language
        self.others = others
        self.mark = mark

    def __format__(self, how: str) -> str:
        if "|" in how:
            one, many = how.split("|")
            count = len(self.value) if isinstance(self.value, Sequence) else self.value
            return one if count == 1 else many
        if how.endswith(".*"):
            return marked(how[:-1] + self.value, self.language, self.others, self.mark)
        value = self.value
        if how in ("listed", "few", "whole"):
            names = _listed(value[:LISTED], "" if how == "whole" else "cut")
            return self._and_more(names, len(value) - LISTED, "list.few" if how == "few" else "list.listed")
        if isinstance(value, Mapping) and how not in ("place", "said"):
            first = ", ".join(f"{name} = {_formatted(x, how)}" for name, x in islice(value.items(), LISTED))
            return self._and_more(first, len(value) - LISTED, "list.listed")
        return self.mark(self._text(how))

    def _text(self, how: str) -> str:
        value = self.value
        if how == "place":
            return say("place", self.language, **value)
        if how == "said":
            return say(value["code"], self.language, **value["facts"])
        if how == "interval":
            return interval(value, self.language)
        if how == "relation":
            return relation(value, self.language)
        return _listed(value, how) if isinstance(value, (list, tuple)) else _formatted(value, how)

    def _and_more(self, names: str, more: int, code: str) -> str:
        """Marked names, and the words for those that are left out, which are no part of a formula."""
        names = self.mark(names)
        return names if more <= 0 else say(code, self.language, names=names, more=more)


def _listed(values: Sequence[Any], how: str) -> str:
    return ", ".join(_formatted(value, how) for value in values)


def _formatted(value: Any, how: str) -> str:
    if how.startswith("rounded"):
        return rounded(value, int(how.removeprefix("rounded") or DIGITS))[0]
    match how:
        case "":
            return format_number(value) if isinstance(value, float) else str(value)
        case "quoted":
            return quote(value)
        case "cut":
            return quote(value)[1:-1]
        case "character":
            return quote(value) if value.isascii() else code_point(value)
        case "point":
            return code_point(value)
    return format(value, how)
