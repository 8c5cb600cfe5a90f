"""The uncertainty of a value to first order, and where first order may not do."""

import csv
import io
import json
from math import inf, pi, sqrt
from pathlib import Path

import pytest

from gradcli import gradient
from gradcli.choices import FORMS
from gradcli.engine import uncertainty
from gradcli.engine.uncertainty import spread
from gradcli.text import measured
from tests.helpers.running import run


def test_the_law_of_propagation() -> None:
    """Of a product the relative ones add in squares; the shares are a hundred in all."""
    found = spread(gradient("m*g*h", {"m": 2, "g": 9.81, "h": 5}), {"m": 0.02, "g": 0.01, "h": 0.1})
    assert found.uncertainty == pytest.approx(2 * 9.81 * 5 * sqrt(0.01**2 + (0.01 / 9.81) ** 2 + 0.02**2), rel=1e-14)
    assert sum(found.shares.values()) == pytest.approx(100, rel=1e-14)
    assert found.shares["h"] == pytest.approx(4 * found.shares["m"], rel=1e-12)
    assert found.notes == ()


def test_each_gradient_counts_that_has_an_uncertainty() -> None:
    """Also where `wrt` leaves it out; a variable that is known exactly has no share."""
    at = {"a": 2.0, "x": 3.0}
    assert spread(gradient("a*x", at, ["x"]), {"a": 0.1}).shares == {"a": 100.0}
    assert spread(gradient("a*x", at), {"a": 0.1, "x": 0.0}).shares == {"a": 100.0, "x": 0.0}
    assert spread(gradient("a*0*x", at), {"a": 0.1}).uncertainty == 0
    found = spread(gradient("sqrt(a - 2)", at), {"a": 0.1}).as_dict()
    assert found == {"uncertainties": {"a": 0.1}, "uncertainty": None, "shares": {"a": None}}


def test_shares_and_a_note_where_it_underflows() -> None:
    """The shares are those of the exact numbers."""
    found = spread(gradient("x*1e-170", {"x": 1}), {"x": 0.1e-170})
    assert (found.uncertainty, found.shares) == (0.0, {"x": 100.0})
    assert [(note.code, note.facts["of"]) for note in found.notes] == [("underflow", "uncertainty")]
    found = spread(gradient("x*y", {"x": 1e-200, "y": 1e-200}), {"x": 1e-202, "y": 3e-202})
    assert found.shares == pytest.approx({"x": 10.0, "y": 90.0})
    assert found.notes[-1].message == "the uncertainty is too small for double precision: it is 3.162277660168379e-402"
    assert not spread(gradient("0*x", {"x": 1}), {"x": 0.1}).notes


def test_shares_and_a_note_where_it_overflows() -> None:
    """As where it underflows; a relative uncertainty that overflows is said in words."""
    found = spread(gradient("x*y", {"x": 3, "y": 4}), {"x": 1e308, "y": 1e308})
    assert (found.uncertainty, found.shares) == (inf, pytest.approx({"x": 64.0, "y": 36.0}))
    assert found.notes[-1].message == "the uncertainty is too large for double precision: it is 5e308"
    assert found.notes[0].message == "the uncertainty of x is larger than its value, 3: first order may not do"
    assert [note.facts.get("percent") for note in spread(gradient("x", {"x": 1e308}), {"x": 1e308}).notes[:2]] == [
        100,
        100,
    ]
    infinite = spread(gradient("sqrt(a - 2)", {"a": 2.0}, allow_nonfinite=True), {"a": 0.1})
    assert "lost-digits" not in [note.code for note in infinite.notes]


@pytest.mark.parametrize(
    ("expected", "expression", "x", "sigma"),
    [
        ([], "x^2", 3.0, 0.1),
        (["uncertain-input", "uncertain"], "x^2", 3.0, 0.5),
        (["uncertain-bend"], "(x - 3)^2 + 5", 3.0, 0.05),
        (["uncertain-kink"], "abs(sin(1000*x)) + 100", 1.0, 0.012566370614),
        (["uncertain"], "x^2", 3.0, 0.2),
        (["uncertain-input"], "sqrt(x)", 3.0, 0.4),
        (["uncertain"], "x - 3", 3.0, 0.1),
        (["uncertain-kink"], "relu(x - 3.05)+5", 3.0, 0.1),
        ([], "relu(x - 3.2) + 5", 3.0, 0.1),
        ([], "relu(x - 3.05) - relu(3.05 - x) + 5", 3.0, 0.1),
        (["uncertain-input", "uncertain-kink"], "relu(x - 3.05) - relu(3.05 - 2*x) + 5", 3.0, 1.6),
        (["uncertain-kink"], "max(x, 3.05)", 3.0, 0.1),
        ([], "max(x, 3.2)", 3.0, 0.1),
        (["uncertain-kink"], "floor(x + 0.95)", 3.0, 0.1),
        (["uncertain-kink"], "mod(x + 10, 3.28)+5", 3.0, 0.2),
        (["uncertain-kink"], "where(x > 2.95, x, 2*x)", 3.0, 0.1),
        (["uncertain-kink"], "abs(3.05 - x) + 5", 3.0, 0.1),
        (["uncertain-kink"], "hypot(x - 3.05, 0) + 5", 3.0, 0.1),
        (["uncertain-kink"], "atan2(x - 3.05, -1) + 50", 3.0, 0.1),
        (["uncertain-kink"], "log(x - 2.95) + 50", 3.0, 0.1),
        (["uncertain-kink"], "clip(x, 3.04, 3.06)", 3.0, 0.1),
        ([], "floor(x + 0.5) + round(x) + atan2(x, -1) + mod(x, 2.5)", 3.0, 0.1),
    ],
)
def test_where_first_order_may_not_do(expected: list[str], expression: str, x: float, sigma: float) -> None:
    """Where an uncertainty is above a tenth, or another branch, piece or side within it."""
    found = spread(gradient(expression, {"x": x}), {"x": sigma})
    assert expected == [note.variant for note in found.notes]


def test_a_point_without_a_value() -> None:
    """Beside it there are values, as of a function with a pole."""
    found = spread(gradient("1/x", {"x": 0}, allow_nonfinite=True), {"x": 0.1})
    assert "uncertain-kink" in [note.variant for note in found.notes]


def test_a_large_graph_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which is said."""
    monkeypatch.setattr(uncertainty, "SWEPT", 3)
    assert [note.variant for note in spread(gradient("x", {"x": 3}), {"x": 0.1}).notes] == ["uncertain-left-out"]


@pytest.mark.parametrize(
    "written",
    [
        "x=3±0.1,y=2+/-0.05",
        "x = 3 ± 1/10, y=4/2 +/- 0.05",
        "x=(3±0.1),y= ( 2 +/- 0.05 )",
        '{"x": "3±0.1", "y": "2+/-0.05"}',
    ],
)
@pytest.mark.parametrize("form", [form for form in FORMS if form not in ("csv", "json")])
def test_every_form_has_it(written: str, form: str) -> None:
    """Tables round the value to its uncertainty, JSON and CSV do not."""
    at, stdin = ("-", written.encode()) if written[0] == "{" else (written, b"")
    out = run("eval", "x^2*y", "--at", at, "--format", form, stdin=stdin).out
    assert (r"18.0 \pm 1.3" if form == "latex" else "18.0 ± 1.3") in out
    assert "87.7" in out
    found = json.loads(run("eval", "x^2*y", "--at", at, "--json", stdin=stdin).out)
    assert found["uncertainty"] == pytest.approx(sqrt(1.2**2 + 0.45**2))
    assert found["at"] == {"x": 3.0, "y": 2.0}
    rows = list(csv.DictReader(io.StringIO(run("eval", "x^2*y", "--at", at, "-f", "csv", stdin=stdin).out)))
    assert [float(row["uncertainty"]) for row in rows] == [0.1, 0.05, found["uncertainty"]]
    assert [row["share"] for row in rows] == [*map(repr, found["shares"].values()), ""]


def test_variables_are_moved_together() -> None:
    """A kink that one alone does not reach; a bend too, and neither where there is none."""
    at, of = {"x": 3.0, "y": 2.88}, {"x": 0.1, "y": 0.1}
    for expression, expected in (
        ("relu(x - y) + 5", ["uncertain-kink-together"]), ("relu(x - y + 0.05) + 5", []), ("x*y", []),
        ("(x - 2.8)*(y - 2.68) + 5", ["uncertain-bend-together"]),
    ):  # fmt: skip
        assert expected == [note.variant for note in spread(gradient(expression, at), of).notes]


def test_what_is_printed_is_read_with_its_uncertainties(tmp_path: Path) -> None:
    """By another expression too, which passes over what it has not; a value given later has none."""
    printed = run("eval", "x*y + t", "--at", "x=3±0.1,y=2±0.05,t=1", "--json").out
    found = json.loads(printed)
    assert ({"x": 0.1, "y": 0.05}, {"x": 3.0, "y": 2.0, "t": 1.0}) == (found["uncertainties"], found["at"])
    (tmp_path / "p.json").write_text(printed, encoding="utf-8")
    again = json.loads(run("eval", "x*y + t", "--at", f"@{tmp_path / 'p.json'}", "--json").out)
    assert again == found
    other = json.loads(run("eval", "2*x", "--at", "-", "--json", stdin=printed.encode()).out)
    assert ({"x": 0.1}, 0.2) == (other["uncertainties"], other["uncertainty"])
    assert "uncertainty" not in json.loads(
        run("eval", "2*x", "--at", "-", "--at", "x=3", "--json", stdin=printed.encode()).out
    )
    twice = printed.replace('"at":{', '"at":{"x":7},"at":{')
    assert "'at' is given twice" in run("eval", "2*x", "--at", "-", stdin=twice.encode()).err
    wrong = printed.replace('"uncertainties":{"x":0.1', '"uncertainties":{"x":-0.1')
    assert "an uncertainty is a number from 0 on" in run("eval", "2*x", "--at", "-", stdin=wrong.encode()).err


def test_the_last_value_counts_with_or_without_it() -> None:
    """As other values do; with ASCII there is +/-; --strict counts the notes."""
    assert "uncertainty" not in json.loads(run("eval", "x", "--at", "x=2±1", "--at", "x=3", "--json").out)
    assert "3.00 +/- 0.10" in run("eval", "x", "--at", "x=2", "--at", "x=3±0.1", "--ascii").out
    assert run("eval", "x", "--at", "x=2+-0.05", "--json").out.count("1.95") == 2
    assert run("eval", "x", "--at", "x=2±1", "--strict").code == 1
    assert "uncertain" in run("eval", "x", "--at", "x=2±1", "-f", "csv").out
    assert run("diff", "x^2", "--at", "x=2±1").out == run("diff", "x^2", "--at", "x=2").out


@pytest.mark.parametrize(
    ("expected", "value", "sigma"),
    [
        (("3.142", "0.015"), pi, 0.0151), (("1230", "100"), 1234.5, 99.6), (("1230", "120"), 1234.5, 123.0),
        (("0.00", "0.12"), -1e-9, 0.123), (("3", "100"), 3.0, 99.6), (("-30", "990"), -30.2, 990.0),
        (("0", "100"), 0.2, 100.0), (("2", "0"), 2.0, 0.0), (("1e30", "1.2e29"), 1e30, 1.23e29),
        (("1.0", "1.0"), 1.0, 0.999), (None, inf, 1.0), (None, 1.0, inf),
    ],
)  # fmt: skip
def test_rounding_to_the_uncertainty(expected: tuple[str, str] | None, value: float, sigma: float) -> None:
    """Two digits of it; very large and small ones with an exponent."""
    assert expected == measured(value, sigma)
