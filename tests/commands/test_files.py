"""Tests of replacing a file."""

import fcntl
import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from gradcli.commands.files import write_file, write_files


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


def test_of_several_files_all_are_replaced_or_none(tmp_path: Path) -> None:
    """The first one stays as it was where the second one cannot be written, and nothing else is left behind."""
    sheet, key = tmp_path / "sheet.md", tmp_path / "missing" / "key.md"
    sheet.write_bytes(b"old")
    with pytest.raises(OSError, match=r"No such file or directory.*key\.md"):
        write_files([(str(sheet), [b"new"]), (str(key), [b"key"])])
    assert (sheet.read_bytes(), os.listdir(tmp_path)) == (b"old", ["sheet.md"])
    key.parent.mkdir()
    write_files([(str(sheet), [b"new"]), (str(key), [b"key"])])
    assert (sheet.read_bytes(), key.read_bytes()) == (b"new", b"key")


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


@pytest.mark.parametrize(
    ("reason", "name"),
    [
        ("Too many levels of symbolic links", "loop"),
        ("Is a directory", "new/"),
        ("Is a directory", "new/."),
        ("Is a directory", "missing/.."),
        ("Not a directory", "old/"),
        ("No such file or directory", "missing/../old"),
        ("No such file or directory", "missing-folder"),
        ("No such file or directory", ""),
    ],
)
def test_a_name_that_no_file_can_have(reason: str, name: str, tmp_path: Path) -> None:
    """What the system would not open for writing is refused, and nothing is made or replaced."""
    for link, target in (("loop", "back"), ("back", "loop"), ("missing-folder", "missing/new")):
        (tmp_path / link).symlink_to(target)
    (tmp_path / "old").write_bytes(b"old")
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(OSError, match=reason):
        write_file(f"{tmp_path}/{name}" if name else "", [b"new"])
    assert (before, b"old") == (sorted(os.listdir(tmp_path)), (tmp_path / "old").read_bytes())
    assert (tmp_path / "loop").is_symlink()


def test_a_link_to_a_new_file(tmp_path: Path) -> None:
    """It is made where the link leads."""
    (tmp_path / "link").symlink_to("folder/../new")
    (tmp_path / "folder").mkdir()
    write_file(str(tmp_path / "link"), [b"new"])
    assert ((tmp_path / "new").read_bytes(), (tmp_path / "link").is_symlink()) == (b"new", True)


def test_rights_of_owner_and_group_to_run_are_not_kept(tmp_path: Path) -> None:
    """As with a write by anybody else."""
    path = tmp_path / "tool"
    path.write_bytes(b"old")
    path.chmod(0o6755)
    write_file(str(path), [b"new"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o755


def test_what_was_left_behind_is_removed(tmp_path: Path) -> None:
    """By the next writer: but neither what another one writes just now nor anybody's own file."""
    names = [f".gradcli-{digit * 16}" for digit in "ab"] + [".gradcli-settings"]
    for name in names:
        (tmp_path / name).write_bytes(b"")
    with (tmp_path / names[1]).open("wb") as busy:
        fcntl.flock(busy, fcntl.LOCK_EX)
        write_file(str(tmp_path / "graph.svg"), [b"new"])
    assert sorted(os.listdir(tmp_path)) == [*names[1:], "graph.svg"]


@pytest.mark.parametrize("exists", [False, True])
@pytest.mark.parametrize("has_unnamed", [False, True])
def test_a_kill_leaves_nothing_behind(
    exists: bool, has_unnamed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file has no name before it is complete; where the system has no such files, the next writer removes it."""
    if not has_unnamed:
        monkeypatch.delattr(os, "O_TMPFILE")
    path = tmp_path / "graph.svg"
    if exists:
        path.write_bytes(b"old")

    def killed() -> Iterator[bytes]:
        yield b"x" * 100_000
        os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        write_file(str(path), killed())
    assert -signal.SIGKILL == os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert len(os.listdir(tmp_path)) == exists + (not has_unnamed)
    assert not exists or path.read_bytes() == b"old"
    write_file(str(path), [b"ne", b"w"])
    assert os.listdir(tmp_path) == ["graph.svg"]
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("has_unnamed", [False, True])
def test_owner_and_group(has_unnamed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are kept where that is allowed; where it is not, the file is written all the same."""
    if not has_unnamed:
        monkeypatch.delattr(os, "O_TMPFILE")
    asked: list[tuple[int, int]] = []

    def refuse(_: int, owner: int, group: int) -> None:
        asked.append((owner, group))
        raise PermissionError

    path = tmp_path / "graph.svg"
    path.write_bytes(b"old")
    path.chmod(0o604)
    found = path.stat()
    monkeypatch.setattr(os, "fchown", refuse)
    write_file(str(path), [b"new"])
    assert asked == [(-1, found.st_gid), (found.st_uid, -1)]
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o604)


def test_a_file_that_appears_meanwhile_is_replaced(tmp_path: Path) -> None:
    """As if it had been there before."""
    path = tmp_path / "graph.svg"

    def chunks() -> Iterator[bytes]:
        path.write_bytes(b"other")
        yield b"new"

    write_file(str(path), chunks())
    assert (path.read_bytes(), os.listdir(tmp_path)) == (b"new", ["graph.svg"])
