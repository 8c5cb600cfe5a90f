"""Hatchling's build hook: puts the parse tables of the grammar into the wheel as a module of the language."""

import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TablesHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds one generated file to a wheel; an editable install computes the tables itself, so it never goes stale."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before the files of the wheel are collected."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from gradcli.language import tables

        path = Path(mkdtemp()) / "_tables.py"
        path.write_text(tables.module(tables.compute(tables.grammar())), encoding="utf-8")
        build_data["force_include"][str(path)] = "gradcli/language/_tables.py"
