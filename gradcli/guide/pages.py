"""The pages of the manual, as Markdown and as a terminal shows them."""

import re
from importlib.resources import files
from shutil import get_terminal_size
from typing import TextIO

from gradcli.errors import GradcliError
from gradcli.text import Characters, folded
from gradcli.words.catalogue import say

# In the order in which they are read. Each is a file of the folder of every language.
PAGES = (
    "lesson", "language", "arrays", "formats", "pictures", "plot", "derivatives", "check", "export", "batch",
    "worksheet", "numbers", "scripts", "library", "contributing",
)  # fmt: skip

# For pages with wide letters: what is left as it is, and a paragraph or an item of a list beside that.
_BLOCK = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_PARAGRAPH = re.compile(r"^(?!#|\||    |\s).+(?:\n(?!- |\||#).+)*", re.MULTILINE)
_WIDE, _STOP = r"[\u3000-\u9fff\uff01-\uffe6]", r"[\u3001-\u301f\uff01-\uff1f]"
_BETWEEN_WIDE = re.compile(rf"(?<={_WIDE})\n *(?={_WIDE})|(?<={_STOP})\n *|\n *(?={_STOP})")
_SPAN = re.compile("`[^`]+`")
_KEPT = "\0"  # a space at which no line ends
_INDENT, _LEAST = 3, 20  # cells that Rich puts before an item; of the narrowest lines

# What stands for the signs of pages in an encoding that has not all of them; a dot of a plot is an asterisk. Lines and
# the arrows on them are of one kind: an encoding that lacks some has none.
_DRAWN = "╭╮╰╯┌┐└┘├┤┬┴┼─│╌┈┊▸◂"
_SIGNS = dict(zip(_DRAWN, f"{'+' * 13}-|-.:><", strict=True))
_SIGNS |= dict(zip("◆◇●○↖↗↘↙⎡⎢⎣⎤⎥⎦⊙", "#^@o\\/\\/[[[]]]*", strict=True))
_SIGNS |= dict.fromkeys(map(chr, range(0x2801, 0x2900)), "*")

_LINK = re.compile(r"\[[^]]*\]\((\w+)\.md\)")


def page(name: str, language: str = "en") -> str:
    """The text of a page. What links to another page there is here the command that prints it.

    Raises `GradcliError` for a page that there is not.
    """
    if name not in PAGES:
        from gradcli.language.spelling import nearest

        facts = {"name": name, "suggestion": nearest(name, list(PAGES))}
        raise GradcliError("unknown-page", facts, source="option")
    text = (files("gradcli.guide") / language / f"{name}.md").read_text(encoding="utf-8")
    return _LINK.sub(r"`gradcli guide \1`", text)


def written_in(characters: Characters, text: str) -> str:
    """The text in the characters that can be written. Lines keep their width where signs are one."""
    lacking = {sign for sign in _SIGNS if not characters.has(sign)}
    lacking.update(_DRAWN if lacking.intersection(_DRAWN) else ())
    return characters.written(text.translate({ord(sign): _SIGNS[sign] for sign in lacking}))


def contents(language: str) -> str:
    """The list of the pages with their titles."""
    width = max(map(len, PAGES))
    titles = (page(name, language).partition("\n")[0].removeprefix("# ") for name in PAGES)
    lines = [f"  {name:{width}}  {title}" for name, title in zip(PAGES, titles, strict=True)]
    return "\n".join([say("guide.pages", language), "", *lines, ""])


def rendered(text: str, terminal: TextIO) -> str:
    """A page as this terminal shows it: sentences folded to its width, blocks as they are, with its colours."""
    from rich.console import Console
    from rich.theme import Theme

    from gradcli.guide.shown import Page

    width, height = get_terminal_size()  # Rich takes a dumb terminal to have 80 columns
    theme = Theme({"markdown.code": "bold cyan"})  # Rich's own has a black ground, also where paper is white
    console = Console(file=terminal, width=width, height=height, theme=theme)
    with console.capture() as capture:
        console.print(Page(_with_breaks(text, width), code_theme="ansi_light", hyperlinks=False), crop=False)
    return capture.get()


def _with_breaks(text: str, width: int) -> str:
    """The page with the lines of paragraphs broken where they are to end, if their letters are wide.

    Rich breaks lines at spaces alone, and makes a space of each line's end, where Japanese has none.
    """
    parts = _BLOCK.split(text)
    parts[::2] = [_PARAGRAPH.sub(lambda found: _refolded(found[0], width), part) for part in parts[::2]]
    return "".join(parts)


def _refolded(paragraph: str, width: int) -> str:
    if not re.search(_WIDE, paragraph):
        return paragraph
    mark = paragraph[:2] if paragraph.startswith("- ") else ""
    joined = _BETWEEN_WIDE.sub("", paragraph.removeprefix(mark)).replace("\n", " ")
    whole = _SPAN.sub(lambda span: span[0].replace(" ", _KEPT), joined)
    lines = folded(re.sub(" +", " ", whole), max(_LEAST, width - _INDENT))
    return mark + f"\\\n{' ' * len(mark)}".join(lines).replace(_KEPT, " ")
