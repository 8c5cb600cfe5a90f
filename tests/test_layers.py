"""Imports point one way: a module may import only those that stand above it."""

import ast
from pathlib import Path

import gradcli

PACKAGE = Path(gradcli.__file__).parent
LAYERS = (
    "choices", "errors", "functions", "operators", "graph", "tables", "characters", "complaints", "builder",
    "parser", "numerals", "names", "formatter", "missing", "rules", "evaluate", "kinks", "notes", "remarks",
    "gradient", "point", "simplify", "coefficients", "products", "terms", "branches", "passing", "derive", "programs",
    "formulary", "words", "rows", "trace", "check",
    "compare", "report", "export", "draw", "batch", "commands", "__main__",
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


def layer(path: Path) -> str:
    """The first part of a module's name."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


FILES = [path for path in sorted(PACKAGE.rglob("*.py")) if layer(path) not in ("__init__", "_tables")]


def test_every_module_has_its_layer() -> None:
    """A new module must find its place in the list."""
    assert {layer(path) for path in FILES} <= set(LAYERS)


def test_imports_point_one_way() -> None:
    """At the top of a file stand only modules from above."""
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in FILES
        for name in imports(path)
        if name.startswith("gradcli.")
        and name.split(".")[1] in LAYERS
        and LAYERS.index(name.split(".")[1]) > LAYERS.index(layer(path))
    ]
    assert not wrong, "\n".join(wrong)


def test_no_engine_module_imports_click_or_rich() -> None:
    """Only commands, reports and pictures know them."""
    wrong = [
        str(path.relative_to(PACKAGE))
        for path in FILES
        if layer(path) in ENGINE and {name.split(".")[0] for name in imports(path, everywhere=True)} & {"click", "rich"}
    ]
    assert not wrong, "\n".join(wrong)
