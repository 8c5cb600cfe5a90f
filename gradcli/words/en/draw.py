"""Pictures, in English."""

TEXTS = {
    "too-many-nodes": (
        "the graph has {nodes:,} nodes, a picture at most {limit:,} (see --max-nodes); as text there is no "
        "limit: --format dot or mermaid"
    ),
    "too-many-pixels": "a picture of {width:.0f} × {height:.0f} pixels is too large; lower --scale",
    "png-needs-resvg": "PNG needs resvg-py: pip install 'gradcli[png]'; SVG needs nothing (--output graph.svg)",
    "no-such-step": "there is no step {step:,}: this picture has {last:,} {last:step|steps}",
    "tree.above": "above",
    "tree.below": "below",
    "page.first": "To the start",
    "page.back": "Back",
    "page.step": "Step",
    "page.last": "To the end",
    "page.steps": "Steps",
    "page.static": "Without JavaScript this picture does not move; its numbers are those of the point given.",
    "page.keys": "Arrow keys: step. Tab: the nodes.",
    "page.start": "The inputs are given.",
    "page.upstream": "upstream",
    "page.local": "local",
    "page.undefined": "The function has no finite value here",
    "page.slider": "slider",
    "page.give": "Give the inputs values.",
}
