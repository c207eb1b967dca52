"""Pictures of diagrams on disk: found again by what they show, within bounds."""

import os
import time
from pathlib import Path

import pytest

from chatdesk.features.previews.services import diagram_cache
from chatdesk.features.previews.services.diagram_cache import DiagramCache


async def test_a_picture_is_found_again_by_its_key(tmp_path: Path) -> None:
    cache = DiagramCache(tmp_path / "diagrams")
    assert await cache.get("a") is None
    await cache.put("a", b"png", 1.5)
    assert await DiagramCache(tmp_path / "diagrams").get("a") == (b"png", 1.5)
    assert await cache.get("b") is None


@pytest.mark.skipif(os.name != "posix", reason="permissions of Unix")
async def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    await DiagramCache(tmp_path / "diagrams").put("a", b"png", 1)
    (file,) = (tmp_path / "diagrams").iterdir()
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


async def test_those_not_used_for_longest_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagram_cache, "_MAX_FILES", 2)
    cache = DiagramCache(tmp_path)
    for number, key in enumerate("ab"):
        await cache.put(key, key.encode(), 1)
        _age(tmp_path, key, 100 - number)
    await cache.get("a")
    await cache.put("c", b"c", 1)
    assert await cache.get("b") is None
    assert await cache.get("a") == (b"a", 1)


async def test_a_folder_that_cannot_be_written_costs_only_the_picture(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = DiagramCache(tmp_path / "file" / "diagrams")
    await cache.put("a", b"png", 1)
    assert await cache.get("a") is None


def _age(folder: Path, key: str, seconds: int) -> None:
    """Make a picture as if it was used so many seconds ago."""
    for file in folder.glob(f"{diagram_cache._name(key)}*"):
        os.utime(file, (0, time.time() - seconds))
