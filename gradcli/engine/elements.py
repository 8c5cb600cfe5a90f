"""Notes on many elements of an array as one: on those that an operation computes, and on those of a gradient."""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from gradcli.engine.notes import Note
from gradcli.graph import Graph
from gradcli.graph.arrays import Arrays, element_names, size_of

SHOWN = 2  # elements in a sentence
# What is said of several elements, by what is said of one.
SENTENCES = {
    "kink": "kink-elements",
    "cone": "cone-elements",
    "tie": "tie-elements",
    "jump": "jump-elements",
    "jump-without-slope": "jump-without-slope-elements",
    "one-sided": "one-sided-elements",
    "smooth": "smooth-elements",
    "not-finite": "not-finite-elements",
    "lost-digits": "lost-digits-elements",
    "lost-digits-doubt": "lost-digits-doubt-elements",
    "too-small": "too-small-elements",
    "vanishing": "vanishing-elements",
    "too-large": "too-large-elements",
}
_Item = TypeVar("_Item")


def gathered(items: Iterable[_Item], key: Callable[[_Item], Hashable]) -> list[list[_Item]]:
    """The items with the same key together, in order of their first ones."""
    found = defaultdict[Hashable, list[_Item]](list)
    for item in items:
        found[key(item)].append(item)
    return list(found.values())


class Elements:
    """What notes say of the elements of a graph's arrays."""

    def __init__(self, graph: Graph) -> None:
        assert graph.arrays is not None
        self.arrays: Arrays = graph.arrays
        self.names = graph.names

    @cached_property
    def _names(self) -> list[str]:
        """The names of the operations on arrays."""
        from gradcli.arrays.names import operation_names  # of no use where notes are on numbers

        return operation_names(self.arrays)

    def operation(self, node: int) -> int:
        """The operation on arrays that made a node."""
        return self.arrays.operation_of(node)

    def array(self, target: int | None) -> str | None:
        """The array that a target is an element of; None for a number and for the value."""
        return None if target is None else self.arrays.array_of.get(self.names[target])

    def computed(self, note: Note, nodes: Sequence[int], **common: Any) -> Note:
        """The note on several nodes of one operation, in place of that on the first: what they have in `common` counts.

        Elements are named as those of the operation, or else of what it is applied to.
        """
        operation = self.operation(nodes[0])
        shape, elements = self.arrays.shapes[operation], self.arrays.elements[operation]
        labels = dict(zip(elements, element_names(self._label(operation), shape), strict=True))
        facts = {name: fact for name, fact in note.facts.items() if name != "tied"} | common
        facts |= {"node": self._names[operation]}
        said = {name: text for name, text in note.said.items() if common.get(name, text) is not None}
        note = note._replace(said=said)
        return _together(note, facts, [labels.get(node, "") for node in nodes], size_of(shape), nodes=list(nodes))

    def _label(self, operation: int) -> str:
        program = self.arrays.program
        named = (
            program.names[x]
            for x in (operation, *program.inputs[operation])
            if x in program.names and self.arrays.shapes[x] == self.arrays.shapes[operation]
        )
        return next(named, "")

    def of_gradient(self, note: Note, targets: Sequence[int], key: str = "name", **common: Any) -> Note:
        """The note on the gradient of several elements of one array, which the fact `key` names."""
        name = self.array(targets[0])
        assert name is not None
        size = size_of(self.arrays.shapes[self.arrays.named[name]])
        site = {"site": "elements"} if note.said.get("site") == "operation" else {}
        facts = {**note.facts, **common, key: name}
        for formula in {"formula", "better"} & facts.keys():
            facts[formula] = self._of_arrays(facts[formula])
        if note.said.get("site") == "leaf":
            facts["node"] = self.arrays.array_of.get(facts["node"], facts["node"])
        return _together(note, facts, [self.names[x] for x in targets], size, **site)

    def _of_arrays(self, formula: str) -> str:
        """A formula over elements in one place as one over arrays: `exp(x[0]) - 1` as `exp(x) - 1`."""
        found = re.findall(r"\w+\[[0-9,]+\]", formula)
        if len({name.partition("[")[2] for name in found}) != 1 or not self.arrays.array_of.keys() >= set(found):
            return formula
        return re.sub(r"(\w)\[[0-9,]+\]", r"\1", formula)


def _together(note: Note, facts: Mapping[str, Any], elements: Sequence[str], size: int, **said: Any) -> Note:
    facts = {**facts, "elements": list(elements), "count": len(elements), "size": size}
    shown = [*elements[:SHOWN], *(["…"] if len(elements) > SHOWN else [])]
    return Note(note.code, facts, {**note.said, **said, "shown": shown}, SENTENCES[note.variant or note.code])


def common(values: Iterable[Any]) -> Any:
    """What all values are; None where they differ."""
    first, *others = values
    return first if all(other == first for other in others) else None


def by_arrays(
    graph: Graph, items: Iterable[_Item], target: Callable[[_Item], int | None], kind: Callable[[_Item], Hashable]
) -> tuple[Elements | None, Sequence[Sequence[_Item]]]:
    """What is to be noted of targets: that of the elements of an array together, where it is of one kind."""
    if graph.arrays is None:
        return None, [[item] for item in items]
    elements = Elements(graph)
    return elements, gathered(items, lambda item: (elements.array(target(item)) or target(item), kind(item)))
