"""Plots as files, drawn by matplotlib: of everything, the same every time, with their words."""

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from gradcli.draw.style import DARK, LIGHT
from gradcli.plot.forms import files
from gradcli.plot.forms.files import picture
from tests.helpers.plots import TWENTY, check_figure, figure_of
from tests.helpers.running import run, run_process

FIELD = ("plot", "x^2 + 3*y^2 - x*y", "--over", "x=-2:2,y=-1:1", "--at", "x=1,y=0.5")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(("text", "low", "high"), TWENTY, ids=[text for text, _, _ in TWENTY])
def test_every_form(text: str, low: float, high: float) -> None:
    """An SVG is one, with its title and what is told; a PNG has the size and the ground that are asked for."""
    figure = figure_of(text, low, high)
    check_figure(figure)
    root = ElementTree.fromstring(picture(figure, "svg")[0])
    assert text == root.findtext(f"{SVG}title")
    assert all(part in (root.findtext(f"{SVG}desc") or "") for part in files.description(figure, "en").split("; "))
    image = Image.open(io.BytesIO(picture(figure, "png", "dark", 1.0)[0]))
    assert (720, 600) == image.size
    assert tuple(bytes.fromhex(DARK["background"][1:])) == image.convert("RGB").getpixel((1, 1))
    assert {"Title": text, "Description": files.description(figure, "en")}.items() <= image.text.items()
    assert picture(figure, "pdf")[0].startswith(b"%PDF")


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_the_same_every_time(form: str, tmp_path: Path) -> None:
    """In two processes, to the byte, whatever a user's own settings of matplotlib are."""
    found = []
    for count in range(2):
        folder = tmp_path / str(count)
        folder.mkdir()
        (folder / "matplotlibrc").write_text("lines.linewidth: 9\n" * count)
        path = folder / f"plot.{form}"
        variables = {"MPLCONFIGDIR": str(folder)}
        assert (0, "", "") == run_process(*FIELD, "--lang", "ja", "--output", str(path), variables=variables)
        found.append(path.read_bytes())
    assert found[0] == found[1]


def test_the_theme(tmp_path: Path) -> None:
    """An SVG has the colours of light, and for `auto` a block for readers who prefer dark; `dark` has its own."""
    path = tmp_path / "plot.svg"
    for theme, palette, has_block in (("auto", LIGHT, True), ("light", LIGHT, False), ("dark", DARK, False)):
        assert 0 == run(*FIELD, "--theme", theme, "--output", str(path)).code
        text = path.read_text(encoding="utf-8")
        assert has_block == ("prefers-color-scheme:dark" in text)
        assert palette["value"] in re.sub("<style.*?</style>", "", text, flags=re.DOTALL)
        assert ({*LIGHT.values()} - {*DARK.values()}).isdisjoint(re.findall("#[0-9a-f]{6}", text)) == (theme == "dark")


def test_words_and_names_are_text(tmp_path: Path) -> None:
    """In an SVG: Japanese too, and what means something to matplotlib or XML is written as it is; in ASCII the same."""
    path, in_ascii = tmp_path / "plot.svg", tmp_path / "ascii.svg"
    title = "<b> & $x_1$ \\alpha"
    command = ("plot", "abs(りんご)", "--over", "りんご=-1:1", "--at", "りんご=0.5", "--lang", "ja", "--title", title)
    outcome = run(*command, "--output", str(path))
    assert (0, "", "") == outcome
    assert (0, "", "") == run(*command, "--ascii", "--output", str(in_ascii))
    assert in_ascii.read_bytes().isascii()
    texts, same = ([e.text for e in ElementTree.parse(file).iter(f"{SVG}text")] for file in (path, in_ascii))
    assert texts == same
    assert {title, "りんご", "∂y/∂りんご", "接線", "微分できない点"} <= set(texts)


def test_letters_that_no_font_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """Are told of a PNG; an SVG leaves them to its reader."""
    monkeypatch.setattr(files, "FAMILIES", ("DejaVu Sans",))
    figure = figure_of("abs(x)", -1, 1, 0.5)
    assert "接線微分点" == "".join(
        letter for letter in picture(figure, "png", language="ja")[1] if letter in "接線微分点"
    )
    assert "" == picture(figure, "png")[1]
    assert "" == picture(figure, "svg", language="ja")[1]
    outcome = run("plot", "2*x", "--over", "x=0:1", "--title", "\U00012345", "--output", "/dev/null", "--format", "png")
    assert "note: no font here has the characters \U00012345" in outcome.err


EXTREME = [
    ("exp(x)", -700, 700), ("x", -1e300, 1e300), ("x^300", -3, 3), ("1e300*x", -1e300, 1e300), ("1e-300*x", 0, 1e-280),
    ("1/x", -1e-280, 1e-280), ("sin(1/x)", 0, 1e308), ("sqrt(x)*1e-320", 0, 1), ("exp(-1/x)", -1e-5, 1),
    ("x*1e308", -3, 3),
    ("abs(x)*1e200", 1e15, 1.0001e15), ("gamma(x)", -700, 700), ("x^x", 0, 1e308), ("x*1e-320", -1, 1),
    ("floor(x)", 0, 1e300),
]  # fmt: skip


@pytest.mark.parametrize(("text", "low", "high"), EXTREME, ids=[text for text, _, _ in EXTREME])
def test_extreme_numbers(text: str, low: float, high: float) -> None:
    """Are drawn in every form."""
    command = ("plot", text, "--over", f"x={low!r}:{high!r}", "--samples", "30")
    assert (0, "") == run(*command)[::2]
    for form in ("svg", "png", "pdf"):
        assert (0, "") == run(*command, "--format", form, "--output", "/dev/null")[::2]
