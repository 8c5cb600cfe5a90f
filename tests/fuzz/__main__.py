"""Runs the fuzzer: `python -m tests.fuzz -max_total_time=1800`. Options are libFuzzer's; needs atheris.

It starts from tests/fuzz/corpus and keeps what it learns in the folder that is given, or in a temporary one. It ends
with exit code 0 if no input made the program fail, take longer than two seconds or need more than 512 MB; otherwise
it says what was wrong and writes the input to a file `crash-…`. A crash that has been mended goes to the corpus, which
tests/fuzz/test_corpus.py runs through without atheris.
"""

import sys
import tempfile
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["gradcli"]):
    from tests.fuzz.harness import run

SECONDS = 2.0  # of processor time
HERE = Path(__file__).parent
OPTIONS = (
    f"-dict={HERE / 'expression.dict'}",
    "-max_len=2000",
    "-len_control=0",
    "-rss_limit_mb=512",
    "-timeout=100",
    "-print_final_stats=1",
)


class SlowInputError(Exception):
    """An input took longer than is allowed."""


def run_in_time(data: bytes) -> None:
    """Take one input all the way; raises also if that takes long."""
    start = time.process_time()
    run(data)
    seconds = time.process_time() - start
    if seconds > SECONDS:
        raise SlowInputError(f"{seconds:.1f} s")


def main() -> None:
    """Fuzz until something fails or the time is over."""
    given = sys.argv[1:]
    folders = [] if any(not argument.startswith("-") for argument in given) else [tempfile.mkdtemp()]
    atheris.Setup([sys.argv[0], *OPTIONS, *given, *folders, str(HERE / "corpus")], run_in_time)
    atheris.Fuzz()


main()
