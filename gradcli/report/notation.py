"""The signs and words of a form of output, and how formulas are written with them.

A formula is what stands in a cell between words: a definition, a product, a number with its name. A form with markup
marks it (`math`); the other forms write it as it is.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from gradcli.frozen import Frozen, with_other
from gradcli.language.format import operation_pieces, operation_text
from gradcli.language.names import derivative_name
from gradcli.operators.records import PRODUCT, SIGN, Operator
from gradcli.text import ALL, DIGITS, Characters, Settled, rounded
from gradcli.words.catalogue import say

if TYPE_CHECKING:
    from gradcli.arrays.grids import Grid
    from gradcli.graph.arrays import Shape
    from gradcli.trace.arrays.rows import Derivative, Formula, Symbol

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
FRACTION = re.compile("[0-9]/[0-9]")
NOT_EVALUATED = "…"  # the second side of an `and` or `or` that the first one decides


class Notation(Frozen):
    """Words in a language, signs and their spacing.

    `gap` is where a reader is to write a number in a formula, `blank` one in a matrix, and `room` an empty line for
    what is to be written there. `equality` is how `(=∂y/∂s)` follows a product: the article writes it without a space.
    `characters` are those of names and texts. `breaks` says whether the list that stands for a matrix where that has no
    room may be broken to lines.
    """

    language: str = "en"
    partial: str = "∂"
    dot: str = "·"
    times: str = " × "
    each: str = "⊙"
    approximately: str = "≈"
    plus_minus: str = " ± "
    equality: str = " ({})"
    gap: str = "____"
    blank: str = "____"
    room: str = ""
    breaks: bool = True
    characters: Characters = ALL

    # Words

    def text(self, text: str) -> str:
        """A text of any kind."""
        return self.encoded(text)

    def words(self, code: str) -> str:
        """What the catalogue says for a code."""
        return say(code, self.language)

    def code(self, text: str) -> str:
        """What can be typed as it stands."""
        return self.math(self.expression(text))

    # Formulas as a whole

    def math(self, text: str) -> str:
        """A formula whose parts are written already."""
        return text

    def formula(self, text: str) -> str:
        """An expression of the language, or an equation, as a formula."""
        return self.math(self.expression(text))

    def inline(self, name: str) -> str:
        """A variable or node, as a formula."""
        return self.math(self.name(name))

    # Parts of a formula

    def name(self, name: str) -> str:
        """A variable or node."""
        return self.encoded(name)

    def numeral(self, text: str) -> str:
        """A number."""
        return text

    def upright(self, text: str) -> str:
        """Words."""
        return text

    def expression(
        self,
        text: str,
        conditions: Collection[str] = (),  # noqa: ARG002
        arrays: "Mapping[str, Shape]" = MappingProxyType({}),  # noqa: ARG002
    ) -> str:
        """An expression or an equation; the names in `conditions` and `arrays` stand for such."""
        text = " ".join(text.split())
        return self.encoded(text)

    def local(self, text: str) -> str:
        """The formula of a local derivative: `h·(1 - h)`."""
        return self.expression(text).replace("*", self.dot)

    def fenced(self, text: str) -> str:
        """A formula in parentheses."""
        return f"({text})"

    def definition(self, name: str, operator: Operator, arguments: Sequence[str]) -> str:
        """`s = a*x`."""
        return self.expression(f"{name} = {operation_text(operator, arguments)}")

    def operation(self, operator: Operator, values: Sequence[float | bool | Settled]) -> str:
        """An operation over values, of which the last may not have been evaluated: `2 × 3`, `5 - (-3)`, `not true`."""
        operands = [self.operand(value) for value in values]
        operands += [NOT_EVALUATED] * (len(operator.parameters) - len(operands))
        parts, pieces = [], operation_pieces(operator, len(operands))
        least = PRODUCT if "/" in pieces else PRODUCT + 1  # of an operand that has parentheses if it is a fraction
        for place, piece in enumerate(pieces):
            if isinstance(piece, tuple):
                operand = operands[piece[0]]
                is_behind = operand.startswith("-") and (place or piece[1] > SIGN)
                fenced = operator.symbol and (is_behind or (FRACTION.search(operand) and piece[1] >= least))
                parts.append(f"({operand})" if fenced else operand)
            else:
                parts.append({"*": self.times, "/": " / "}.get(piece, piece))
        return self.expression("".join(parts))

    def operand(self, value: float | bool | Settled) -> str:
        """A number, true or false."""
        return self.upright(self.truth(value)) if isinstance(value, bool) else self.number(value)[0]

    def truth(self, value: bool) -> str:
        """True or false."""
        return self.words("label.true" if value else "label.false")

    def derivative(self, of: str, by: Sequence[str]) -> str:
        """`∂y/∂s`, `∂²z/∂a∂b`."""
        if len(by) == 1:
            return f"{self.partial}{self.name(of)}/{self.partial}{self.name(by[0])}"
        sign = self.partial if self.characters.has(SUPERSCRIPTS) else "d"
        return derivative_name(self.name(of), list(map(self.name, by)), sign)

    def product(self, chain: Sequence[tuple[str, str]]) -> str:
        """`∂y/∂y·∂y/∂s`."""
        return self.dot.join(self.derivative(of, (by,)) for of, by in chain)

    def equal(self, text: str) -> str:
        """`(=∂y/∂s)` behind a product."""
        return self.equality.format(f"={text}")

    def part_of(self, text: str) -> str:
        """`(part of ∂y/∂x)` behind a product."""
        return self.equality.format(say("part-of", self.language, whole=text))

    def number(self, value: float | Settled) -> tuple[str, bool]:
        """A number with up to six significant digits, and whether that is exact."""
        text, exact = rounded(value)
        return self.numeral(text), exact

    # Arrays

    def shape(self, shape: Sequence[int]) -> str:
        """`2×3`."""
        from gradcli.arrays.shapes import shape_text

        text = shape_text(shape)
        return text if self.characters.has(text) else text.replace("×", "x")

    def grid(
        self,
        values: Sequence[Any],
        shape: Sequence[int],
        digits: int = DIGITS,
        ends: tuple[int, int] | None = None,
        is_short: bool = False,
    ) -> "Grid":
        """The texts of an array's elements, given row by row: numbers, or what is true or false."""
        from gradcli.arrays.grids import ENDS, grid

        return grid(values, shape, digits, self.truth, ends or ENDS, is_short)

    def array(
        self, values: Sequence[Any], shape: Sequence[int], ends: tuple[int, int] | None = None
    ) -> tuple[str, bool]:
        """A matrix as a part of a formula, and whether it is exact: `[[1, 2], [3, 4]]`."""
        grid = self.grid(values, shape, ends=ends)
        return self.text(grid.nested), grid.is_exact

    def matrices(self, parts: "Sequence[Grid | str]") -> list[str]:
        """Matrices and the signs between them, side by side, in lines."""
        from gradcli.report.matrices import BRACKETS, IN_ASCII, beside

        return list(map(self.text, beside(parts, BRACKETS if self.characters.has(BRACKETS) else IN_ASCII)))

    def crowded(self, parts: "Sequence[Grid | str]") -> str:
        """The same where matrices have no room: as nested lists."""
        return self.text(" ".join(part if isinstance(part, str) else part.nested for part in parts))

    def over_arrays(self, formula: "Formula") -> str:
        """A formula over arrays: `Xᵀ·∂L/∂s`."""
        return "".join(map(self._piece, formula))

    def _piece(self, piece: "Symbol | Derivative | str") -> str:
        if isinstance(piece, str):
            return self.signs(piece)
        if len(piece) == 2:
            text = self.numeral(piece.name) if piece.name[0] in "-.0123456789" else self.name(piece.name)
        else:
            text = self.derivative(piece.of, (piece.by,))
            text = self.fenced(text) if piece.is_transposed else text
        return self.transposed(text) if piece.is_transposed else text

    def signs(self, text: str) -> str:
        """Signs and words between the arrays of a formula, and behind a parenthesis `ᵀ`."""
        return (
            text.replace("ᵀ", self.transposed(""))
            .replace("·", self.dot)
            .replace("×", self.times)
            .replace("⊙", self.each)
        )

    def transposed(self, text: str) -> str:
        """`Wᵀ`."""
        return f"{text}{self.encoded('ᵀ')}"

    def factor(self, number: str) -> str:
        """A number behind a sign of multiplication."""
        return f"({number})" if FRACTION.search(number) else self.term(number)

    def term(self, number: str) -> str:
        """A number behind a sign of addition."""
        return f"({number})" if number.startswith("-") else number

    def encoded(self, text: str) -> str:
        """The text in the characters that can be written."""
        return self.characters.written(text)


UNICODE = Notation()
ARTICLE = Notation(language="ja", equality="({})")  # the article's own spacing, used with Japanese words


def notation_in(characters: Characters, language: str) -> Notation:
    """That of a form without markup, with the signs that can be written."""
    plain = ARTICLE if language == "ja" else UNICODE
    signs = ("partial", "dot", "times", "each", "approximately", "plus_minus")
    return with_other(
        plain, characters=characters, **{sign: characters.written(getattr(plain, sign)) for sign in signs}
    )
