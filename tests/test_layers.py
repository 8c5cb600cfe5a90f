"""Imports point one way: a module may import only those that stand above it."""

import ast
from pathlib import Path

import gradcli

PACKAGE = Path(gradcli.__file__).parent
LAYERS = (
    "choices", "errors", "functions", "operators", "graph", "tables", "characters", "complaints", "builder",
    "parser", "numerals", "names", "formatter", "missing", "rules", "evaluate", "kinks", "stops", "notes", "remarks",
    "gradient", "point", "symbolic.simplify", "symbolic.coefficients", "symbolic.products", "symbolic.terms",
    "symbolic.branches", "symbolic.passing", "symbolic.slopes", "symbolic.derive", "symbolic.rounding",
    "symbolic.programs", "symbolic.formulary", "words", "rows", "trace", "symbolic", "check", "compare",
    "report", "export", "draw", "commands", "__main__",
)  # fmt: skip
ENGINE = LAYERS[: LAYERS.index("report")]


def imports(path: Path, everywhere: bool = False) -> set[str]:
    """The modules that a file imports at its top, or anywhere; not those for type checkers alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = ast.walk(tree) if everywhere else tree.body
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "gradcli":
            found |= {f"gradcli.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def layer(module: str) -> str:
    """The layer of a module, named without the package: the module itself, or the folder that it is in."""
    return module if module in LAYERS else module.split(".", maxsplit=1)[0]


def layer_of(path: Path) -> str:
    """The layer of a module's file."""
    return layer(".".join(path.relative_to(PACKAGE).with_suffix("").parts))


FILES = sorted({*PACKAGE.rglob("*.py")} - {PACKAGE / "__init__.py", PACKAGE / "_tables.py"})


def test_every_module_has_its_layer() -> None:
    """A new module must find its place in the list."""
    assert {layer_of(path) for path in FILES} <= set(LAYERS)


def test_imports_point_one_way() -> None:
    """At the top of a file stand only modules from above."""
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in FILES
        for name in imports(path)
        if name.startswith("gradcli.")
        and name != "gradcli.__version__"
        and LAYERS.index(layer(name.removeprefix("gradcli."))) > LAYERS.index(layer_of(path))
    ]
    assert not wrong, "\n".join(wrong)


def test_no_engine_module_imports_click_or_rich() -> None:
    """Only commands, reports and pictures know them."""
    wrong = [
        str(path.relative_to(PACKAGE))
        for path in FILES
        if layer_of(path) in ENGINE
        and {name.split(".")[0] for name in imports(path, everywhere=True)} & {"click", "rich"}
    ]
    assert not wrong, "\n".join(wrong)
