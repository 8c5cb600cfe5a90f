"""What a program is told of each number of a result: that it is all right, or what is to be said of it, as codes."""

from collections.abc import Collection, Iterable, Mapping
from math import isfinite

from gradcli.engine.describer import names_of
from gradcli.engine.notes import Note
from gradcli.graph import Graph
from gradcli.words.catalogue import word


def statuses(
    graph: Graph, value: float, gradient: Mapping[str, float], others: Iterable[str], notes: Collection[Note]
) -> dict[str, str]:
    """For each name with a gradient, for the `others`, which require none, and under "" for the value: "ok", "not
    required", "not finite" or the codes of the notes on it, separated by spaces.

    A note on a node is one on all variables that its gradient comes to; what is a note on no variable is one on the
    value too.
    """
    codes = _Codes(graph, notes)
    found = dict.fromkeys(others, word("not-required"))
    for name, number in (("", value), *gradient.items()):
        found[name] = (" ".join(codes.on(name)) or "ok") if isfinite(number) else word("not-finite")
    return found


def together(those: Iterable[str]) -> str:
    """What is said of an array, by what is said of its elements: all that is more than "ok"."""
    found = dict.fromkeys(those)
    if len(found) == 1:
        return next(iter(found))
    not_finite = word("not-finite")
    codes = (one for status in found for one in ([status] if status == not_finite else status.split()))
    return " ".join(code for code in dict.fromkeys(codes) if code != "ok")


class _Codes:
    """The codes of notes by what they are about."""

    def __init__(self, graph: Graph, notes: Collection[Note]) -> None:
        self.nodes = {name: node for node, name in graph.names.items()}
        self.own: dict[str, set[str]] = {}  # by name, "" for the value
        self.bits = {code: 1 << place for place, code in enumerate(dict.fromkeys(note.code for note in notes))}
        self.passed = [0] * len(graph) if notes else []  # the codes of each node and of those that depend on it
        places = {name: node for node, name in enumerate(names_of(graph))} if notes else {}
        for note in notes:
            self._take(note, places)
        for node, index in graph.backward_edges(range(len(self.passed) - 1, -1, -1)):
            self.passed[graph.inputs[node][index]] |= self.passed[node]

    def _take(self, note: Note, places: Mapping[str, int]) -> None:
        """Put the note's code where it belongs: to a name, or to a node and so to what is before it."""
        facts = note.facts
        about = facts.get("name") if facts.get("of") == "gradient" else facts.get("variable")
        nodes = note.said.get("nodes", ())
        names = facts["elements"] if about and "elements" in facts else [about or ""]
        for node in nodes:
            self.passed[node] |= self.bits[note.code]
        if nodes:
            return
        for name in {*names, "" if note.variant == "edge-jump" else names[0]}:
            self.own.setdefault(name, set()).add(note.code)
        if about is None and "of" not in facts and facts.get("node") in places:
            self.passed[places[facts["node"]]] |= self.bits[note.code]

    def on(self, name: str) -> list[str]:
        """The codes of the notes on a name, in the order of the notes."""
        passed = self.passed[self.nodes[name]] if name and self.passed else 0
        return [code for code, bit in self.bits.items() if code in self.own.get(name, ()) or passed & bit]
