"""A function and its gradient as code that stands alone, one file for each target."""

from collections.abc import Iterable, Mapping
from importlib import import_module

from gradcli.choices import TARGETS
from gradcli.engine.answer import Answer
from gradcli.errors import GradcliError
from gradcli.export.comments import in_language
from gradcli.graph import Graph
from gradcli.language.missing import unwritten


def export(
    graph: Graph,
    target: str,
    wrt: Iterable[str] | None = None,
    at: Mapping[str, float] | Answer | None = None,
    name: str | None = None,
    language: str = "en",
) -> str:
    """The source text, ending with a newline.

    `wrt` names the variables and named steps whose gradient is wanted; default: all variables. With a point `at`, or
    the result of `gradcli.gradient` there, the scripts for PyTorch and JAX check the gradient, and the others say in
    a comment what it is. `name` is the function's name, `language` that of the comments. Raises `GradcliError` for an
    unknown target or a name that the target cannot have, and what `gradcli.gradient` raises for the point.
    """
    if target not in TARGETS:
        raise GradcliError("unknown-target", {"given": target, "known": list(TARGETS)}, source="option")
    asked = None if wrt is None else list(wrt)
    result = at if at is None or isinstance(at, Answer) else Answer.of(graph, at, asked)
    module = import_module(f"gradcli.export.targets.{target}")
    try:
        return in_language(module.source(graph, asked, result, name), language)
    except GradcliError as error:
        raise unwritten(error, graph) from None
