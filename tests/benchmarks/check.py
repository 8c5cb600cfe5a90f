"""Microseconds that `gradcli check` takes for a node, for n and 2n: `python -m tests.benchmarks.check`."""

from functools import partial

from gradcli.check.agreements import agreements
from gradcli.language.parser import parse
from tests.benchmarks.printing import best, line, title
from tests.helpers.judging import claimed
from tests.helpers.shapes import chain, layer, wide

SIZES = (5_000, 10_000)  # nodes, about


def main() -> None:
    """Measure and print."""
    title("gradcli check: microseconds a node")
    for size in SIZES:
        for name, text, claim in (
            ("a right claim", layer(size // 2), "w7=tanh(x7)"),
            ("a wrong claim", layer(size // 2), "w7=2.2*tanh(x7)"),
            ("a wrong claim about a chain", chain(size), "x=17*x"),
            ("a wrong claim about many arguments", wide(size), "x=17*x"),
        ):
            graph = parse(text)
            line(f"{name}, {len(graph):,} nodes", best(partial(claimed, graph, [claim])) / len(graph) * 1e6, "µs")
        graph = parse(layer(size // 4))
        for name, claim in (("right", "tanh({0})"), ("wrong", "2.2*tanh({0})")):
            claims = [f"w{number}={claim.format(f'x{number}')}" for number in range(size // 8)]
            taken = best(partial(claimed, graph, claims)) / len(claims)
            line(f"{len(claims):,} {name} claims, for each of them", taken * 1e6, "µs")
        graph = parse(layer(size))
        at = dict.fromkeys(graph.variables, 0.5)
        taken = best(partial(agreements, graph, at, list(graph.variables))) / len(graph)
        line(f"no claims, {len(at):,} variables", taken * 1e6, "µs")


if __name__ == "__main__":
    main()
