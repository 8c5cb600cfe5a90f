"""Writing a file: an existing one is replaced only when the new one is complete."""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from tempfile import NamedTemporaryFile


def write_file(path: str, chunks: Iterable[bytes]) -> None:
    """Write the chunks to a new file beside the old one, and put it in its place; keeps the old one's permissions.

    What is no regular file (a pipe, /dev/null) is written to directly. Raises `OSError` that names the path.
    """
    target = os.path.realpath(path)
    try:
        mode = os.stat(target).st_mode if os.path.exists(target) else None
        if mode is not None and not stat.S_ISREG(mode):
            with open(target, "wb") as file:
                file.writelines(chunks)
            return
        _replace(target, chunks, mode)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None


def _replace(target: str, chunks: Iterable[bytes], mode: int | None) -> None:
    temporary = NamedTemporaryFile(dir=os.path.dirname(target), prefix=".gradcli-", delete=False)  # noqa: SIM115
    try:
        with temporary as file:
            file.writelines(chunks)
        os.chmod(temporary.name, stat.S_IMODE(mode) if mode is not None else 0o666 & ~_umask())
        os.replace(temporary.name, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary.name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
