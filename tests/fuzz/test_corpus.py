"""The fuzzer's corpus, run without a fuzzer: what it once found stays mended."""

from pathlib import Path

import pytest

from tests.fuzz.harness import run

CORPUS = sorted((Path(__file__).parent / "corpus").iterdir())


@pytest.mark.sampled(2)
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_corpus(path: Path) -> None:
    """Only the tool's own error type escapes, and every outcome can be written."""
    run(path.read_bytes())
