"""Sheets and keys in HTML, printed by a real browser on A4.

Needs playwright (Python), a chromium in PATH, and pdftotext.
"""

from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from gradcli.choices import BLANKS
from gradcli.worksheet.expressions import FORMS
from tests.helpers.latex import pages
from tests.helpers.running import run
from tests.helpers.words import texts_of


def printed(browser: Browser, path: Path) -> list[str]:
    """The text of each page."""
    page = browser.new_page()
    page.goto(f"file://{path}")
    page.pdf(path=f"{path}.pdf", format="A4")
    page.close()
    return pages(Path(f"{path}.pdf"))


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize(
    ("text", "language"), [("a*x + b*y", "ja"), ("relu(w*x + b)", "en"), ("relu(a*x + b*z)", "en")]
)
def test_a_short_exercise_is_a_sheet(browser: Browser, tmp_path: Path, text: str, language: str, blank: str) -> None:
    """As many pages as copies."""
    path = tmp_path / "sheets.html"
    run("worksheet", text, "--copies", "3", "--blank", blank, "--lang", language, "--output", str(path))
    assert len(printed(browser, path)) == 3


@pytest.mark.parametrize("blank", ["all", "outputs"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_small_network_is_a_sheet(browser: Browser, language: str, blank: str, tmp_path: Path) -> None:
    """With closer lines; all forms of the highest level."""
    sheet = tmp_path / "sheets.html"
    count = len(FORMS[5])
    options = ("--copies", str(count), "--seed", "3", "--blank", blank, "--lang", language)
    run("worksheet", "--level", "5", *options, "--output", str(sheet))
    assert len(printed(browser, sheet)) == count


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_heading_stands_alone(browser: Browser, tmp_path: Path, language: str) -> None:
    """At the end of a page of a key, nor one with its first line, or one row of its table."""
    path = tmp_path / "key.html"
    run("worksheet", "--level", "5", "--copies", "6", "--lang", language, "--key", str(path), "--output", f"{path}.md")
    texts = texts_of(language)
    words = [texts[code].replace(" ", "") for code in ("label.forward", "label.backward", "label.result", "label.node")]
    for page in printed(browser, path):
        last = [line.replace(" ", "") for line in page.splitlines() if line.strip()][-2:]
        assert not any(line.startswith(word) for line in last for word in words), page


def test_no_word_for_a_node_is_broken(browser: Browser, tmp_path: Path) -> None:
    """In a narrow window: Japanese ones break at spaces alone."""
    path = tmp_path / "trace.html"
    at = ("--at", "w=-1,x=5,b=3,v=-1", "--lang", "ja")
    path.write_text(run("eval", "relu(w*x + b)*v", *at, "--explain", "--format", "html").out, encoding="utf-8")
    page = browser.new_page(viewport={"width": 420, "height": 800})
    page.goto(f"file://{path}")
    first = page.eval_on_selector_all("td:first-child", "all => all.map(cell => cell.innerText)")
    lines = page.eval_on_selector_all(
        "td:first-child",
        """all => all.map(cell => [...cell.childNodes].filter(x => x.nodeType == 3).map(x => {
            const range = document.createRange();
            return [...x.data].map((letter, i) => {
                range.setStart(x, i);
                range.setEnd(x, i + 1);
                return [letter, range.getBoundingClientRect().top];
            });
        }))""",
    )
    page.close()
    assert any("乗算ノード" in text for text in first)
    pairs = [pair for cell in lines for text in cell for pair in pairwise(text)]
    assert len(pairs) > 20
    assert all(abs(a[1] - b[1]) < 5 for a, b in pairs if a[0] >= "ぁ" and b[0] >= "ぁ")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_derivative_is_broken(browser: Browser, tmp_path: Path, language: str) -> None:
    """In a narrow window each stands on one line, whatever its letters are set in."""
    path = tmp_path / "trace.html"
    at = ("--at", "a=1,x=2,b=3,z=4", "--lang", language)
    path.write_text(run("eval", "relu(a*x + b*z)", *at, "--explain", "--format", "html").out, encoding="utf-8")
    page = browser.new_page(viewport={"width": 420, "height": 800})
    page.goto(f"file://{path}")
    heights = page.eval_on_selector_all(
        "span", "all => all.map(x => [...x.getClientRects()].map(r => r.top)).map(y => Math.max(...y) - Math.min(...y))"
    )
    page.close()
    assert max(heights) < 8
