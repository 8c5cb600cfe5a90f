"""What a note is: a remark on a result, as a sentence and as JSON."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from gradcli.choices import MOST_NOTES
from gradcli.graph import Graph
from gradcli.operators.table import CONSTANT, FREE
from gradcli.text import finite_or_none
from gradcli.words.catalogue import say

# What is no reason to doubt the result.
INFORMATION = ("name", "no-gradient", "no-point", "direction", "by-elements", "first-extreme", "repeated")


class Note(NamedTuple):
    """A remark on a result: its kind, the facts for programs, and what the sentence for people says besides.

    `code` is "kink", "tie", "jump", "edge", "one-sided", "not-finite", "lost-digits", "underflow", "stop", "formula",
    "order", "uncertain", "name", "no-variable", "no-point" or "no-gradient", of rows "bad-rows", "bad-row",
    "noted-rows", "no-rows" or "sum-too-large", of what is printed "long-table", "many-edges", "not-drawn",
    "direction", "no-font" or "more", or of formulas over arrays "by-elements", "first-extreme" or "repeated". The
    sentence is that of the code, or of the `variant` of it.
    """

    code: str
    facts: Mapping[str, Any]
    said: Mapping[str, Any] = MappingProxyType({})
    variant: str = ""

    @property
    def is_information(self) -> bool:
        """Whether it is no reason to doubt the result, so that --strict does not count it."""
        return self.code in INFORMATION

    @property
    def message(self) -> str:
        """The sentence in English."""
        return self.text("en")

    @property
    def sentence(self) -> tuple[str, dict[str, Any]]:
        """The code of the sentence, and all facts in it."""
        return f"note.{self.variant or self.code}", {**self.facts, **self.said}

    def text(self, language: str, kink_option: str = "--kink") -> str:
        """The sentence in a language; `kink_option` is where the rule for kinks can be chosen."""
        code, facts = self.sentence
        return say(code, language, **{"option": kink_option, **facts})

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        """The note as JSON has it: numbers that are not finite are None."""
        facts = {key: _strict(value) for key, value in self.facts.items()}
        return {"code": self.code, **facts, "message": self.text(language)}


def first_notes(notes: Sequence[Note]) -> Sequence[Note]:
    """What is shown to people: the first notes, and one that says how many more there are."""
    more = len(notes) - MOST_NOTES
    return [*notes[:MOST_NOTES], Note("more", {"more": more})] if more > 0 else notes


def _strict(value: Any) -> Any:
    if isinstance(value, list):
        return [_strict(item) for item in value]
    if isinstance(value, dict):
        return {key: _strict(item) for key, item in value.items()}
    return finite_or_none(value) if isinstance(value, float) else value


def information(graph: Graph) -> list[Note]:
    """What is worth knowing and no reason to doubt a result: that the name of a constant is a variable's here."""
    names = {name for node, name in graph.names.items() if name in FREE and graph.operators[node] is not CONSTANT}
    return [Note("name", {"name": name}) for name in sorted(names)]
