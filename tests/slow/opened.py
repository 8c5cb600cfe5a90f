"""A page that gradcli has written, in a real headless Chromium. Needs playwright (Python)."""

import json
import math
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from gradcli.draw.numbers import number
from tests.helpers.running import run

FIELDS = {"range": "type=range", "number": "id"}
SET = "(e, value) => { e.value = value; e.dispatchEvent(new Event('input', {bubbles: true})); }"

STATE = """() => {
  const all = (s, e = document) => [...e.querySelectorAll(s)], first = (s, e) => all(s, e)[0];
  return [
    all("#inputs > div").map(row => [first("label", row).innerText, first("input[id]", row).value]),
    first("#value").title, all("#inputs .grad").map(e => [e.title, e.innerText]), all("#caption .note").length,
  ];
}"""


class Opened:
    """A page that gradcli has written, opened from disk at its last step; it fails on any error, message or request."""

    def __init__(
        self, browser: Browser, path: Path, *arguments: str, at: str = "#999", javascript: bool = True, **choices: Any
    ) -> None:
        self.expression = arguments[0]
        written = run("draw", *arguments, "--output", str(path))
        assert written.code in (0, 1), written.err
        self.context = browser.new_context(java_script_enabled=javascript, **choices)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.on(
            "request",
            lambda request: None if request.url.startswith(path.as_uri()) else self.complaints.append(request.url),
        )
        self.page.goto(path.as_uri() + at)

    def put(self, row: int, kind: str, value: str) -> None:
        """Move a slider (kind range) or fill a field (kind number)."""
        self.page.locator(f"#inputs input[{FIELDS[kind]}]").nth(row).evaluate(SET, value)

    def state(self) -> tuple[dict[str, float], float, list[float], list[str], int]:
        """The fields by name, the value and the gradients with all their digits, these as they are shown, and how many
        notes there are: asked for in one call, since thousands of states are.
        """
        point, value, gradients, notes = self.page.evaluate(STATE)
        slopes = [float(title or "nan") for title, _ in gradients]
        return (
            {name: float(text) for name, text in point},
            float(value or "nan"),
            slopes,
            [shown for _, shown in gradients],
            notes,
        )

    def point(self) -> dict[str, float]:
        """The values of the fields by name."""
        return self.state()[0]

    def check(self, *options: str) -> None:
        """Everything that the page shows is what `gradcli eval --json` says at the same point; where doubles lose their
        digits, what these make of it.
        """
        point, value, slopes, shown, notes = self.state()
        at = ",".join(f"{name}={value!r}" for name, value in point.items())
        outcome = run("eval", self.expression, "--at", at, "--json", *options)
        if not outcome.out:
            assert not math.isfinite(value) or notes, (point, outcome.err)
            return
        expected = json.loads(outcome.out)
        for note in expected["notes"]:
            if note["code"] in ("lost-digits", "underflow") and note["of"] == "value":
                expected["value"] = note["computed"]
            elif note["code"] in ("lost-digits", "underflow"):
                expected["gradient"][note["name"]] = note["computed"]
        wanted = list(expected["gradient"].values())
        where = (self.expression, point, value, slopes, expected)
        assert close(value, expected["value"]), where
        assert len(slopes) == len(wanted), where
        assert all(close(got, right) for got, right in zip(slopes, wanted, strict=True)), where
        rounded = [number(x) if math.isfinite(x) else "not finite" for x in slopes]
        assert rounded == [re.split(" [=≈] ", text)[1] for text in shown]

    def close(self) -> None:
        """Nothing was complained about."""
        assert self.complaints == []
        self.context.close()


def close(got: float, wanted: float | None) -> bool:
    """Equal to the last few digits; what is not finite here (null in JSON) is not finite there."""
    if wanted is None:
        return not math.isfinite(got)
    return math.isclose(got, wanted, rel_tol=1e-11, abs_tol=1e-300)
