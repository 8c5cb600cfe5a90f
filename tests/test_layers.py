"""Imports point one way: a folder may import only from itself and from those that stand before it, files in no circle.

All imports count, those inside functions too; only what is there for type checkers alone does not.
"""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import gradcli
from tests.helpers.floors import FLOORS, PACKAGE, tree

PRINTING = FLOORS[FLOORS.index("report") :]  # only these may know click and rich
FILES = sorted({*PACKAGE.rglob("*.py")} - {PACKAGE / "__init__.py", PACKAGE / "language" / "_tables.py"})


def name_of(path: Path) -> str:
    """The name of a module."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> set[str]:
    """The modules that a file imports, wherever in it."""
    found = set()
    pending: list[ast.AST] = [tree(path)]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        if not isinstance(node, ast.expr):
            pending += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (whole & MODULES) or {node.module or ""}
    return found


MODULES = {name_of(path) for path in FILES}
IMPORTS = {name_of(path): imports(path) for path in FILES}


def floor(module: str) -> int:
    """The place of a module's floor: the folder of the package that it is in, or the file itself."""
    return FLOORS.index(module.split(".")[1])


def folder(module: str) -> str:
    """The folder that a module is in; a file of the root stands for itself."""
    above = module.rpartition(".")[0]
    return module if above == PACKAGE.name or (PACKAGE.parent / module.replace(".", "/")).is_dir() else above


def test_every_module_has_its_floor() -> None:
    """A new folder must find its place in the list, and what is listed is there."""
    assert {module.split(".")[1] for module in MODULES} == set(FLOORS)


def test_imports_point_one_way() -> None:
    """A module imports only from its own floor or from below."""
    wrong = [
        f"{module} imports {name}"
        for module, names in IMPORTS.items()
        for name in names & MODULES
        if floor(name) > floor(module)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_circles() -> None:
    """No module needs one that needs it; the sorter raises for a circle and names those that are in it."""
    TopologicalSorter({module: names & MODULES for module, names in IMPORTS.items()}).prepare()


def test_folders_import_one_way() -> None:
    """At every depth: what is beside a folder and what is in it need not one another. The root's files are floors."""
    needs: dict[str, set[str]] = {}
    for module, names in IMPORTS.items():
        needs.setdefault(folder(module), set()).update(folder(name) for name in names & MODULES)
    for name, others in needs.items():
        others.discard(name)
    TopologicalSorter(needs).prepare()


def test_only_what_prints_knows_click_and_rich() -> None:
    """Nothing below the reports imports them."""
    wrong = [
        module
        for module, names in IMPORTS.items()
        if FLOORS[floor(module)] not in PRINTING and {name.split(".")[0] for name in names} & {"click", "rich"}
    ]
    assert not wrong, "\n".join(wrong)


def test_no_module_hides_what_is_public() -> None:
    """Importing a module makes it an attribute of the package: none has the name of a function there."""
    assert not {module.split(".")[1] for module in MODULES} & set(gradcli.__all__)
