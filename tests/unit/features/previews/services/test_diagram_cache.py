"""Pictures of diagrams on disk, with their scale."""

from pathlib import Path

from chatdesk.features.previews.services.diagram_cache import DiagramCache


def files_of(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_a_picture_is_found_again_by_its_key(tmp_path: Path) -> None:
    cache = DiagramCache(tmp_path / "diagrams")
    assert await cache.get("a") is None
    await cache.put("a", b"png", 1.5)
    assert await DiagramCache(tmp_path / "diagrams").get("a") == (b"png", 1.5)
    assert await cache.get("b") is None


async def test_a_file_cut_short_is_no_picture(tmp_path: Path) -> None:
    cache = DiagramCache(tmp_path)
    await cache.put("a", b"png", 1.5)
    (file,) = files_of(tmp_path)
    file.write_bytes(file.read_bytes()[:8])
    assert await cache.get("a") is None
