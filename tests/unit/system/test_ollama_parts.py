"""Notes of unfinished downloads that Ollama cannot read are found, and removed with what belongs to them."""

from pathlib import Path

import pytest

from chatdesk.system.ollama_folder import damaged_parts, remove_damaged_downloads

GOOD = '{"N":0,"Offset":0,"Size":100,"Completed":50}\n'


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """Two unfinished downloads, one of them with an empty note, and a model."""
    blobs = tmp_path / "blobs"
    blobs.mkdir()
    for name, content in (
        ("sha256-aaaa", "a whole model"),
        ("sha256-bbbb-partial", "half"),
        ("sha256-bbbb-partial-0", GOOD),
        ("sha256-cccc-partial", "half"),
        ("sha256-cccc-partial-0", GOOD),
        ("sha256-cccc-partial-1", ""),
        ("sha256-cccc-partial-10", GOOD),
    ):
        (blobs / name).write_text(content)
    return tmp_path


def names(models: Path) -> list[str]:
    return sorted(file.name for file in (models / "blobs").iterdir())


def test_an_empty_note_is_damaged(models: Path) -> None:
    assert [part.name for part in damaged_parts(models)] == ["sha256-cccc-partial-1"]


@pytest.mark.parametrize("content", [b"", b"{", b"\0\0\0\0", b"[]", b"\xff\xfe"])
def test_so_is_one_that_is_no_object(models: Path, content: bytes) -> None:
    (models / "blobs/sha256-bbbb-partial-0").write_bytes(content)
    assert len(damaged_parts(models)) == 2


def test_only_the_download_it_belongs_to_is_removed(models: Path) -> None:
    assert remove_damaged_downloads(models)
    assert names(models) == ["sha256-aaaa", "sha256-bbbb-partial", "sha256-bbbb-partial-0"]
    assert not remove_damaged_downloads(models)


def test_where_there_are_no_models_nothing_is_damaged(tmp_path: Path) -> None:
    assert damaged_parts(tmp_path / "nowhere") == ()
