"""Exported C as text; tests/slow compiles it."""

import pytest

from gradcli.errors import GradcliError
from gradcli.export.export import export
from gradcli.language.parser import parse


def test_halves_are_rounded_to_even_numbers() -> None:
    """As in Python; C's own round goes away from 0."""
    assert "return nearbyint(x);" in export(parse("round(x)"), "c")


def test_and_within_or_stands_in_parentheses() -> None:
    """Compilers warn of it otherwise."""
    source = export(parse("where(a > 0 or b > 0 and x > 0, 1, 2)"), "c")
    assert "return (a > 0.0 || (b > 0.0 && x > 0.0)) ? 1.0 : 2.0;" in source
    source = export(parse("where(a > 0 and b > 0 or x > 0, 1, 2)"), "c")
    assert "return ((a > 0.0 && b > 0.0) || x > 0.0) ? 1.0 : 2.0;" in source


def test_the_c_function() -> None:
    """C99 with math.h alone; the places in the arrays have names."""
    expected = """\
/* a*x + b and its gradient, written by gradcli. */

#include <math.h>

enum { f_in_a, f_in_x, f_in_b };
enum { f_gradient_a, f_gradient_x, f_gradient_b };

double f(const double in[], double gradient[])
{
    const double a = in[f_in_a];
    const double x = in[f_in_x];
    const double b = in[f_in_b];
    gradient[f_gradient_a] = x;
    gradient[f_gradient_x] = a;
    gradient[f_gradient_b] = 1.0;
    return a * x + b;
}
"""
    assert expected == export(parse("a*x + b"), "c", name="f")


def test_the_c_function_of_columns() -> None:
    """The same lines in a loop; what the loop names is no variable's name."""
    expected = """\
    for (size_t row = 0; row < count; row++) {
        const double a = in[f_in_a][row];
        const double row_ = in[f_in_row_][row];
        const double b = in[f_in_b][row];
        gradient[f_gradient_a][row] = row_;
        gradient[f_gradient_row_][row] = a;
        gradient[f_gradient_b][row] = 1.0;
        value[row] = a * row_ + b;
    }
}
"""
    assert export(parse("a*row + b"), "c", name="f", columns=True).endswith(expected)


@pytest.mark.parametrize(
    ("name", "renamed"),
    [
        ("M_PI", "vM_PI"), ("M_E", "vM_E"), ("_Bool", "v_Bool"), ("_Complex", "v_Complex"), ("DOMAIN", "DOMAIN_"),
        ("HUGE_VALF", "vHUGE_VALF"), ("FP_NAN", "vFP_NAN"), ("double", "double_"), ("y1", "y1"), ("x_t", "x_t"),
    ],
)  # fmt: skip
def test_names_that_c_cannot_have(name: str, renamed: str) -> None:
    """Macros of math.h and reserved names are changed; what a local variable may be called is kept."""
    source = export(parse(f"{name}*3"), "c", name="f")
    assert f"const double {renamed} = in[f_in_{renamed}];" in source
    assert f"const double vf_in_{renamed} = " in export(parse(f"{name}*f_in_{renamed}"), "c", name="f")
    assert (name != renamed) == (f"{renamed} is {name}: the name cannot be used here." in source)


@pytest.mark.parametrize("name", ["j0", "round", "expf", "M_PI", "_Bool", "int"])
def test_function_names_that_c_cannot_have(name: str) -> None:
    """What math.h declares or defines."""
    with pytest.raises(GradcliError, match="cannot be the name of a function there"):
        export(parse("x"), "c", name=name)
