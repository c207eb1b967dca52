"""Only regular files are read, only up to a limit, and nothing is waited for."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chatdesk.kernel.text.regular_file import (
    FileTooLarge,
    NotARegularFile,
    beginning_as_text,
    read_beginning,
    read_whole,
)

READERS = pytest.mark.parametrize("read", [read_whole, read_beginning])
posix = pytest.mark.skipif(sys.platform == "win32", reason="no such files")

Reader = Callable[[Path, int], bytes]


@READERS
def test_a_file_up_to_the_limit_is_read_as_it_is(tmp_path: Path, read: Reader) -> None:
    (tmp_path / "a").write_bytes(b"one\r\ntwo\x1a")
    assert read(tmp_path / "a", 9) == b"one\r\ntwo\x1a"
    (tmp_path / "empty").touch()
    assert read(tmp_path / "empty", 9) == b""


def test_a_longer_file_is_refused_or_cut(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    with pytest.raises(FileTooLarge):
        read_whole(tmp_path / "a", 4)
    assert read_beginning(tmp_path / "a", 4) == b"1234"
    assert beginning_as_text(tmp_path / "a", 4) == "1234"


@pytest.mark.skipif(sys.platform != "linux", reason="a file that does not know its own size")
def test_a_file_without_a_size_is_limited_as_well() -> None:
    path = Path("/proc/self/status")
    assert path.stat().st_size == 0
    assert len(read_beginning(path, 100)) == 100
    with pytest.raises(FileTooLarge):
        read_whole(path, 100)


@READERS
def test_a_folder_is_not_read(tmp_path: Path, read: Reader) -> None:
    with pytest.raises(NotARegularFile):
        read(tmp_path, 9)


@posix
@READERS
@pytest.mark.timeout(30)
def test_pipes_and_devices_are_neither_read_nor_waited_for(tmp_path: Path, read: Reader) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    for path in (tmp_path / "pipe", tmp_path / "link", Path("/dev/zero")):
        with pytest.raises(NotARegularFile):
            read(path, 9)


@posix
@READERS
@pytest.mark.timeout(30)
def test_a_pipe_that_takes_the_place_of_a_file_meanwhile_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Reader
) -> None:
    (tmp_path / "real").touch()
    os.mkfifo(tmp_path / "pipe")
    status = (tmp_path / "real").stat()
    monkeypatch.setattr(Path, "stat", lambda _path: status)
    with pytest.raises(NotARegularFile):
        read(tmp_path / "pipe", 9)


@READERS
@pytest.mark.parametrize("name", ["gone", "nul\0", "x" * 300])
def test_a_path_that_leads_nowhere_is_an_error_of_the_system(tmp_path: Path, name: str, read: Reader) -> None:
    with pytest.raises(OSError, match=r".") as caught:
        read(tmp_path / name, 9)
    assert caught.value.strerror
    assert beginning_as_text(tmp_path / name, 9) == ""


def test_bytes_that_are_no_text_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a\xffb")
    assert beginning_as_text(tmp_path / "a", 9) == "a\ufffdb"
