"""Glossaries of an export are added if they are not here; nothing is replaced, and nothing is written elsewhere."""

import errno
import os
from pathlib import Path

import pytest

from chatdesk.features.conversations.services.files.imported_glossaries import ImportedGlossaries
from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.kernel.presets.preset_import import GlossaryFound
from chatdesk.storage.files import user_files
from chatdesk.storage.files.user_files import UserFiles, UserFolder

GERMAN, FRENCH = GlossaryFound("de-en.csv", "Haus,house"), GlossaryFound("fr-en.csv", "maison,house")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "glossaries"


@pytest.fixture
def glossaries(folder: Path) -> ImportedGlossaries:
    return ImportedGlossaries(UserFiles({"glossaries": UserFolder(folder, ".csv")}))


def write_german(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "de-en.csv").write_text("Haus,home")


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.rglob("*") if path.is_file()}


async def test_one_that_is_here_stays_as_it_is(glossaries: ImportedGlossaries, folder: Path) -> None:
    write_german(folder)
    assert await glossaries.add([GERMAN, FRENCH]) == [FRENCH]
    assert texts(folder) == {"de-en.csv": "Haus,home", "fr-en.csv": "maison,house"}
    assert await glossaries.new([GERMAN, FRENCH]) == []


async def test_of_two_for_the_same_languages_the_first_is_added(glossaries: ImportedGlossaries) -> None:
    assert await glossaries.add([FRENCH, GERMAN, GlossaryFound("DE-EN.csv", "x,y")]) == [FRENCH, GERMAN]


@pytest.mark.parametrize("name", ["../evil.csv", "a/b.csv", "evil.sh", ".hidden.csv", "", "a\0.csv", "..csv"])
async def test_names_that_lead_elsewhere_are_ignored(glossaries: ImportedGlossaries, tmp_path: Path, name: str) -> None:
    assert await glossaries.add([GlossaryFound(name, "x,y")]) == []
    assert texts(tmp_path) == {}


async def test_on_a_full_disk_none_is_added(
    glossaries: ImportedGlossaries, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, write = [], user_files.replace_file

    def fill(path: Path, content: bytes) -> None:
        if written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written.append(path)
        write(path, content)

    monkeypatch.setattr(user_files, "replace_file", fill)
    with pytest.raises(DiskFull):
        await glossaries.add([GERMAN, FRENCH])
    assert written
    assert texts(folder) == {}
