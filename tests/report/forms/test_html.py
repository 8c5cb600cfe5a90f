"""HTML: pages of every command in both languages, well-formed, with everything escaped."""

import re
from html.parser import HTMLParser

import pytest

from gradcli.choices import LANGUAGES
from gradcli.report.forms.html import markup
from tests.helpers.algebra import algebra_finds
from tests.helpers.running import run, run_forked
from tests.helpers.words import texts_of

POINT = ("s = a*x; where(s < 6 and x > 0, s, tanh(s))", "--at", "a=2,x=3")
COMMANDS = {
    "eval": ("eval", *POINT),
    "trace": ("eval", *POINT, "--trace"),
    "diff": ("diff", *POINT, "--order", "2"),
    "check": ("check", *POINT),
    "claims": ("check", *POINT, "--claim", "a=where(a<s and x>a, x, 1)", "--claim", "s=1"),
    "compare": ("compare", "a*x", "--at", "a=2,x=3", "--no-seconds"),
    "functions": ("functions",),
}


class Page(HTMLParser):
    """The tags, the language and the text of a page that closes each tag in turn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self.language = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an open tag."""
        self.tags.add(tag)
        self.language = dict(attrs).get("lang") or self.language
        if tag not in ("br", "meta", "wbr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """It must be the last one opened."""
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        """Collect the text of the body."""
        if "body" in self.open:
            self.text += data


@pytest.mark.sampled(3)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_pages(name: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is a page with a table, in the language that it says it has; its text is that of Markdown."""
    algebra_finds(monkeypatch, gradient={"a": 3.0, "x": 2.0})
    html = run(*COMMANDS[name], "--format", "html", "--lang", language).out
    page = Page(html)
    assert html.startswith("<!DOCTYPE html>")
    assert {"html", "head", "title", "style", "body", "table", "thead", "tbody", "tr", "th", "td"} <= page.tags
    assert page.tags <= {"html", "head", "meta", "title", "style", "body", "h3", "p", "table", "thead", "tbody", "tr",
                         "th", "td", "i", "br", "code", "span", "wbr"}  # fmt: skip
    assert page.language == language
    markdown = run(*COMMANDS[name], "--format", "markdown", "--lang", language).out
    assert letters(markdown) == letters(page.text)


def letters(text: str) -> str:
    """What both forms have: letters, digits and signs, without marks of either."""
    return "".join(c for c in text.replace("<br>", "").replace("---:", "").replace("---", "") if c not in "|*\\ \n")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a &lt; b &amp; &quot;c&quot;", 'a < b & "c"'),
        ("<i>s</i> &lt; 2 and not <i>t_1</i>", "$s < 2 and not t_1$"),
        ("<i>y</i> = relu(<i>relu</i>) ≈ 1e9", "$y = relu(relu) ≈ 1e9$"),
        ('[<span style="white-space: nowrap">1e-300</span>, 3] − <i>e</i>-3', "$[1e-300, 3] − e-3$"),
        ("∂<i>りんご</i>/∂<i>θ</i>: inf", "$∂りんご/∂θ$: inf"),
        ("<i>x</i> = nan", "$x = nan$"),
        ("<code>x &lt; y</code>, <code>ln</code>", "`x < y`, `ln`"),
    ],
)
def test_markup(html: str, text: str) -> None:
    """Names of formulas are in italics, those of functions are not; no number is broken; signs of HTML are escaped."""
    assert html == markup(text)


def test_a_derivative_is_not_broken() -> None:
    """A line breaks between the factors of a product."""
    html = run("eval", "sin(x)", "--at", "x=2", "--trace", "--format", "html").out
    whole = '<span style="white-space: nowrap">∂<i>y</i>/∂<i>y</i></span>·<wbr>'
    assert f'{whole}<span style="white-space: nowrap">∂<i>y</i>/∂<i>x</i></span>' in html
    assert not re.search("[\x00-\x09\x0b-\x1f]", html)


def test_any_encoding_shows_all_characters() -> None:
    """What the stream has not is a character reference; the page says how it is encoded."""
    outcome = run("eval", "りんご*2", "--at", "りんご=3", "--format", "html", encoding="ascii")
    assert 'charset="ascii"' in outcome.out
    assert "りんご" in Page(outcome.out).text
    outcome = run("eval", "りんご*x", "--at", "りんご=3,x=2", "--trace", "--format", "html", "--ascii")
    assert outcome.out.isascii()
    assert "dz/dりんご".replace("z", "y") in Page(outcome.out).text


def test_a_page_is_not_coloured() -> None:
    """Whatever the environment says."""
    outcome = run_forked("eval", "a*x", "--at", "a=2,x=3", "--format", "html", variables={"FORCE_COLOR": "1"})
    assert "\x1b" not in outcome.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_has_the_marks_of_formulas(language: str) -> None:
    """Dollars and backquotes are for the writers of LaTeX and HTML."""
    texts = texts_of(language)
    assert not [text for text in texts.values() if "$" in text or "`" in text]


def test_exponents_of_derivatives_stand_upright() -> None:
    """Names alone slant."""
    assert markup("$∂²y/∂x²$") == "∂²<i>y</i>/∂<i>x</i>²"
    assert markup("$∂²z/∂w1∂x$") == "∂²<i>z</i>/∂<i>w1</i>∂<i>x</i>"


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_before_words_are_in_italics(language: str) -> None:
    """A product's last factor is no function, whatever stands behind it."""
    point = ("--at", "A=[[1,2],[3,4]],R=[[1,0],[0,1]]")
    html = run("eval", "sum(A*R) + sum(A@R)", *point, "--trace", "--format", "html", "--lang", language).out
    factors = re.findall(r"(?:⊙ |·)(?:<i>)?[AR]ᵀ?(?:</i>)?[ (]", html)
    assert len(factors) >= 3
    assert all("<i>" in factor for factor in factors)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_stand_upright(language: str) -> None:
    """Only names are in italics, also where words stand around a formula."""
    html = run("eval", "x*a + x*b", "--trace", "--at", "a=2,x=3,b=1", "--format", "html", "--lang", language).out
    assert {"a", "b", "s", "t", "x", "y"} == set(re.findall(r"<i>(.*?)</i>", html))
