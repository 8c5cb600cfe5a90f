"""The texts of the catalogue, all of a language together."""

from importlib import import_module
from pathlib import Path

import gradcli.words

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
