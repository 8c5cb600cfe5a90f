"""The comments in the code. They are put in as codes with facts, and said when all of the code is there."""

import json
import re
from collections.abc import Mapping
from typing import Any

from gradcli.choices import MOST_NOTES
from gradcli.engine.answer import Answer, nested
from gradcli.graph import Graph
from gradcli.language.format import format_graph
from gradcli.text import format_number
from gradcli.words.catalogue import say

LOST = ("lost-digits", "underflow")
LONGEST = 200  # characters of the expression in a comment

_UNSAID = re.compile("\0([^\0]*)\0")


def comment(code: str, **facts: Any) -> str:
    """A comment, to be said by `in_language`."""
    return _unsaid(f"code.{code}", facts)


def _unsaid(code: str, facts: Mapping[str, Any]) -> str:
    return f"\0{json.dumps([code, facts])}\0"


def in_language(source: str, language: str) -> str:
    """The code with its comments said."""

    def said(match: re.Match[str]) -> str:
        code, facts = json.loads(match[1])
        return in_language(say(code, language, **facts), language)  # a note is a fact of a comment

    return _UNSAID.sub(said, source)


def lost(result: Answer | None) -> list[str]:
    """The notes on numbers that doubles do not reach, the first of them: the code computes with doubles too."""
    notes = [note for note in result.notes if note.code in LOST] if result is not None else []
    return [_unsaid("noted", {"message": _unsaid(*note.sentence)}) for note in notes[:MOST_NOTES]]


def shortened(text: str) -> str:
    """A text cut where it is long."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."


def written(value: Any) -> str:
    """A number, or nested lists of numbers."""
    return f"[{', '.join(map(written, value))}]" if isinstance(value, list) else format_number(value)


def summary(graph: Graph, result: Answer | None, changed: Mapping[str, str]) -> list[str]:
    """What the code is, and what doubles make of it at the point, as the lines of a comment.

    `changed` has the user's names for those that are others here.
    """
    text = format_graph(graph if graph.arrays is None else graph.arrays.program)
    lines = [comment("summary", expression=shortened(text))]
    if result is not None and graph.arrays is not None:
        at = {name: shortened(written(value)) for name, value in result.at.items()}
        slopes = [
            f"{name}: {shortened(written(value))}" for name, value in nested(graph, result.evaluation.gradient).items()
        ]
        lines += [comment("point", at=at, value=result.evaluation.value, gradient=slopes), *lost(result)]
    elif result is not None:
        here = result.evaluation
        slopes = [f"{name}: {format_number(value)}" for name, value in here.gradient.items()]
        lines += [comment("point", at=dict(result.point), value=here.value, gradient=slopes), *lost(result)]
    return lines + [comment("renamed", new=new, name=name) for new, name in changed.items()]
