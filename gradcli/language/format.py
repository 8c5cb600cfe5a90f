"""Graph to text, with the fewest parentheses: `parse(format_graph(graph)) == graph` for every parsed graph.

Named steps are written as statements. A node without a name that is used more than once gets one (only derived
graphs have such nodes); `inline=True` writes everything out in one expression instead.
"""

from collections.abc import Collection, Mapping, Sequence

from gradcli.graph import Graph
from gradcli.language.names import leaf_names, step_names
from gradcli.operators.records import AND, ATOM, COMPARISON, NOT, OR, POWER, PRODUCT, SIGN, SUM, Operator
from gradcli.operators.table import DIV, IDENTITY, MUL

# The levels of precedence by the names that templates have for them: `{0:SUM} + {1:PRODUCT}` puts parentheses around
# what is of a lower one.
LEVELS = {
    "ANY": 0, "OR": OR, "AND": AND, "NOT": NOT, "COMPARISON": COMPARISON, "SUM": SUM, "PRODUCT": PRODUCT,
    "SIGN": SIGN, "POWER": POWER, "ATOM": ATOM,
}  # fmt: skip

# An operation's text is made of pieces: literal text, or an argument (its index) with the least precedence that
# its own text must have to stand there without parentheses.
Piece = str | tuple[int, int]


def format_graph(graph: Graph, inline: bool = False) -> str:
    """The program, its statements joined by `; `.

    Linear in the length of the text; with `inline`, that length can grow exponentially where nodes are shared.
    """
    return "; ".join(f"{name} = {text}" if name else text for name, text in statements(graph, inline))


def lines_of(graph: Graph) -> list[str]:
    """The lines of the text that the graph was read from, without comments and without what is empty."""
    lines = (line.partition("#")[0].strip() for line in graph.text.splitlines())
    return [line for line in lines if line]


def statements(graph: Graph, inline: bool = False, taken: Collection[str] = ()) -> list[tuple[str, str]]:
    """The statements of the program, each a name and an expression; the last one has no name if the output has none.

    No node gets a name that is `taken`.
    """
    names = leaf_names(graph) if inline else step_names(graph, taken)
    steps = [node for node in sorted(names) if not graph.is_leaf(node)]
    found = [(names[node], format_node(graph, node, names)) for node in steps]
    if not steps or steps[-1] != graph.output:
        found.append(("", names.get(graph.output) or format_node(graph, graph.output, names)))
    return found


def format_node(graph: Graph, root: int, names: Mapping[int, str]) -> str:
    """The expression of one node, in terms of the nodes that have names; with a stack, for graphs of any depth."""
    pieces: list[str] = []
    stack: list[str | int] = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        if item in names and (item != root or graph.is_leaf(item)):
            pieces.append(names[item])
            continue
        inputs = graph.inputs[item]
        for piece in reversed(operation_pieces(graph.operators[item], len(inputs))):
            if isinstance(piece, str):
                stack.append(f" {piece} " if piece == "@" else piece)
                continue
            index, least = piece
            x = inputs[index]
            is_free = _precedence(graph, x, names) >= least and not _misleads(graph, item, index, names)
            stack += (x,) if is_free else (")", x, "(")
    return "".join(pieces)


def _precedence(graph: Graph, node: int, names: Mapping[int, str]) -> int:
    while graph.operators[node] is IDENTITY and node not in names:
        node = graph.inputs[node][0]
    if node in names:
        return SIGN if names[node].startswith("-") else ATOM
    return graph.operators[node].precedence


def _misleads(graph: Graph, node: int, index: int, names: Mapping[int, str]) -> bool:
    """Whether a matrix product that is multiplied or divided by an array would look like one by that: (A @ B)*C."""
    x = graph.inputs[node][index]
    if index or graph.operators[x].symbol != "@" or x in names or graph.operators[node] not in (MUL, DIV):
        return False
    other = graph.inputs[node][1]
    return other not in graph.values or other in graph.names


def operation_text(operator: Operator, arguments: Sequence[str]) -> str:
    """An operator applied to names and numbers: `s + t`, `relu(s)`, `x^-1`, `(-2)^n`."""
    return "".join(
        piece
        if isinstance(piece, str)
        else f"({arguments[piece[0]]})"
        if arguments[piece[0]].startswith("-") and piece[1] > SIGN
        else arguments[piece[0]]
        for piece in operation_pieces(operator, len(arguments))
    )


def operation_pieces(operator: Operator, count: int) -> list[Piece]:
    """What the text of an operator with `count` arguments is made of."""
    symbol, precedence = operator.symbol, operator.precedence
    if operator is IDENTITY:
        return [(0, 0)]
    if operator.suffix:
        return [(0, ATOM), operator.suffix]
    if not symbol:
        pieces: list[Piece] = [operator.opening or f"{operator.called or operator.name}("]
        for index in range(count):
            pieces += [", "] * (index > 0) + [(index, 0)]
        return [*pieces, operator.closing]
    if count == 1:
        return [f"{symbol} " if symbol.isalpha() else symbol, (0, precedence)]
    if operator.right:
        # On the right of ^ the grammar takes a sign, and so another power, without parentheses.
        return [(0, precedence + 1), symbol, (1, SIGN)]
    spaced = symbol if precedence >= PRODUCT else f" {symbol} "
    return [(0, precedence), spaced, (1, precedence + 1)]
