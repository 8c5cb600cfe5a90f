"""C sources compiled and loaded, each by itself: in a folder that nobody else may look into, and that is removed."""

import ctypes
import os
import platform
import shlex
import subprocess
from collections.abc import Callable, Sequence
from functools import cache
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any

from gradcli.batch.compiled.source import FUNCTION, CompiledSource
from gradcli.batch.compiled.vectors import LIBRARY_SINCE
from gradcli.errors import GradcliError
from gradcli.export.backends.c import FLAGS

_COMPILERS = ("cc", "gcc", "clang")
MOST_LINES = 4000  # that are optimized: gcc takes 3 s for so many, and ever more for each line


def compiler() -> list[str]:
    """The command of the compiler that CC names, or of one that is there; raises `GradcliError` without one."""
    named = shlex.split(os.environ.get("CC", ""))
    if named:
        found = which(named[0])
        if found is None:
            raise GradcliError("compiler-missing", {"compiler": named[0], "such": "gcc"}, source="option")
        return [found, *named[1:]]
    for name in _COMPILERS:
        if found := which(name):
            return [found]
    raise GradcliError("compiler-missing", {"compiler": None, "such": "gcc"}, source="option")


@cache
def has_vectors(*command: str) -> bool:
    """Whether a compiler can call the vector functions of this machine's library."""
    library, version = platform.libc_ver()
    numbers = tuple(int(part) for part in version.split(".") if part.isdigit())
    if library != "glibc" or numbers < LIBRARY_SINCE or platform.machine() != "x86_64":
        return False
    told = subprocess.run([*command, "--version"], capture_output=True, text=True, errors="replace", check=False)
    return "Free Software Foundation" in told.stdout


class Library:
    """The function of a source, as a call. Raises `GradcliError` where the compiler or the system refuses it."""

    def __init__(self, command: Sequence[str], source: CompiledSource, has_vectors: bool) -> None:
        self.error: BaseException | None = None
        libraries = ["-lmvec", "-lm"] if has_vectors else ["-lm"]
        with TemporaryDirectory(prefix="gradcli-") as folder:
            path = os.path.join(folder, "columns.so")
            flags = FLAGS if source.text.count("\n") <= MOST_LINES else (*FLAGS, "-O0")
            arguments = [*command, *flags, "-fPIC", "-shared", "-x", "c", "-", "-o", path, *libraries]
            try:
                told = subprocess.run(arguments, input=source.text.encode(), capture_output=True, check=False)
                if told.returncode:
                    lines = told.stderr.decode(errors="replace").splitlines() or [""]
                    raise _refused(command, next((line for line in lines if "error" in line), lines[0]))
                library = ctypes.CDLL(path)
            except OSError as error:
                raise _refused(command, str(error)) from None
        self.kept = [self._point(library, name, *called) for name, called in source.called.items()]
        self.function = library[FUNCTION]
        self.function.restype = ctypes.c_double
        self.function.argtypes = [ctypes.c_size_t, ctypes.c_void_p, ctypes.c_void_p]

    def _point(self, library: ctypes.CDLL, name: str, function: Callable[..., float], count: int) -> Any:
        """Let a variable of the library point to a function of Python."""

        def call(*arguments: float) -> float:
            try:
                return function(*arguments)
            except BaseException as error:  # C cannot pass it on, so it is raised when C has come back
                self.error = self.error or error
                return 0.0

        kind = ctypes.CFUNCTYPE(*[ctypes.c_double] * (count + 1))
        pointer = kind(call)
        ctypes.c_void_p.in_dll(library, name).value = ctypes.cast(pointer, ctypes.c_void_p).value
        return pointer

    def __call__(self, count: int, inputs: Any, outputs: Any) -> bool:
        """Fill the columns to which the array `outputs` points; whether the state of a row is not 0."""
        found: float = self.function(count, inputs.ctypes.data, outputs.ctypes.data)
        if self.error is not None:
            error, self.error = self.error, None
            raise error
        return found != 0.0


def _refused(command: Sequence[str], told: str) -> GradcliError:
    return GradcliError("compiler-failed", {"compiler": os.path.basename(command[0]), "told": told}, source="option")
