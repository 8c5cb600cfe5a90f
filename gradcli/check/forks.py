"""Mistakes at forks, where a node is used more than once and gradients add."""

from collections.abc import Iterator
from functools import partial

from gradcli.check.naming import Names
from gradcli.check.views import View
from gradcli.check.ways import Suspect, Ways, named


def forks(ways: Ways) -> Iterator[Suspect]:
    """A path left out where a node is used more than once; only one kept; contributions multiplied or subtracted."""
    all_uses: dict[int, list[tuple[int, int]]] = {}
    for node, index in reversed(ways.edges):
        all_uses.setdefault(ways.graph.inputs[node][index], []).append((node, index))
    for fork in (ways.target, *ways.nodes):
        uses = sorted(all_uses.get(fork, []))
        if len(uses) < 2:
            continue
        for use in uses:
            yield Suspect("path", partial(_left_out, use), partial(_fork, fork, use[0]))
        if fork != ways.target:
            continue
        for use in uses if len(uses) > 2 else ():
            yield Suspect("only path", partial(_alone, use), partial(_fork, fork, use[0]))
        if len(uses) == 2:
            one, other = uses
            yield Suspect("multiplied", partial(_multiplied, one, other), partial(named, fork, "fork"))
            yield Suspect("subtracted", partial(_subtracted, one, other), partial(named, fork, "fork"))


def _fork(fork: int, via: int, names: Names) -> dict[str, str]:
    return {"fork": names[fork], "via": names[via]}


def _left_out(use: tuple[int, int], view: View) -> float:
    return view.derivative - view.flow(*use)


def _alone(use: tuple[int, int], view: View) -> float:
    return view.flow(*use)


def _multiplied(one: tuple[int, int], other: tuple[int, int], view: View) -> float:
    return view.flow(*one) * view.flow(*other)


def _subtracted(one: tuple[int, int], other: tuple[int, int], view: View) -> float:
    return view.flow(*one) - view.flow(*other)
