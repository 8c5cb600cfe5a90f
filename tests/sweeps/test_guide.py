"""The manual tells the truth: every command on every page is run, and its output compared."""

from pathlib import Path

import pytest

from tests.helpers.documents import PAGES, check


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_a_page_shows_what_its_commands_print(page: Path, tmp_path: Path) -> None:
    """All commands and all Python examples of all pages."""
    check(page, tmp_path)
