"""Arrays in --at as other systems write them: what to write is said, and is read again."""

import re

import pytest

from tests.helpers.running import run


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("value", "written"),
    [
        *(
            (value, "[1,2]")
            for value in ("(1,2)", "{1,2}", "[1 2]", "1 2", "[1;2]", "c(1, 2)", "1,2", "np.array([1,2])")
        ),
        *(
            (value, "[1,2]")
            for value in ("np.array([1,2])", "【1,2】", "（1、2）", "［1 2］", "tensor([1, 2])", "1\n2", "(1;2)")
        ),
        *((value, "[[1,2],[3,4]]") for value in ("[1 2; 3 4]", "[1,2;3,4]", "[[1,2][3,4]]", "{{1,2},{3,4}}")),
        *((value, "[[1,2],[3,4]]") for value in ("((1,2),(3,4))", "[[1 2]\n [3 4]]", "np.array([[1, 2], [3, 4]])")),
        ("[-1.5 2e3 .5]", "[-1.5,2e3,.5]"),
        ("[[1 2]]", "[1,2]"),
    ],
)
@pytest.mark.parametrize("others", [("a=2, ", ""), ("", ", a=2")], ids=["behind", "before"])
def test_what_to_write(value: str, written: str, others: tuple[str, str]) -> None:
    """With the caret under the value as it was typed."""
    text = f"{others[0]}x={value}{others[1]}"
    outcome = run("eval", "a*sum(x)", "--at", text)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.split("\n")[0].endswith(f"an array has brackets, and commas between its elements: x={written}")
    assert "\n" in value or re.sub(r"\S", " ", text[: text.index(value)]) + "^" in outcome.err.splitlines()[2]
    again = f"{others[0]}x={written}{others[1]}"
    assert run("eval", "a*sum(x)", "--at", again).code == 0


@pytest.mark.parametrize("value", ["[2 - 1, 2]", "[1 , 2]", " [ [1, 2] , [3, 4] ] ", "[sqrt(2), 1 ± 0.5]", "[1,\n2]"])
def test_blanks_are_no_commas_where_there_are_these(value: str) -> None:
    """What is written in gradcli's way is read."""
    assert run("eval", "sum(x)", "--at", f"x={value}").code == 0


@pytest.mark.parametrize("value", ["[1 2; 3]", "ones(3)", "1:3", "2", "(2)", "{a,b}", "[sqrt(2) 2]", "x" * 300])
def test_what_is_not_known_is_not_offered(value: str) -> None:
    """Another message, and no traceback."""
    outcome = run("eval", "sum(x)", "--at", f"x={value}")
    assert (outcome.code, outcome.out, "an array has brackets" in outcome.err) == (2, "", False)
