"""The steps of a picture, forward and then backward, and the picture as it is after some of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from gradcli.errors import GradcliError

if TYPE_CHECKING:
    from gradcli.draw.scene import Edge, Item, Scene


class PictureStep(NamedTuple):
    """A step: "start", "forward" to an item, "end" (the output's 1) or "backward" through an item (−1: none)."""

    kind: str
    item: int


def steps_of(items: "Sequence[Item]", edges: "Sequence[Edge]") -> list[PictureStep]:
    """The inputs; forward through the operations in the order of the graph; the output's 1; and back.

    A node that passes no gradient on has no step backward.
    """
    operations = [index for index, item in enumerate(items[:-1]) if item.shape != "text"]
    operations.sort(key=lambda index: items[index].node)
    sends = {edge.target for edge in edges if edge.backward}
    last = len(items) - 1
    found = [PictureStep("start", -1), *(PictureStep("forward", index) for index in operations)]
    if last in sends:
        found.append(PictureStep("end", last))
    return [*found, *(PictureStep("backward", index) for index in reversed(operations) if index in sends)]


def check_step(scene: "Scene", step: int) -> None:
    """Refuse a step that the picture does not have."""
    last = len(scene.steps) - 1
    if step > last:
        raise GradcliError("no-such-step", {"step": step, "last": last}, source="option")


def show_step(scene: "Scene") -> None:
    """Show what lies behind the scene's step and nothing of what lies ahead; everything keeps its place."""
    assert scene.step is not None
    step = scene.step
    behind = scene.steps[: step + 1]
    computed = {found.item for found in behind if found.kind == "forward"}
    sent = {found.item for found in behind if found.kind in ("backward", "end")}
    for edge in scene.edges:
        edge.done = scene.items[edge.source].shape == "text" or edge.source in computed
        edge.sent = edge.target in sent
        edge.taken = edge.taken or edge.target not in computed
    for index, item in enumerate(scene.items):
        if item.shape != "text" and index not in computed:
            item.evaluated, item.closed, item.mark = True, False, ""
    # A sum of gradients is known when the last of them has arrived, and that of none at the end.
    arriving = {scene.items[edge.source].node for edge in scene.edges if edge.backward}
    waiting = {scene.items[edge.source].node for edge in scene.edges if edge.backward and not edge.sent}
    for item in scene.items:
        item.summed = item.node in arriving - waiting or step == len(scene.steps) - 1
