"""The JSON of `gradcli eval` and `gradcli worksheet`, strict and against the schemas that the package ships."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource

from gradcli.language.parser import parse
from tests.helpers.examples import EXAMPLES
from tests.helpers.programs import POINT, programs
from tests.helpers.running import run

SCHEMA, SHEETS, BATCH = (
    json.loads((files("gradcli.report.forms") / f"{name}.schema.json").read_text(encoding="utf-8"))
    for name in ("eval", "worksheet", "batch")
)
VALIDATOR = Draft202012Validator(SCHEMA)
# As beside each other in a folder.
BESIDE = Registry().with_resource("eval.schema.json", Resource.from_contents(SCHEMA))
BATCH_VALIDATOR = Draft202012Validator(BATCH, registry=BESIDE)
SHEET_VALIDATOR = Draft202012Validator(SHEETS, registry=BESIDE)


def refuse(constant: str) -> Any:
    """NaN and Infinity are no JSON."""
    raise AssertionError(constant)


def printed(*arguments: str, stdin: str = "") -> Any:
    """What the command prints, read strictly and validated."""
    found = json.loads(run("eval", *arguments, "--json", stdin=stdin.encode()).out, parse_constant=refuse)
    VALIDATOR.validate(found)
    return found


@pytest.mark.parametrize("schema", [SCHEMA, SHEETS, BATCH], ids=["eval", "worksheet", "batch"])
def test_the_schema_is_one(schema: dict[str, Any]) -> None:
    """Of JSON Schema 2020-12."""
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.sampled(2)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["id"])
@pytest.mark.parametrize("trace", [[], ["--trace"]], ids=["plain", "trace"])
def test_examples(example: dict[str, Any], trace: list[str]) -> None:
    """Every worked example, with and without its trace."""
    at = ",".join(f"{name}={value!r}" for name, value in example["at"].items())
    assert ("trace" in printed(example["expression"], "--at", at, *trace)) == bool(trace)


NOTED = [
    ("kink", "relu(x)", "x=0"),
    ("kink", "hypot(x, y)", "x=0,y=0"),
    ("kink", "s = x\nclip(s, 0, 1)", "x=1"),
    ("tie", "max(x, y, 2)", "x=2,y=2"),
    ("jump", "floor(x)", "x=2"),
    ("jump", "mod(x, y)", "x=4,y=2"),
    ("one-sided", "abs(x)", "x=0"),
    ("not-finite", "sqrt(x)", "x=0"),
    ("not-finite", "1/x", "x=0"),
    ("not-finite", "s = 1/x\nlog(x) + s", "x=0"),
    ("not-finite", "atan(1/x)", "x=0"),
    ("not-finite", "sqrt(x^2 + y^2)", "x=0,y=0"),
    ("edge", "where(x == 1, 0, log(x))", "x=1"),
    ("edge", "s = x\nwhere(s > 0, 1/x, 0)", "x=0"),
    ("lost-digits", "(exp(x) - 1)/x", "x=1e-8"),
    ("underflow", "1/cosh(x)", "x=400"),
    ("stop", "cbrt(x)^3", "x=0"),
]
NOTED_OF_ARRAYS = [
    ("kink", "sum(relu(x))", "x=[0,0,1]"),
    ("kink", "sum(norm(X, axis=1))", "X=[[0,0],[0,0]]"),
    ("tie", "sum(max(x, 2))", "x=[2,2]"),
    ("jump", "sum(floor(x))", "x=[2,2]"),
    ("one-sided", "sum(abs(x))", "x=[0,0]"),
    ("not-finite", "sum(sqrt(x))", "x=[0,0]"),
    ("lost-digits", "sum((exp(x) - 1)/x)", "x=[1e-8,1e-9]"),
    ("underflow", "sum(1/cosh(x))", "x=[400,401]"),
]


@pytest.mark.parametrize(("code", "text", "at"), NOTED_OF_ARRAYS)
def test_notes_on_elements(code: str, text: str, at: str) -> None:
    """One for several of an array."""
    notes = printed(text, "--at", at, "--allow-nonfinite")["notes"]
    assert any(note["code"] == code and note["count"] == len(note["elements"]) for note in notes if "count" in note)


@pytest.mark.parametrize("options", [(), ("--digits", "5"), ("--fractions",), ("--wrt", "W[0,1],Y")])
def test_arrays(options: tuple[str, ...]) -> None:
    """Nested lists, in uncertainties too."""
    at = "X=[[1,2],[3,4]], W=[[1,0],[2,1]]" if options else "X=[[1±0.1,2],[3,4]], W=[[1±0,0±0.1],[2±1,1±2]]"
    found = printed("Y = X @ W; sum(Y^2)", "--at", at, *options)
    assert found["at"]["X"] == [[1, 2], [3, 4]]
    if not options:
        assert found["uncertainties"]["W"] == [[0, 0.1], [1, 2]]
        assert printed("Y = X @ W; sum(Y^2)", "--at", "-", stdin=json.dumps(found)) == found


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("code", "text", "at"), NOTED)
@pytest.mark.parametrize("options", [(), ("--kink", "minnorm")], ids=["branch", "minnorm"])
def test_notes(code: str, text: str, at: str, options: tuple[str, ...]) -> None:
    """Every kind of note, in texts of one line and of several."""
    found = printed(text, "--at", at, "--trace", "--allow-nonfinite", *options)
    assert code in [note["code"] for note in found["notes"]]


@given(programs(), POINT)
def test_any_program(text: str, at: dict[str, float]) -> None:
    """Random programs in IEEE arithmetic, with their traces."""
    used = parse(text).variables
    point = ",".join(f"{name}={value!r}" for name, value in at.items() if name in used)
    printed("-", "--at", point, "--trace", "--allow-nonfinite", stdin=text)


@pytest.mark.parametrize(
    "change",
    [{"value": "26"}, {"gradient": {"a": "NaN"}}, {"notes": [{"code": "other",
     "message": "m"}]}, {"more": 1}, {"at": {"a": "2"}},
     {"trace": {"forward": []}}, {"output": ""}, {"notes": [{"code": "jump", "message": "m"}]}],
)  # fmt: skip
def test_the_schema_refuses_something_else(change: dict[str, Any]) -> None:
    """It holds types, names and what must be there."""
    good = printed("a*x", "--at", "a=2,x=3", "--trace")
    with pytest.raises(ValidationError):
        VALIDATOR.validate(good | change)
    for key in good.keys() - {"trace"}:
        with pytest.raises(ValidationError):
            VALIDATOR.validate({name: part for name, part in good.items() if name != key})


@pytest.mark.parametrize("text", ["relu(a*x) + detach(b)", "where(x > 0, x, 1)", "sin(e*x)"])
def test_a_trace_without_a_point(text: str) -> None:
    """With notes, branches, and nodes that need no gradient."""
    found = printed(text, "--trace")
    assert found.keys() == {"expression", "output", "notes", "trace"}
    for more in ({"value": 1}, {"gradient": {}}, {"at": {}}):
        with pytest.raises(ValidationError):
            VALIDATOR.validate(found | more)


def test_the_example_of_the_specification() -> None:
    """To the character."""
    outcome = run("eval", "a*x + b*y", "--at", "a=2,x=3,b=4,y=5", "--json")
    assert outcome.out == (
        '{"expression":"a*x + b*y","output":"z","at":{"a":2.0,"x":3.0,"b":4.0,"y":5.0},"value":26.0,'
        '"gradient":{"a":3.0,"x":2.0,"b":5.0,"y":4.0},"notes":[]}\n'
    )


def test_numbers_round_trip() -> None:
    """All digits, the largest and the smallest."""
    values = [0.1, 1e-320, 1.7976931348623157e308, -0.0, 1 / 3, 2.0**53 + 2]
    at = ",".join(f"x{index}={value!r}" for index, value in enumerate(values))
    found = printed(" + ".join(f"0*x{index}" for index in range(len(values))), "--at", at)
    assert list(map(repr, values)) == [repr(value) for value in found["at"].values()]


@pytest.mark.parametrize("text", ["exp(x)", "sin(pi*x)", "relu(x)", "sqrt(x - 1000)"])
def test_digits(text: str) -> None:
    """Beyond doubles, not settled, at a kink, and without a slope."""
    for trace in ((), ("--trace",)):
        assert {"value", "gradient"} == printed(text, "--at", "x=1000", "--digits", "5", *trace)["digits"].keys()


@pytest.mark.parametrize("text", ["x/3", "0*log2(x) + x", "where(x > 1, relu(x), pi)", "x^400", "abs(x - 4)"])
def test_fractions(text: str) -> None:
    """Beyond doubles, on a kink, and where there is no slope under a gradient of 0."""
    for trace in ((), ("--trace",), ("--explain", "--paths")):
        found = printed(text, "--at", "x=4", "--fractions", *trace)
        assert {"at", "value", "gradient"} == found["fractions"].keys()


@pytest.mark.parametrize("option", [("--digits", "5"), ("--fractions",)], ids=["digits", "fractions"])
def test_values_beyond_doubles(option: tuple[str, ...]) -> None:
    """They are null."""
    assert {"at": {"x": None}, "gradient": {"x": 1.0}}.items() <= printed("x", "--at", "x=1e400", *option).items()


def test_uncertainties() -> None:
    """With every note on them, of 0 and where a slope is not finite."""
    assert printed("relu(x)*y", "--at", "x=0.1±0.2,y=1±0.1")["shares"].keys() == {"x", "y"}
    assert printed("x*0", "--at", "x=0±0.2")["uncertainty"] == 0
    assert printed("sqrt(x)", "--at", "x=0±0.1", "--trace")["uncertainty"] is None


def sheet_and_key(folder: Path, *arguments: str) -> tuple[Any, Any]:
    """Both documents, read strictly and validated."""
    path = folder / "key.json"
    sheet = run("worksheet", *arguments, "--json", "--key", str(path)).out
    found = [json.loads(text, parse_constant=refuse) for text in (sheet, path.read_text(encoding="utf-8"))]
    for document in found:
        SHEET_VALIDATOR.validate(document)
    return found[0], found[1]


@pytest.mark.parametrize(
    "arguments",
    [("a*x + b", "--wrt", "a"), ("relu(a/x)", "--copies", "3", "--fractions"), ("x*x", "--explain", "--lang", "ja"),
     ("--level", "5", "--copies", "2")],
    ids=" ".join,
)  # fmt: skip
def test_sheets_and_keys(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """Numbered alike, with fractions and sentences."""
    sheet, key = sheet_and_key(tmp_path, *arguments)
    assert [one["number"] for one in sheet["exercises"]] == [one["number"] for one in key["answers"]]
    assert ("--explain" in arguments) == ("explanation" in str(key))


def test_the_schema_of_sheets_refuses_something_else(tmp_path: Path) -> None:
    """What is no answer, what is none of both, and what has more."""
    sheet, key = sheet_and_key(tmp_path, "a*x")
    (exercise,), (answer,) = sheet["exercises"], key["answers"]
    for document in (
        {},
        sheet | key,
        {"exercises": []},
        {"answers": [exercise]},
        {"exercises": [answer]},
        {"answers": [answer | {"more": 1}]},
        *({"exercises": [{x: y for x, y in exercise.items() if x != left_out}]} for left_out in exercise),
        *(
            {"answers": [{x: y for x, y in answer.items() if x != left_out}]}
            for left_out in ("number", "value", "trace")
        ),
    ):
        with pytest.raises(ValidationError):
            SHEET_VALIDATOR.validate(document)


ROWS = b"x\n4\n0\n-1\nn/a\n1e308\n"


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ((), "row"), (("--notes",), "row"), (("--sum",), "total"), (("--mean", "--skip-bad"), "total"),
        (("--sum", "--skip-bad", "--strict"), "total"),
    ],
)  # fmt: skip
def test_rows_and_sums(options: tuple[str, ...], kind: str) -> None:
    """Each line of a table, and the one object of a sum, whatever is wrong with rows."""
    for expression in ("sqrt(x) + relu(x)", "10*x"):
        out = run("batch", expression, "--rows", "-", "--from", "csv", "--json", *options, stdin=ROWS).out
        found = [json.loads(line, parse_constant=refuse) for line in out.splitlines()]
        assert len(found) == (5 if kind == "row" else 1)
        for one in found:
            BATCH_VALIDATOR.validate(one)
            assert ("over" in one) == (kind == "total")
    for wrong in ({"value": 1.0}, {"value": 1.0, "gradient": {}, "more": 1}, {"value": "1", "gradient": {}}):
        with pytest.raises(ValidationError):
            BATCH_VALIDATOR.validate(wrong)


@pytest.mark.parametrize("more", [[], ["--open", "s"], ["--explain", "--paths"], ["--digits", "10"], ["--fractions"]])
def test_traces_over_arrays(more: list[str]) -> None:
    """With whole arrays, in every form of numbers."""
    point = "x=[1,2],W=[[1,0.5],[2,-1]],b=[1,1]"
    found = run("eval", "s = x @ W.T; sum(relu(s + b) * s)", "--at", point, "--trace", "--json", *more)
    trace = {"$ref": "#/$defs/trace", "$defs": SCHEMA["$defs"]}
    Draft202012Validator(trace).validate(json.loads(found.out, parse_constant=refuse)["trace"])
