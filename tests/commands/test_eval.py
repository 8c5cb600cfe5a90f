"""`gradcli eval`: how the expression and the point are given, what is printed, exit codes."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from gradcli.choices import FORMS
from gradcli.language.parser import parse
from tests.helpers.oracle import sweep, tangent
from tests.helpers.running import run

DATA = Path(__file__).parent.parent / "data"


def printed(*arguments: str, stdin: str = "") -> Any:
    """What is printed as JSON; nothing goes wrong."""
    outcome = run("eval", "--json", *arguments, stdin=stdin.encode())
    assert (0, "") == (outcome.code, outcome.err)
    return json.loads(outcome.out)


# The expression


def test_the_text_itself() -> None:
    """With the value and the small table."""
    outcome = run("eval", "a*x + b*y", "--at", "a=2,x=3,b=4,y=5")
    assert outcome == (
        0,
        "z = 26\n"
        "╭──────────┬───────┬──────────╮\n"
        "│ Variable │ Value │ Gradient │\n"
        "├──────────┼───────┼──────────┤\n"
        "│ a        │     2 │        3 │\n"
        "│ x        │     3 │        2 │\n"
        "│ b        │     4 │        5 │\n"
        "│ y        │     5 │        4 │\n"
        "╰──────────┴───────┴──────────╯\n",
        "",
    )


def test_standard_input_and_files(tmp_path: Path) -> None:
    """`-` and `@FILE`, with a byte-order mark and Windows' line ends too."""
    text = "s = a*x\r\ns + b\r\n"
    file = tmp_path / "りんご model.txt"
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    from_file = printed(f"@{file}", "--at", "a=2,x=3,b=1")
    assert from_file == printed("-", "--at", "a=2,x=3,b=1", stdin=text)
    assert (text, 7.0) == (from_file["expression"], from_file["value"])


@pytest.mark.parametrize(
    ("expected", "arguments"),
    [(-9, ["-x^2", "--at", "x=3"]), (-6, ["-f*x", "--at", "f=2,x=3"]), (-9, ["--at", "x=3", "-x^2"]),
     (-9, ["--at=x=3", "--", "-x^2"]),
     (-3, ["-x", "--at", "x=3"]), (-1, ["-1"]), (3, ["--at", "x=3", "--", "--x"]), (3, ["- -x", "--at", "x=3"]),
     (-3, ["-h", "--at", "h=3"]),
     (-6, ["-at*x", "--at", "at=2", "--at", "x=3"]), (3, ["+x", "--at", "x=3"]), (-2, ["-2"])],
)  # fmt: skip
def test_an_expression_may_begin_with_a_minus(expected: float, arguments: list[str]) -> None:
    """Without `--` before it; options stand where they like."""
    assert expected == printed(*arguments)["value"]


def test_dashes_are_an_option_unless_fenced_off() -> None:
    """`--x` looks like an option and is refused as one."""
    assert run("eval", "--x", "--at", "x=3").err.startswith("gradcli: no such option --x")


def test_markup_is_text() -> None:
    """Names that look like Rich's markup or emoji codes reach the table as they are."""
    outcome = run("eval", "red*bold", "--at", "red=1,bold=2")
    assert "│ red      │     1 │        2 │" in outcome.out


# The point


@pytest.mark.parametrize(
    "at",
    [["x=0.5,y=2"], ["x=0.5",
     "y=2"], ["x=1/2,y=4/2"], ["y=2,x=.5"], [" x = 5e-1 , y = 2. "], ["x=sqrt(0.25),y=max(1,2)"],
     ["x=+0.5,y=--2"], ["y=2^1,x=2^-1"], ["x=(1 + 0)/2,y=where(1 < 2, 2, 3)"], ["", "x=0.5,y=2"]],
)  # fmt: skip
def test_ways_to_give_the_point(at: list[str]) -> None:
    """Pairs, options, constant expressions, spaces; in any order."""
    options = [part for text in at for part in ("--at", text)]
    found = printed("x*y", *options)
    assert ({"x": 0.5, "y": 2.0}, 1.0) == (found["at"], found["value"])
    assert ["x", "y"] == list(found["at"])


@pytest.mark.parametrize(
    ("expected", "text"),
    [(0.7853981633974483, "pi/4"), (1 / 3, "1/3"), (-1e-3, "-1e-3"), (-2.0, "−2"), (2.718281828459045, "e"),
     (1e308, "1e308"),
     (5e-324, "5e-324"), (-0.0, "-0"), (3.141592653589793, "π")],
)  # fmt: skip
def test_values_are_constant_expressions(expected: float, text: str) -> None:
    """In double precision."""
    assert repr(expected) == repr(printed("x*1", "--at", f"x={text}")["at"]["x"])


def test_a_json_object(tmp_path: Path) -> None:
    """From a file or from standard input; names that do not occur are passed over."""
    content = '{"x": 0.5, "y": 2, "other": 3, "りんご": 4}'
    file = tmp_path / "point.json"
    file.write_text(content, encoding="utf-8")
    expected = printed("x*y", "--at", "x=0.5,y=2")
    assert expected == printed("x*y", "--at", f"@{file}")
    assert expected == printed("x*y", "--at", "-", stdin=content)
    assert expected == printed("x*y", "--at", "y=2", "--at", "-", stdin='{"x": 0.5}')
    assert expected == printed("-", "--at", f"@{file}", stdin="x*y") | {"expression": "x*y"}


def test_a_value_that_no_variable_needs() -> None:
    """An expression of constants needs no point."""
    found = printed("2*pi")
    assert ({}, {}) == (found["at"], found["gradient"])


# --wrt


@pytest.mark.parametrize(
    ("expected", "wrt"),
    [({"a": 9.0, "b": 3.0}, []), ({"a": 9.0}, ["--wrt", "a"]), ({"a": 9.0, "b": 3.0}, ["--wrt", "b,a"]),
     ({"s": 3.0}, ["--wrt", "s"]),
     ({"b": 3.0, "s": 3.0}, ["--wrt", "s", "--wrt", "b"]), ({"a": 9.0, "s": 3.0}, ["--wrt", " a , s "])],
)  # fmt: skip
def test_wrt(expected: dict[str, float], wrt: list[str]) -> None:
    """Variables and named steps, in order of first appearance."""
    found = printed("s = 3*a; s*3 + 3*b", "--at", "a=1,b=1", *wrt)
    assert expected == found["gradient"]
    assert list(expected) == list(found["gradient"])


# The forms


def test_json_is_short_for_format_json() -> None:
    """Both may stand together."""
    arguments = ("eval", "a*x", "--at", "a=2,x=3")
    assert (
        run(*arguments, "--json")
        == run(*arguments, "--format", "json")
        == run(*arguments, "--format", "json", "--json")
    )


def test_csv_is_read_by_csv() -> None:
    """The variables, then the output; numbers with all digits."""
    outcome = run("eval", "a*x/3", "--at", "a=2,x=3", "--wrt", "a", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    assert rows == [
        {"variable": "a", "value": "2.0", "gradient": "1.0", "status": "ok"},
        {"variable": "x", "value": "3.0", "gradient": "", "status": "not required"},
        {"variable": "y", "value": "2.0", "gradient": "1.0", "status": "ok"},
    ]


def test_the_language_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """--lang overrides the environment; JSON is the same in both."""
    arguments = ("eval", "a*x", "--at", "a=2,x=3")
    assert "変数" in run(*arguments, "--lang", "ja").out
    monkeypatch.setenv("GRADCLI_LANG", "ja")
    assert "変数" in run(*arguments).out
    assert "Variable" in run(*arguments, "--lang", "en").out
    assert run(*arguments, "--json", "--trace") == run(*arguments, "--json", "--trace", "--lang", "en")


@pytest.mark.sampled(3)
@pytest.mark.parametrize("encoding", ["cp932", "ascii", "latin-1", "cp437", "euc_jp", "utf-16"])
@pytest.mark.parametrize(
    "options", [(), ("--trace",), ("--trace", "--lang", "ja"), ("--json", "--trace"), ("--trace", "--format", "latex")]
)
def test_encodings_that_lack_characters(encoding: str, options: tuple[str, ...]) -> None:
    """Signs that the encoding lacks have others by themselves; nothing fails or is lost."""
    outcome = run("eval", "θ*x + りんご", "--at", "θ=2,x=3,りんご=1", *options, encoding=encoding)
    assert (0, "") == (outcome.code, outcome.err)
    assert "?" not in outcome.out
    if encoding != "utf-16" and "--json" not in options and "latex" not in options:
        assert outcome.out.encode(encoding).decode(encoding) == outcome.out
        assert "╭" not in outcome.out
        assert not re.search(r"\\(?!u03b8|u308a|u3093|u3054)", outcome.out)  # only letters are escaped
    if "--json" in options:
        assert outcome.out.isascii() or encoding == "utf-16"
        assert json.loads(outcome.out)["gradient"]["θ"] == 3.0


def test_cp932_keeps_the_signs_that_it_has() -> None:
    """It has no middle dot, and ≒ for ≈; with --ascii signs are of ASCII, as derivatives of higher order are anyway."""
    command = ("eval", "a*x/3", "--at", "a=2,x=3.1±0.1", "--trace", "--lang", "ja")
    text = run(*command, encoding="cp932").out
    for shown in ("乗算ノード  s = a*x", "∂y/∂y*∂y/∂s(=∂y/∂s) ≒ 1 × 0.333333 ≒ 0.333333", "y = 2.067 ± 0.067"):
        assert shown in text
        ascii_sign = shown.translate(dict(zip(map(ord, "∂×≒±"), ["d", "*", "~", "+/-"], strict=True)))
        assert ascii_sign in run(*command, "--ascii", encoding="cp932").out
    assert "d2y/dx2 = 6*x" in run("diff", "x^3", "--order", "2", encoding="cp932").out


def test_ascii_words_are_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """With --ascii there is no character outside ASCII, whatever the locale."""
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    outcome = run("eval", "a*x", "--at", "a=2,x=3", "--trace", "--ascii")
    assert outcome.out.isascii()
    assert "Mul node" in outcome.out
    assert run("eval", "θ", "--at", "θ=1", "--json", "--ascii").out.isascii()


def test_words_that_are_asked_for_stand_in_frames_of_ascii() -> None:
    """Names keep their letters too; nothing else is outside of ASCII."""
    command = ("eval", "relu(りんご)", "--at", "りんご=0", "--trace", "--lang", "ja")
    outcome = run(*command, "--ascii")
    assert "| ReLUノード  y = relu(りんご), りんご = 0: 通す (微分できない点) | dy/dy(=1) " in outcome.out
    assert not set("╭│·×∂▸") & set(outcome.out)


@pytest.mark.parametrize("options", [(), ("--json",), ("--format", "json", "--lang", "ja")])
@pytest.mark.parametrize("text", ["sec(√x)", "θ + $", "(" + "x + " * 200 + "$" + " + x" * 200, "sin(x"])
def test_errors_are_ascii_too(text: str, options: tuple[str, ...]) -> None:
    """The text that they quote and the dots of what is cut off included."""
    outcome = run("eval", text, "--at", "y=2", "--ascii", *options)
    assert (outcome.code, outcome.out, outcome.err.isascii()) == (2, "", True)
    assert "..." in outcome.err or len(text) < 200 or "json" in "".join(options)


# Exit codes and notes


@pytest.mark.parametrize(
    ("code", "arguments"),
    [(0, ["x", "--at", "x=1"]), (1, ["1/x", "--at", "x=0"]), (1, ["sqrt(x)", "--at", "x=0"]), (0, ["sqrt(x)", "--at",
     "x=0", "--allow-nonfinite"]),
     (0, ["1/x", "--at", "x=0", "--allow-nonfinite"]), (0, ["relu(x)", "--at", "x=0"]), (1, ["relu(x)", "--at",
     "x=0", "--strict"]),
     (0, ["relu(x)", "--at", "x=1", "--strict"]), (2, ["x"]), (2, ["1/x", "--at", "x=0", "--jsno"]), (1, ["1/x",
     "--at", "x=0", "--allow-nonfinite", "--strict"]),
     (0, ["sqrt(x) + y", "--at", "x=0,y=1", "--wrt", "y"])],
)  # fmt: skip
def test_exit_codes(code: int, arguments: list[str]) -> None:
    """0 done, 1 the mathematics failed or --strict and a note, 2 the input is wrong."""
    assert code == run("eval", *arguments).code


def test_a_slope_that_is_not_finite_leaves_the_value() -> None:
    """The value is printed, the gradient is null or "not finite", a note says why, and the exit code is 1."""
    outcome = run("eval", "sqrt(x) + y", "--at", "x=0,y=2")
    assert outcome.code == 1
    assert outcome.out.startswith("z = 2\n")
    assert "not finite (inf)" in outcome.out
    note = "note: the gradient of x is not finite (inf): it comes from the slope of sqrt at column 1 (x = 0)\n"
    assert note == outcome.err
    found = json.loads(run("eval", "sqrt(x) + y", "--at", "x=0,y=2", "--json").out)
    assert (2.0, {"x": None, "y": 1.0}) == (found["value"], found["gradient"])


def test_notes_go_to_standard_error() -> None:
    """Standard output holds the result alone."""
    outcome = run("eval", "relu(x)", "--at", "x=0")
    assert "note" not in outcome.out
    assert outcome.err.startswith("note: relu at column 1 is at its kink (x = 0)")
    assert json.loads(run("eval", "relu(x)", "--at", "x=0", "--json").out)["notes"][0]["code"] == "kink"


# A network


def test_a_two_layer_network() -> None:
    """About 60 nodes from a file, the parameters piped in as JSON; checked against a forward sweep in 50 digits."""
    model = DATA / "network.txt"
    parameters = DATA / "network.json"
    graph = parse(model.read_text(encoding="utf-8"))
    assert 55 <= len(graph) <= 75
    point = json.loads(parameters.read_text(encoding="utf-8"))
    outcome = run("eval", f"@{model}", "--at", "x1=0.5,x2=-1.25", "--at", "-", "--json", stdin=parameters.read_bytes())
    assert (0, "") == (outcome.code, outcome.err)
    found = json.loads(outcome.out)
    at = point | {"x1": 0.5, "x2": -1.25}
    assert float(sweep(graph, at)[0]) == pytest.approx(found["value"], rel=1e-13)
    for name, slope in found["gradient"].items():
        assert tangent(graph, at, name) == pytest.approx(slope, rel=1e-12, abs=1e-18)
    assert set(found["gradient"]) == set(graph.variables)


def test_gradient_descent_on_the_network() -> None:
    """A step against the gradient, its output fed back as the point, lowers the loss."""
    at = json.loads((DATA / "network.json").read_text(encoding="utf-8")) | {"x1": 0.5, "x2": -1.25}
    learned = [name for name in at if name[0] in "wbvc"]
    losses = []
    for _ in range(5):
        outcome = run("eval", f"@{DATA / 'network.txt'}", "--at", "-", "--json", stdin=json.dumps(at).encode())
        found = json.loads(outcome.out)
        losses.append(found["value"])
        at |= {name: at[name] - 0.05 * found["gradient"][name] for name in learned}
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < 0.9 * losses[0]


@pytest.mark.parametrize("form", FORMS)
def test_digits_in_every_form(form: str) -> None:
    """Value and gradient, with the text of the point, also of a JSON file."""
    for at in ("x=0.1", "-"):
        done = run("eval", "sqrt(2)*x", "--at", at, "--digits", "25", "--format", form, stdin=b'{"x": 0.1}')
        assert done.code == 0
        assert "0.1414213562373095048801689" in done.out
        assert "1.414213562373095048801689" in done.out


def test_digits_with_other_options() -> None:
    """What has no meaning beside them is refused."""
    for option in (["--kink", "minnorm"], ["--allow-nonfinite"]):
        done = run("eval", "x", "--at", "x=1", "--digits", "5", *option)
        assert (done.code, done.err) == (2, f"gradcli: digits do not go with {option[0]}\n")
    assert run("eval", "sin(x)", "--at", "x=pi", "--digits", "5").code == 1


@pytest.mark.parametrize("form", [form for form in FORMS if form not in ("csv", "json")])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_many_variables_that_require_no_gradient_are_left_out(form: str, language: str) -> None:
    """Where people read; it says how many there are. A few stay in their places, and programs get all."""
    text = " + ".join(f"w{place}*x{place}" for place in range(21))
    at = ",".join(f"{letter}{place}={place}" for letter in "wx" for place in range(21))
    few = run("eval", text, "--at", at, "--wrt", "w3,w20", "--format", form, "--lang", language).out
    for name, is_shown in (("w3", True), ("w20", True), ("x3", False), ("w0", False)):
        assert is_shown == (name in few.replace("_", "").replace("{", "").replace("<sub>", ""))
    assert "40" in few
    assert run("eval", text, "--at", at, "--wrt", "w3,w20", "--format", "csv").out.count("not required") == 40
    at = ",".join(f"a{place}={place}" for place in range(11))
    whole = run("eval", "*".join(f"a{place}" for place in range(11)), "--at", at, "--wrt", "a4").out
    assert [f"a{place}" for place in range(11)] == re.findall(r"a[0-9]+", whole)


@pytest.mark.parametrize("quiet", ["--quiet", "-q"])
@pytest.mark.parametrize(
    "command",
    [("eval", "relu(x)"), ("eval", "relu(x)", "--trace"), ("draw", "relu(x)"), ("diff", "relu(x)"),
     ("export", "relu(x)", "--to", "c")],
    ids=" ".join,
)  # fmt: skip
def test_quiet_writes_no_notes(command: tuple[str, ...], quiet: str) -> None:
    """The rest is the same, the exit code and an error too; JSON keeps its notes."""
    loud, silent = run(*command, "--at", "x=0", "--strict"), run(*command, "--at", "x=0", "--strict", quiet)
    assert "note: " in loud.err
    assert (loud.code, "") == (silent.code, silent.err) == (1, "")
    kept = [line for line in loud.out.splitlines() if not line.startswith("note: ")]
    assert kept == silent.out.splitlines()
    assert run("eval", "relu(x)", "--at", "x=0", "--json", quiet) == run("eval", "relu(x)", "--at", "x=0", "--json")
    assert run("eval", "x", quiet).err


def test_minus_f_is_an_expression_until_there_is_one() -> None:
    """Behind it the option."""
    assert run("eval", "-f", "--at", "f=3", "-f", "csv") == run("eval", "-f", "--at", "f=3", "--format", "csv")
    assert run("eval", "--json", "-h", "--at", "h=2").out == run("eval", "--json", "--at=h=2", "--", "-h").out
    assert run("functions", "-f", "csv") == run("functions", "--format", "csv")


@pytest.mark.parametrize("form", FORMS)
def test_the_trace_has_the_digits_too(form: str) -> None:
    """Values, local derivatives and products, of numbers beyond doubles too."""
    done = run("eval", "s = exp(x); s*y", "--at", "x=1000,y=1/3", "--digits", "12", "--trace", "--format", form)
    exponential, product = ("1.97007111402", "6.56690371339")
    assert (done.code, done.err) == (0, "")
    assert done.out.count(exponential) >= 5
    assert done.out.count(product) >= 4
    assert "0.333333333333" in done.out
    assert "inf" not in done.out


def test_a_bound_is_said_in_the_readers_language() -> None:
    """To people; JSON and CSV have the same text in every language."""
    command = ("eval", "x*sin(pi*x)", "--at", "x=1", "--digits", "3", "--lang", "ja")
    assert run(*command).out.startswith("|値| < 1e-")
    for form in ("json", "csv"):
        assert "|value| < 1e-" in run(*command, "--format", form).out


def test_the_trace_says_that_a_number_is_about_0_where_no_digits_tell_more() -> None:
    """As sin(pi) is; JSON has the bound."""
    done = run("eval", "cos(sin(x))", "--at", "x=pi", "--digits", "5", "--trace", "--format", "markdown")
    assert "| sin node  s = sin(x) | x ≈ 3.1416 | s ≈ sin(3.1416) ≈ 0 |" in done.out
    assert done.code == 1
    found = json.loads(run("eval", "cos(sin(x))", "--at", "x=pi", "--digits", "5", "--trace", "--json").out)
    assert found["trace"]["forward"][1]["outputs"][0]["digits"] == "|value| < 1e-1002"
