"""The picture as PNG: the SVG, drawn by resvg (the extra `gradcli[png]`)."""

import re
from importlib import import_module
from typing import Any
from zlib import crc32

from gradcli.draw.description import description
from gradcli.draw.forms.svg import svg
from gradcli.draw.scene import Scene
from gradcli.errors import GradcliError
from gradcli.report.fonts import FONTS

SCALE = 2.0  # pixels for each px of the SVG
MOST_PIXELS = 200_000_000
_HEADER = 8 + 25  # bytes of the signature and of the first chunk, which says how large the picture is

# A browser looks for each character in all fonts of a list. resvg takes the first font of the list that there is, and
# where that lacks a character (Noto Sans has no minus sign) any other one for the whole text, bold or serif. So numbers
# and symbols, and names in other alphabets, get lists whose fonts have all of their characters.
_NUMBERS = "'Noto Sans CJK JP','Hiragino Sans','Helvetica Neue',Arial,'Liberation Sans','DejaVu Sans','Noto Sans'"
_PRODUCTS = "'Helvetica Neue',Arial,'Liberation Sans','DejaVu Sans','Noto Sans CJK JP'"  # these have ∂ as a letter
_LETTERS = "'Noto Sans CJK JP','Hiragino Sans','Yu Gothic','Meiryo','DejaVu Sans','Noto Sans'"
_OTHER_LETTERS = re.compile(
    r'<text class="(?:t x i|n i|n i h|l g[^"]* m[^"]*)" x="([0-9.]+)" y="([0-9.]+)"[^>]*>'
    r"([^<]*[^\x00-\u02af·∂…][^<]*)(?:<title>[^<]*</title>)?</text>"
)
_OTHERS = re.compile(r"[^\x00-\u04ff\u2000-\u22ff]")  # characters that fonts for products may lack
_PART = re.compile(r"<tspan[^>]*>([^<]*)</tspan>")  # the parts of a text get one font, or a serif one
_SLANT = 0.2  # these fonts have no italic: they are slanted


def png(scene: Scene, theme: str = "light", scale: float = SCALE) -> bytes:
    """The PNG's bytes; `auto` is light, since a PNG cannot follow the reader's system.

    Raises `GradcliError` if the picture would have too many pixels, or if resvg-py is not installed.
    """
    text = svg(scene, "light" if theme == "auto" else theme)
    width, height = map(float, re.findall(r' (?:width|height)="([0-9.]+)"', text)[:2])
    if width * height * scale * scale > MOST_PIXELS:
        raise GradcliError("too-many-pixels", {"width": width * scale, "height": height * scale}, source="option")
    try:
        resvg: Any = import_module("resvg_py")
    except ImportError:
        raise GradcliError("png-needs-resvg", source="option") from None
    faces = f".l,.s,.t{{font-family:{_NUMBERS}}}.c,.w,.n{{font-family:{_LETTERS}}}.i{{font-family:{FONTS}}}"
    if scene.edges[-1].chain and not _OTHERS.search(text):  # one face for all
        faces = f"text{{font-family:{_PRODUCTS}}}"
    text = text.replace("</style>", f"{faces}.m{{font-family:{_PRODUCTS}}}</style>")
    text = _OTHER_LETTERS.sub(_relettered, _PART.sub(r"\1", text))
    picture = bytes(resvg.svg_to_bytes(svg_string=text, zoom=scale))
    return (
        picture[:_HEADER] + _text("Title", scene.title) + _text("Description", description(scene)) + picture[_HEADER:]
    )


def _text(keyword: str, text: str) -> bytes:
    """A chunk iTXt: text in UTF-8, in no language and not compressed (PNG, 11.3.3.4)."""
    content = b"iTXt" + keyword.encode("ascii") + bytes(5) + text.encode()
    return (len(content) - 4).to_bytes(4, "big") + content + crc32(content).to_bytes(4, "big")


def _relettered(match: re.Match[str]) -> str:
    text = match.group()
    if text.startswith('<text class="l'):
        return text.replace(' m"', ' w"', 1).replace(" m ", " w ", 1)
    shift = float(match.group(2)) * _SLANT
    style = f' style="font-family:{_LETTERS};font-style:normal" transform="matrix(1 0 {-_SLANT} 1 {shift:.1f} 0)"'
    return text.replace(" x=", f"{style} x=", 1)
