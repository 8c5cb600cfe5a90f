"""The comments in the code: in English, as code is, whatever language gradcli speaks."""

from collections.abc import Mapping
from typing import Any

from gradcli.engine.answer import Answer
from gradcli.graph import Graph
from gradcli.language.format import format_graph
from gradcli.text import format_number
from gradcli.words.catalogue import say

LONGEST = 200  # characters of the expression in a comment


def comment(code: str, **facts: Any) -> str:
    """What a comment says."""
    return say(f"code.{code}", "en", **facts)


def summary(graph: Graph, result: Answer | None, changed: Mapping[str, str]) -> list[str]:
    """What the code is, as the lines of a comment. `changed` has the user's names for those that are others here."""
    text = format_graph(graph)
    if len(text) > LONGEST:
        text = text[:LONGEST] + " ..."
    lines = [comment("summary", expression=text)]
    if result is not None:
        slopes = [f"{name}: {format_number(value)}" for name, value in result.gradient.items()]
        lines.append(comment("point", at=result.at, value=result.value, gradient=slopes))
    return lines + [comment("renamed", new=new, name=name) for new, name in changed.items()]
