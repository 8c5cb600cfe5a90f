"""What a row of the operator table consists of: records of facts.

An operator whose function is its definition makes that function when it is first called.

The rule language: `x`, `y`, … are the row's parameters, `out` is the value of the node. A row with branches gives
the partial derivatives for each branch, the conditions tried in order; its derivative is that of the branch taken,
at a kink too. A variadic row (`max`) gives a partial derivative for the first argument and one for any later
argument: there `x` is that argument and `before` the same function of the arguments before it.

A definition says the same function by others, in a form that doubles compute well everywhere: `x * sigmoid(x)`. It
may have steps before its last formula, as that of sigmoid has.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from gradcli.frozen import Frozen
from gradcli.operators.exceptional import not_a_number
from gradcli.words.catalogue import say, says

OR, AND, NOT, COMPARISON, SUM, PRODUCT, SIGN, POWER, ATOM = range(1, 10)  # levels of precedence


_LIKE_TERMS = re.compile(r"([^\s(]+) \+ …")


class Partial(NamedTuple):
    """All that is known of one partial derivative. Only the formula must be given."""

    formula: str  # what people read, and symbolic derivatives are made of; "" for a condition or an order
    textbook: str = ""  # as textbooks have it, where they have it in a form that loses digits
    stable: str = ""  # written so that doubles give it in all of the domain, where they lose digits of the formula
    # The backward pass computes by this where doubles lose digits of the stable form too: a function of the parameters
    # and `out`. For a variadic row that of the first argument takes all arguments, and returns all slopes.
    slope: Callable[..., Any] | None = None
    steep: str = ""  # where it may be infinite or NaN while the value is finite
    # The form for arrays, where it is another than the stable one, and where doubles lose its digits: there the numbers
    # are found one by one, with `slope`.
    arrays: str = ""
    lossy: str = ""
    at_zero: str = ""  # the n-th derivative at x = 0, where the formula is a limit that cannot be derived once more
    elsewhere: str = ""  # where PyTorch or JAX have it with an error of more than 1e-12 or so

    @property
    def for_machines(self) -> str:
        """The form that doubles compute best."""
        return self.stable or self.formula


class Branch(NamedTuple):
    """One branch of a function: taken where `condition` holds and none before it did ("" is: otherwise)."""

    condition: str
    takes: str  # what the function is there, as an expression over the parameters
    partials: tuple[str, ...]
    gate: str = ""  # "open" or "closed", for a branch that is called so

    @property
    def is_flat(self) -> bool:
        """Whether every slope is 0."""
        return set(self.partials) == {"0"}


class Kink(NamedTuple):
    """Where two branches meet: where the parameter `one` equals `other`, which is a parameter or a number.

    It is a kink where their slopes differ. `below` and `above` are the indices of the branches where `one` is smaller
    and larger.
    """

    one: str
    other: str
    below: int
    above: int

    @property
    def at(self) -> str:
        """An expression that is 0 there."""
        if self.other == "0":
            return self.one
        return f"{self.one} + {self.other[1:]}" if self.other.startswith("-") else f"{self.one} - {self.other}"


class Operator(Frozen):
    """One row of the table. The function takes and returns floats (bools for conditions) and raises the `ValueError`,
    `ZeroDivisionError` or `OverflowError` of Python's own arithmetic where it has no finite value;
    `exceptional` then gives the IEEE 754 result.
    """

    name: str
    parameters: tuple[str, ...]
    function: Callable[..., Any] | None  # None: the definition is the function
    partials: tuple[Partial, ...] = ()  # one for each parameter; none for a condition
    symbol: str = ""  # as written between or before its operands; "" for what is written as a call
    precedence: int = ATOM
    letter: str = ""  # what formulas and pictures call it
    right: bool = False  # associates to the right
    variadic: bool = False  # takes one or more arguments (`least` says how many at least)
    least: int = 0
    # Of a variadic row whose slopes are its arguments' shares of a sum, for machines: the weight of the argument x,
    # where `largest` is the largest argument.
    weight: str = ""
    reserved: bool = False  # no variable can have the name, which else is a function only where it is called
    condition: bool = False  # the result is a condition, not a number
    conditions: tuple[int, ...] = ()  # the parameters that are conditions
    called: str = ""  # the name by which it is called, where that is another row's, which takes fewer arguments
    held: bool = False  # derivatives hold it at its value: none goes through it
    orders: tuple[int, ...] = ()  # the parameters that are whole numbers, in which there is no derivative
    # From the first argument, a condition: which other argument is evaluated (0: none of them).
    chooses: Callable[[bool], int] | None = None
    definition: str = ""  # the function by others; "" for one that is not made of others, and for operators
    lossy: str = ""  # where doubles lose digits of the definition, which the row's own function has
    textbook: str = ""  # as textbooks have it, where they have it in a form that overflows or loses digits
    # What makes a function of a definition and its parameters.
    reader: Callable[[str, tuple[str, ...]], Callable[..., Any]] | None = None
    branches: tuple[Branch, ...] = ()
    kinks: tuple[Kink, ...] = ()
    ties: bool = False  # takes one of its arguments: the first that equals the result; equal ones are a kink
    cone: bool = False  # has a kink at the origin, where f(dx, dy) is its derivative in the direction (dx, dy)
    jump: str = ""  # the function jumps at the zeros of this expression
    domain: tuple[str, ...] = ()  # the conditions that must all hold where the function is defined
    # How rounding passes it: "sum" (of its arguments, up to their signs), "product" or "quotient"; "" for a function.
    arithmetic: str = ""
    # What is known of a function over a whole range: that it is 0 nowhere (but for a power of 0); that it grows with
    # its argument wherever it is defined; that it goes up and down, by no more than its argument; that it has poles
    # at 0 and all whole numbers below; and the same function by parts of which both zeros and poles are known.
    never_0: bool = False
    rises: bool = False
    waves: bool = False
    poles: bool = False
    parts: str = ""
    complement: str = ""  # what is 1 together with it
    exceptional: Callable[..., float] = staticmethod(not_a_number)  # no method: it takes the arguments alone
    shaped: bool = False  # is an operation on whole arrays, of which no pass knows

    # No properties, as the passes ask for them at every node: the numeric function, which without one of the row's own
    # reads the definition when it is first called; the parameters in which there is no derivative; and whether there is
    # none in any of them.
    def __post_init__(self) -> None:
        """Find what is made of other facts."""
        self.forward: Callable[..., Any]
        self.discrete: tuple[int, ...]
        self.ends: bool
        object.__setattr__(self, "forward", self.function or self._first_call)
        object.__setattr__(self, "ends", self.condition or self.held)
        object.__setattr__(self, "discrete", (0,) if self.held else self.conditions + self.orders)

    def _first_call(self, *arguments: Any) -> Any:
        return self.read()(*arguments)

    def read(self) -> Callable[..., Any]:
        """The numeric function, to be kept: that of a definition is made now."""
        if self.forward == self._first_call:
            assert self.reader is not None
            object.__setattr__(self, "forward", self.reader(self.definition, self.parameters))
        return self.forward

    suffix = ""  # what stands behind its operand, for one that is written so
    is_part = False  # takes a part of an array
    opening, closing = "", ")"  # what begins what is written as a call, if that is no name, and what ends it

    @property
    def word(self) -> str:
        """How it is written: its symbol, or the name by which it is called."""
        return self.symbol or self.called or self.name

    @property
    def is_flat(self) -> bool:
        """Whether every slope is 0 by its formula: a step, or what is held."""
        return set(self.formulas) == {"0"}

    @property
    def has_hole(self) -> bool:
        """Whether it is a function of one argument that has no value at 0 and is known on both sides."""
        return self.domain == ("x != 0",)

    @property
    def formulas(self) -> tuple[str, ...]:
        """The formulas of the partial derivatives."""
        return tuple(partial.formula for partial in self.partials)

    def partial(self, index: int) -> Partial:
        """What is known of the partial derivative by an argument: of a variadic row all later ones have that of one."""
        return self.partials[min(index, 1) if self.variadic else index]

    def takes(self, count: int) -> bool:
        """Whether it has so many arguments."""
        return count >= self.least if self.variadic else count == len(self.parameters)

    def in_textbooks(self, letters: Sequence[str]) -> str:
        """The function of these letters as textbooks have it: in `sqrt(x^2 + …)` the term is there for each."""
        return _LIKE_TERMS.sub(
            lambda found: " + ".join(found[1].replace("x", letter) for letter in letters), self.textbook
        )

    def label(self, language: str) -> str:
        """What a node of this operator is called before the word "node": `Mul`, `乗算`, `ReLU`, `exp`."""
        code = f"operator.{self.name}"
        return say(code, language) if says(code) else self.word
