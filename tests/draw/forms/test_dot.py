"""Tests of DOT text. `tests/slow` has the ones that run `dot`."""

from itertools import islice

from gradcli.draw.forms.dot import dot
from gradcli.draw.scene import make_scene
from gradcli.language.parser import parse
from tests.helpers.pictures import EXAMPLES


def test_an_edge_has_two_arrows() -> None:
    """Forward with the value, backward with the gradient; the backward one does not count for ranking."""
    lines = list(dot(EXAMPLES["relu_open"].scene(repeat=False)))
    assert '  n2 -> n1 [label="2"];' in lines
    assert '  n1 -> n2 [label="3", constraint=false, style=bold, color="#c2410c", fontcolor="#c2410c"];' in lines


def test_states() -> None:
    """Dashed, dotted with a zero, closed, the sum."""
    text = "\n".join(dot(EXAMPLES["shared_closed"].scene(repeat=False)))
    assert text.count("style=dashed") == 1
    assert text.count('label="0", constraint=false, style=dotted') == 5
    assert 'label="ReLU\\nt\\nΣ −0.95", shape=box, style="rounded,filled", fillcolor="#eff1f3"' in text


def test_every_text_is_escaped() -> None:
    r"""Quotes, backslashes (which begin escapes such as \N), entities, newlines and controls."""
    scene = make_scene(parse("x*y"), forward_only=True, title='a "b" \\N &lt; \r\n \x00 ]]> -- </script>')
    assert list(islice(dot(scene), 1, 3)) == [
        '  label="a \\"b\\" \\\\N &amp;lt; \\n \\\\x00 ]]> -- </script>"; labelloc=t; fontname="Noto Sans";',
        '  tooltip="x*y";',
    ]


def test_there_is_no_limit() -> None:
    """So many nodes are so many lines, and as many arrows each way."""
    graph = parse(" + ".join(["x"] * 1_000))
    binary, merged = (sum(1 for _ in dot(make_scene(graph, repeat=False, binary=each))) for each in (True, False))
    assert binary == 1_000 + 1 + 2 * (2_000 - 1) + 7
    assert merged == 3 + 2 * 1_001 + 7
