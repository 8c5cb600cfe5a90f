"""A function and its gradient as code that stands alone, one file for each backend."""

import json
import re
from collections.abc import Iterable, Mapping
from importlib import import_module

from gradcli.choices import BACKENDS
from gradcli.engine.answer import Answer
from gradcli.errors import GradcliError
from gradcli.export.comments import in_language
from gradcli.export.identifiers import Letters
from gradcli.frozen import with_other
from gradcli.graph import Graph
from gradcli.language.missing import unwritten


def export(
    graph: Graph,
    backend: str,
    wrt: Iterable[str] | None = None,
    at: Mapping[str, float] | Answer | None = None,
    name: str | None = None,
    language: str = "en",
    is_ascii: bool = False,
    columns: bool = False,
) -> str:
    """The source text, ending with a newline.

    `wrt` names the variables and named steps whose gradient is wanted; default: all variables. With a point `at`, or
    the result of `gradcli.gradient` there, the scripts for PyTorch and JAX check the gradient, and the others say in
    a comment what it is. `name` is the function's name, `language` that of comments and of words in formulas. With
    `is_ascii` other letters of names are written out, and have escapes in strings. With `columns` the function is one
    of columns, a number in each for every row, which C alone has. A backend without a file for arrays has a function
    of their elements. Raises `GradcliError` for an unknown backend, one without columns or a name that the backend
    cannot have, and what `gradcli.gradient` raises for the point.
    """
    if backend not in BACKENDS:
        raise GradcliError("unknown-backend", {"given": backend, "known": list(BACKENDS)}, source="option")
    if columns and backend != "c":
        raise GradcliError("columns-in-c", {"backend": backend}, source="option")
    asked = None if wrt is None else list(wrt)
    result = at if at is None or isinstance(at, Answer) else Answer.of(graph, at, asked)
    if graph.arrays is not None and not _has_arrays(backend):
        asked = None if asked is None else list(graph.arrays.elements_of(asked))
        graph = with_other(graph, arrays=None)
    module = import_module(f"gradcli.export.{'backends' if graph.arrays is None else 'arrays'}.{backend}")
    more = {"columns": True} if columns else {}
    try:
        source = in_language(module.source(graph, asked, result, name, Letters(language, is_ascii), **more), language)
    except GradcliError as error:
        raise unwritten(error, graph) from None
    return _in_ascii(source, backend) if is_ascii else source


def _has_arrays(backend: str) -> bool:
    """Whether there is a file for functions of arrays."""
    from importlib.util import find_spec

    return find_spec(f"gradcli.export.arrays.{backend}") is not None


def _in_ascii(source: str, backend: str) -> str:
    """Code with escapes for letters outside of ASCII, as strings of its language have them."""
    if backend == "latex":
        from gradcli.latex.words import in_ascii

        return in_ascii(source)
    if backend == "javascript":
        return re.sub("[^\0-\x7f]", lambda found: json.dumps(found[0])[1:-1], source)
    codes = (f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}" for c in source)
    return "".join(c if c.isascii() else code for c, code in zip(source, codes, strict=True))
