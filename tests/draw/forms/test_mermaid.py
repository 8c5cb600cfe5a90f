"""Tests of Mermaid text. `tests/slow` has the ones that run Mermaid."""

from gradcli.draw.forms.mermaid import mermaid
from gradcli.draw.scene import make_scene
from gradcli.language.parser import parse
from tests.helpers.pictures import EXAMPLES


def test_one_edge_with_a_two_line_label() -> None:
    """Both arrows are one edge, its label has the value and the gradient."""
    assert list(mermaid(EXAMPLES["relu_open"].scene(repeat=False))) == [
        "flowchart LR",
        "  accTitle: relu#40;a#42;x#41;",
        "  accDescr: relu#40;a#42;x#41;#59; a #61; 2#44; x #61; 3#59; y #61; 6#59; "
        "#8706;y#47;#8706;a #61; 3#44; #8706;y#47;#8706;x #61; 2",
        '  n0(["ReLU"])',
        '  n1(("s #61; ×"))',
        '  n2["a"]',
        '  n3["x"]',
        '  n4["y"]',
        '  n1 <-->|"→ 6<br>← 1"| n0',
        '  n2 <-->|"→ 2<br>← 3"| n1',
        '  n3 <-->|"→ 3<br>← 2"| n1',
        '  n0 <-->|"→ 6<br>← 1"| n4',
        "  classDef operation fill:#ffffff,stroke:#1b1f24,color:#1b1f24",
        "  class n1 operation",
        "  classDef leaf fill:none,stroke:none,font-style:italic",
        "  class n2,n3,n4 leaf",
        "  classDef output fill:#e8f0fe,stroke:#1b1f24,color:#1b1f24",
        "  class n0 output",
    ]


def test_states() -> None:
    """Dotted for what is not taken, grey for what is closed, the sum in the node."""
    lines = list(mermaid(EXAMPLES["shared_closed"].scene(repeat=False)))
    assert [line for line in lines if "-.->" in line] == ['  n5 <-.->|"→ 0.8<br>← 0"| n7']
    assert '  n2(["t #61; ReLU<br>Σ −0.95"])' in lines
    assert "  class n2,n8 grey" in lines


def test_every_text_is_escaped() -> None:
    """Whatever is no letter or digit is written as its code, so that nothing is markup."""
    scene = make_scene(parse("x*y"), title='a "b" %% ; </script>\n-- ]]> #quot; \x1b')
    title = list(mermaid(scene))[1].removeprefix("  accTitle: ")
    assert title == ("a #34;b#34; #37;#37; #59; #60;#47;script#62; #45;#45; #93;#93;#62; #35;quot#59; #92;x1b")
