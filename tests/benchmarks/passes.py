"""Nanoseconds that both passes take for a node, what a gradient costs, and what bounds of its errors cost:
`python -m tests.benchmarks.passes`.
"""

import gc
from functools import partial

from gradcli.engine.digits import bounds
from gradcli.engine.evaluation import Evaluation
from gradcli.engine.passes import backward, forward
from gradcli.language.parser import parse
from tests.benchmarks.printing import best, line, title

NODES = 1_000_000
TEXTS = {
    "sums and products": ("x", " + x*y", 2),
    "functions": ("x", " + tanh(x*y)", 3),
    "branches": ("x", " + where(x > 0, relu(x), y)", 4),
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
        back = best(partial(backward, graph, done, required))
        is_goal = name == "sums and products"
        line(f"forward, {name}", ahead / len(graph) * 1e9, "ns")
        line(f"backward, {name}", back / len(graph) * 1e9, "ns")
        line(f"both, {name}", (ahead + back) / len(graph) * 1e9, "ns", *((1000, 400) if is_goal else ()))
        line(f"(forward + backward) / forward, {name}", (ahead + back) / ahead, "×", *((4, 3) if is_goal else ()))
        here = Evaluation(graph, done.values, done.order, tuple(graph.variables.values()))
        here.adjoints  # noqa: B018 (they are known when bounds are asked for)
        gate = best(partial(bounds.suspects, here))
        line(f"bounds / both, {name}", gate / (ahead + back), "×", 1.7)
        del graph, done, here
        gc.collect()
    gc.enable()


if __name__ == "__main__":
    main()
