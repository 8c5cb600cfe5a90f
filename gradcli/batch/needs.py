"""NumPy and pyarrow, the extra `gradcli[batch]`: whether they are there."""

from functools import cache
from importlib import import_module

from gradcli.errors import GradcliError

MOST_WITHOUT = 10_000  # rows that are read without them


@cache
def has_arrays() -> bool:
    """Whether both are installed."""
    try:
        for name in ("numpy", "pyarrow"):
            import_module(name)
    except ImportError:
        return False
    return True


def need_arrays(rows: int | None = None) -> None:
    """Raise `GradcliError` without them: for a form that needs them, or for more `rows` than are read without."""
    if not has_arrays():
        raise GradcliError("batch-needs-arrays", {"rows": rows, "extra": "[batch]"}, source=None)
