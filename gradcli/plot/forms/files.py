"""A plot as SVG, PNG or PDF, drawn by matplotlib (the extra `gradcli[plot]`): the same bytes every time."""

import logging
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from importlib import import_module
from io import BytesIO
from typing import Any

from gradcli.draw.numbers import number
from gradcli.draw.style import DARK, LIGHT
from gradcli.errors import GradcliError
from gradcli.plot.field import Field, FieldVector, along
from gradcli.plot.figure import Figure, Panel
from gradcli.text import visible
from gradcli.words.catalogue import say

INCH = 96.0  # px
SIZE = (720.0, 600.0)  # px
TALLEST = 760.0  # px
LETTERS = 60.0  # px: what stands above and below a field
HEIGHTS = (3, 2)  # of the function and its derivative
FAMILIES = (
    "Noto Sans", "DejaVu Sans", "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", "Meiryo", "sans-serif",
)  # fmt: skip
FONT = 10.0  # pt
SIGN = 7.0  # pt
_SALT = "gradcli"  # of the names in an SVG, which otherwise are others each time


def picture(
    figure: Figure | Field, form: str, theme: str = "auto", scale: float = 2.0, language: str = "en"
) -> tuple[bytes, str]:
    """The bytes of a file, in the form "svg", "png" (`scale` pixels for each px) or "pdf".

    With them comes what no font here has: the letters for which there are boxes. An SVG has none, since it is its
    reader's fonts that count. `auto` follows the reader's system in an SVG, and is light otherwise. Raises
    `GradcliError` if matplotlib is not installed.
    """
    palette = DARK if theme == "dark" else LIGHT
    with _settings(palette):
        canvas = _canvas(figure)
        _draw(figure, canvas, palette, language)
        data = BytesIO()
        told = {"Title": figure.title, "Description" if form == "png" else "Subject": description(figure, language)}
        metadata = {"svg": {"Date": None}, "png": told, "pdf": told | {"CreationDate": None}}[form]
        canvas.savefig(data, format=form, dpi=INCH * scale if form == "png" else INCH, metadata=metadata)
        unknown = "" if form == "svg" else _unknown(canvas)
    if form == "svg":
        return _document(data.getvalue().decode(), figure, theme, language).encode(), ""
    return data.getvalue(), unknown


def description(figure: Figure | Field, language: str) -> str:
    """The plot in words, for those who do not see it."""
    return "; ".join([figure.title, *(say(code, language, **facts) for code, facts in figure.captions)])


@contextmanager
def _settings(palette: Mapping[str, str]) -> Iterator[None]:
    """Matplotlib as it comes, whatever a user's own settings are, in these colours, and silent."""
    try:
        matplotlib: Any = import_module("matplotlib")
    except ImportError:
        raise GradcliError("plot-needs-matplotlib", source=None) from None
    ink, muted = palette["ink"], palette["muted"]
    settings = {
        "svg.fonttype": "none", "svg.hashsalt": _SALT, "pdf.fonttype": 3,
        "font.family": list(FAMILIES), "font.size": FONT, "axes.titlesize": FONT + 2,
        "figure.facecolor": palette["background"], "axes.facecolor": palette["background"],
        "savefig.facecolor": palette["background"], "legend.facecolor": palette["background"],
        "text.color": ink, "axes.labelcolor": ink, "axes.edgecolor": muted, "axes.titlecolor": ink,
        "xtick.color": muted, "ytick.color": muted, "legend.edgecolor": muted, "legend.framealpha": 0.9,
    }  # fmt: skip
    logger = logging.getLogger("matplotlib")
    level = logger.level
    with matplotlib.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of letters that no font has, which are told otherwise
        logger.setLevel(logging.CRITICAL)
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(settings)
        try:
            yield
        finally:
            logger.setLevel(level)


def _canvas(figure: Figure | Field) -> Any:
    made: Any = import_module("matplotlib.figure")
    width, height = SIZE
    if isinstance(figure, Field) and figure.is_square:
        (left, right), (low, high) = figure.windows
        height = min(width * (high - low) / (right - left) + LETTERS, TALLEST)
    return made.Figure(figsize=(width / INCH, height / INCH), layout="constrained")


def _draw(figure: Figure | Field, canvas: Any, palette: Mapping[str, str], language: str) -> None:
    if isinstance(figure, Field):
        _field(figure, canvas, palette)
        return
    upper, lower = canvas.subplots(2, 1, sharex=True, height_ratios=HEIGHTS)
    upper.set_title(figure.title, parse_math=False)
    for axes, panel in zip((upper, lower), figure.panels, strict=True):
        _panel(axes, panel, palette, language)
        axes.set_xlim(figure.low, figure.high)
    lower.set_xlabel(figure.variable, parse_math=False)


def _field(shown: Field, canvas: Any, palette: Mapping[str, str]) -> None:
    axes = canvas.subplots()
    axes.set_title(shown.title, parse_math=False)
    axes.set_xlabel(shown.names[0], parse_math=False)
    axes.set_ylabel(shown.names[1], parse_math=False)
    (left, right), (low, high) = shown.windows
    axes.set_aspect("equal" if shown.is_square else "auto")
    width, height = (right - left, high - low) if shown.is_square else SIZE
    if shown.levels:
        lines = axes.contour(shown.xs, shown.ys, shown.values, levels=sorted(shown.levels), colors=palette["value"],
                             linewidths=1.2, linestyles="solid")  # fmt: skip
        axes.clabel(lines, fontsize=FONT - 2, fmt=number)
    if shown.point:
        axes.contour(shown.xs, shown.ys, shown.values, levels=[shown.level], colors=palette["value"], linewidths=2.2)
    for arrows, colour, thick in (
        (shown.arrows, palette["gradient"], 0.0025),
        ([shown.point], palette["gradient"], 0.006),
    ):
        _quiver(axes, [arrow for arrow in arrows if arrow], shown, (width, height), colour, thick)
    if shown.point:
        _signs(axes, [shown.point.place], "o", palette["gradient"], palette["gradient"], "")
    axes.set_xlim(left, right)
    axes.set_ylim(low, high)


def _quiver(
    axes: Any, arrows: Sequence[FieldVector], shown: Field, size: tuple[float, float], colour: str, thick: float
) -> None:
    if not arrows:
        return
    places, ways = [arrow.place for arrow in arrows], [along(arrow, shown, *size) for arrow in arrows]
    axes.quiver(
        [x for x, _ in places], [y for _, y in places], [x for x, _ in ways], [y for _, y in ways],
        angles="xy", scale_units="xy", scale=1, color=colour, width=thick, pivot="tail",
    )  # fmt: skip


def _panel(axes: Any, panel: Panel, palette: Mapping[str, str], language: str) -> None:
    colour, gradient, muted = palette[panel.role], palette["gradient"], palette["dead"]
    axes.set_ylim(*panel.window)
    axes.set_ylabel(panel.name, parse_math=False, color=colour)
    axes.spines[["top", "right"]].set_visible(False)
    axes.axhline(0, color=muted, linewidth=0.8)
    for x in panel.bounds:
        axes.axvline(x, color=muted, linewidth=1, linestyle=(0, (2, 3)))
    if panel.tangent:
        _line(axes, panel.tangent, color=gradient, linewidth=1.4, label=say("plot.sign-tangent", language))
    for line in panel.lines:
        _line(axes, line, color=colour, linewidth=1.8)
    face = palette["background"]
    _signs(axes, panel.kinks, "D", colour, face, say("plot.sign-kink", language))
    _signs(axes, panel.rings, "o", colour, face, "")
    _signs(axes, panel.dots, "o", colour, colour, "")
    _signs(axes, [panel.point] if panel.point else [], "o", gradient, gradient, "")
    if axes.get_legend_handles_labels()[1]:
        axes.legend(loc="best")


def _line(axes: Any, line: Sequence[tuple[float, float]], **style: Any) -> None:
    axes.plot([x for x, _ in line], [y for _, y in line], solid_capstyle="butt", **style)


def _signs(axes: Any, places: Sequence[tuple[float, float]], sign: str, colour: str, face: str, label: str) -> None:
    """Signs over the lines; they are not cut off at the frame."""
    if places:
        _line(
            axes, places, linestyle="none", marker=sign, markersize=SIGN, color=colour, markerfacecolor=face,
            markeredgewidth=1.5, clip_on=False, zorder=3, label=label or "_",
        )  # fmt: skip


def _unknown(canvas: Any) -> str:
    """The characters of the picture that no font has."""
    fonts: Any = import_module("matplotlib.font_manager")
    text_class: Any = import_module("matplotlib.text")
    texts = "".join(text.get_text() for text in canvas.findobj(text_class.Text) if text.get_visible())
    known: set[int] = set()
    for family in FAMILIES:
        try:
            known |= set(fonts.get_font(fonts.findfont(family, fallback_to_default=False)).get_charmap())
        except (ValueError, OSError):
            continue
    return "".join(dict.fromkeys(letter for letter in texts if ord(letter) not in known and not letter.isspace()))


def _document(text: str, figure: Figure | Field, theme: str, language: str) -> str:
    """What matplotlib wrote, with what screen readers read and without what changes with its version."""
    text = text[text.index("<svg ") :]
    text = re.sub(r" <metadata>.*?</metadata>\n", "", text, flags=re.DOTALL)
    title, told = (escape("".join(map(visible, part))) for part in (figure.title, description(figure, language)))
    head = f'role="img" lang="{language}" aria-label="{title}">\n <title>{title}</title>\n <desc>{told}</desc>'
    text = text.replace(">", f" {head}", 1)
    return text.replace("</style>", f"{_dark()}</style>", 1) if theme == "auto" else text


def _dark() -> str:
    """Other colours for readers who prefer dark: matplotlib writes each where it is used."""
    rules = (
        f'[style*="{key}: {LIGHT[name]}"]{{{key}:{DARK[name]}!important}}'
        for name in ("ink", "value", "gradient", "muted", "dead", "background")
        for key in ("fill", "stroke")
    )
    return f"@media (prefers-color-scheme:dark){{{''.join(rules)}}}"
