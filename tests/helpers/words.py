"""The texts of the catalogue, all of a language together; and what of a text is English."""

import re
from functools import cache
from importlib import import_module
from pathlib import Path

import gradcli.words
from gradcli import program
from gradcli.guide.pages import PAGES
from gradcli.operators.arrays import ARRAY_FUNCTIONS
from gradcli.operators.table import OPERATORS
from gradcli.program import COMMANDS

FOLDER = Path(gradcli.words.__file__).parent


def files_of(language: str) -> dict[str, dict[str, str]]:
    """The texts of a language by the names of their files."""
    names = sorted(path.stem for path in (FOLDER / language).glob("*.py") if path.stem != "__init__")
    return {name: import_module(f"gradcli.words.{language}.{name}").TEXTS for name in names}


def texts_of(language: str) -> dict[str, str]:
    """The text of each code."""
    return {code: text for texts in files_of(language).values() for code, text in texts.items()}


ENGLISH = texts_of("en")
JAPANESE = texts_of("ja")

# Names of other programs, forms and keys, and code in texts.
_NAMES = """
    End Home JavaScript Leaky LaTeX LuaLaTeX Mermaid NaN NumPy PyTorch Python Sum SymPy Tab ReLU SiLU nan inf
    Infinity true false gradcli pip install algebra png plot plotext matplotlib resvg luatexja upLaTeX
    Parquet Lines pyarrow ndjson feather ipc tab Dask
    usepackage amsmath allowdisplaybreaks maxEdges less htm mmd graph svg csv html txt json tex out before condition
    help iconv Shift MatMul Softmax Dot Outer
"""


@cache
def code() -> frozenset[str]:
    """All words of the command line and of the language of expressions, and names: no words of English in a text."""
    found = set(re.findall(r"[A-Za-z]{3,}", _NAMES)) | {*COMMANDS, *PAGES}
    for command in (program.gradcli, *(import_module(f"gradcli.commands.{name}").command for name in COMMANDS)):
        for parameter in command.params:
            found |= {word for name in parameter.opts for word in re.findall(r"\w{3,}", name)}
            found |= set(getattr(parameter.type, "choices", ()))
    found |= {*ARRAY_FUNCTIONS, "axis"}
    for name, operator in OPERATORS.items():
        found |= {*re.findall("[a-z]+", name), *operator.parameters}
    return frozenset(found)


def english(text: str, typed: str = "") -> list[str]:
    """The words of English in a text: those of three letters and more that are no code, nor were typed.

    In capitals is what stands for something to be typed, or a name.
    """
    words = re.findall(r"[A-Za-z]{3,}", re.sub(r"\\x[0-9a-f]{2}|'[^']*'", "", text))  # without bytes and code in quotes
    return [word for word in words if not (word.isupper() or word in code() or word in typed)]
