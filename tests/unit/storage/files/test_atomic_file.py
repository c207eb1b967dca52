import errno
import os
import stat
from pathlib import Path

import pytest

from chatdesk.storage.files.file_writing import replace_file


def test_the_content_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "file"
    for content in (b"one", b"another, longer", b""):
        replace_file(path, content)
        assert path.read_bytes() == content
        assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("call", ["fsync", "open"])
def test_a_failing_disk_is_reported_and_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fails(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    path = tmp_path / "file"
    replace_file(path, b"old")
    monkeypatch.setattr(os, call, fails)
    with pytest.raises(OSError, match="Input/output"):
        replace_file(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_crash_left_half_written_is_in_nobodys_way(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.with_name("file.new").write_bytes(b"half of something much longer")
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")
def test_only_the_owner_can_read_it_even_if_others_could(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "file"
    path.parent.mkdir()
    path.touch()
    path.chmod(0o666)
    old = os.umask(0)
    try:
        replace_file(path, b"new")
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
