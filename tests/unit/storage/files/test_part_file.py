"""The part of a download is valid at any moment: what is there is hashed again, and only the right content counts."""

import hashlib
import os
from pathlib import Path

import pytest

from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.storage.files.part_file import PartFile

CONTENT = bytes(range(256)) * 100
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def nothing(_length: int) -> None:
    pass


def opened(folder: Path) -> PartFile:
    part = PartFile(folder / "parts", len(CONTENT), SHA256)
    part.open(nothing)
    return part


def test_it_goes_on_from_what_an_earlier_run_left(tmp_path: Path) -> None:
    part = opened(tmp_path)
    part.write(CONTENT[:1000])
    part.close()
    part = opened(tmp_path)
    assert part.length == 1000
    part.write(CONTENT[1000:])
    assert part.is_correct
    part.close()
    assert part.path.read_bytes() == CONTENT


def test_it_starts_over_when_the_source_does(tmp_path: Path) -> None:
    part = opened(tmp_path)
    part.write(b"something else")
    part.restart()
    part.write(CONTENT)
    assert part.is_correct
    part.close()
    assert part.path.read_bytes() == CONTENT


def test_all_bytes_with_a_wrong_one_among_them_are_not_the_file(tmp_path: Path) -> None:
    part = opened(tmp_path)
    part.write(b"x" + CONTENT[1:])
    assert part.is_complete
    assert not part.is_correct
    part.delete()
    assert not part.path.exists()


def test_a_part_that_is_longer_than_its_file_is_worthless(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / f"{SHA256}.part").write_bytes(CONTENT + b"more")
    part = opened(tmp_path)
    assert part.length == 0
    part.close()


def test_a_full_disk_leaves_whole_what_came_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = opened(tmp_path)
    part.write(CONTENT[:5000])
    real, calls = os.write, 0

    def fills_up(descriptor: int, data: memoryview) -> int:
        nonlocal calls
        calls += 1
        if calls > 1:
            raise OSError(28, "No space left on device")
        return real(descriptor, data[:100])

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", fills_up)
        with pytest.raises(DiskFull):
            part.write(CONTENT[5000:])
    part.close()
    assert part.path.read_bytes() == CONTENT[:5000]
    part = opened(tmp_path)
    part.write(CONTENT[5000:])
    assert part.is_correct
    part.close()


@pytest.mark.skipif(os.name != "posix", reason="Windows has other permissions")
def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    part = opened(tmp_path)
    part.close()
    assert part.path.stat().st_mode & 0o077 == 0
