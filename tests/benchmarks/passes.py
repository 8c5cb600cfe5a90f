"""Nanoseconds that both passes take for a node, what a gradient costs, and what bounds of its errors cost:
`python -m tests.benchmarks.passes`.
"""

import gc
from functools import partial

from gradcli.engine.digits import bounds
from gradcli.engine.doubles.passes import Tape, backward, forward
from gradcli.engine.evaluation import Evaluation
from gradcli.language.parser import parse
from tests.benchmarks.printing import best, line, title

NODES = 1_000_000
TEXTS = {  # what comes first, what is added again and again, and its nodes
    "sums and products": ("x", " + x*y", 2),
    "functions": ("x", " + tanh(x*y)", 3),
    "branches": ("x", " + where(x > 0, relu(x), y)", 4),
}
GATED = 60_000
GATE = TEXTS | {
    "quotients": ("x", " + x/y", 2),
    "ReLU": ("x", " + relu(x*y)", 3),
    "exponentials and logarithms": ("x", " + exp(-x)*log(y)", 5),
    "powers": ("x", " + (x*y)^3", 4),
    "maxima": ("x", " + max(x, y)", 2),
    "logsumexp": ("x", " + logsumexp(x, y)", 2),
    "hypot": ("x", " + hypot(x, y)", 2),
}


def main() -> None:
    """Measure and print."""
    gc.disable()
    title(f"Both passes: about {NODES:,} nodes")
    for name, (first, more, count) in TEXTS.items():
        graph = parse(first + more * (NODES // count), max_length=10**9)
        leaves = dict.fromkeys(graph.variables.values(), 0.5) | dict(graph.values)
        required = graph.requires_gradient(graph.variables.values())
        done = forward(graph, leaves)
        ahead = best(partial(forward, graph, leaves))
        back = best(partial(backward, Tape(graph, *done, required)))
        is_goal = name == "sums and products"
        line(f"forward, {name}", ahead / len(graph) * 1e9, "ns")
        line(f"backward, {name}", back / len(graph) * 1e9, "ns")
        line(f"both, {name}", (ahead + back) / len(graph) * 1e9, "ns", *((1000, 400) if is_goal else ()))
        line(f"(forward + backward) / forward, {name}", (ahead + back) / ahead, "×", *((4, 3) if is_goal else ()))
        del graph, done
        gc.collect()
    title(f"Bounds of the errors of both passes: about {GATED:,} nodes")
    for name, (first, more, count) in GATE.items():
        gate(name, first + more * (GATED // count))
    steps = "".join(f"h{n + 1} = relu(sigmoid(h{n}*y + 0.1)/(y + h{n})); " for n in range(GATED // 7))
    gate("sigmoids and quotients", f"h0 = x; {steps}h{GATED // 7}")
    gc.enable()


def gate(name: str, text: str) -> None:
    """What bounds cost, by what both passes do: in turns, so that what else the machine does slows both."""
    graph = parse(text, max_length=10**9)
    leaves = dict.fromkeys(graph.variables.values(), 0.5) | dict(graph.values)
    required = graph.requires_gradient(graph.variables.values())
    done = forward(graph, leaves)
    here = Evaluation(graph, done.values, done.order, tuple(graph.variables.values()))
    here.adjoints  # noqa: B018 (they are known when bounds are asked for)
    parts = (
        partial(forward, graph, leaves),
        partial(backward, Tape(graph, *done, required)),
        partial(bounds.suspects, here),
    )
    rounds = [[best(part, 1) for part in parts] for _ in range(9)]
    ahead, back, found = map(min, zip(*rounds, strict=True))
    line(f"bounds / both, {name}", found / (ahead + back), "×", 1.7)


if __name__ == "__main__":
    main()
