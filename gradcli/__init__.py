"""gradcli: gradients by computational graph, shown step by step.

>>> import gradcli
>>> result = gradcli.gradient("a*x + b*y", {"a": 2, "x": 3, "b": 4, "y": 5})
>>> result.value, result.gradient["a"]
(26.0, 3.0)
"""

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gradcli.api import Result, gradient
    from gradcli.errors import GradcliError, MathError
    from gradcli.graph import Graph
    from gradcli.language.format import format_graph
    from gradcli.language.parser import parse

__version__ = "1.0.0"

# The public names and where they live: imported on first use, since the command line must start fast.
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

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


class _Package(ModuleType):
    """Importing the module gradcli.gradient makes it an attribute of the package, where the function must stay."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _HOMES and isinstance(value, ModuleType):
            value = getattr(value, name)
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
