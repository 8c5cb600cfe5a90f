"""What a command about an expression is asked: the expression, the point and the names, read from where they are."""

import os
import sys
from typing import Any, NamedTuple


class Question(NamedTuple):
    """What every command about an expression is given: the expression, the point, and what to derive for."""

    expression: str
    max_length: int | None
    at: tuple[str, ...]
    wrt: tuple[str, ...]

    def graph(self) -> Any:
        """The graph of the expression: the text itself, `-` for standard input, `@FILE` for a file."""
        from gradcli.errors import GradcliError
        from gradcli.language.parser import MAX_LENGTH, parse

        expression = self.expression
        if expression == "-":
            expression = _read_stdin("expression")
        elif expression.startswith("@"):
            expression = _read_file(expression[1:])
        try:
            return parse(expression, self.max_length or MAX_LENGTH)
        except GradcliError as error:
            if is_file(self.expression):
                raise error.hinted("read-file", file=self.expression) from None
            raise

    def point(self, graph: Any) -> dict[str, float]:
        """The point of all --at options; names that do not occur in the expression are passed over in JSON alone."""
        return self._read_point(graph)[0]

    def exact_point(self, graph: Any) -> dict[str, str]:
        """The same with each value as it is written."""
        return self._read_point(graph)[1]

    def _read_point(self, graph: Any) -> tuple[dict[str, float], dict[str, str]]:
        from gradcli.commands.point import Point
        from gradcli.errors import GradcliError

        point = Point(graph)
        for text in self.at:
            if text == "-":
                if self.expression == "-" or self.at.count("-") > 1:
                    raise GradcliError("stdin-twice", source="at")
                point.add_json(_read_stdin("at"))
            elif text.startswith("@"):
                point.add_json(_read_file(text[1:]))
            elif is_file(text):
                raise GradcliError("file-as-pairs", {"file": text}, source="at")
            elif text.lstrip().startswith("{"):
                raise GradcliError("json-as-pairs", source="at")
            else:
                point.add_text(text)
        return point.finish(), point.texts

    def claims(self, file: str | None) -> str:
        """The text of a file of claims, named as `@FILE`; "" without one."""
        from gradcli.errors import GradcliError

        if file is None:
            return ""
        if not file.startswith("@"):
            raise GradcliError("claims-no-file", {"file": file}, source="option")
        text = _read_file(file[1:])
        if not any(line.partition("#")[0].strip() for line in text.splitlines()):
            raise GradcliError("no-claims", {"file": file[1:]}, source="file")
        return text

    def targets(self) -> list[str] | None:
        """The names of all --wrt options, or None if there is none."""
        from gradcli.errors import GradcliError
        from gradcli.language.characters import plain

        if not self.wrt:
            return None
        names = [name.strip() for text in self.wrt for name in plain(text, is_list=True).split(",")]
        if not all(names):
            raise GradcliError("wrt-names", source="wrt")
        return names


def is_file(text: str) -> bool:
    """Whether what was typed is the name of a file, whose `@` may have been forgotten."""
    try:
        return os.path.isfile(text)
    except ValueError:  # a null character
        return False


def _read_stdin(reader: str) -> str:
    from gradcli.errors import GradcliError

    if sys.stdin is None:
        raise GradcliError("stdin-closed", {"input": reader}, source=reader)
    return _decoded(sys.stdin.buffer.read(), {})


def _read_file(path: str) -> str:
    from gradcli.errors import GradcliError

    try:
        with open(path.encode("utf-8", "surrogateescape"), "rb") as file:
            return _decoded(file.read(), {"file": path})
    except (OSError, ValueError) as error:
        facts = {"file": path, "reason": getattr(error, "strerror", None)}
        raise GradcliError("unreadable-file", facts, source="file") from None


def _decoded(data: bytes, facts: dict[str, Any]) -> str:
    from gradcli.errors import GradcliError

    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        facts |= {"byte": f"\\x{data[error.start]:02x}", "offset": error.start}
        raise GradcliError("not-utf8", facts, source="file") from None
