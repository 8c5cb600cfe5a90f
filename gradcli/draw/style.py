"""The colours and the stylesheet of SVG, PNG and the page. Their contrast on the background is held by a test."""

from gradcli.draw.fonts import CAPTION_FONT, LABEL_FONT, LEAF_FONT, PILL_FONT, SYMBOL_FONT
from gradcli.report.fonts import FONTS

LIGHT = {
    "background": "#ffffff",
    "ink": "#1b1f24",
    "value": "#005a9c",
    "gradient": "#c2410c",
    "muted": "#626c77",
    "dead": "#818a94",
    "node": "#ffffff",
    "output": "#e8f0fe",
    "closed": "#eff1f3",
    "badge": "#fff1e8",
}
DARK = {
    "background": "#0d1117",
    "ink": "#e6edf3",
    "value": "#79c0ff",
    "gradient": "#ff9e64",
    "muted": "#8b949e",
    "dead": "#6e7681",
    "node": "#161b22",
    "output": "#10273f",
    "closed": "#21262d",
    "badge": "#2d1d12",
}

VARIABLES = {name: f"var(--{name})" for name in ("fonts", *LIGHT)}  # for a page that defines them

_SHAPE = f"""
.t{{font-size:{SYMBOL_FONT:g}px}}
.c{{font-size:{CAPTION_FONT:g}px;font-weight:600}}
.p{{font-size:{PILL_FONT:g}px}}
.x{{font-size:{LEAF_FONT:g}px}}
.f,.b{{fill:none}}
.f{{stroke-width:1.5}}
.b{{stroke-width:2.4}}
.r{{stroke-width:1.6}}
.nt .f{{stroke-dasharray:6 4}}
.na .r{{stroke-dasharray:5 4}}
.z .b{{stroke-width:1.8;stroke-dasharray:1.8 3.6}}
.l{{font-size:{LABEL_FONT:g}px;paint-order:stroke;stroke-width:4px;stroke-linejoin:round}}
.n{{font-size:{LABEL_FONT:g}px;paint-order:stroke;stroke-width:3px;stroke-linejoin:round}}
.s{{font-size:{LABEL_FONT:g}px}}
.i{{font-style:italic}}
.h{{text-anchor:start}}
.j{{text-anchor:end}}
"""

# Which class has which colours: selector, property, name of the colour. Later lines win over earlier ones.
_COLOURED = (
    (".bg", "fill", "background"),
    (".f", "stroke", "ink"),
    (".fh,.t,.c", "fill", "ink"),
    (".b", "stroke", "gradient"),
    (".bh", "fill", "gradient"),
    (".r", "stroke", "ink"),
    (".r", "fill", "node"),
    (".o .r", "fill", "output"),
    (".k .r,.na .r", "stroke", "dead"),
    (".k .r", "fill", "closed"),
    (".k .t,.na .t,.u .t", "fill", "muted"),
    (".nt .f,.a .f,.z .b", "stroke", "dead"),
    (".nt .fh,.a .fh,.z .bh", "fill", "dead"),
    (".v", "fill", "value"),
    (".g,.s", "fill", "gradient"),
    (".v.nt,.g.z,.n", "fill", "muted"),
    (".l,.n", "stroke", "background"),
    (".d", "fill", "badge"),
    (".d", "stroke", "gradient"),
)


def stylesheet(theme: str) -> str:
    """The CSS of a picture: literal colours, and for `auto` a block for readers who prefer dark."""
    rules = painted(DARK if theme == "dark" else LIGHT)
    return rules + (f"@media (prefers-color-scheme:dark){{\n{_colours(DARK)}}}\n" if theme == "auto" else "")


def painted(palette: dict[str, str]) -> str:
    """The CSS of a picture in the colours of a palette."""
    fonts = palette.get("fonts", FONTS)
    return f"\ntext{{font-family:{fonts};text-anchor:middle}}{_SHAPE}{_colours(palette)}"


def _colours(palette: dict[str, str]) -> str:
    return "".join(f"{selector}{{{key}:{palette[name]}}}\n" for selector, key, name in _COLOURED)
