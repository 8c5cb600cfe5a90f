"""What is packaged: the files, the dependencies, and how the grammar is found."""

import re
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path
from zipfile import ZipFile

import pytest

from gradcli import __version__
from tests.helpers.running import ROOT, environment, installed, run
from tests.helpers.wheel import lay_out

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def requirement(text: str) -> str:
    """The name of the package that is required."""
    return re.split(r"[<>=\[; ]", text)[0]


def test_run_time_dependencies() -> None:
    """Python 3.11 and later, click, lark and rich, and no others."""
    assert PROJECT["project"]["requires-python"] == ">=3.11"
    assert {requirement(text) for text in PROJECT["project"]["dependencies"]} == {"click", "lark", "rich"}
    assert PROJECT["build-system"]["build-backend"] == "hatchling.build"


def test_what_is_imported_is_required() -> None:
    """Without an extra, only the standard library and the dependencies are imported at the top of a module."""
    allowed = {*sys.stdlib_module_names, "click", "lark", "rich", "gradcli", "hatchling"}
    for path in [*(ROOT / "gradcli").rglob("*.py"), *(ROOT / "grammar").glob("*.py")]:
        top = re.findall(r"^(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        extra = {"numpy", "pyarrow"} if "batch" in path.parts else set()  # imported when an engine or a form needs it
        assert set(top) <= allowed | extra, path


def test_the_top_level() -> None:
    """pyproject.toml, README.md, gradcli/, grammar/, tests/ and dot files only."""
    git = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    listed = git.stdout.splitlines() or [path.name for path in ROOT.iterdir()]
    names = {name.partition("/")[0] for name in listed if not name.startswith(".")}
    assert names == {"pyproject.toml", "README.md", "gradcli", "grammar", "tests"}


def test_the_version_is_one() -> None:
    """In the package and in its metadata."""
    assert __version__ == PROJECT["project"]["version"]


def test_files_of_the_package() -> None:
    """The schemas, the marker for type checkers, the files of the page and the manual are beside the modules."""
    package = files("gradcli")
    assert all(
        (package / name).is_file()
        for name in (
            "py.typed",
            "report/forms/batch.schema.json",
            "report/forms/eval.schema.json",
            "report/forms/worksheet.schema.json",
            "draw/forms/page.js",
            "draw/forms/page.css",
            "guide/en/lesson.md",
            "guide/ja/lesson.md",
        )
    )
    targets = PROJECT["tool"]["hatch"]["build"]["targets"]
    assert targets["wheel"]["packages"] == ["gradcli"]
    assert targets["wheel"]["force-include"] == {"grammar/expression.lark": "gradcli/language/expression.lark"}
    assert set(targets["sdist"]["include"]) == {"/gradcli", "/grammar", "/tests"}


APPLES = ("eval", "a*x", "--at", "a=2,x=3", "--json")


def evaluated(path: Path) -> str:
    """What gradcli prints when it is imported from a path alone."""
    done = subprocess.run(
        [sys.executable, "-m", "gradcli", *APPLES],
        capture_output=True, env=environment(PYTHONPATH=str(path)), cwd=path.parent, check=True,
    )  # fmt: skip
    return done.stdout.decode()


@pytest.mark.sweep
def test_the_grammar_is_found_everywhere(tmp_path: Path) -> None:
    """In a checkout, in a package with its grammar alone or with tables made before, and in a zip archive."""
    expected = run(*APPLES).out
    assert '"gradient":{"a":3.0,"x":2.0}' in expected
    plain, ready = tmp_path / "plain", Path(installed())  # which is what all other processes run
    lay_out(plain, with_tables=False)
    assert expected == evaluated(plain)
    for folder in (plain, ready):
        archive = tmp_path / f"{folder.name}.zip"
        with ZipFile(archive, "w") as file:
            for source in folder.rglob("*"):
                file.write(source, source.relative_to(folder))
        assert expected == evaluated(archive)


def test_the_library_of_numbers_loads_nothing_of_arrays() -> None:
    """So that gradients of numbers are there as fast as ever."""
    check = """
import sys, gradcli
assert gradcli.gradient("x*y", {"x": 2, "y": 3}, wrt="x").gradient == {"x": 3.0}
assert not [name for name in sys.modules if name.startswith("gradcli") and "arrays" in name]
"""
    subprocess.run([sys.executable, "-c", check], env=environment(), check=True)


def test_tables_made_before_need_no_lark(tmp_path: Path) -> None:
    """So an installed gradcli starts faster."""
    check = "import sys, gradcli; gradcli.parse('a*x'); sys.exit('lark' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", check], env=environment(), cwd=tmp_path, check=False)
    assert done.returncode == 0
