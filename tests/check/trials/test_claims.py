"""Claims as they are written, and what is none."""

import pytest

from gradcli.check.trials.claims import read_claims, refuse_held
from gradcli.errors import GradcliError
from gradcli.language.parser import parse
from tests.helpers.running import run


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ("a", "a claim is name=derivative, such as a=x or b=4"),
        ("a >= x", "a claim is name=derivative, such as a=x or b=4"),
        ("a <= x", "a claim is name=derivative, such as a=x or b=4"),
        ("a != x", "a claim is name=derivative, such as a=x or b=4"),
        ("a==x", "this is not gradcli's notation; write a = x"),
        ("=3", "a claim is name=derivative, such as a=x or b=4"),
        ("∂x/∂a=x", "'x' is not the output; a claim is for the output's derivatives"),
        ("∂y/∂q=x", "'q' is no variable and no step of the expression; there are a, x"),
        ("a=", "the claim has no right side"),
        ("q=x", "'q' is no variable and no step of the expression; there are a, x"),
        ("a=q", "'q' is no variable and no step of the expression; there are a, x"),
        ("a=ax", "'ax' is no variable and no step of the expression; for a product write a*x"),
        ("da=x", "this is not gradcli's notation; write a = x"),
        ("dz_da=x", "this is not gradcli's notation; write a = x"),
        ("∇a=x", "this is not gradcli's notation; write a = x"),
        ("∇a=2(x", "an operator is missing; for a product write 2*(x"),
        ("∂x/∂a:=x", "'x' is not the output; a claim is for the output's derivatives"),
        ("a -> x", "this is not gradcli's notation; write a = x"),
        ("a → 2x", "an operator is missing; for a product write 2*x"),
        ("a := q", "'q' is no variable and no step of the expression; there are a, x"),
        ("∇a = q^2", "'q' is no variable and no step of the expression; there are a, x"),
        ("q: x", "a claim is name=derivative, such as a=x or b=4"),
        ("da=x=2", "a claim has one equals sign; each claim has a --claim of its own"),
        (
            f"∇a {'L' * 230}=x",  # too long to be looked at
            "'∇a LLLLLLLLLLLLLLLLL…LLLLLLLLLL' is no variable and no step of the expression; there are a, x",
        ),
        ("x=da", "'da' is no variable and no step of the expression; there are a, x"),
        ("a=X", "'X' is no variable and no step of the expression; did you mean 'x'?"),
        ("a=x+", "the expression ends where a value is missing"),
        ("a=t = 3; t", "a claim has one equals sign; each claim has a --claim of its own"),
        ("a=x,x=a", "a claim has one equals sign; each claim has a --claim of its own"),
        ("a=x <", "the expression ends where a value is missing"),
    ],
)
def test_what_is_no_claim(claim: str, message: str) -> None:
    """One clear message, with a caret under the claim."""
    with pytest.raises(GradcliError) as caught:
        read_claims(parse("a*x"), [claim])
    assert message == caught.value.message
    assert claim == caught.value.text


@pytest.mark.parametrize("claim", ["∂y/∂a=x", " dy/da = x", "∂y / ∂a = x", "df/da=x"])
def test_a_claim_as_it_is_printed(claim: str) -> None:
    """`∂y/∂a = x`, as `gradcli diff` prints it, is `a = x`."""
    read = read_claims(parse("a*x"), [claim])[0]
    assert ("a", "x") == (read.name, read.text)


def test_two_claims_for_one_name() -> None:
    """Are refused."""
    with pytest.raises(GradcliError, match="there are two claims for 'a'"):
        read_claims(parse("a*x"), ["a=x", "a=3"])
    outcome = run("check", "a*x", "--at", "a=2,x=3", "--claim", "a=x", "--claim", "df/da=3")
    assert (2, "", "gradcli: there are two claims for 'a'\n  df/da=3\n      ^\n") == outcome


def test_the_output_by_another_name() -> None:
    """An output that has a name of its own has no other one."""
    assert "a" == read_claims(parse("z = a*x"), ["∂z/∂a = x"])[0].name
    with pytest.raises(GradcliError, match="'f' is not the output"):
        read_claims(parse("z = a*x"), ["∂f/∂a = x"])


@pytest.mark.parametrize("name", ["t", "s"])
def test_what_is_held_fixed_takes_no_claim(name: str) -> None:
    """Be it a variable, or a step that no varied one moves."""
    graph = parse("s = t^2; r = x*s; r*s")
    claims = read_claims(graph, ["x=s^2", "r=s", f"{name}=1"])
    refuse_held(graph, claims, None)
    refuse_held(graph, claims[:2], ["x"])
    with pytest.raises(GradcliError) as raised:
        refuse_held(graph, claims, ["x"])
    assert "claim-held" == raised.value.code


def test_names_are_spelled_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are to compare them with; those that are too long are not."""
    asked = list[str]()

    def name_of(letter: str, default: str) -> str:
        asked.append(letter)
        return default

    monkeypatch.setattr("gradcli.check.trials.sides.name_of", name_of)
    graph = parse(" + ".join(f"x{index}" for index in range(100)))
    for name in ("α" * 20, "α" * 300):
        with pytest.raises(GradcliError):
            read_claims(graph, [f"{name} = 1"])
    assert 20 <= len(asked) <= 100
