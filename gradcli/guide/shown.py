"""A page of the manual in a terminal, by Rich."""

from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Markdown, MarkdownElement
from rich.segment import Segment
from rich.syntax import Syntax


class CommandBlock(CodeBlock):
    """Commands with their output, line by line. Rich would break those wider than the terminal, and so tables and
    pictures; so the terminal does with them what it does with all output.
    """

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines, with an empty one before and behind."""
        shown = Syntax("", self.lexer_name, theme=self.theme).highlight(str(self.text).rstrip())
        yield Segment.line()
        for line in shown.split():
            yield Segment(" ")
            yield from line.render(console, end="\n")
        yield Segment.line()


class Page(Markdown):
    """A page."""

    elements: ClassVar[dict[str, type[MarkdownElement]]] = Markdown.elements | {
        "fence": CommandBlock,
        "code_block": CommandBlock,
    }
