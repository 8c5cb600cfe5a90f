"""gradcli: gradients by computational graph, shown step by step.

>>> import gradcli
>>> result = gradcli.gradient("a*x + b*y", {"a": 2, "x": 3, "b": 4, "y": 5})
>>> result.value, result.gradient["a"]
(26.0, 3.0)
"""

TYPE_CHECKING = False  # stands for that of `typing`, whose import takes longer than all that is done here
if TYPE_CHECKING:
    from typing import Any

    from gradcli.api import (
        Digits,
        Fractions,
        GradcliError,
        Graph,
        MathError,
        Result,
        compile,  # noqa: A004
        format_graph,
        gradient,
        parse,
        passes,
    )

__version__ = "1.0.0"
__all__ = [
    "Digits",
    "Fractions",
    "GradcliError",
    "Graph",
    "MathError",
    "Result",
    "compile",
    "format_graph",
    "gradient",
    "parse",
    "passes",
]


def __getattr__(name: str) -> "Any":
    """What is public, imported on first use: the command line must start fast."""
    if name not in __all__:
        raise AttributeError(f"module 'gradcli' has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module("gradcli.api"), name)
    return value


def __dir__() -> list[str]:
    """What is public; not the folders of the package."""
    return [*__all__, *(name for name in globals() if name.startswith("__"))]
