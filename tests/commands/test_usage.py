"""What click finds wrong, as errors of our own with code and facts."""

import json
import shlex
from typing import Any

import click
import pytest

from gradcli.choices import BACKENDS, FORMS, KINK_RULES, LANGUAGES, PICTURES
from gradcli.commands.export import command
from gradcli.commands.usage import OTHER_NAMES, usage_error
from tests.helpers.running import run


def error(*arguments: str) -> dict[str, Any]:
    """The error of a command, as JSON has it."""
    outcome = run(*arguments, "--json")
    assert (2, "") == (outcome.code, outcome.out)
    found: dict[str, Any] = json.loads(outcome.err)["error"]
    assert found["source"] == "option"
    return found


@pytest.mark.parametrize(
    ("arguments", "code", "facts"),
    [
        (["eval", "a", "--kink", "x"], "unknown-choice",
         {"option": "--kink", "value": "x", "choices": ["branch", "minnorm"]}),
        (["diff", "a", "--order", "x"], "not-an-integer", {"option": "--order", "value": "x"}),
        (["eval", "a", "--max-length", "0"], "out-of-range", {"option": "--max-length", "value": 0, "range": "x>=1"}),
        (["compare", "a", "--limit", "x"], "not-a-number", {"option": "--limit", "value": "x"}),
        (["compare", "a", "--limit", "0"], "out-of-range",
         {"option": "--limit", "value": 0.0, "range": "0<x<=86400"}),
        (["eval", "a", "--ascii=1"], "option-with-value", {"option": "--ascii"}),
        (["eval", "a", "--at=a=1", "-at"], "unknown-option", {"option": "-at", "suggestion": "--at"}),
        (["eval", "a", "b=1"], "extra-argument", {"argument": "b=1", "hint": "quote-point"}),
        (["eval", "a", "b"], "extra-argument", {"argument": "b", "hint": "quote-expression"}),
        (["eval", "a", "--csv"], "unknown-option", {"option": "--csv", "suggestion": "--format csv"}),
        (["draw", "a"], "unknown-option", {"option": "--json"}),
        (["eval", "a", "-x"], "extra-argument", {"argument": "-x", "hint": "quote-expression"}),
        (["eval", "a", "-o"], "unknown-option", {"option": "-o", "hint": "redirect"}),
        (["eval", "-q", "a"], "extra-argument", {"argument": "a", "hint": "one-letter", "word": "-q", "letter": "q"}),
        (["a+b"], "unknown-command", {"name": "a+b", "hint": "evaluate"}),
        (["diff", "x^2", "x"], "extra-argument", {"argument": "x", "hint": "option", "write": "--wrt x"}),
        (["eval", "x*y", "x,y"], "extra-argument", {"argument": "x,y", "hint": "option", "write": "--wrt x,y"}),
        (["eval", "x", "x"], "extra-argument", {"argument": "x", "hint": "quote-expression"}),
        (["eval", "x^2", "3"], "extra-argument", {"argument": "3", "hint": "option", "write": "--at x=3"}),
        (["eval", "x*y", "3"], "extra-argument", {"argument": "3", "hint": "quote-expression"}),
        (["eval", "x^2", "-x", "3"], "extra-argument", {"argument": "-x", "hint": "option", "write": "--at x=3"}),
        (["eval", "x^2", "json"], "extra-argument", {"argument": "json", "hint": "option", "write": "--format json"}),
        (["check", "x^2", "2*x"], "extra-argument", {"argument": "2*x", "hint": "claim"}),
        (["eval", "x", "\u2014at=x=3"], "unknown-option", {"option": "\u2014at", "suggestion": "--at"}),
        (["eval", "a", "--kink", "minnrom"], "unknown-choice",
         {"option": "--kink", "value": "minnrom", "choices": list(KINK_RULES), "suggestion": "minnorm"}),
        (["version"], "unknown-command", {"name": "version", "suggestion": "--version"}),
        (["simplify"], "unknown-command", {"name": "simplify", "hint": "all-commands"}),
        (["completion", "zsh"], "unknown-command", {"name": "completion", "suggestion": "guide scripts"}),
        (["help", "x^2"], "unknown-command", {"name": "x^2", "hint": "all-commands"}),
        (["eval", "x^2", "at", "x=3"], "extra-argument", {"argument": "at", "hint": "option", "write": "--at"}),
        (["eval", "x^2", "--x", "3"], "unknown-option", {"option": "--x", "suggestion": "--at x=..."}),
        (["functions", "--x"], "unknown-option", {"option": "--x"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_a_code_with_facts(arguments: list[str], code: str, facts: dict[str, Any]) -> None:
    """Facts are what was typed and what there is, not the words of a message."""
    found = error(*arguments)
    assert (code, facts) == (found["code"], found["facts"])


def test_what_click_may_say_besides_is_passed_on() -> None:
    """In the form of all messages: one line, lower case, no point at the end."""
    found = usage_error(click.UsageError("Something\n  new."))
    assert ("usage", "something new") == (found.code, found.message)


def test_an_option_that_must_be_given() -> None:
    """With what it can be."""
    context = click.Context(command)
    (option,) = (parameter for parameter in command.params if parameter.name == "backend")
    found = usage_error(click.MissingParameter(ctx=context, param=option))
    assert ("missing-option", "--to") == (found.code, found.facts["option"])
    assert "latex" in found.facts["choices"]


@pytest.mark.parametrize(
    "arguments",
    [["x^2"], ["--", "-x"], ["--", "x^2"], ["log(x - 5)"], ["asin(x)*acosh(y)"], ["sqrt(-x)"], ["e*x", "--wrt", "e"],
     ["1/(x - 1)/(x - 0.5)"], ["acosh(x) + acosh(y) + asin(z)"]],
    ids=" ".join,
)  # fmt: skip
def test_the_command_that_is_shown_runs(arguments: list[str]) -> None:
    """Without a point, `eval` shows one at which there are a value and a gradient."""
    said = run("eval", *arguments).err
    command = said.splitlines()[0].partition("for example: gradcli ")[2]
    assert 0 == run(*shlex.split(command)).code


def test_where_there_is_no_value_no_command_is_shown() -> None:
    """As of the logarithm of what is negative everywhere."""
    assert run("eval", "log(-x^2 - y^2 - 1)").err.startswith("gradcli: no value for x, y\n")


def test_other_names_of_choices_are_choices_of_some_option() -> None:
    """Each stands for a word that an option takes, and is none itself."""
    known = {*FORMS, *BACKENDS, *PICTURES, *LANGUAGES}
    assert set(OTHER_NAMES.values()) <= known
    assert not set(OTHER_NAMES) & known
