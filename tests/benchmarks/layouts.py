"""Milliseconds that the layout of a picture takes: `python -m tests.benchmarks.layouts`."""

from functools import partial

from gradcli.draw.layout.layout import make_layout
from tests.benchmarks.printing import best, line, title
from tests.helpers.pictures import dense, network


def main() -> None:
    """Measure and print."""
    title("Layout of a picture")
    for name, scene in (("network", network(8)), ("every step reads two", dense(50))):
        line(f"{name}, {len(scene.graph)} nodes", best(partial(make_layout, scene)) * 1e3, "ms", 500)


if __name__ == "__main__":
    main()
