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
    "page.arrays": (
        "This page goes through the passes at the point given: there are {count:,} scalar nodes, and a page computes "
        "at other points up to {limit:,}."
    ),
    "page.shapes": (
        "This page shows shapes alone: there is no point, and some arrays are too large to be typed in here. With a "
        "point it has numbers."
    ),
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
    "page.fit": "Fit",
    "page.reset": "Reset",
    "page.save": "Save SVG",
    "page.inputs": "Inputs",
    "page.table": "The steps so far",
    "page.joins": "{from} to {to}",
    "page.value": "value {value}",
    "page.gradient": "gradient {gradient}",
    "quiz-too-large": (
        "a quiz asks for arrays of up to {rows} rows and columns, in a program of up to {limit:,} scalar nodes; "
        "this one has no operation over such arrays"
    ),
    "quiz.answer": "Your answer",
    "quiz.check": "Check",
    "quiz.tell": "Show me",
    "quiz.other": "Other values",
    "quiz.static": "The questions need JavaScript.",
    "quiz.score": "Right: {right} of {asked}. Tries: {tries}.",
    "quiz.right": "Right: {shown}",
    "quiz.told": "The answer: {shown}",
    "quiz.wrong": "{answer} is not right",
    "quiz.some": "{count} of the {size} numbers are not right",
    "quiz.because": "{wrong}: {why}",
    "quiz.unread": "Give a number, such as 12, −0.5, 1/3 or 2e−3.",
    "quiz.truth": "Answer true or false.",
    "quiz.digits": "Right so far: give two digits or more.",
    "quiz.sum": "the sum of the {count} gradients that come back to {name}",
    "quiz.to": "the gradient that goes back to {name}",
    "quiz.over": "That was the last question.",
    "quiz.added": "the inputs added, at {at}",
    "quiz.times": "the inputs multiplied, at {at}",
    "quiz.swapped": "the inputs taken in the other order, at {at}",
    "quiz.derivative": "the derivative of {at} with respect to {input} instead of the value",
    "quiz.input": "the input {input} itself, at {at}",
    "quiz.of-value": "the value of {name} instead of the gradient",
}
