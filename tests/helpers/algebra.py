"""Answers of the algebra without a start of its process, in which SymPy takes half a second to load."""

import subprocess
import sys
from importlib import import_module
from io import BytesIO, TextIOWrapper
from multiprocessing import get_context
from tempfile import TemporaryFile
from typing import IO, Any
from warnings import catch_warnings, simplefilter

import pytest

from gradcli.compare import comparison, derivation

FOUND = {"written_out": 3, "derivative": 9, "shared": 5, "seconds": {"derive": 0.5, "share": 0.25, "evaluate": 0.25}}


def algebra_finds(monkeypatch: pytest.MonkeyPatch, **found: object) -> None:
    """Let the algebra's process answer with this."""
    monkeypatch.setattr(comparison, "derive_by_algebra", lambda *_: FOUND | found)


def algebra_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each of the algebra's processes be a fork of this one, in which SymPy is loaded."""
    import_module("sympy")
    monkeypatch.setattr(subprocess, "run", _forked)


def _forked(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
    """As `subprocess.run` does it: with what was said until then, if the time is over."""
    with TemporaryFile("w+b") as said, TemporaryFile("w+b") as wrong:
        process = get_context("fork").Process(target=_answer, args=(options["input"], said, wrong))
        with catch_warnings():
            simplefilter("ignore", DeprecationWarning)  # of threads, which NumPy has and the fork does not need
            process.start()
        process.join(options["timeout"])
        over = process.is_alive()
        process.kill()
        process.join()
        said.seek(0)
        wrong.seek(0)
        if over:
            raise subprocess.TimeoutExpired(command, options["timeout"], said.read())
        return subprocess.CompletedProcess(command, process.exitcode or 0, said.read(), wrong.read())


def _answer(task: bytes, said: IO[bytes], wrong: IO[bytes]) -> None:
    """What the process does, which ends after it."""
    sys.stdin, sys.stdout, sys.stderr = (TextIOWrapper(file, "utf-8") for file in (BytesIO(task), said, wrong))
    derivation.main()
