import os
from pathlib import Path

import pytest

from chatdesk.kernel.errors.storage_errors import FileUnavailable, FolderInPlaceOfFile, FolderUnavailable
from chatdesk.storage.files.json_file import FileOutcome, JsonFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.json"


@pytest.fixture
def file(path: Path) -> JsonFile:
    return JsonFile(path)


BROKEN = [b"", b"{", b'{"a": 1', b"[1]", b"null", b"\xff\xfe", b"[" * 200_000]


def test_no_file_is_a_new_start(file: JsonFile, path: Path) -> None:
    assert file.read() == ({}, FileOutcome.NEW)
    assert not path.exists()


def test_what_was_written_is_read(file: JsonFile) -> None:
    data: dict[str, object] = {"text": "机器🦉", "number": 1.5, "list": [True, None], "object": {}}
    file.write(data)
    assert file.read() == (data, FileOutcome.READ)


@pytest.mark.parametrize("left", ["file.json.new", "file.json.last-good.new"])
def test_what_a_killed_program_has_left_is_removed_a_day_later(file: JsonFile, path: Path, left: str) -> None:
    file.write({"number": 1})
    unfinished = path.with_name(left)
    unfinished.write_bytes(b"{")
    assert file.read() == ({"number": 1}, FileOutcome.READ)
    assert unfinished.exists(), "another program may be writing it"
    os.utime(unfinished, (0, 0))
    assert file.read() == ({"number": 1}, FileOutcome.READ)
    assert not unfinished.exists()


def test_an_editors_byte_order_mark_does_no_harm(file: JsonFile, path: Path) -> None:
    path.write_bytes(b'\xef\xbb\xbf{"a": 1}\r\n')
    assert file.read() == ({"a": 1}, FileOutcome.READ)


def test_a_half_of_an_emoji_does_no_harm(file: JsonFile) -> None:
    file.write({"half": "\ud83e"})
    assert file.read() == ({"half": "\ufffd"}, FileOutcome.READ)


@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_file_is_put_aside_and_the_good_copy_used(file: JsonFile, path: Path, content: bytes) -> None:
    file.write({"a": 1})
    path.write_bytes(content)
    assert file.read() == ({"a": 1}, FileOutcome.RESTORED)
    assert path.with_name("file.json.bad-1").read_bytes() == content
    assert file.read() == ({"a": 1}, FileOutcome.READ), "once is enough"


def test_every_broken_file_is_kept(file: JsonFile, path: Path) -> None:
    file.write({"a": 1})
    for content in (b"one", b"two"):
        path.write_bytes(content)
        file.read()
    contents = [path.with_name(f"file.json.bad-{number}").read_bytes() for number in (1, 2)]
    assert contents == [b"one", b"two"]


def test_a_missing_file_comes_back_from_the_good_copy(file: JsonFile, path: Path) -> None:
    file.write({"a": 1})
    path.unlink()
    assert file.read() == ({"a": 1}, FileOutcome.RESTORED)
    assert path.exists()


@pytest.mark.parametrize("copy", [None, b"broken, too"])
def test_a_broken_file_without_a_good_copy_is_a_loss_that_is_reported(
    file: JsonFile, path: Path, copy: bytes | None
) -> None:
    path.write_bytes(b"broken")
    if copy is not None:
        path.with_name("file.json.last-good").write_bytes(copy)
    assert file.read() == ({}, FileOutcome.LOST)
    assert path.with_name("file.json.bad-1").read_bytes() == b"broken"


def test_a_place_that_can_hold_no_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(FolderInPlaceOfFile):
        JsonFile(tmp_path / "folder").read()
    with pytest.raises(FolderUnavailable) as caught:
        JsonFile(tmp_path / "file" / "settings.json").write({})
    assert caught.value.path == str(tmp_path / "file")


def test_a_disk_that_fails_is_reported_whatever_is_asked(
    file: JsonFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error", str(path))

    monkeypatch.setattr(Path, "exists", fail)
    with pytest.raises(FileUnavailable):
        assert file.was_set_aside
    with pytest.raises(FileUnavailable):
        file.read()
