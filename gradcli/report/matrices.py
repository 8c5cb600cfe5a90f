"""Matrices between brackets, in lines."""

from collections.abc import Sequence

from rich.cells import cell_len

from gradcli.arrays.grids import Grid

GAP = "  "  # between columns
BRACKETS = "⎡⎢⎣⎤⎥⎦"
IN_ASCII = "[[[]]]"


def beside(parts: Sequence[Grid | str], brackets: str = BRACKETS) -> list[str]:
    """Matrices and the signs between them in lines, all of them at half of the height: `X = ⎡ 1  2 ⎤`."""
    blocks = [_lines(part, brackets) if isinstance(part, Grid) else [part] for part in parts]
    height = max(map(len, blocks))
    padded = [_padded(block, (height - len(block)) // 2, height) for block in blocks]
    return [" ".join(line).rstrip() for line in zip(*padded, strict=True)]


def _padded(block: list[str], above: int, height: int) -> list[str]:
    width = max(map(cell_len, block))
    lines = [*[""] * above, *block, *[""] * (height - above - len(block))]
    return [line + " " * (width - cell_len(line)) for line in lines]


def _lines(written: Grid, brackets: str) -> list[str]:
    """A matrix in lines, its columns flush right."""
    widths = [max(map(cell_len, column)) for column in zip(*written.rows, strict=True)]
    inside = [
        GAP.join(" " * (width - cell_len(text)) + text for width, text in zip(widths, row, strict=True))
        for row in written.rows
    ]
    if len(inside) == 1:
        return [f"[ {inside[0]} ]"]
    top, middle, bottom, end, far, last = tuple(brackets)
    between = [f"{middle} {line} {far}" for line in inside[1:-1]]
    return [f"{top} {inside[0]} {end}", *between, f"{bottom} {inside[-1]} {last}"]
