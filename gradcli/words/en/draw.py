"""Pictures, in English."""

TEXTS = {
    "too-many-nodes": (
        "the graph has {nodes:,} nodes, a picture at most {limit:,} (see --max-nodes); as text there is no "
        "limit: --format dot or mermaid"
    ),
    "too-many-pixels": "a picture of {width:.0f} × {height:.0f} pixels is too large; lower --scale",
    "png-needs-resvg": "PNG needs resvg-py: pip install 'gradcli[png]'; SVG needs nothing (--output graph.svg)",
    "no-such-step": "there is no step {step:,}: this picture has {last:,} {last:step|steps}",
    "picture.rows": "{name} stands for {rows}",
    "picture.step": "after step {step} of {last}",
    "picture.engine": "for letters that are not Latin: LuaLaTeX, for Japanese with the package luatexja, or upLaTeX",
    "tree.above": "above",
    "tree.below": "below",
    "page.first": "To the start",
    "page.back": "Back",
    "page.step": "Step",
    "page.last": "To the end",
    "page.steps": "Steps",
    "page.static": "Without JavaScript this picture does not move; its numbers are those of the point given.",
    "page.keys": "← →: step. Space: play and pause. Home, End: the first and the last step. Tab, then ↑ ↓: the nodes.",
    "page.start": "The inputs are given.",
    "page.undefined": "The function has no finite value here",
    "page.slider": "slider",
    "page.give": "Give the inputs values.",
    "page.play": "Play",
    "page.pause": "Pause",
    "page.reset": "Reset",
    "page.save": "Save SVG",
    "page.inputs": "Inputs",
    "page.table": "The steps so far",
    "page.joins": "{from} to {to}",
    "page.value": "value {value}",
    "page.gradient": "gradient {gradient}",
}
