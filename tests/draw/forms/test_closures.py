"""Tests of the functions without arguments that a page computes with."""

from gradcli.draw.forms.closures import Closures


def written(*texts: str) -> tuple[list[str], list[str]]:
    """The functions of several nodes, and those without arguments."""
    closures = Closures()
    functions, code = closures.written("\n".join([closures.later(text) for text in texts]))
    return functions, code.split("\n")


def test_long_expressions_that_are_alike_are_one_function() -> None:
    """Of the values in them, in the order in which they stand there; short ones and those that are alone stay."""
    long = "Math.exp(-{0}) * Math.sqrt({0}*{1} + {1}) / Math.sqrt(2*Math.PI)"
    alone = "Math.sin(v3) + Math.cos(v3) + v3*v3*v3"
    functions, code = written(long.format("v1", "v12"), "v1", long.format("v3", "v4"), "v3", alone)
    assert functions == [f"const s0 = (v0, v1) => {long.format('v0', 'v1')};"]
    assert code == ["() => s0(v1, v12)", "() => v1", "() => s0(v3, v4)", "() => v3", f"() => {alone}"]


def test_the_same_value_twice_is_not_two_values() -> None:
    """f(x, x) is no case of f(x, y)."""
    pairs = (("v0", "v1"), ("v2", "v2"), ("v3_1", "v5"))
    functions, code = written(*(f"Math.sqrt(Math.log({a}) + Math.log({b})) * Math.hypot({a}, {b})" for a, b in pairs))
    assert len(functions) == 1
    assert [text.startswith("() => s0(") for text in code] == [True, False, True]
    assert code[2] == "() => s0(v3_1, v5)"
