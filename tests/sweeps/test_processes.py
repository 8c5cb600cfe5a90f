"""Bad input to processes of their own."""

from pathlib import Path

import pytest

from tests.test_errors import FILES, check_process


@pytest.mark.parametrize("path", FILES[::35], ids=lambda path: path.stem)
def test_a_process_says_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the process of the tests."""
    check_process(path, monkeypatch)
