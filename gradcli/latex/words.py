r"""Words in LaTeX: in the font of the text, also between formulas (`\mbox{part of } x`)."""

from collections.abc import Mapping
from typing import TypeVar

from gradcli.words.catalogue import parted

T = TypeVar("T")

CODE = "^^^^"  # what begins a character's code

SPECIAL = str.maketrans(
    {c: f"\\{c}" for c in "#%&_{}"}
    | {c: f"${c}$" for c in "<>|"}
    | {
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\\": r"\textbackslash{}",
        "∂": r"$\partial$",
        "…": r"\dots{}",
    }
)


def as_text(text: str, special: Mapping[int, str] = SPECIAL) -> str:
    """Words and options as they are: fonts make one dash of two hyphens."""
    return text.translate(special).replace("--", "-{}-")


def upright(text: str) -> str:
    """Words in a formula."""
    return f"\\mbox{{{as_text(text)}}}"


def in_ascii(text: str) -> str:
    """A text without characters outside of ASCII, as LuaLaTeX and XeLaTeX read it too."""
    codes = (f"{CODE}{ord(c):04x}" if ord(c) < 0x10000 else f"{CODE}^^{ord(c):06x}" for c in text)
    return "".join(c if c.isascii() else code for c, code in zip(text, codes, strict=True))


def worded(code: str, language: str, formulas: Mapping[str, T]) -> list[str | T]:
    """What the catalogue says for a code, as a part of a formula, in pieces: its facts are formulas."""
    pieces: list[str | T] = []
    for text, name in parted(code, language):
        pieces += [upright(text), " "] if text else []
        pieces += [formulas[name], " "] if name else []
    return pieces[:-1]
