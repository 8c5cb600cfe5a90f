"""Markdown: signs that would begin a cell, a tag or emphasis are escaped."""

import io

import pytest

from gradcli.report.blocks import Part, Sentence
from gradcli.report.cells import Text
from gradcli.report.forms.markdown import Writer
from gradcli.report.output import Output


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        (r"a \| b", "a | b"),
        (r"a\<b and c>d", "a<b and c>d"),
        ("a < b", "a < b"),
        ("a*b", "a*b"),
        (r"a\*b\*c", "a*b*c"),
        (r"\_a b\_ c_d", "_a b_ c_d"),
    ],
)
def test_text_is_escaped(markdown: str, text: str) -> None:
    """What means nothing is left alone."""
    stream = io.StringIO()
    Writer(Output("markdown", "en", False, stream, print)).sentence(Sentence(Text(text)))
    assert f"{markdown}\n" == stream.getvalue()


@pytest.mark.parametrize(
    ("markdown", "title"),
    [
        (r"\[a\](b) \`c\` \~\~d\~\~", "[a](b) `c` ~~d~~"), (r"\&lt; R&D \\", "&lt; R&D \\"), (r"\*1\* #2", "*1* #2"),
    ],
)  # fmt: skip
def test_a_title_is_as_typed(markdown: str, title: str) -> None:
    """Whatever signs it has: people type links, code and entities that no formula has."""
    stream = io.StringIO()
    Writer(Output("markdown", "en", False, stream, print)).part(Part(Text("Sheet"), title=title))
    assert f"## {markdown}: Sheet\n" == stream.getvalue()
