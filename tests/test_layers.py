"""Imports point one way: a folder may import only from itself and from those that stand before it."""

import ast
from pathlib import Path

import gradcli

PACKAGE = Path(gradcli.__file__).parent
FLOORS = (
    "choices", "text", "words", "errors", "operators", "graph", "language", "engine", "api", "symbolic", "trace",
    "check", "compare", "latex", "report", "export", "draw", "guide", "commands", "__main__",
)  # fmt: skip
PRINTING = FLOORS[FLOORS.index("report") :]  # only these may know click and rich
FILES = sorted({*PACKAGE.rglob("*.py")} - {PACKAGE / "__init__.py", PACKAGE / "language" / "_tables.py"})


def imports(path: Path, everywhere: bool = False) -> set[str]:
    """The modules that a file imports at its top, or anywhere; not those for type checkers alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree) if everywhere else tree.body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "gradcli":
            found |= {f"gradcli.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def floor(path: Path) -> str:
    """The floor of a file: the folder of the package that it is in, or the file itself."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def test_every_module_has_its_floor() -> None:
    """A new folder must find its place in the list, and what is listed is there."""
    assert {floor(path) for path in FILES} == set(FLOORS)


def test_imports_point_one_way() -> None:
    """At the top of a file stand only modules from its own floor or from below."""
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in FILES
        for name in imports(path)
        if name.startswith("gradcli.")
        and name != "gradcli.__version__"
        and FLOORS.index(name.split(".")[1]) > FLOORS.index(floor(path))
    ]
    assert not wrong, "\n".join(wrong)


def test_only_what_prints_knows_click_and_rich() -> None:
    """Nothing below the reports imports them, inside functions neither."""
    wrong = [
        str(path.relative_to(PACKAGE))
        for path in FILES
        if floor(path) not in PRINTING
        and {name.split(".")[0] for name in imports(path, everywhere=True)} & {"click", "rich"}
    ]
    assert not wrong, "\n".join(wrong)
