"""`gradcli diff` of programs over arrays: a formula for each array, in every form and language."""

import json

import pytest

from gradcli.choices import FORMS
from tests.helpers.running import run

AFFINE = ("diff", "Y = X @ W + b; L = sum(relu(Y))")
SHAPES = ("--shape", "X=2x2,W=2x3,b=3")
AT = ("--at", "X=[[1,2],[3,4]], W=[[1,0,-1],[2,1,0]], b=[0,1,-1]")


def test_formulas() -> None:
    """With the steps that they share, and with numbers at a point."""
    outcome = run(*AFFINE, *SHAPES, "--wrt", "W")
    assert outcome == (0, "Y = X @ W + b\n∂L/∂W = X.T @ where(Y >= 0, 1, 0)\n", "")
    outcome = run(*AFFINE, *AT)
    assert outcome.out == (
        "Y = X @ W + b\n"
        "n1 = where(Y >= 0, 1, 0)\n"
        "∂L/∂X = n1 @ W.T = [[1, 3], [1, 3]]\n"
        "∂L/∂W = X.T @ n1 = [[4, 4, 0], [6, 6, 0]]\n"
        "∂L/∂b = sum(n1, axis=0) = [2, 2, 0]\n"
    )


def test_json() -> None:
    """Each formula is a program, numbers are nested lists."""
    found = json.loads(run(*AFFINE, *AT, "--wrt", "W,b", "--json").out)
    assert found["gradient"] == {
        "W": "Y = X @ W + b; X.T @ where(Y >= 0, 1, 0)",
        "b": "Y = X @ W + b; sum(where(Y >= 0, 1, 0), axis=0)",
    }
    assert found["gradient_at"] == {"W": [[4.0, 4.0, 0.0], [6.0, 6.0, 0.0]], "b": [2.0, 2.0, 0.0]}
    assert found["at"]["b"] == [0.0, 1.0, -1.0]


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("form", FORMS)
def test_every_form(form: str, language: str) -> None:
    """A rounded matrix has its sign where people read it, and all digits for programs."""
    outcome = run("diff", "norm(x)", "--at", "x=[1,2]", "--format", form, "--lang", language)
    assert outcome.code == 0
    assert ("0.8944271909999159" if form in ("csv", "json") else "0.894427") in outcome.out
    assert (r"\approx" if form == "latex" else "≈") in outcome.out or form in ("csv", "json")


def test_latex() -> None:
    """Transposes, products, literals and parts have signs of their own."""
    text = "sum(X.T @ A) + dot(X[0,:], [1, 2]) + x[1]"
    lines = run("diff", text, "--shape", "X=2x2,A=2x2,x=2", "--format", "latex", "--wrt", "X,x").out.splitlines()
    assert lines[2:4] == [
        r"\frac{\partial y}{\partial X} &= \mathrm{column}\left(\mathrm{sum}\left(A, \mathrm{axis} = 1\right)\right) + "
        r"\mathrm{outer}\left(\left(\begin{array}{cc} 1 & 0 \end{array}\right), "
        r"\left(\begin{array}{cc} 1 & 2 \end{array}\right)\right) \\",
        r"\frac{\partial y}{\partial x} &= \left(\begin{array}{cc} 0 & 1 \end{array}\right)",
    ]
    lines = run("diff", "sum(X @ x)", "--shape", "X=2x2,x=2", "--format", "latex", "--wrt", "x[1]").out.splitlines()
    assert lines[2] == r"\frac{\partial y}{\partial {x}_{1}} &= {X}_{1,1} + {X}_{0,1}"
    lines = run("diff", "trace(A)", "--shape", "A=2x2", "--format", "latex").out.splitlines()
    assert lines[2].endswith(r"\left(\begin{array}{cc} 1 & 0 \\ 0 & 1 \end{array}\right)")


def test_products_in_latex() -> None:
    """Those of matrices stand side by side; those of elements have a sign, and so have powers; numbers stand first."""
    text = "sum(2*A*B*A)*c + (A @ B*A)[0,0]"
    lines = run("diff", text, "--shape", "A=2x2,B=2x2", "--format", "latex", "--wrt", "A,B").out.splitlines()
    assert lines[3:5] == [
        r"\frac{\partial y}{\partial A} &= A \, B \odot n_{1} + \left(A \odot n_{1}\right) \, B^{\top} + "
        r"4 \cdot A \odot B \cdot c \\",
        r"\frac{\partial y}{\partial B} &= A^{\top} \, \left(A \odot n_{1}\right) + 2 \cdot A^{\odot 2} \cdot c",
    ]
    text = "sum((X @ w - y)^2)"
    lines = run("diff", text, "--shape", "X=4x2,w=2,y=4", "--format", "latex", "--wrt", "w").out.splitlines()
    assert lines[2] == r"\frac{\partial z}{\partial w} &= 2 \cdot X^{\top} \, \left(X \, w - y\right)"


def test_elements() -> None:
    """Asked for, of any order."""
    outcome = run("diff", "sum(A @ x)", "--shape", "A=1x2,x=2", "--wrt", "x", "--elements")
    assert outcome == (0, "∂y/∂x[0] = A[0,0]\n∂y/∂x[1] = A[0,1]\n", "")
    outcome = run("diff", "x @ x", "--shape", "x=2", "--order", "2", "--elements")
    assert outcome.out == "∂²y/∂x[0]² = 2\n∂²y/∂x[0]∂x[1] = 0\n∂²y/∂x[1]² = 2\n"


def test_notes() -> None:
    """In both languages, and no reason for --strict."""
    text = ("diff", "max(A @ x)", "--shape", "A=2x2,x=2", "--wrt", "A", "--strict")
    assert run(*text) == (
        0,
        "∂y/∂A = outer(where(A @ x == max(A @ x), 1, 0), x)\n",
        "note: where several elements are the max, the formula counts each of them; the gradient goes to the first "
        "alone\n",
    )
    assert "最初の要素だけ" in run(*text, "--lang", "ja").err
    text = ("diff", "mean(A)", "--shape", "A=2x3")
    assert run(*text).err == (
        "note: the formula for ∂y/∂A is a number; its elements are repeated to the array's own shape, a 2×3 matrix\n"
    )
    assert "2×3" in run(*text, "--lang", "ja").err
    assert json.loads(run(*text, "--json").out)["notes"][0]["shape"] == [2, 3]


def test_digits_and_fractions() -> None:
    """Of each element."""
    at = ("--at", "x=[1,2]")
    found = json.loads(run("diff", "norm(x)", *at, "--digits", "20", "--json").out)
    assert found["digits"] == {
        "value": "2.2360679774997896964",
        "gradient": {"x": ["0.44721359549995793928", "0.89442719099991587856"]},
    }
    assert run("diff", "1/sum(x)", *at, "--fractions").out == "∂y/∂x = -1/sum(x)^2 = [-1/9, -1/9]\n"
    found = json.loads(run("diff", "x @ x / 3", *at, "--fractions", "--json").out)
    assert found["fractions"] == {"value": "5/3", "gradient": {"x": ["2/3", "4/3"]}}


def test_a_formula_without_a_value() -> None:
    """The numbers are those of the backward pass, and a note says of which elements."""
    outcome = run("diff", "norm(x - y)*x[0]", "--at", "x=[1,2], y=[1,2]", "--wrt", "y")
    assert "[0, 0]" in outcome.out
    assert "does not give 2 of 2 elements here (y[0], y[1])" in outcome.err


def test_order_is_refused() -> None:
    """With the option that has it."""
    outcome = run("diff", "x @ x", "--shape", "x=2", "--order", "2")
    assert outcome == (
        2,
        "",
        "gradcli: derivatives of order 2 are of numbers; with --elements those by elements are given\n",
    )
