"""What large libraries call their functions, against what is suggested for a name that is unknown."""

from importlib import import_module

import pytest

from gradcli.language.refusals import unknown
from gradcli.operators.arrays import ARRAY_FUNCTIONS
from gradcli.operators.table import FUNCTIONS

SYSTEMS = (
    "scipy.special", "torch", "torch.special", "torch.nn.functional", "jax.numpy", "jax.nn", "jax.lax",
    "jax.scipy.special",
)  # fmt: skip


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_function_of_a_library_is_taken_for_a_slip(system: str) -> None:
    """Each is known by its meaning, or gets no suggestion; erf_inv means erfinv."""
    library = import_module(system)
    names = {name for name in dir(library) if name[0] != "_" and callable(getattr(library, name))}
    others = {name for name in names if name.lower() not in FUNCTIONS and name.lower() not in ARRAY_FUNCTIONS}
    slips = {name for name in others if "suggestion" in unknown(name).facts}
    assert slips <= {"erf_inv"}
