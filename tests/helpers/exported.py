"""Exported Python, as a function."""

from typing import Any

from gradcli.export.export import export
from gradcli.language.parser import parse


def function(text: str, name: str = "value_and_gradient", **options: Any) -> Any:
    """The exported function, made by running the module."""
    scope: dict[str, Any] = {}
    exec(compile(export(parse(text), "python", name=name, **options), "exported", "exec"), scope)
    return scope[name]
