"""What every backend must hold; those that need other programs are run in tests/slow."""

import ast
import builtins
import math
import re
from dataclasses import replace
from importlib import import_module

import pytest

from gradcli.engine.doubles import rules
from gradcli.errors import GradcliError
from gradcli.export.backends.javascript import PAGE, passes
from gradcli.export.code_language import CodeLanguage
from gradcli.export.export import BACKENDS, export
from gradcli.export.lowering import lower
from gradcli.guide.pages import page
from gradcli.language.parser import parse
from gradcli.operators.records import Operator, Partial
from gradcli.operators.table import FUNCTIONS, IDENTITY, OPERATORS
from gradcli.symbolic.simplify import Simplifier
from tests.helpers.calls import call

MODULES = {backend: import_module(f"gradcli.export.backends.{backend}") for backend in BACKENDS}
LANGUAGES: dict[str, CodeLanguage] = {
    backend: module.LANGUAGE for backend, module in MODULES.items() if hasattr(module, "LANGUAGE")
}


def sample(row: Operator) -> str:
    """A call of a function with as many variables as it takes, defined where they are 0.1, 0.2 and 0.3."""
    count = row.least or len(row.parameters)
    point = [2.0 if index in row.orders else x for index, x in enumerate((0.1, 0.2, 0.3)[:count])]
    is_small = all(rules.expression(text, row.parameters)(*point) for text in row.domain)
    return call(row, "abc"[:count] if is_small else ["2 + a"])


def unspelled(language: CodeLanguage) -> set[str]:
    """The functions that a backend's library has not."""
    return {row.name for row in FUNCTIONS.values() if not row.definition and not language.spells(row)}


def test_the_guide_says_what_a_backend_lacks() -> None:
    """A new row of the operator table without a definition that a backend does not know is found here."""
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", page("export"), flags=re.MULTILINE)
    lacking = {backend: names for backend, language in LANGUAGES.items() if (names := unspelled(language))}
    assert {backend: set(re.findall(r"`(\w+)`", names)) for backend, names in rows} == lacking


def test_the_guide_names_the_backends() -> None:
    """All of them, in their order."""
    (listed,) = re.findall(r"`--to` takes (.*?);", page("export"), flags=re.DOTALL)
    assert tuple(re.findall(r"`(\w+)`", listed)) == BACKENDS


def test_a_function_that_only_the_gradient_needs_is_refused() -> None:
    """By a message that says so, with the place of the other one. The value alone is written."""
    with pytest.raises(GradcliError) as raised:
        export(parse("x*lgamma(a)"), "c")
    assert "the function digamma, which the gradient of lgamma needs, cannot be written in C" == raised.value.message
    assert ("x*lgamma(a)", 2, 8) == (raised.value.text, raised.value.start, raised.value.end)
    assert "_x] = lgamma(a)" in export(parse("lgamma(a)*x"), "c", ["x"]).replace("t1", "lgamma(a)")
    with pytest.raises(GradcliError, match=r"^the function digamma cannot be written in C\n"):
        export(parse("digamma(a)"), "c")


@pytest.mark.parametrize("backend", ["torch", "jax"])
def test_digamma_has_the_tables_slope_at_every_point(backend: str) -> None:
    """PyTorch's own has nine digits, and JAX's is wrong below 0; those of lgamma and gamma lose digits beside poles."""
    for x in (2.5, -1.25):
        for text in ("digamma(x)", "polygamma(0, x)"):
            assert "with_slope(" in export(parse(text), backend, at={"x": x})
        for text in ("lgamma(x)", "gamma(x)"):
            assert ("with_slope(" in export(parse(text), backend, at={"x": x})) == (x < 0)
        assert "with_slope(" not in export(parse("polygamma(1, x)"), backend, at={"x": x})


@pytest.mark.parametrize("backend", ["torch", "jax"])
def test_a_function_of_many_arguments_has_the_tables_slopes_far_out(backend: str) -> None:
    """One for each argument that is no number."""
    far = export(parse("hypot(x, 2, 3*x)"), backend, at={"x": 1e200})
    assert far.count("with_slope(") == 3  # its definition, and two arguments


@pytest.mark.parametrize("backend", LANGUAGES)
def test_a_function_that_a_backend_does_not_spell_is_refused(backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a message that names both, and never written as something else."""
    row = Operator("blob", ("x",), float, (Partial("1"),))
    monkeypatch.setitem(FUNCTIONS, "blob", row)
    title = LANGUAGES[backend].title
    for text in ("blob(x)", "2*blob(x) + x", "where(x > 0, x, blob(x))"):
        with pytest.raises(GradcliError, match=f"^the function blob cannot be written in {title}\n") as raised:
            export(parse(text), backend)
        assert text.index("blob") == raised.value.start


@pytest.mark.parametrize("backend", LANGUAGES)
def test_what_no_variable_moves_is_written_as_its_number(backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A function that a backend does not spell, of numbers alone: 3·(−81), which the scripts of frameworks multiply."""
    monkeypatch.setitem(FUNCTIONS, "blob", Operator("blob", ("x",), lambda x: -(x**2), (Partial("1"),)))
    code = export(parse("3*blob(blob(1 + 2))*x"), backend)
    assert ["blob"] * 2 == re.findall("blob", code)  # of the comment
    is_folded = hasattr(MODULES[backend], "tensors")
    assert [not is_folded, is_folded] == [number in code for number in ("-81", "-243")]


def test_what_has_no_value_is_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused, as where a variable moves it."""
    monkeypatch.setitem(FUNCTIONS, "blob", Operator("blob", ("x",), math.sqrt, (Partial("1"),)))
    with pytest.raises(GradcliError, match=r"^the function blob cannot be written in Python"):
        export(parse("x + blob(-1)"), "python")


def test_a_function_that_the_page_does_not_spell_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is no backend, and is called what it is."""
    monkeypatch.setitem(FUNCTIONS, "blob", Operator("blob", ("x",), float, (Partial("1"),)))
    with pytest.raises(GradcliError, match=r"^the function blob cannot be written in the JavaScript of the page$"):
        passes(parse("2*blob(x)"))


@pytest.mark.parametrize(
    "row", [x for x in OPERATORS.values() if x is not IDENTITY and x.definition != "x"], ids=lambda row: row.name
)
def test_a_backend_that_spells_nothing_writes_nothing(row: Operator) -> None:
    """Whatever function or operator comes is refused: none is written as gradcli's own."""
    mute = replace(LANGUAGES["c"], title="Mute", calls={}, lists={}, pairs={}, helpers={}, symbols={})
    builder = Simplifier()
    arguments = [builder.variable(name) for name in "abc"[: row.least or len(row.parameters)]]
    graph = builder.graph(builder.keep(row, tuple(arguments)))
    with pytest.raises(GradcliError, match=f"^the function {row.name} cannot be written in Mute$"):
        lower(graph, [graph.output], mute, builder.names)


@pytest.mark.parametrize("language", [*LANGUAGES.values(), PAGE], ids=[*LANGUAGES, "page"])
@pytest.mark.parametrize("row", [row for row in OPERATORS.values() if row.symbol], ids=lambda row: row.name)
def test_an_operator_that_a_backend_forgets_is_refused(row: Operator, language: CodeLanguage) -> None:
    """Each backend says how it writes each operator."""
    assert language.spells(row)
    calls, symbols = dict(language.calls), dict(language.symbols)
    calls.pop(row.name, None)
    symbols.pop(row.symbol, None)
    assert not replace(language, calls=calls, symbols=symbols).spells(row)


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_helpers_have_reserved_names(language: CodeLanguage) -> None:
    """A variable cannot hide a helper function; one made from a definition has its name only where it is called."""
    assert set() == set(language.helpers) - language.reserved
    for row in FUNCTIONS.values():
        if row.definition and not language.spells(row):
            assert language.helper_name(row) in language.reserved_for(parse(sample(row)))
            assert language.helper_name(row) not in language.reserved_for(parse("2*x"))


def test_a_function_cannot_have_the_name_of_a_helper_that_it_calls() -> None:
    """It would call itself."""
    with pytest.raises(GradcliError, match="'silu' cannot be the name of a function there; that name is reserved"):
        export(parse("silu(x)"), "c", name="silu")
    assert "double silu(" in export(parse("2*x"), "c", name="silu")


def all_functions(backend: str) -> str:
    """A sum of all functions whose gradient the backend can write."""
    names = {row.name: row for row in FUNCTIONS.values()}.keys() - unspelled(LANGUAGES[backend])
    if "digamma" not in names:
        names -= {"gamma", "lgamma"}
    return " + ".join(sample(FUNCTIONS[name]) for name in sorted(names))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("backend", ["python", "numpy", "torch", "jax"])
def test_what_python_code_needs_is_reserved(backend: str) -> None:
    """Every function of Python's own that any script calls, and every module: no variable can hide it."""
    needed = set()
    for text, wrt in ((all_functions(backend) + " + a^b + pi + e + 1/a", None), ("s = a*b; s^2", ["s", "a"])):
        for at in (None, {"a": 0.1, "b": 0.2, "c": 0.3}):
            tree = ast.parse(export(parse(text), backend, wrt, at))
            needed |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in dir(builtins)}
            needed |= {
                name.asname or name.name
                for node in ast.walk(tree)
                if isinstance(node, ast.Import)
                for name in node.names
            }
    assert {"float", "sum"} & needed
    assert set() == needed - LANGUAGES[backend].reserved


@pytest.mark.parametrize("backend", ["python", "numpy", "torch", "jax"])
def test_no_name_is_defined_twice(backend: str) -> None:
    """Neither by what a script adds, nor by what the user calls things."""
    text = "; ".join(
        f"{name} = 2*x" for name in ("s", "dict", "map", "zip", "sum", "print", "value", "slopes", "point")
    )
    text += "; s*dict*map*zip*sum*print*value*slopes*point*shift_s*t1*sin(t2 + t1)*function*gradients*y*largest"
    for name in ("f", "y", "x", "shift_s"):
        tree = ast.parse(export(parse(text), backend, ["s", "x", "dict"], name=name))
        defined = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        stored = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        own = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == name]
        for node in own:
            parameters = [argument.arg for argument in node.args.args]
            assert len(parameters) == len(set(parameters))
        assert not {*defined} & stored
        assert len(defined) == len(set(defined))


@pytest.mark.parametrize("name", ["dict", "map", "zip", "sum", "print"])
def test_names_of_functions_that_scripts_call(name: str) -> None:
    """They cannot be the function's."""
    with pytest.raises(GradcliError, match="cannot be the name of a function there"):
        export(parse("x"), "jax", name=name)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_shared_part_is_computed_once(backend: str) -> None:
    """The cosh of a chain of users stands once in the code."""
    source = export(parse("s = cosh(a*x); s*s + sin(s)"), backend)
    assert 1 == len(re.findall(r"\bcosh\b", source.split("gradcli.", 1)[1].split(r"\end{align*}")[0]))


@pytest.mark.parametrize("backend", BACKENDS)
def test_names_of_all_alphabets(backend: str) -> None:
    """They go through, or are changed with a comment (C)."""
    source = export(parse("θ*りんご"), backend)
    changed = backend == "c"
    assert changed == ("uu03b8 is θ" in source or "u03b8 is θ" in source)


def test_torch_requires_gradients_just_for_wrt() -> None:
    """The article's question: what requires_grad=True is for."""
    source = export(parse("a*x + b*y"), "torch", ["a", "b"], {"a": 2, "x": 3, "b": 4, "y": 5})
    assert "a = torch.tensor(2.0, requires_grad=True)\nx = torch.tensor(3.0)\n" in source
    assert "b = torch.tensor(4.0, requires_grad=True)\ny = torch.tensor(5.0)\n" in source
    assert '    "a": 3.0,\n    "b": 5.0,\n}' in source


@pytest.mark.parametrize("backend", BACKENDS)
def test_comments_have_the_doubles_and_the_note_beside(backend: str) -> None:
    """The code computes with doubles, and nothing in it is a number that these do not reach."""
    source = export(parse("(exp(x) - 1)/x"), backend, None, {"x": 1e-8})
    computed = "1.6077470928430557"
    beside = "note: the gradient of x has lost its digits to cancellation: 0 of 16 hold, at '-' at column 9; it is 0.5"
    assert computed in source
    assert beside in source
    assert "0.5000000033333334" not in source.replace(beside + "000000033333334", "")


@pytest.mark.parametrize("backend", LANGUAGES)
def test_no_helper_stands_there_that_nobody_calls(backend: str) -> None:
    """Nor one that a number has taken the place of: what has no spelling is written as its number."""
    source = export(parse("erfinv(max(0.1, 0.2, 0.3))*x + gelu(x)"), backend)
    defined = re.findall(r"^(?:static double|function|def) (\w+)\(", source, re.MULTILINE)
    assert [name for name in defined if len(re.findall(rf"\b{name}\b", source)) > 1] == [
        name for name in defined if not name.startswith("value")
    ]
