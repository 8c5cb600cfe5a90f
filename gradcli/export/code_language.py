"""How the languages of exports are spelled: a record of facts for each, which the backend's file fills."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field

from gradcli.graph import Graph
from gradcli.operators.records import Operator
from gradcli.symbolic.simplify import parsed_rule

# Symbols that many languages share with gradcli: each language says that it has them, and what it does not say is
# refused.
ARITHMETIC = {symbol: symbol for symbol in ["+", "-", "*", "/"]}
COMPARISONS = {symbol: symbol for symbol in ["<", "<=", ">", ">=", "==", "!="]}


@dataclass(frozen=True)
class CodeLanguage:
    """How a language is spelled.

    `calls` maps an operator's name to the name of a function, or to a template such as `{0:AND} ? {1:OR} : {2:OR}`
    (behind the colon the least precedence, as in the operator table, of what stands there without parentheses);
    `symbols` maps the symbol of an operator to that of the language. A function that is in neither
    becomes a helper function made from its definition in the operator table, as `function` writes one, under its own
    name or the one in `renamed`; without a definition it is refused, by a message with the language's `title`, which
    the page's has not. `helpers` holds the sources of the functions that neither the language nor the table has in a
    form that will do.
    Helpers are written out when they are used. `wrap` is how a number is written where it is an argument of a call.
    """

    title: str
    calls: Mapping[str, str]
    helpers: Mapping[str, str]
    number: Callable[[float], str]
    constants: Mapping[str, str]
    reserved: frozenset[str]
    function: Callable[[str, Sequence[str], Sequence[str], str], str]  # of name, parameters, lines and value
    assign: str  # "{name} = {text}"
    symbols: Mapping[str, str]
    decide: str = ""  # the same for a condition, where it is another
    lists: Mapping[str, str] = field(default_factory=dict)  # templates for variadic calls: {all} and {count}
    pairs: Mapping[str, str] = field(default_factory=dict)  # functions for variadic calls of two arguments
    attempt: str = ""  # how what may raise is computed where it may not be needed; "" where nothing raises
    wrap: str = "{}"
    renamed: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[Graph], Graph] = lambda graph: graph  # what is done to a definition before it is written

    def spells(self, operator: Operator) -> bool:
        """Whether an operator has a spelling of its own."""
        return operator.symbol in self.symbols or operator.name in self.calls or operator.name in self.lists

    def helper_name(self, operator: Operator) -> str:
        """What a helper function made from a definition is called."""
        return self.renamed.get(operator.name, operator.name)

    def reserved_for(self, graph: Graph) -> Container[str]:
        """The names that no variable or function can have where this graph is written."""
        made: set[str] = set()
        pending = set(graph.operators)
        while pending:
            operator = pending.pop()
            if operator.definition and not self.spells(operator) and self.helper_name(operator) not in made:
                made.add(self.helper_name(operator))
                pending.update(parsed_rule(operator.definition).operators)
        return Reserved(self.reserved, made)


class Reserved:
    """The names in one or another container."""

    def __init__(self, *containers: Container[str]) -> None:
        self.containers = containers

    def __contains__(self, name: object) -> bool:
        return any(name in container for container in self.containers)
