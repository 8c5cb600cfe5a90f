"""Tests of the terminal's picture and tree."""

import pytest

from gradcli.draw.forms.signs import plain
from gradcli.draw.forms.terminal import picture
from gradcli.draw.scene import make_scene
from gradcli.language.parser import parse
from gradcli.text import Characters, cell_width
from tests.helpers.pictures import EXAMPLES, Example, random_program


def drawn(example: Example, room: int | None = None, encoding: str = "utf-8") -> str:
    """The picture as text, without the newline at its end."""
    return plain(picture(example.scene(repeat=True), room, Characters.of(encoding)))


def test_the_article() -> None:
    """Values above the lines, gradients below."""
    assert (
        drawn(EXAMPLES["article"], 80)
        == """\
  2▸
a ───┐  s  6▸
  ◂3 ├▸(×)─────┐
  3▸ │     ◂1  │
x ───┘         │     26▸
  ◂2           ├▸(+)─────▸ z
  4▸           │     ◂1
b ───┐  t  20▸ │
  ◂5 ├▸(×)─────┘
  5▸ │     ◂1
y ───┘
  ◂4
"""
    )


def test_shared_nodes_and_a_branch_not_taken() -> None:
    """A shared operation is drawn once, and named with an arrow; what is not taken is dashed."""
    assert (
        drawn(EXAMPLES["shared_closed"], 90)
        == """\
     −1.5▸
   a ──────┐  s   −1.2▸     t        0▸
Σ◂0   ◂0   ├▸(×)─────────▸(ReLU)──────────┐
     0.8▸  │ Σ◂0   ◂0     Σ◂−0.95  ◂−1.2  │  u       0▸
   x ──────┘                              ├▸(×)──────────┐
Σ◂0   ◂0                                  │          ◂1  │
                                   −1.2▸  │              │
                                ↑s ───────┘              │
                                     ◂0                  │
                                     0▸      v      0.5▸ │
                                ↑t ────────▸(σ)──────────┤     2.5▸
                                   ◂0.25             ◂1  ├▸(+)──────▸ y
                  −1.5▸                                  │      ◂1
                a ──────┐  p       false▸                │
                        ├▸(>)─────────────┐              │
                   0▸   │                 │              │
                0 ──────┘                 │              │
                                          │    q     2▸  │
                                    0.8▸  ├▸(where)──────┘
                                 x ╌╌╌╌╌╌╌┤          ◂1
                                     ◂0   │
                                     2▸   │
                                 2 ───────┘
"""
    )


def test_ascii() -> None:
    """The same without a character outside ASCII."""
    assert (
        drawn(EXAMPLES["relu_closed"], 80, encoding="ascii")
        == """\
  -2>
a ----+  s  -6>          0>
  <0  +>(*)------>(ReLU)----> y
  3>  |     <0           <1
x ----+
  <0
"""
    )


def test_wide_letters_keep_the_lines_together() -> None:
    """A Japanese letter takes two cells."""
    lines = drawn(EXAMPLES["japanese"]).splitlines()
    assert lines[1] == "りんご ─────┐"
    assert lines[4] == "  個数 ─────┼▸(×)──────▸ 支払額"
    assert cell_width(lines[1][: lines[1].index("┐")]) == cell_width(lines[4][: lines[4].index("┼")])


def test_what_does_not_fit_has_three_digits_and_then_is_a_tree() -> None:
    """Four digits, three digits, the tree."""
    example = Example("a*b + c", {"a": 1.23456, "b": 2.34567, "c": 3.45678})
    natural = max(map(cell_width, drawn(example).splitlines()))
    four, three, tree = (drawn(example, room) for room in (natural, natural - 1, natural - 8))
    assert "1.235▸" in four
    assert "1.23▸" in three
    assert "1.235▸" not in three
    assert tree.startswith("y = +  6.353▸  ◂1\n├── s = ×")


def test_the_tree() -> None:
    """One line for each use; a shared operation is written out once."""
    assert (
        drawn(EXAMPLES["shared"], 60)
        == """\
y = +  3.009▸  ◂1
├── u = ×  1.44▸  ◂1
│   ├── t = ReLU  1.2▸  ◂1.2  Σ◂1.378
│   │   └── s = ×  1.2▸  ◂1.378  Σ◂2.578
│   │       ├── a  1.5▸  ◂2.062  Σ◂2.062
│   │       └── x  0.8▸  ◂3.867  Σ◂4.867
│   └── s = ×  1.2▸  ◂1.2  Σ◂2.578  ↑ above
├── v = σ  0.7685▸  ◂1
│   └── t = ReLU  1.2▸  ◂0.1779  Σ◂1.378  ↑ above
└── q = where  0.8▸  ◂1
    ├── p = >  true▸
    │   ├── a  1.5▸  Σ◂2.062
    │   └── 0
    ├── x  0.8▸  ◂1  Σ◂4.867
    └── 2  not taken
"""
    )


def test_more_than_twelve_leaves_are_a_tree() -> None:
    """Whatever the width."""
    twelve, thirteen = (" + ".join(f"x{n}" for n in range(count)) for count in (12, 13))
    at = {f"x{n}": 1.0 for n in range(13)}
    assert drawn(Example(twelve, at)).splitlines()[1].startswith(" x0 ──")
    assert drawn(Example(thirteen, at)).startswith("y = +  13▸  ◂1\n├── ")


def test_without_a_point_the_way_back_has_products() -> None:
    """In short where they are too wide; forward there are names alone."""
    scene = make_scene(parse("relu(a*x)"), repeat=True)
    assert (
        plain(picture(scene, 80))
        == """\
a ───────────────────┐  s
  ◂∂y/∂y·∂y/∂s·∂s/∂a ├▸(×)───────────────▸(ReLU)────────▸ y
                     │     ◂∂y/∂y·∂y/∂s          ◂∂y/∂y
x ───────────────────┘
  ◂∂y/∂y·∂y/∂s·∂s/∂x
"""
    )
    assert "  ◂∂y/∂s·∂s/∂a ├▸" in plain(picture(scene, 56))
    assert "── x  ◂∂y/∂y·∂y/∂s·∂s/∂x\n" in plain(picture(scene, 40))


def test_the_way_forward_alone() -> None:
    """No room is kept for what comes back."""
    assert (
        plain(picture(make_scene(parse("relu(a*x)"), repeat=True, forward_only=True), 80))
        == """\
a ───┐  s
     ├▸(×)─────▸(ReLU)────▸ y
x ───┘
"""
    )


def test_a_kink_is_said() -> None:
    """In words beside the name, in the reader's language."""
    assert "s kink" in drawn(Example("2*relu(x)", {"x": 0}))
    assert "s 微分できない点" in drawn(Example("2*relu(x)", {"x": 0}, None, "ja"))
    assert "+>(×)----> y" in (shown := drawn(Example("2*relu(x)", {"x": 0}, None, "ja"), encoding="cp932"))
    assert "s 微分できない点" in shown


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", ("▸(σ)─", "▸(×)─", "−∞▸", " σ ─", "Σ◂−∞")),
        ("cp932", (">(σ)-", ">(×)-", "-∞>", " σ -", "Σ<-∞")),
        ("ascii", (">(sigmoid)-", ">(*)-", "-inf>", r" \u03c3 -", "sum<-inf")),
    ],
)
def test_an_encoding_keeps_the_signs_that_it_has(encoding: str, shown: tuple[str, ...]) -> None:
    """Lines and arrows are of one kind. A function has its name for its letter, but a variable of that name has not."""
    text = drawn(Example("sigmoid(a*x) + σ*(-1e308*10*x)", {"a": 1, "x": 1, "σ": 2}), 120, encoding)
    assert [sign for sign in shown if sign not in text] == []


@pytest.mark.sampled(3)
@pytest.mark.parametrize("room", [24, 40, 80])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_never_wider_than_the_terminal(room: int, encoding: str) -> None:
    """Random programs, deep chains and long names: no line is wider, and nothing of a name is lost."""
    examples = [random_program(seed) for seed in range(8)]
    examples.append(Example("relu(" * 120 + "x" + ")" * 120, {"x": 2}))
    examples.append(Example("とても長い名前" * 9 + " * " + "abc" * 30, {"とても長い名前" * 9: 1, "abc" * 30: 2}))
    for example in examples:
        text = drawn(example, room, encoding)
        assert max(map(cell_width, text.splitlines())) <= room
        assert text.isascii() or encoding == "utf-8"
    assert encoding == "ascii" or "とても長い名前" * 9 in "".join(c for c in text if c.isalpha() and not c.isascii())


def test_a_deep_chain_is_cut_into_trees() -> None:
    """What would be indented too deep is written below; every node is there exactly once."""
    lines = drawn(Example("relu(" * 99 + "x" + ")" * 99, {"x": 2}), 80).splitlines()
    assert sum("↓ below" in line for line in lines) == 9
    assert sum("ReLU" in line for line in lines) == 99 + 9
    assert sum(line == "" for line in lines) == 9
