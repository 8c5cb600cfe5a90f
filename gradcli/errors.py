"""What a user can get wrong: a code with facts, and the place that it speaks of.

Every error that the tool raises on purpose is a `GradcliError`; nothing else may escape from user input. What an error
says stands in the catalogue (`gradcli/words/`) under its code; how a message with its caret looks is known here.
"""

from collections.abc import Mapping
from typing import Any, Self

from gradcli.text import LEAST_CELLS, LINE_CELLS, encodable, excerpt, finite_or_none, printable, visible
from gradcli.words.catalogue import say

# What the catalogue has words for; of others there is what the system says.
OF_SYSTEMS = (
    "ENOENT", "EACCES", "EPERM", "EISDIR", "ENOTDIR", "ENAMETOOLONG", "ELOOP", "EINVAL", "EIO", "EBADF", "ENXIO",
    "ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EBUSY", "ETXTBSY", "EMFILE",
)  # fmt: skip
AS_TYPED = ("character", "token", "typed")  # facts that quote the place of an error
AROUND = 8  # cells around the source line: its indentation, and the dots where it is cut
MOST = 200  # characters of a message about an option, which may quote what was typed whole


class GradcliError(Exception):
    """Something is wrong with the input, at `text[start:end]` where a text is given.

    `code` names the error and does not change with the language; `facts` are what the message says besides. `source`
    is where the input came from: "expression", "at", "over", "claim", "wrt", "rows", "file", "option" or "output";
    None where no input is wrong. `start` and `end` count code points; `start == len(text)` puts the caret behind the
    last one.
    """

    exit_code = 2

    def __init__(
        self,
        code: str,
        facts: Mapping[str, Any] | None = None,
        text: str | None = None,
        start: int = 0,
        end: int | None = None,
        source: str | None = "expression",
    ) -> None:
        super().__init__(code, facts, text, start, end, source)
        self.code = code
        self.facts = {name: fact for name, fact in (facts or {}).items() if fact is not None}
        self.text = text
        self.start = start
        self.end = start + 1 if end is None else end
        self.source = source

    def __str__(self) -> str:
        return self.render()

    @property
    def message(self) -> str:
        """What is wrong, in English, without the place."""
        return self.say("en")

    def say(self, language: str) -> str:
        """What is wrong, in a language. A fact `hint` is the code of what is added."""
        message = say(self.code, language, **self.facts)
        if "hint" in self.facts:
            hint = say(f"hint.{self.facts['hint']}", language, **self.facts)
            message = say("error.hint", language, message=message, hint=hint)
        message = printable(message)
        return f"{message[:MOST]}…" if self.source == "option" and len(message) > MOST else message

    def render(self, encoding: str = "utf-8", language: str = "en", room: int = LINE_CELLS + AROUND) -> str:
        """The message, the source line and the caret: three lines at most, free of control characters.

        The last two are no wider than `room` cells.
        """
        message = self.say(language)
        if self.text is None:
            return printable(message, encoding)
        before = self.text[: self.start]
        line_start = max(before.rfind("\n"), before.rfind("\r")) + 1
        number = before.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        line = self.text[line_start:].replace("\r", "\n").split("\n", 1)[0]
        if "\n" in self.text.strip() or "\r" in self.text.strip():
            message = say("error.line", language, line=number, message=message)
        start = self.start - line_start
        most = max(LEAST_CELLS, min(room - AROUND, LINE_CELLS))
        shown, caret = excerpt(line, start, max(start + 1, self.end - line_start), encoding, most)
        return f"{printable(message, encoding)}\n  {shown}\n  {caret}"

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        """For JSON; without a text there is no place."""
        has_place = self.text is not None
        return {
            "code": self.code,
            "message": self.say(language),
            "facts": {
                name: finite_or_none(fact) if isinstance(fact, float) else fact for name, fact in self.facts.items()
            },
            "source": self.source,
            "text": self.text,
            "start": self.start if has_place else None,
            "end": self.end if has_place else None,
        }

    def as_json(self, encoding: str = "utf-8", language: str = "en") -> str:
        """One JSON object on one line, in which escapes stand for what a stream cannot hold or a reader cannot see."""
        import json
        import re

        def shown(match: re.Match[str]) -> str:
            character = match[0]
            return (
                character if visible(character) == character and encodable(character, encoding) else _escape(character)
            )

        text = json.dumps({"error": self.as_dict(language)}, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return re.sub(r"[^ -~]", shown, text)

    def hinted(self, hint: str, **facts: Any) -> Self:
        """The same error with a hint."""
        facts = self.facts | facts | {"hint": hint}
        return type(self)(self.code, facts, self.text, self.start, self.end, self.source)

    def with_facts(self, facts: Mapping[str, Any]) -> Self:
        """The same error with other facts; what is None is left out."""
        return type(self)(self.code, {**self.facts, **facts}, self.text, self.start, self.end, self.source)

    def shown_in(self, text: str) -> Self:
        """The same error, with the text as it was typed: each character of it stands for one of the text here."""
        read, typed = (whole and whole[self.start : self.end] for whole in (self.text, text))
        facts = {key: typed if key in AS_TYPED and fact == read else fact for key, fact in self.facts.items()}
        return type(self)(self.code, facts, self.text and text, self.start, self.end, self.source)

    def placed(self, text: str, start: int, end: int) -> Self:
        """The same error with its place."""
        return type(self)(self.code, self.facts, text, start, end, self.source)

    def within(self, text: str, start: int, source: str) -> "GradcliError":
        """The same error, now of the input, where its text is the part of a longer one that begins at `start`."""
        return GradcliError(self.code, self.facts, text, self.start + start, self.end + start, source)


def _escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))


class MathError(GradcliError):
    """The input is well formed, but there is no real finite number here."""

    exit_code = 1


def reason_of(error: Exception) -> dict[str, Any]:
    """Why a system does not read or write: what it says, its error's number, and its name, if that has a text."""
    from errno import errorcode

    number = getattr(error, "errno", None)
    name = errorcode.get(number or 0)
    return {
        "reason": getattr(error, "strerror", None),
        "errno": name if name in OF_SYSTEMS else None,
        "number": number,
    }


def cannot_be_written(function: str, backend: str, of: str | None = None) -> GradcliError:
    """A function that what is written for does not have: nothing else may stand in its place.

    Without a `backend` it is written for the page. `of` is the function whose derivative needs it, where it is not in
    the expression itself.
    """
    return GradcliError("unspelled-function", {"function": function, "backend": backend or None, "of": of})
