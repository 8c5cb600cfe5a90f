"""The rows of a trace: quantities of the forward pass, chain-rule products of the backward pass; and both for JSON."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gradcli.language.format import operation_text
from gradcli.operators.records import Operator
from gradcli.operators.table import MUL
from gradcli.text import Settled, finite_or_none, rounded
from gradcli.trace.printed import Printed, result
from gradcli.words.catalogue import say

if TYPE_CHECKING:
    from gradcli.trace.sentences import Explanation

# What writes a sentence.
Writing = Callable[["Explanation"], str]
# A factor of the chain rule: ∂of/∂by, as the two names.
Factor = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A named number of the forward pass; `value` is a bool for a condition, and None without a point.

    A literal is named by its value.
    """

    name: str
    value: float | bool | Settled | None
    is_literal: bool = False

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"name": self.name} | _number("value", self.value)


@dataclass(frozen=True, slots=True)
class Product:
    """One product of the chain rule: the gradient that comes to a node times the local derivative, for one input.

    `chain` has the factors as they are written, `equals` what their product is, or with `is_part` what it is a part
    of: where a node is used more than once, its gradient is the sum of several products. At the end point there is no
    local derivative, and the value is 1. `end` is the node at the other side: where the gradient goes to or comes from.
    Without a point there are no numbers: the value is None.
    """

    chain: tuple[Factor, ...]
    equals: Factor
    end: str
    upstream: float | Settled | None
    local: float | Settled | None
    value: float | Settled | None
    is_part: bool = False
    explanation: "Explanation | None" = None

    @property
    def is_first(self) -> bool:
        """Whether it is the one at the end point, ∂y/∂y."""
        of, by = self.equals
        return of == by

    @property
    def shown(self) -> Printed:
        """The value as it is printed, at a point."""
        factors = [x for x in (self.upstream, self.local) if x is not None]
        assert self.value is not None, "at a point"
        return result(MUL, factors, self.value)

    def as_dict(self, side: str, write: Writing | None = None) -> dict[str, Any]:
        """For JSON; `side` is "to" or "from"."""
        equals = "∂{}/∂{}".format(*self.equals)
        return {
            side: self.end,
            "chain": "·".join(f"∂{of}/∂{by}" for of, by in self.chain),
            "equals": say("part-of", "en", whole=equals) if self.is_part else equals,
            **({} if self.value is None else {name: finite_or_none(x) for name, x in self._numbers().items()}),
            **self._digits(),
            **({"explanation": write(self.explanation)} if write and self.explanation else {}),
        }

    def _numbers(self) -> dict[str, float | Settled | None]:
        return {"upstream": self.upstream, "local": self.local, "value": self.value}

    def _digits(self) -> dict[str, Any]:
        """The digits or fractions that were asked for, if any."""
        settled = {key: x for key, x in self._numbers().items() if isinstance(x, Settled)}
        return {x.keys: {key: x.text or None for key, x in settled.items()} for x in settled.values()}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a node says of the branch that it takes: `s > 0: open`, `a > 0 is true: takes x`.

    `where` is the condition, which is said to hold or not where `holds` is not None, and `condition` the same in the
    language, of an alternative without a point. `what` is the expression that is taken, unless the branch is called
    `open` or `closed`, as `gate` says; it is `chosen` where at a kink another rule than a branch's gives `slopes`, and
    `shared` where equal arguments share the gradient. With `is_otherwise` it is what is taken where no other one is.
    """

    where: str
    holds: bool | None = None
    what: str = ""
    gate: str = ""
    is_otherwise: bool = False
    condition: str = ""
    slopes: Sequence[float | Settled] = ()

    def text(self, language: str, formula: Callable[[str], str] = str) -> str:
        """The sentence; `formula` is how expressions are written."""
        slopes = ", ".join(formula(rounded(slope)[0]) for slope in self.slopes)
        facts = {"slopes": slopes}
        what = (
            say(f"gate.{self.gate}", language, **facts)
            if self.gate
            else say("takes", language, what=formula(self.what))
        )
        if not self.where and not self.is_otherwise:
            return what
        where = formula(self.where) if self.where else say("case.otherwise", language)
        if self.holds is not None:
            where = say("holds", language, condition=where, state="true" if self.holds else "false")
        return f"{where}: {what}"


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One row of a table. `kind` is "start", "node" or "end"; `pass_` is "forward" or "backward".

    `arguments` has the names of the node's arguments, `choices` the branch that it takes, or without a point all that
    it may take; `mark` is "kink", "tie", "jump" or "edge" where the point lies on one, "lost" where most digits of a
    number are lost. A node that was not evaluated has `taken` False and no numbers. What is said of the inputs and of
    the outputs as a whole is in `on_inputs` and `on_outputs`.
    """

    pass_: str
    kind: str
    name: str
    operator: Operator | None = None
    arguments: Sequence[str] = ()
    choices: Sequence[Choice] = ()
    mark: str = ""
    inputs: Sequence[Any] = ()
    outputs: Sequence[Any] = ()
    taken: bool = True
    on_inputs: Sequence["Explanation"] = ()
    on_outputs: Sequence["Explanation"] = ()

    @property
    def expression(self) -> str:
        """The node's definition, `s = a*x`."""
        if self.operator is None or not self.arguments:
            return ""
        return f"{self.name} = {operation_text(self.operator, self.arguments)}"

    def as_dict(self, write: Writing | None = None) -> dict[str, Any]:
        """The row as JSON has it; `write` writes sentences."""
        facts: dict[str, Any] = {
            "node": self.name,
            "operator": self.operator.name if self.operator else self.kind,
            "expression": self.expression,
        }
        choices = self._branches()
        if choices:
            facts |= {"branch": choices[0]} if len(choices) == 1 else {"branches": choices}
        if self.mark:
            facts["mark"] = self.mark
        if not self.taken:
            facts["taken"] = False
        if write and (said := [*self.on_inputs, *self.on_outputs]):
            facts["explanations"] = list(map(write, said))
        if self.pass_ == "forward":
            return facts | {
                "inputs": [one.as_dict() for one in self.inputs],
                "outputs": [one.as_dict() for one in self.outputs],
            }
        return facts | {
            **self._gradient(),
            "inputs": [one.as_dict("from") for one in self.inputs],
            "outputs": [one.as_dict("to", write) for one in self.outputs],
        }

    def _branches(self) -> list[str]:
        return [choice.text("en") for choice in self.choices]

    def _gradient(self) -> dict[str, Any]:
        """What has come in, of the backward pass; nothing without a point."""
        return {}


@dataclass(frozen=True, slots=True)
class Row(TraceRow):
    """A row of a trace over numbers; `gradient` is the node's adjoint, None without a point."""

    gradient: float | Settled | None = None

    def _gradient(self) -> dict[str, Any]:
        return _number("gradient", self.gradient)


def _number(name: str, value: float | bool | Settled | None) -> dict[str, Any]:
    """A number, with the digits or the fraction that were asked for; nothing without a point."""
    if value is None:
        return {}
    text = {value.key: value.text or None} if isinstance(value, Settled) else {}
    return {name: finite_or_none(value)} | text
