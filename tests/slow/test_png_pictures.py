"""PNG pictures by resvg. Needs the extra `gradcli[png]`, Pillow, and a font."""

import io
from pathlib import Path

import pytest
from PIL import Image

from gradcli.draw.forms.png import png
from gradcli.draw.forms.svg import description
from gradcli.errors import GradcliError
from tests.helpers.pictures import EXAMPLES
from tests.helpers.running import run


def image(data: bytes) -> Image.Image:
    """The picture in RGB."""
    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_png_has_the_picture_on_its_background(name: str) -> None:
    """Light and dark: ink, values and gradients can be seen."""
    scene = EXAMPLES[name].scene()
    for theme, ground in (("light", (255, 255, 255)), ("dark", (13, 17, 23)), ("auto", (255, 255, 255))):
        picture = image(png(scene, theme))
        assert picture.getpixel((0, 0)) == ground
        assert len(picture.getcolors(1 << 24) or ()) > 20


def test_a_png_says_what_it_shows() -> None:
    """Title and description, as an SVG has them."""
    scene = EXAMPLES["article"].scene()
    texts = Image.open(io.BytesIO(png(scene))).text  # type: ignore[attr-defined]
    assert texts == {"Title": scene.title, "Description": description(scene)}


def test_scale_is_pixels_for_each_px(tmp_path: Path) -> None:
    """--scale 1 and --scale 3."""
    sizes = []
    for scale in ("1", "3"):
        path = tmp_path / f"{scale}.png"
        assert run("draw", "a*x", "--at", "a=1,x=2", "--output", str(path), "--scale", scale) == (0, "", "")
        sizes.append(image(path.read_bytes()).size)
    assert sizes[1] == pytest.approx((3 * sizes[0][0], 3 * sizes[0][1]), abs=3)


def test_a_png_that_is_too_large_is_refused() -> None:
    """Before memory runs out."""
    with pytest.raises(GradcliError, match="too large; lower --scale"):
        png(EXAMPLES["network"].scene(), scale=20)
