"""The parts of a folder: which of them stand, as they were made of the same rows in the same way."""

import json
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gradcli.batch.forms.files import Reading, Source, is_address
from gradcli.commands.common import write_bytes
from gradcli.commands.question import Question
from gradcli.engine.binding import targets_of
from gradcli.errors import GradcliError

if TYPE_CHECKING:
    from gradcli.commands.batch import Asked

_MEMORY = ".gradcli-rows.json"  # what was asked when the parts were made; hidden, so that it is no file of rows


def to_do(question: Question, asked: "Asked", form: str, parts: Mapping[str, Source]) -> dict[str, Source]:
    """Those parts, by their paths, that are to be made: to resume, not those that stand.

    A part stands if it was made since what is asked was asked the first time, and is not older than its file of rows.
    Raises `GradcliError` where parts were made in another way, or it is not known in which.
    """
    assert asked.output is not None
    folder, memory = asked.output, os.path.join(asked.output, _MEMORY)
    now = _asked(question, asked, form, list(parts.values()))
    os.makedirs(folder, exist_ok=True)
    before = _remembered(memory) if asked.resume else None
    if before is None:
        if asked.resume and any(map(os.path.exists, parts)):
            raise GradcliError("resume-unknown", {"folder": folder}, source="option")
        write_bytes([json.dumps(now, ensure_ascii=False).encode()], memory)
        return dict(parts)
    others = [option for option, value in now.items() if before.get(option) != value]
    if others:
        raise GradcliError("resume-differs", {"folder": folder, "options": others}, source="option")
    begun = _time(memory)
    return {path: source for path, source in parts.items() if _time(path) < max(begun, _time(source.file))}


def _asked(question: Question, asked: "Asked", form: str, files: list[Source]) -> dict[str, Any]:
    """What the numbers in the parts depend on, by the options that say it, as JSON has it."""
    with Reading(files[:1], asked.delimiter, asked.decimal) as reading:
        graph = question.graph(reading.names, reading.shapes)
    folders = {os.path.dirname(os.path.abspath(file.file or "")) for file in files}
    arrays = graph.arrays
    shapes = {} if arrays is None else {name: list(arrays.shapes[arrays.named[name]]) for name in arrays.variables}
    return {
        "EXPRESSION": graph.text,
        "--shape": shapes or None,
        "--rows": asked.rows if is_address(asked.rows) else sorted(folders),
        "--at": {name: value.hex() for name, value in question.point(graph).items()},
        "--wrt": list(targets_of(graph, question.targets())),
        "--kink": asked.kink,
        "--engine": asked.engine,
        "--from": asked.from_form,
        "--delimiter": asked.delimiter,
        "--decimal": asked.decimal,
        "--format": form,
        "--keep": asked.keep,
        "--prefix": asked.prefix,
        "--notes": asked.notes or asked.strict,
    }


def _remembered(memory: str) -> Any:
    """What was asked before; None where that is not known."""
    try:
        with open(memory, encoding="utf-8") as file:
            found = json.load(file)
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _time(path: str | None) -> int:
    """When a file was written; 0 for what is no file here."""
    try:
        return os.stat(path or "").st_mtime_ns
    except OSError:
        return 0
