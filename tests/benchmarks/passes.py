"""Nanoseconds that both passes take for a node, what a gradient costs, and what bounds of its errors cost:
`python -m tests.benchmarks.passes`. On a busy machine the last is better counted: `python -m tests.benchmarks.counted`.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
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
    for name, text in gated(GATED):
        gate(name, text)
    gc.enable()


def gated(nodes: int) -> Iterator[tuple[str, str]]:
    """Texts of about so many nodes whose bounds are measured, with their names."""
    for name, (first, more, count) in GATE.items():
        yield name, first + more * (nodes // count)
    steps = "".join(f"h{n + 1} = relu(sigmoid(h{n}*y + 0.1)/(y + h{n})); " for n in range(nodes // 7))
    yield "sigmoids and quotients", f"h0 = x; {steps}h{nodes // 7}"
    yield "a mixture", "x" + " + sigmoid(x*y)/(1 + exp(-x)) - log(y + 2)*sin(x)" * (nodes // 11)


def parts(text: str) -> Sequence[Callable[[], object]]:
    """Both passes, and the bounds of their errors."""
    graph = parse(text, max_length=10**9)
    leaves = dict.fromkeys(graph.variables.values(), 0.5) | dict(graph.values)
    required = graph.requires_gradient(graph.variables.values())
    done = forward(graph, leaves)
    here = Evaluation(graph, done.values, done.order, tuple(graph.variables.values()))
    here.adjoints  # noqa: B018 (they are known when bounds are asked for)
    return (
        partial(forward, graph, leaves),
        partial(backward, Tape(graph, *done, required)),
        partial(bounds.suspects, here),
    )


def gate(name: str, text: str) -> None:
    """What bounds cost, by what both passes do: in turns, so that what else the machine does slows both."""
    measured = parts(text)
    rounds = [[best(part, 1) for part in measured] for _ in range(9)]
    ahead, back, found = map(min, zip(*rounds, strict=True))
    line(f"bounds / both, {name}", found / (ahead + back), "×", 1.7)


if __name__ == "__main__":
    main()
