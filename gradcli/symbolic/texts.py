"""Derivatives as texts: each as a program of the language, or all in terms of the steps that they share."""

from collections.abc import Collection, Sequence

from gradcli.errors import GradcliError
from gradcli.graph import reachable
from gradcli.language.format import format_graph, statements
from gradcli.language.names import derivative_name
from gradcli.language.parser import MAX_LENGTH
from gradcli.symbolic.derive import Derivatives
from gradcli.symbolic.programs import block, program

Key = tuple[str, ...]
Statements = list[tuple[Key | None, str, str]]  # a key or a name, and an expression

# Formulas that stand alone repeat what they have in common: n factors make n formulas of n - 1. These characters are
# written in a tenth of a second; more only where naming the common steps saves little, so that writing takes about as
# long as deriving.
MAX_ALONE = 100_000
TIMES_SHARED = 4


class Texts:
    """The texts of derivatives of the `output`; with `inline` shared parts are written out.

    Raises `GradcliError` where a text would then have over 2,000,000 characters.
    """

    def __init__(self, derivatives: Derivatives, output: str, inline: bool = False) -> None:
        self.derivatives = derivatives
        self.output = output
        self.inline = inline
        self._alone: dict[int, str] = {}  # by node
        if inline:
            self._check_length()

    def label(self, key: Key) -> str:
        """`∂z/∂a`, `∂²z/∂a∂b`, `∂³z/∂x³`."""
        return derivative_name(self.output, key)

    def alone(self, key: Key) -> str:
        """A derivative as a program of its own."""
        root = self.derivatives.root(*key)
        if root not in self._alone:
            self._alone[root] = format_graph(program(self.derivatives.graph, root), inline=self.inline)
        return self._alone[root]

    def together(self, keys: Sequence[Key], taken: Collection[str] = ()) -> Statements:
        """Derivatives as one list of statements that share their steps.

        Each is (key, name, expression): a derivative has no name, and a step that several share no key, and no name
        that is `taken`.
        """
        if self.inline or not keys:
            return [(key, "", self.alone(key)) for key in keys]
        # The roots have numbers, which are no names.
        roots = {str(place): self.derivatives.roots[key] for place, key in enumerate(keys)}
        return [
            (keys[int(name)], "", expression) if name in roots else (None, name, expression)
            for name, expression in statements(block(self.derivatives.graph, roots), taken=taken)
        ]

    def for_programs(self, keys: Sequence[Key]) -> tuple[dict[str, str], dict[Key, str]]:
        """Steps in order, and the derivatives in terms of them; no steps where each derivative is a program.

        There are steps where the programs would have over 100,000 characters together and four times as many as with
        steps, so that what is written is linear in the size of the derived graph; with `inline` there are none.
        """
        if not (self.inline or self._is_short(keys, MAX_ALONE)):
            shared = self.together(keys, self.derivatives.graph.names.values())
            if not self._is_short(keys, TIMES_SHARED * sum(len(name) + len(text) for _, name, text in shared)):
                return {name: text for key, name, text in shared if not key}, {
                    key: text for key, _, text in shared if key
                }
        return {}, {key: self.alone(key) for key in keys}

    def _is_short(self, keys: Sequence[Key], limit: int) -> bool:
        """Whether the derivatives as programs have so many characters together at most; no more are written."""
        for key in keys:
            limit -= len(self.alone(key))
            if limit < 0:
                return False
        return True

    def _check_length(self) -> None:
        """Written out, shared parts can make a text of exponential length: refuse that beforehand."""
        graph = self.derivatives.graph
        sizes = [0] * len(graph)
        for node in reachable(graph.inputs, self.derivatives.roots.values()):
            sizes[node] = 1 + sum(sizes[x] for x in graph.inputs[node])
        for key, root in self.derivatives.roots.items():
            if sizes[root] > MAX_LENGTH // 4:
                facts = {"derivative": self.label(key), "limit": MAX_LENGTH}
                raise GradcliError("too-long-inline", facts, source="option")
