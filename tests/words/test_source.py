"""The source and the catalogue: nothing is said that has no code, and the codes, their texts and their facts agree."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from gradcli.choices import LANGUAGES
from gradcli.operators.table import OPERATORS
from gradcli.words import catalogue as words
from tests.helpers.floors import PACKAGE, tree
from tests.helpers.words import ENGLISH as TEXTS
from tests.helpers.words import files_of

SOURCE = [path for path in PACKAGE.rglob("*.py") if path.parent.name not in LANGUAGES and path.stem != "_tables"]
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)

# What takes a code: with what its text's code begins. A code of check is that of a remark or of a mistake.
RAISING = dict.fromkeys(("GradcliError", "MathError", "_error", "claim_error", "MisfitError"), ("",))
SAYING = dict.fromkeys(
    ("say", "says", "marked", "parted", "worded", "Words", "Title", "Column", "Caption", "said"), ("",)
)
CHECKING = dict.fromkeys(("Remark", "Mistake", "_at_edge", "agreement"), ("remark.", "mistake."))
TAKING = {**RAISING, **SAYING, **CHECKING, "Note": ("note.",), "comment": ("code.",), "hinted": ("hint.",)}


@cache
def nodes(path: Path) -> list[ast.AST]:
    """All there is in a file."""
    return list(ast.walk(tree(path)))


def syntax() -> Iterator[ast.AST]:
    """All there is in the source."""
    for path in SOURCE:
        yield from nodes(path)


# Words that the languages in the source have not: gradcli's own, Python, C, JavaScript, CSS and LaTeX.
_ENGLISH = (
    r"(?:the|are|is(?! None| not)|of|to|by|no|at|its|that|cannot|be|has|have|was|it|here|there|nothing|needs?|put|"
    r"given|than|so|which|what|one|must|did|you)"
)
_SENTENCE = re.compile(
    rf"(?<![\w.$-])(?:{_ENGLISH} [a-z(]|an? [a-z]{{2,}})|[a-z,;:] {_ENGLISH}(?![\w(=-])", re.IGNORECASE
)
_LABEL = re.compile(r"[A-Z]?[a-z]{2,}( [a-z-]{2,})+[.:]?")
_STYLES = {"bold", "dim", "italic", "cyan", "light", "dark"}
_KNOWN = _STYLES | set(OPERATORS)
_BUILT = "language/tables.py"  # it writes a module when the wheel is built


def is_said(text: str) -> bool:
    """Whether a text is a sentence or a label, and not names, code or a style."""
    return bool(_SENTENCE.search(text)) or bool(
        _LABEL.fullmatch(text) and not text.startswith(("import ", "gradcli ")) and not set(text.split()) <= _KNOWN
    )


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (True, "the value is lost"), (True, "at line x"), (True, "x is y"), (True, "not finite"), (True, "off kink"),
        (True, "part of x"), (True, "Right value:"), (True, "# No point was given: put in your numbers."),
        (True, "return x; /* NaN if one is; fmax would hide it */"),
        (False, "x == 0 and y > 0 or not y < x"), (False, "where(x > 0, x, -x)"), (False, "for x in y: return x"),
        (False, "import math"), (False, "erf erfc erfinv"), (False, "bold italic"), (False, "label.not-finite"),
        (False, "gradcli eval --kink"), (False, "note."), (False, "x = a * y, b"),
    ],
)  # fmt: skip
def test_what_is_said_is_told_from_code(said: bool, text: str) -> None:
    """Sentences in comments of code are said, too."""
    assert said == is_said(text)


def for_developers(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that no user reads: docstrings, assertions, Python's own errors; and examples."""
    if isinstance(node, DOCUMENTED) and ast.get_docstring(node) is not None:
        yield node.body[0]
    elif isinstance(node, ast.Assert) and node.msg:
        yield node.msg
    elif isinstance(node, ast.keyword) and node.arg in ("examples", "message"):
        yield node.value
    elif isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        is_pythons = name.endswith("Error") and name not in (*RAISING, "OSError")  # which the program reports
        if is_pythons or name == "cast":
            yield from node.args


def joined(node: ast.JoinedStr) -> str:
    """The text of a string with values in it."""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)


TEXTLESS = {ast.Name, ast.Load, ast.Store, ast.arg, ast.alias, ast.Pass}


@cache
def texts(path: Path) -> list[str]:
    """The texts in a file that a user may read; of one with values in it x stands for each."""
    found, pending = list[str](), list[ast.AST]([tree(path)])
    while pending:
        node = pending.pop()
        hidden = set(for_developers(node))
        if isinstance(node, ast.JoinedStr):
            found.append(joined(node))
            pending += (part for part in node.values if isinstance(part, ast.FormattedValue))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
        else:
            pending += (
                child for child in ast.iter_child_nodes(node) if type(child) not in TEXTLESS and child not in hidden
            )
    return found


def test_nothing_is_said_outside_of_the_catalogue() -> None:
    """No file holds a sentence or a label, as a message or as a comment in exported code, nor a code with spaces."""
    said = [
        f"{path.relative_to(PACKAGE)}: {text}"
        for path in SOURCE
        if path != PACKAGE / _BUILT
        for text in texts(path)
        if is_said(text) and not (path.parent.name == "operators" and text.islower() and _LABEL.fullmatch(text))
    ]
    assert not said, "\n".join(said)


def test_no_text_of_another_language_stands_in_the_source() -> None:
    """Outside of the catalogue, comments and docstrings have examples alone."""
    found = [text for path in SOURCE for text in texts(path) if re.search("[\u3041-\u30ff\u4e00-\u9fff]", text)]
    assert not found


class Use(NamedTuple):
    """A call that says something: where it is, its name, the codes that it may have, its node."""

    path: Path
    name: str
    codes: list[str]
    call: ast.Call

    def texts(self) -> list[str]:
        """The codes of the texts: those of the catalogue that a code may mean, or one that the catalogue has not."""
        return [
            next((begin + code for begin in TAKING[self.name] if begin + code in TEXTS), f"no text: {code}")
            for code in self.codes
        ]


def uses() -> Iterator[Use]:
    """Wherever a code is written where one is said or raised."""
    for path in SOURCE:
        for node in nodes(path):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", "") or ("hinted" if getattr(node.func, "attr", "") == "hinted" else "")
            if name in TAKING:
                yield Use(path, name, code_of(node, name), node)


def code_of(call: ast.Call, name: str) -> list[str]:
    """The codes that a call may have, as far as they are written there."""
    code = call.args[name == "agreement"] if len(call.args) > (name == "agreement") else None
    if name == "Note":
        code = next((word.value for word in call.keywords if word.arg == "variant"), call.args[3:4] or code)
    found = (code.body, code.orelse) if isinstance(code, ast.IfExp) else (code,)
    return [one.value for one in found if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value]


def test_every_code_in_the_source_has_a_text() -> None:
    """Wherever one is said or raised; none is put together where it is raised."""
    found = list(uses())
    lacking = [f"{use.path.name}: {text}" for use in found for text in use.texts() if text not in TEXTS]
    assert not lacking, "\n".join(lacking)
    raised = [use.call for use in found if use.name in RAISING]
    assert not [ast.unparse(call) for call in raised if any(isinstance(code, ast.JoinedStr) for code in call.args[:1])]
    assert set(TAKING) <= {use.name for use in found}


@cache
def names_in(path: Path) -> set[str]:
    """The names that a file gives to facts: keys and keywords."""
    return {
        name
        for node in nodes(path)
        for name in (getattr(node, "arg", None), getattr(node, "value", None))
        if isinstance(name, str)
    }


# Files in which facts are made that another one says.
MADE_IN = {
    "api/arrays.py": ("arrays/shapes.py",),
    "commands/arrays.py": ("arrays/shapes.py",),
    "commands/point.py": ("arrays/shapes.py", "commands/objects.py"),
    "commands/values.py": ("commands/objects.py",),
    "commands/question.py": ("arrays/shapes.py", "errors.py", "language/encodings.py"),
    "program.py": ("errors.py",),
    "check/trials/sides.py": ("language/missing.py",),
    "language/encodings.py": ("commands/question.py",),
    "batch/forms/pieces.py": ("errors.py", "language/encodings.py"),
    "batch/forms/files.py": ("errors.py",),
    "batch/run/total.py": ("batch/run/job.py", "batch/forms/csv.py", "batch/forms/tables.py"),
    "batch/run/job.py": ("batch/block.py", "batch/forms/csv.py", "batch/forms/tables.py"),
    "engine/noting.py": ("engine/hints.py", "symbolic/formulary.py"),
    "engine/losing.py": ("engine/hints.py", "symbolic/formulary.py"),
    "language/over_arrays.py": ("language/pasted.py",),
    "language/refusals.py": ("language/elsewhere.py", "language/pasted.py"),
}


def test_every_text_has_its_facts() -> None:
    """Each file that says a text names all its facts, those that may be missing too, or another one makes them for it.

    What notes say of nodes is named where nodes are described.
    """
    nodes = {"hint"} | names_in(PACKAGE / "engine" / "describer.py")
    for use in uses():
        file = use.path.relative_to(PACKAGE).as_posix()
        named = nodes.union(*map(names_in, (use.path, *(PACKAGE / other for other in MADE_IN.get(file, ())))))
        for code in use.texts():
            assert words.facts_of(TEXTS[code]) <= named, f"{file}: {code}"


def test_every_error_stands_in_the_file_of_a_folder_that_says_it() -> None:
    """One whose code is written where it is said; the program's own stand with those of the commands."""
    said = defaultdict[str, set[str]](set)
    for use in uses():
        if use.name in RAISING:
            folder = use.path.relative_to(PACKAGE).parts[0].removesuffix(".py")
            said.update({code: said[code] | {folder.replace("program", "commands")} for code in use.texts()})
    where = {code: file for file, texts in files_of("en").items() for code in texts}
    assert not {code: where[code] for code, folders in said.items() if where[code] not in folders}


@cache
def prefixes() -> set[str]:
    """What codes begin with that are put together: `mark.` of f"mark.{mark}" in the source, or of {mark:mark.*}."""
    found = {begin for text in TEXTS.values() for begin in re.findall(r":([\w-]+\.)\*\}", text)}
    for node in syntax():
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            found.add(str(node.values[0].value))
    return found


def test_every_text_is_used() -> None:
    """Its code stands in the source, or its beginning and its end do."""
    used = {node.value for node in syntax() if isinstance(node, ast.Constant)} | set(OPERATORS)
    for code in TEXTS:
        end = code.rpartition(".")[2]
        begun = any(code.startswith(begin) for begin in prefixes() if begin.endswith("."))
        assert code in used or (begun and end in used), code
