"""Writing to a file or a stream: an existing file is replaced only when the new one is complete.

The ending of its name says what is written.
"""

import errno
import os
import re
import stat
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress

_TEMPORARY = r"\.gradcli-[0-9a-f]{16}"  # the name of a new file that has one before it is complete
_MOST_LINKS = 40  # that are followed from one name


def form_of(output: str | None, endings: Mapping[str, str], without: str = "terminal") -> str:
    """The form that the ending of the file's name stands for; `without` a file that of the terminal."""
    if output is None or output == "-":
        return without
    ending = output.rpartition(".")[2].lower()
    if ending not in endings:
        from gradcli.errors import GradcliError

        facts = {"file": output, "endings": [f".{known}" for known in endings]}
        if ending == "pdf" and "tex" in endings:
            facts["pdf"] = ".tex"
        raise GradcliError("unknown-ending", facts, source="option")
    return endings[ending]


def write_file(path: str, chunks: Iterable[bytes]) -> None:
    """Write the chunks to a new file, and put it in the place of the old one when it is complete.

    It gets the old one's permissions and, as far as the system lets it, owner and group; a link stays. Rights to run
    as the file's owner or group are not kept, as no write keeps them. What this process has open for writing
    (/dev/stdout, a file that the shell redirects to) is written to from where it stands, and what is no regular file
    (a pipe, /dev/null) directly. Raises `OSError` that names the path.
    """
    write_files([(path, chunks)])


@contextmanager
def hidden_folder(path: str) -> Iterator[str]:
    """A new folder beside a file for what is put together there; it goes at the end, or when its process is gone."""
    from shutil import rmtree

    folder = os.path.join(os.path.dirname(os.path.abspath(path)), f".gradcli-{os.urandom(8).hex()}")
    try:
        os.mkdir(folder)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None
    descriptor = os.open(folder, os.O_RDONLY) if os.name != "nt" else None
    try:
        if descriptor is not None:
            _lock(descriptor)
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)
        if descriptor is not None:
            os.close(descriptor)


def write_files(files: Iterable[tuple[str, Iterable[bytes]]]) -> None:
    """The same with several files, of which none is put in its place before all are complete."""
    with ExitStack() as stack:
        writing = [stack.enter_context(closing(_written(path, chunks))) for path, chunks in files]
        for one in writing:
            next(one)
        for one in writing:
            next(one, None)


def _written(path: str, chunks: Iterable[bytes]) -> Generator[None, None, None]:
    """Write to a path in two steps: what is to be in a new file, and all that then can be seen."""
    try:
        old = _status(path)
        way = list(_links(path))
        descriptor = _open_already(way, old)
        if descriptor is not None:
            yield
            with open(descriptor, "wb", closefd=False) as file:
                file.writelines(chunks)
        elif old is not None and not stat.S_ISREG(old.st_mode):
            yield
            with open(path, "wb") as file:
                file.writelines(chunks)
        else:
            yield from _replace(way[-1], chunks, old)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None


def is_stream(path: str | None) -> bool:
    """Whether what is written to a path can be read at once: standard output (None, "-"), a descriptor, a pipe."""
    if path is None or path == "-":
        return True
    try:
        old = _status(path)
        if old is None or stat.S_ISDIR(old.st_mode):
            return False
        return not stat.S_ISREG(old.st_mode) or _open_already(_links(path), old) is not None
    except OSError:
        return False


def _status(path: str) -> os.stat_result | None:
    """What there is at a path, or None if a file can be made there."""
    try:
        return os.stat(path)
    except FileNotFoundError:
        if not path:
            raise
        if os.path.basename(path) in ("", ".", ".."):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)) from None
        return None


def _links(path: str) -> Iterator[str]:
    """The path, and those to which it leads as long as it is a link, each in the folder that it has without links."""
    for _ in range(_MOST_LINKS):
        folder, name = os.path.split(path)
        path = os.path.join(os.path.realpath(folder, strict=True), name)
        yield path
        if not os.path.islink(path):
            return
        path = os.path.join(os.path.dirname(path), os.readlink(path))


def _open_already(way: Iterable[str], old: os.stat_result | None) -> int | None:
    """The descriptor that a path stands for, or one through which this process writes to that file."""
    own = rf"/(?:dev|proc/{os.getpid()}(?:/task/\d+)?)/fd/(\d+)"
    if found := next(filter(None, (re.fullmatch(own, path) for path in way)), None):
        return int(found[1])
    if old is None or not stat.S_ISREG(old.st_mode):
        return None
    return next((descriptor for descriptor in _written_to() if os.path.samestat(os.fstat(descriptor), old)), None)


def _written_to() -> Iterator[int]:
    """The descriptors of this process that something can be written to."""
    try:
        import fcntl
    except ImportError:  # on Windows, where no open file is replaced
        return
    for descriptor in sorted(map(int, os.listdir("/dev/fd"))):
        with suppress(OSError):  # the one that listed them
            if fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE != os.O_RDONLY:
                yield descriptor


def _replace(target: str, chunks: Iterable[bytes], old: os.stat_result | None) -> Generator[None, None, None]:
    folder = os.path.dirname(target)
    _remove_abandoned(folder)
    temporary = os.path.join(folder, f".gradcli-{os.urandom(8).hex()}")
    descriptor, is_named = _create(temporary, 0o666 if old is None else 0o600)
    try:
        with open(descriptor, "wb") as file:
            is_locked = _lock(descriptor)
            file.writelines(chunks)
            file.flush()
            _keep(descriptor, old)
            yield
            if not is_named:
                if old is None and _name(descriptor, target):
                    return
                is_named = _name(descriptor, temporary)
            if not is_locked:
                file.close()  # Windows replaces no open file
            os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _create(temporary: str, mode: int) -> tuple[int, bool]:
    """A new file open for writing, and whether it has its name yet: a file without one is gone when the process is."""
    with suppress(AttributeError, OSError):  # not on every system, and not in every folder
        descriptor = os.open(os.path.dirname(temporary), os.O_TMPFILE | os.O_WRONLY, mode)
        if os.path.exists(f"/proc/self/fd/{descriptor}"):
            return descriptor, False
        os.close(descriptor)
    return os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), mode), True


def _name(descriptor: int, path: str) -> bool:
    """Give a file without a name this one; False if there is another file of this name."""
    try:
        # With a folder's descriptor, though the path needs none, the link is followed.
        os.link(f"/proc/self/fd/{descriptor}", path, src_dir_fd=descriptor)
    except FileExistsError:
        return False
    return True


def _keep(descriptor: int, old: os.stat_result | None) -> None:
    if old is None or not hasattr(os, "fchown"):  # on Windows a file has neither
        return
    for owner, group in ((-1, old.st_gid), (old.st_uid, -1)):
        with suppress(OSError):
            os.fchown(descriptor, owner, group)
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode) & 0o777)


def _lock(descriptor: int) -> bool:
    """Say of a file that it is being written, to those that remove what was abandoned."""
    try:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except (ImportError, OSError):
        return False
    return True


def _remove(path: str) -> None:
    if os.path.isdir(path):
        from shutil import rmtree

        rmtree(path, ignore_errors=True)
    else:
        os.unlink(path)


def _remove_abandoned(folder: str) -> None:
    """Remove what a process left behind that was ended before its file was complete."""
    with suppress(ImportError, OSError):
        import fcntl

        for name in os.listdir(folder):
            if re.fullmatch(_TEMPORARY, name):
                with suppress(OSError):
                    descriptor = os.open(os.path.join(folder, name), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
                    try:
                        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
                        _remove(os.path.join(folder, name))
                    finally:
                        os.close(descriptor)
