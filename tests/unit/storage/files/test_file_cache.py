"""Contents that could be made again: found by their key, and within bounds."""

import os
import time
from pathlib import Path

import pytest

from chatdesk.storage.files.file_cache import FileCache


def cache_in(folder: Path, *, max_bytes: int = 1_000, max_files: int = 10, max_file_bytes: int = 100) -> FileCache:
    return FileCache(folder, max_bytes=max_bytes, max_files=max_files, max_file_bytes=max_file_bytes)


def files_of(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_a_content_is_found_again_by_its_key(tmp_path: Path) -> None:
    await cache_in(tmp_path / "cache").put("a", b"content")
    assert await cache_in(tmp_path / "cache").get("a") == b"content"
    assert await cache_in(tmp_path / "cache").get("b") is None


@pytest.mark.skipif(os.name != "posix", reason="permissions of Unix")
async def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    cache = cache_in(tmp_path / "cache")
    await cache.put("a", b"content")
    assert cache.path("a").stat().st_mode & 0o077 == 0
    assert (tmp_path / "cache").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("limits", [{"max_files": 2}, {"max_bytes": 2}])
async def test_those_not_used_for_longest_go_first(tmp_path: Path, limits: dict[str, int]) -> None:
    for number, key in enumerate("ab"):
        cache = cache_in(tmp_path)
        await cache.put(key, key.encode())
        used = time.time() - 100 + number
        os.utime(cache.path(key), (used, used))
    assert await cache_in(tmp_path).get("a") == b"a"
    await cache_in(tmp_path, **limits).put("c", b"c")
    assert [await cache_in(tmp_path).get(key) for key in "abc"] == [b"a", None, b"c"]


async def test_what_was_not_used_for_months_goes(tmp_path: Path) -> None:
    cache = cache_in(tmp_path)
    await cache.put("a", b"a")
    os.utime(cache.path("a"), (0, 0))
    await cache_in(tmp_path).put("b", b"b")
    assert await cache.get("a") is None


async def test_a_content_that_is_too_large_is_not_stored(tmp_path: Path) -> None:
    await cache_in(tmp_path).put("a", b"a" * 101)
    assert files_of(tmp_path) == []


async def test_a_folder_that_cannot_be_written_costs_only_the_content(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = cache_in(tmp_path / "file" / "cache")
    await cache.put("a", b"content")
    assert await cache.get("a") is None
