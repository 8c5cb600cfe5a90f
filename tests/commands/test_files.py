"""Tests of replacing a file."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from gradcli.commands.files import write_file


def test_an_existing_file_is_replaced_when_the_new_one_is_complete(tmp_path: Path) -> None:
    """With a failure in the middle the old one stays, and nothing else is left behind."""
    path = tmp_path / "graph.svg"
    path.write_bytes(b"old")

    def broken() -> Iterator[bytes]:
        yield b"new"
        assert path.read_bytes() == b"old"
        raise MemoryError

    with pytest.raises(MemoryError):
        write_file(str(path), broken())
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["graph.svg"]
    write_file(str(path), [b"ne", b"w"])
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["graph.svg"]


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    """A new file has the usual permissions; a link still points to the replaced file."""
    new, old, link = tmp_path / "new", tmp_path / "old", tmp_path / "link"
    old.write_bytes(b"")
    old.chmod(0o640)
    link.symlink_to(old)
    mask = os.umask(0o022)
    try:
        write_file(str(new), [b"1"])
        write_file(str(link), [b"2"])
    finally:
        os.umask(mask)
    assert stat.S_IMODE(new.stat().st_mode) == 0o644
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert (link.is_symlink(), old.read_bytes()) == (True, b"2")


def test_what_is_no_file_is_written_to() -> None:
    """/dev/null stays what it is."""
    write_file(os.devnull, [b"1"])
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_errors_name_the_file(tmp_path: Path) -> None:
    """A folder that is not there."""
    with pytest.raises(OSError, match=r"No such file or directory.*graph\.svg"):
        write_file(str(tmp_path / "missing" / "graph.svg"), [b""])
