"""What `gradcli check` says: never what somebody did, but what a claim is consistent with."""

from collections.abc import Callable, Mapping

from gradcli.words.catalogue import say

Write = Callable[[str], str]
Told = tuple[str, dict[str, str]]  # the code of a sentence, and what it speaks of


def mistake_phrase(code: str, facts: Mapping[str, str], language: str, write: Write = str) -> str:
    """`consistent with a path left out at the fork x: …`; `write` writes the expressions in it."""
    return say("consistent", language, mistake=say(f"mistake.{code}", language, **_written(facts, write)))


def remark_phrase(code: str, facts: Mapping[str, str], language: str, write: Write = str) -> str:
    """A word on a verdict; `write` writes the expressions in it."""
    return say(f"remark.{code}", language, **_written(facts, write))


def _written(facts: Mapping[str, str], write: Write) -> dict[str, str]:
    return {name: write(text) for name, text in facts.items()}
