"""A function and its gradient as code that stands alone, one file for each backend."""

from collections.abc import Iterable, Mapping
from importlib import import_module

from gradcli.choices import BACKENDS
from gradcli.engine.answer import Answer
from gradcli.errors import GradcliError
from gradcli.export.comments import in_language
from gradcli.graph import Graph
from gradcli.language.missing import unwritten


def export(
    graph: Graph,
    backend: str,
    wrt: Iterable[str] | None = None,
    at: Mapping[str, float] | Answer | None = None,
    name: str | None = None,
    language: str = "en",
) -> str:
    """The source text, ending with a newline.

    `wrt` names the variables and named steps whose gradient is wanted; default: all variables. With a point `at`, or
    the result of `gradcli.gradient` there, the scripts for PyTorch and JAX check the gradient, and the others say in
    a comment what it is. `name` is the function's name, `language` that of the comments. Raises `GradcliError` for an
    unknown backend or a name that the backend cannot have, and what `gradcli.gradient` raises for the point.
    """
    if backend not in BACKENDS:
        raise GradcliError("unknown-backend", {"given": backend, "known": list(BACKENDS)}, source="option")
    asked = None if wrt is None else list(wrt)
    result = at if at is None or isinstance(at, Answer) else Answer.of(graph, at, asked)
    module = import_module(f"gradcli.export.backends.{backend}")
    try:
        return in_language(module.source(graph, asked, result, name), language)
    except GradcliError as error:
        raise unwritten(error, graph) from None
