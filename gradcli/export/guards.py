"""Which nodes of a graph code has to compute under which conditions, and in which order.

A region is what holds on a way into branches: none or several conditions, each true or false. Regions are a tree, and
a node belongs to the nearest one that has all its uses in it. So everything here is linear, up to a logarithm, however
branches are nested. The price: a node that is used in branches of different conditions is computed where neither of
them may be taken. Such a node is not `certain`: what it computes may have no value, and then nobody asks for it.
"""

from collections.abc import Sequence

from gradcli.graph import Graph

MOST_LITERALS = 8  # an `and` of more conditions is taken as one


class Guards:
    """The region of each node of `nodes`, which are in topological order; region 0 is everywhere.

    `regions[node]` is the node's region; `certain` holds the nodes that are needed wherever it is entered. Region r is
    that part of `parents[r]` in which the condition (a node) `literals[r][0]` has the truth value `literals[r][1]`.
    Where several of these were one condition, `wholes[r]` has the region around them, and this condition and its value.
    """

    def __init__(self, graph: Graph, nodes: Sequence[int], roots: Sequence[int]) -> None:
        self.graph = graph
        self.nodes = nodes
        self.parents = [0]
        self.literals = [(-1, True)]
        self.depths = [0]
        self._jumps = [0]  # an ancestor, at such a distance that there is a short way to each ancestor
        self._known: dict[tuple[int, int, bool], int] = {}
        self.wholes: dict[int, tuple[int, int, bool]] = {}
        self.regions: dict[int, int] = {}
        self.certain: set[int] = set()
        self._find(roots)

    def order(self) -> list[int]:
        """The nodes in an order in which each follows its operands and the conditions of its region.

        There always is one: a condition is used around the region that it opens, so it is not computed within.
        """
        order: dict[int, None] = {}
        open_regions = {0}  # those whose conditions are all computed
        pending = list(reversed(self.nodes))
        while pending:
            node = pending[-1]
            if node in order:
                pending.pop()
                continue
            closed = []
            region = self.regions[node]
            while region not in open_regions:
                closed.append(region)
                region = self.parents[region]
            missing = [x for x in self.graph.inputs[node] if x not in order]
            conditions = [self.literals[region][0] for region in closed]
            conditions += [self.wholes[region][1] for region in closed if region in self.wholes]
            missing += [x for x in conditions if x not in order]
            if missing:
                pending += missing
            else:
                open_regions.update(closed)
                order[pending.pop()] = None
        return list(order)

    def _find(self, roots: Sequence[int]) -> None:
        uses: dict[int, list[tuple[int, bool]]] = {node: [] for node in self.nodes}
        for root in roots:
            uses[root].append((0, True))
        for node in reversed(self.nodes):
            region, is_certain = self._common(uses.pop(node))
            self.regions[node] = region
            if is_certain:
                self.certain.add(node)
            for index, x in enumerate(self.graph.inputs[node]):
                inside = region
                if condition := self.graph.condition_of(node, index):
                    literals = self._literals(*condition)
                    for literal in literals:
                        inside = self._part(inside, *literal)
                    if len(literals) > 1:
                        self.wholes.setdefault(inside, (region, *condition))
                uses[x].append((inside, is_certain))

    def _common(self, uses: Sequence[tuple[int, bool]]) -> tuple[int, bool]:
        """The nearest region around all uses, and whether a node with these uses is needed everywhere in it."""
        region = uses[0][0]
        for other, _ in uses:
            region = self._around(region, other)
        certain = {other for other, is_certain in uses if is_certain}
        if region in certain:
            return region, True
        parts = {self.literals[other] for other in certain if self.parents[other] == region}
        return region, any((x, not holds) in parts for x, holds in parts)

    def _literals(self, condition: int, holds: bool) -> list[tuple[int, bool]]:
        """A condition as conditions that hold or do not hold, all together and in order: an `and`, a negated `or`."""
        found: list[tuple[int, bool]] = []
        pending = [(condition, holds)]
        while pending:
            node, value = pending.pop()
            operator, inputs = self.graph.operators[node], self.graph.inputs[node]
            if operator.chooses and operator.condition and value == (operator.chooses(True) == 1):
                pending += [(inputs[1], value), (inputs[0], value)]
            elif operator.condition and operator.conditions and len(inputs) == 1:
                pending.append((inputs[0], not value))
            else:
                found.append((node, value))
            if len(found) + len(pending) > MOST_LITERALS:
                return [(condition, holds)]
        return found

    def _part(self, region: int, condition: int, holds: bool) -> int:
        """The part of a region in which a condition has a truth value."""
        key = region, condition, holds
        part = self._known.setdefault(key, len(self.parents))
        if part == len(self.parents):
            self.parents.append(region)
            self.literals.append((condition, holds))
            self.depths.append(self.depths[region] + 1)
            far = self._jumps[region]
            is_even = self.depths[region] - self.depths[far] == self.depths[far] - self.depths[self._jumps[far]]
            self._jumps.append(self._jumps[far] if is_even else region)
        return part

    def _around(self, one: int, other: int) -> int:
        """The nearest region around two, by the jump pointers of Myers (1983) in logarithmic time."""
        depths, jumps, parents = self.depths, self._jumps, self.parents
        if depths[one] < depths[other]:
            one, other = other, one
        while depths[one] > depths[other]:
            one = jumps[one] if depths[jumps[one]] >= depths[other] else parents[one]
        while one != other:
            if jumps[one] != jumps[other]:
                one, other = jumps[one], jumps[other]
            else:
                one, other = parents[one], parents[other]
        return one
