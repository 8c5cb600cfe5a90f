"""In which language the program speaks: as the command line asks, or else the environment."""

import os
from collections.abc import Callable, Mapping
from typing import Any, TextIO, TypeVar

import click

from gradcli.choices import LANGUAGES

F = TypeVar("F", bound=Callable[..., Any])

ENGLISH = LANGUAGES[0]
OWN, LOCALE = "GRADCLI_LANG", ("LC_ALL", "LC_MESSAGES", "LANG")  # the first of them that is not empty counts
NAMES = {"japanese": "ja", "jp": "ja", "jpn": "ja"}


class Language(click.Choice[str]):
    """One of the languages, in any spelling; what is none of them is English."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """The language."""
        return language_in(value)


def language_in(name: str) -> str:
    """The language that a name means, with a country and an encoding or without: `JA`, `ja_JP.UTF-8`."""
    word = name.strip().lower()
    for mark in "._-@":
        word = word.partition(mark)[0]
    word = NAMES.get(word, word)
    return word if word in LANGUAGES else ENGLISH


def language_of(given: Mapping[str, str]) -> str:
    """The language that the options given ask for, or else the environment.

    With --ascii the locale does not count: of the languages English alone is in ASCII.
    """
    if "--lang" in given:
        return language_in(given["--lang"])
    asking = (OWN,) if "--ascii" in given else (OWN, *LOCALE)
    return language_in(next(filter(None, map(os.environ.get, asking)), ENGLISH))


def spoken(context: click.Context | None) -> str:
    """The language of a command line, of which a shell may still be completing the words."""
    if context is None:
        return language_of({})
    if context.obj is not None:
        return language_of(context.obj)
    asked = (one.params.get("lang") for one in (context, *filter(None, [context.parent])))
    return next(filter(None, asked), language_of({}))


def option(**more: Any) -> Callable[[F], F]:
    """--lang."""
    return click.option("--lang", type=Language(LANGUAGES), help="help.lang", **more)


def writable(language: str, stream: TextIO | None) -> str:
    """The language, or English where the stream's encoding has not the letters of Japanese."""
    from gradcli.text import encodable
    from gradcli.words.catalogue import say

    encoding = getattr(stream, "encoding", None) or "utf-8"
    return language if language == ENGLISH or encodable(say("label.node", language), encoding) else ENGLISH
