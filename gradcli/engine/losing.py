"""The notes on numbers that have lost their digits, and better formulas for the first of them."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gradcli.engine.elements import Elements, by_arrays
from gradcli.engine.evaluation import Evaluation
from gradcli.engine.notes import Note
from gradcli.operators.exceptional import NORMAL

if TYPE_CHECKING:
    from gradcli.engine.describer import Describer
    from gradcli.engine.digits.loss import Loss
    from gradcli.engine.hints import Hints

HINTED = 8  # numbers for which a better formula is sought, so that the work stays linear


def notes_on_losses(here: Evaluation, words: "Describer") -> list[Note]:
    """A note for each number that has lost its digits, or may have; one for those of an array that are alike."""
    notes, hints = [], Hinting(here)
    elements, those = by_arrays(here.graph, here.losses, lambda loss: loss.target, _kind_of)
    for losses in those:
        loss = losses[0]
        of = {"of": "value"} if loss.target is None else {"of": "gradient", "name": here.graph.names[loss.target]}
        note = lost_note(loss, of, words, hints)
        notes.append(note if elements is None or len(losses) == 1 else _of_several(note, elements, losses))
    return notes


def _of_several(note: Note, elements: Elements, losses: "Sequence[Loss]") -> Note:
    """The note on several elements of an array: the least of the digits that hold counts."""
    facts: dict[str, Any] = {name: [getattr(loss, name) for loss in losses] for name in ("computed", "corrected")}
    if "digits" in note.facts:
        facts["digits"] = min(loss.holds for loss in losses)
    return elements.of_gradient(note, [loss.target for loss in losses if loss.target is not None], **facts)


def _kind_of(loss: "Loss") -> tuple[object, ...]:
    """What a note says of a loss, but for numbers."""
    number = loss.corrected
    is_small = number is not None and abs(number) < NORMAL
    return loss.by, loss.place, loss.exact is None, loss.below is None, number is None, is_small


def lost_note(
    loss: "Loss", of: Mapping[str, Any], words: "Describer | None" = None, hints: "Hinting | None" = None
) -> Note:
    """The note on a number `of` something that has lost its digits; `words` say where, if that is a node of a text."""
    code = "underflow" if loss.by == "underflow" or loss.below is not None else "lost-digits"
    facts: dict[str, Any] = {**of, "computed": loss.computed, "corrected": loss.corrected}
    if loss.below is not None:
        return Note(code, facts, {"exact": loss.as_text()}, variant="vanishing")
    said: dict[str, Any] = {}
    if loss.exact is None:
        if words is not None:
            facts |= {"place": loss.place} | words.place_facts(loss.node)
            said = words.site(loss.node)
        return Note(code, facts, said, variant="lost-digits-unknown" if words is None else "lost-digits-doubt")
    facts |= {"digits": loss.holds, "by": loss.by}
    if words is not None:
        facts |= {"place": loss.place} | words.place_facts(loss.node)
        said = words.site(loss.node)
    if loss.corrected is None or (loss.exact and abs(loss.corrected) < NORMAL):
        is_large = loss.corrected is None
        return Note(code, facts, {"exact": loss.as_text()}, variant="too-large" if is_large else "too-small")
    if hints is not None:
        facts |= hints.for_loss(loss)
    return Note(code, facts, said, variant="lost-digits" if words is not None else "lost-digits-of-formula")


class Hinting:
    """Better formulas for the first numbers of a result that need one."""

    def __init__(self, here: Evaluation) -> None:
        self.here = here
        self.asked = 0

    @cached_property
    def hints(self) -> "Hints":
        """Loaded when it is needed."""
        from gradcli.engine.hints import Hints

        return Hints(self.here.graph, self.here.at, self.here.kink)

    def for_loss(self, loss: "Loss") -> dict[str, str]:
        """The facts of a hint for a number that has lost its digits."""
        self.asked += 1
        return self.hints.for_loss(loss) if self.asked <= HINTED else {}

    def for_slope(self, node: int, target: int) -> dict[str, str]:
        """The same for a gradient that is not finite."""
        self.asked += 1
        return self.hints.for_slope(node, target) if self.asked <= HINTED else {}
