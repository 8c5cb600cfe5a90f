"""The pages of the manual, as Markdown and as a terminal shows them."""

import re
from importlib.resources import files
from shutil import get_terminal_size
from typing import TextIO

from gradcli.errors import GradcliError
from gradcli.words.catalogue import say

# In the order in which they are read. Each is a file of the folder of a language.
PAGES = (
    "lesson", "language", "formats", "pictures", "plot", "derivatives", "check", "export", "worksheet", "numbers",
    "scripts", "library", "contributing",
)  # fmt: skip

_LINK = re.compile(r"\[[^]]*\]\((\w+)\.md\)")


def page(name: str) -> str:
    """The text of a page. What links to another page there is here the command that prints it.

    Raises `GradcliError` for a page that there is not.
    """
    if name not in PAGES:
        from gradcli.language.spelling import nearest

        facts = {"name": name, "suggestion": nearest(name, list(PAGES))}
        raise GradcliError("unknown-page", facts, source="option")
    text = (files("gradcli.guide") / "en" / f"{name}.md").read_text(encoding="utf-8")
    return _LINK.sub(r"`gradcli guide \1`", text)


def contents() -> str:
    """The list of the pages with their titles."""
    width = max(map(len, PAGES))
    titles = (page(name).partition("\n")[0].removeprefix("# ") for name in PAGES)
    lines = [f"  {name:{width}}  {title}" for name, title in zip(PAGES, titles, strict=True)]
    return "\n".join([say("guide.pages", "en"), "", *lines, ""])


def rendered(text: str, terminal: TextIO) -> str:
    """A page as this terminal shows it: folded to its width, with its colours."""
    from rich.console import Console
    from rich.markdown import Markdown
    from rich.theme import Theme

    width, height = get_terminal_size()  # Rich takes a dumb terminal to have 80 columns
    theme = Theme({"markdown.code": "bold cyan"})  # Rich's own has a black ground, also where paper is white
    console = Console(file=terminal, width=width, height=height, theme=theme)
    with console.capture() as capture:
        console.print(Markdown(text, code_theme="ansi_light", hyperlinks=False))
    return capture.get()
