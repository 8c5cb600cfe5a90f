"""gradcli: gradients by computational graph, shown step by step.

>>> import gradcli
>>> result = gradcli.gradient("a*x + b*y", {"a": 2, "x": 3, "b": 4, "y": 5})
>>> result.value, result.gradient["a"]
(26.0, 3.0)
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gradcli.api import Result, gradient
    from gradcli.errors import GradcliError, MathError
    from gradcli.graph import Graph
    from gradcli.language.format import format_graph
    from gradcli.language.parser import parse

__version__ = "1.0.0"

# Where the public names live: they are imported on first use, since the command line must start fast.
_HOMES = {
    "GradcliError": "gradcli.errors",
    "MathError": "gradcli.errors",
    "Graph": "gradcli.graph",
    "parse": "gradcli.language.parser",
    "format_graph": "gradcli.language.format",
    "Result": "gradcli.api",
    "gradient": "gradcli.api",
}
__all__ = ["GradcliError", "Graph", "MathError", "Result", "format_graph", "gradient", "parse"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'gradcli' has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    """What is public; not the folders of the package."""
    return [*__all__, *(name for name in globals() if name.startswith("__"))]
