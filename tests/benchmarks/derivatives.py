"""Microseconds that a term, call or layer takes to derive and to write: `python -m tests.benchmarks.derivatives`."""

import gc

from gradcli.language.parser import parse
from gradcli.symbolic.derive import derive
from gradcli.symbolic.formulary import Formulary
from tests.benchmarks.printing import best, line, title
from tests.helpers.shapes import FAMILIES

SIZES = (5_000, 10_000)
MEASURED = ("terms in as many variables", "one product", "calls", "tanh layers", "relu layers", "max", "logsumexp")


def main() -> None:
    """Measure and print."""
    title("Derivatives as expressions: µs for one operation of the function")
    for name in MEASURED:
        for size in SIZES:
            graph = parse(FAMILIES[name](size))
            derivatives = derive(graph)
            gc.disable()
            line(f"{name}, {size:,}, derive", best(lambda g=graph: derive(g), 1) / size * 1e6, "µs")
            statements = best(lambda g=graph, d=derivatives: Formulary(g, d).statements(), 1)
            line(f"{name}, {size:,}, write", statements / size * 1e6, "µs")
            facts = best(lambda g=graph, d=derivatives: Formulary(g, d).as_dict(), 1)
            line(f"{name}, {size:,}, write for programs", facts / size * 1e6, "µs")
            gc.enable()


if __name__ == "__main__":
    main()
