"""Presets that were exported with chats: found in a folder, and never taken for chats."""

import errno
from pathlib import Path

import pytest

from chatdesk.features.conversations.importing.source import open_source
from chatdesk.features.conversations.services.files.preset_files import preset_files
from chatdesk.storage.files.foreign_database import open_foreign_database


@pytest.fixture
def export(tmp_path: Path) -> Path:
    folder = tmp_path / "chosen" / "All chats"
    for name in (
        "Letters.md",
        "user-files/presets/letter.md",
        "user-files/presets/.hidden.md",
        "user-files/presets/notes.txt",
        "user-files/glossaries/de-en.csv",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("text", "utf-8")
    return folder


def test_they_are_found_in_the_folder_and_in_the_one_around_it(export: Path) -> None:
    expected = [export / "user-files" / name for name in ("presets/letter.md", "glossaries/de-en.csv")]
    assert preset_files([export]) == expected
    assert preset_files([export.parent]) == expected


@pytest.mark.parametrize("linked", ["All chats/user-files/presets/letter.md", "All chats/user-files/presets"])
def test_links_are_not_followed(export: Path, linked: str) -> None:
    path = export.parent / linked
    moved = export.parent.with_name("elsewhere")
    path.rename(moved)
    path.symlink_to(moved)
    assert preset_files([export]) == [export / "user-files" / "glossaries" / "de-en.csv"]


def test_a_file_that_a_failing_disk_says_nothing_about_is_left_out(
    export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_symlink = Path.is_symlink

    def failing(path: Path) -> bool:
        if path.name in {"Letters.md", "letter.md"}:
            raise OSError(errno.EIO, "Input/output error", str(path))
        return is_symlink(path)

    monkeypatch.setattr(Path, "is_symlink", failing)
    assert preset_files([export]) == [export / "user-files" / "glossaries" / "de-en.csv"]


def test_no_reader_of_chats_gets_them(export: Path) -> None:
    (export / "user-files" / "presets" / "notes.txt").unlink()  # not exported
    with open_source(export, open_foreign_database) as source:
        assert [file.name for file in source.files] == ["Letters.md"]
