"""Presets in an archive to which Chatdesk has exported everything: found without reading the rest of it."""

import io
import random
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from chatdesk.features.presets.importing import files
from chatdesk.features.presets.importing.files import read_files
from chatdesk.features.presets.importing.reading import read_exported
from chatdesk.kernel.presets.preset_import import (
    Candidate,
    Finding,
    GlossaryFound,
    ImportFormat,
    ImportProblem,
    ImportRefused,
)

PRESET = '+++\nname = "Letter"\n+++\n\nWrite a letter'
FILES = {
    "All chats/Letters.chatdesk.json": "{",
    "All chats/user-files/presets/letter.md": PRESET,
    "All chats/user-files/presets/plain.md": "Answer briefly",
    "All chats/user-files/glossaries/de-en.csv": "source,target\nHaus,house\n",
    "All chats/data.json": "no backup of another program",
}


def archive(contents: Mapping[str, str | bytes]) -> io.BytesIO:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in contents.items():
            packed.writestr(name, content)
    buffer.seek(0)
    return buffer


def test_only_presets_are_read_also_those_without_a_header() -> None:
    contents = read_exported(archive(FILES), "all.zip")
    assert contents is not None
    assert [draft.preset.prompt for draft in contents.drafts] == ["Write a letter", "Answer briefly"]
    assert {draft.format for draft in contents.drafts} == {ImportFormat.CHATDESK}
    assert contents.skipped == []
    assert contents.glossaries == [GlossaryFound("de-en.csv", "source,target\nHaus,house\n")]


@pytest.mark.parametrize(
    "content",
    [
        archive({"presets/letter.md": PRESET}),
        archive({"user-files/letter.md": PRESET, "user-files/presets/letter.txt": PRESET}),
        archive({"user-files/presets/a/letter.md": PRESET}),
        io.BytesIO(b"PK\x03\x04 but no archive"),
        io.BytesIO(PRESET.encode()),
        io.BytesIO(b""),
    ],
)
def test_other_files_are_none(content: io.BytesIO) -> None:
    assert read_exported(content, "all.zip") is None


def test_a_damaged_preset_is_skipped_and_the_others_are_read() -> None:
    found = read_exported(
        archive({**FILES, "All chats/user-files/presets/broken.md": "+++\nname = \n+++\nx"}), "all.zip"
    )
    assert found is not None
    assert len(found.drafts) == 2
    assert [each.entry for each in found.skipped] == ["All chats/user-files/presets/broken.md"]


def test_an_archive_that_leads_elsewhere_or_is_a_bomb_is_refused() -> None:
    assert read_exported(archive({**FILES, "../evil.md": PRESET}), "all.zip") is None  # refused by its usual reader
    with pytest.raises(ImportRefused) as refused:
        read_exported(archive({"user-files/presets/bomb.md": bytes(40_000_000)}), "all.zip")
    assert refused.value.problem is ImportProblem.UNSAFE
    assert refused.value.file == "all.zip"


def test_an_archive_larger_than_other_files_may_be_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 20_000)
    path = tmp_path / "all.zip"
    pictures = random.Random(1).randbytes(50_000)
    path.write_bytes(archive({"Letters.chatdesk.json": pictures, "user-files/presets/letter.md": PRESET}).getvalue())
    findings: list[Finding] = []
    read_files([path], lambda _: [], findings.append)
    assert [each.preset.name for each in findings if isinstance(each, Candidate)] == ["Letter"]
