"""DOT and Mermaid text is accepted by Graphviz' `dot` and by Mermaid itself.

Needs `dot` and a chromium in PATH, playwright (Python), and Mermaid's `mermaid.min.js`, whose path is in the
environment variable MERMAID_JS (`npm install mermaid@11` puts it under node_modules/mermaid/dist).
"""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from gradcli.draw.forms.dot import dot
from gradcli.draw.forms.mermaid import mermaid
from gradcli.draw.numbers import gradient_label, value_label
from gradcli.draw.scene import Scene, make_scene
from gradcli.draw.steps import show_step
from gradcli.language.parser import parse
from tests.helpers.pictures import EXAMPLES, HOSTILE, Example, random_program


def scenes() -> Iterator[tuple[str, Scene]]:
    """The examples, random programs, no point, hostile titles and names that mean something in either language."""
    for name, example in EXAMPLES.items():
        yield name, example.scene(repeat=False)
    for seed in range(12):
        yield f"random {seed}", random_program(seed).scene(repeat=False)
    halfway = EXAMPLES["shared_closed"].scene(repeat=False, direction="down")
    halfway.step = len(halfway.steps) // 2
    show_step(halfway)
    yield "halfway", halfway
    yield "not evaluated", Example("where(x > 0, x, log(x) + 1)", {"x": 2}).scene(repeat=False)
    yield "no point", make_scene(parse("relu(a*x) + 1"), repeat=False)
    yield "keywords", make_scene(parse("end*graph + subgraph*node - class*click/style^edge"), repeat=False)
    for number, title in enumerate((HOSTILE, '"', "\\", "%%{init: {}}%%", "a;b\nc", "#quot;", "---", "`**b**`")):
        yield f"title {number}", make_scene(parse("x*y"), title=title, repeat=False)


@pytest.mark.parametrize(("name", "scene"), list(scenes()), ids=lambda value: value if isinstance(value, str) else "")
def test_dot_accepts_the_text(name: str, scene: Scene) -> None:
    """Without a warning; nodes, arrows and labels are those of the scene."""
    done = subprocess.run(
        ["dot", "-Tjson"], input="\n".join(dot(scene)).encode(), capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr.decode()) == (0, ""), name
    graph = json.loads(done.stdout)
    assert len(graph["objects"]) == len(scene.items)
    assert len(graph["edges"]) == len(scene.edges) + sum(edge.backward and edge.sent for edge in scene.edges)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page with Mermaid in it."""
    source = Path(os.environ["MERMAID_JS"]).read_text(encoding="utf-8")
    opened = browser.new_page()
    opened.set_content("<body></body>")
    opened.add_script_tag(content=source)
    opened.evaluate("mermaid.initialize({startOnLoad: false})")
    yield opened
    opened.close()


@pytest.mark.parametrize(("name", "scene"), list(scenes()), ids=lambda value: value if isinstance(value, str) else "")
def test_mermaid_accepts_the_text(page: Page, name: str, scene: Scene) -> None:
    """And shows every name, number and title as it is."""
    found = page.evaluate(
        """async text => {
          const {svg} = await mermaid.render('g' + Math.floor(1e9*Math.random()), text);
          document.body.innerHTML = svg;
          const texts = name => [...document.querySelectorAll(name)].map(e => e.textContent.trim());
          return {title: document.querySelector('title').textContent, nodes: texts('.node'),
                  edges: texts('.edgeLabel .label'), scripts: document.querySelectorAll('svg script, svg img').length};
        }""",
        "\n".join(mermaid(scene)),
    )
    assert len(found["nodes"]) == len(scene.items), name
    for item, shown in zip(scene.items, found["nodes"], strict=True):
        assert item.text in shown
        assert item.name in shown
    labels = [(value_label(edge, scene.language), gradient_label(edge)) for edge in scene.edges]
    written = [pair for pair in labels if any(pair)]
    shown = [text for text in found["edges"] if text]
    for (value, gradient), text in zip(written, shown, strict=True):
        assert value in text
        assert gradient in text
    assert found["scripts"] == 0
    plain = scene.title.isascii() and scene.title.isprintable()
    assert not plain or found["title"].split() == scene.title.split()
