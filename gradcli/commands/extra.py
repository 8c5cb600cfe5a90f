"""What was meant by a word behind the expression that belongs to no option."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import click

from gradcli.errors import GradcliError
from gradcli.language.spelling import LONG_VOWEL

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d" + LONG_VOWEL  # which programs make of two hyphens
_NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_FILE = r"[^\s*^()]*\.[A-Za-z]{2,8}"


def extra_argument(arguments: Sequence[str], parameters: Sequence[click.Parameter], is_letter: bool) -> GradcliError:
    """The error of several expressions: an option without its hyphens, a value without its option, missing quotes.

    With `is_letter` the first one is one such as `-f`.
    """
    options = {name: parameter for parameter in parameters for name in parameter.opts}
    for argument in arguments:
        name, equals, _ = argument.lstrip(_DASHES).partition("=")
        if argument[:1] in tuple(_DASHES) and f"--{name}" in options:
            facts = {"option": argument.partition("=")[0] if equals else argument, "suggestion": f"--{name}"}
            return _error("unknown-option", facts)
    word, extra = arguments[:2]
    if is_letter:
        return _error("extra-argument", {"argument": extra, "hint": "one-letter", "word": word, "letter": word[1:]})
    if extra[:2] in options:
        return _error("unknown-option", {"option": extra, "suggestion": f"{extra[:2]} {extra[2:]}"})
    if re.fullmatch(r"-[A-Za-z][\w=.-]*", extra) and extra[1:] not in _names(word):
        from gradcli.commands.usage import unknown_option

        unknown = unknown_option(extra, parameters)
        if len(extra) > len("-x") or len(unknown.facts) > 1:  # else it may be a variable that is subtracted
            return unknown
    facts = {"argument": extra, "hint": "quote-expression"}
    if write := _with_option(arguments, options):
        facts |= {"hint": "option", "write": write}
    elif "--claim" in options and "=" not in extra:
        facts["hint"] = "claim"
    elif re.fullmatch(r"\w*=.*", extra):
        facts["hint"] = "quote-point"
    return _error("extra-argument", facts)


def _with_option(arguments: Sequence[str], options: Mapping[str, click.Parameter]) -> str:
    """The second argument as an option, or with the one that it seems to be a value of, or ""."""
    expression, extra = arguments[:2]
    for name, parameter in options.items():
        if isinstance(parameter.type, click.Choice) and extra.lower() in parameter.type.choices:
            return f"{name} {extra.lower()}"
    if f"--{extra}" in options:
        return f"--{extra}"
    if "--output" in options and re.fullmatch(_FILE, extra):
        return f"--output {extra}"
    names = _names(expression)
    numbers = arguments[2:] if extra[:1] == "-" and extra[1:] in names else arguments[1:]
    if len(numbers) == 1 and re.fullmatch(_NUMBER, numbers[0]) and len(set(names)) == 1:
        return f"--at {names[0]}={numbers[0]}"
    are_names = expression not in names and set(extra.split(",")) <= set(names)
    return f"--wrt {extra}" if len(arguments) == 2 and are_names else ""


def _names(expression: str) -> list[str]:
    """The names in a text that are not called."""
    return re.findall(r"[^\W\d]\w*(?!\w|\s*\()", expression)


def _error(code: str, facts: dict[str, Any]) -> GradcliError:
    return GradcliError(code, facts, source="option")
