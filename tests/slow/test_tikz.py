"""TikZ is set by a real LaTeX, in a document that has the package tikz alone, and nothing is missing from it.

Needs pdflatex with tikz, for Japanese lualatex with luatexja, and uplatex (Debian: texlive-latex-base, -pictures,
-luatex, -lang-japanese).
"""

import re
import subprocess
from pathlib import Path

import pytest

from gradcli.draw.forms.tikz import tikz
from gradcli.draw.scene import Scene, make_scene
from gradcli.language.parser import parse
from gradcli.latex.words import in_ascii
from tests.helpers.forks import PATIENCE
from tests.helpers.pictures import EXAMPLES, HOSTILE, Example, random_program

DOCUMENT = r"""\documentclass%s{article}
%s\usepackage{tikz}
\begin{document}
%s\end{document}
"""
LUATEX, UPLATEX = ("lualatex", "", r"\usepackage{luatexja}"), ("uplatex", "[uplatex,dvipdfmx]", "")
PDFLATEX = ("pdflatex", "", "")


def complaints(pictures: list[str], folder: Path, engine: tuple[str, str, str] = PDFLATEX) -> list[str]:
    """What LaTeX says of a document with a picture on each page: errors, characters and fonts that are missing."""
    program, options, package = engine
    for place, picture in enumerate(pictures):
        (folder / f"graph{place}.tikz").write_text(picture, encoding="utf-8")
    pages = "".join(
        f"\\setbox0\\hbox{{\\input{{graph{place}.tikz}}}}\\shipout\\box0\n" for place in range(len(pictures))
    )
    (folder / "slides.tex").write_text(DOCUMENT % (options, package, pages), encoding="utf-8")
    command = [program, "-interaction=nonstopmode", "-halt-on-error", "slides.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=PATIENCE, check=False)
    log = (folder / "slides.log").read_text(encoding="utf-8", errors="replace")
    found = re.findall(r"^!.*|.*Missing character.*|.*(?:Font|Package|Class) .*[Ww]arning.*", log, re.MULTILINE)
    pages_made = re.search(r"Output written on \S+ \((\d+) pages?", log)
    assert done.returncode or (pages_made and int(pages_made[1]) == len(pictures))
    return found if done.returncode == 0 else [*found, f"{program} failed"]


def text(scene: Scene, theme: str = "light") -> str:
    """The picture."""
    return "".join(f"{line}\n" for line in tikz(scene, theme))


def test_pictures_need_tikz_alone(tmp_path: Path) -> None:
    """The examples, random programs, every sign, a title of any characters that TeX has, dark."""
    signs = Example("where(a < b and a <= 3 or not a != b, -a^2/b, a - 1e-9*pi*e)", {"a": 2, "b": 1e30})
    scenes = [example.scene() for name, example in EXAMPLES.items() if name != "japanese"]
    scenes += [random_program(seed).scene() for seed in range(6)]
    title = HOSTILE.replace("\ud800", "").replace("\u202e", "")
    scenes += [signs.scene(), signs.scene(binary=True), make_scene(parse("θ_1*w_out*long_name"), title=title)]
    scenes += [make_scene(parse("s = a*x; relu(s)*s")), make_scene(parse("a*x"), forward_only=True)]
    pictures = [text(scene) for scene in scenes] + [text(signs.scene(), "dark")]
    assert complaints(pictures, tmp_path) == []


@pytest.mark.parametrize("engine", [LUATEX, UPLATEX], ids=["lualatex", "uplatex"])
def test_japanese(engine: tuple[str, str, str], tmp_path: Path) -> None:
    """With the engines that the comment names; in ASCII LuaLaTeX reads it too."""
    kink = Example("支払額 = りんご*個数*消費税 + abs(個数)", {"りんご": 100, "個数": 0, "消費税": 1.1}, None, "ja")
    pictures = [text(kink.scene(title="りんごの代金")), text(make_scene(parse("支払額 = りんご*個数"), language="ja"))]
    if engine is LUATEX:
        pictures.append(in_ascii(pictures[0]))
    assert complaints(pictures, tmp_path, engine) == []
