"""What *Export everything* has written comes back with an import: chats, presets and glossaries, and nothing twice."""

import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget

from chatdesk.features.conversations.ui.importing.import_sheet import Step
from chatdesk.features.presets.ui.importing.import_sheet import ImportSheet as PresetSheet
from chatdesk.kernel.presets.preset import PresetOrigin
from tests.gui.window.conversations.import_steps import at, press, sheet, words
from tests.gui.window.conversations.test_export import USER_FILES, choose_packing, write_user_files
from tests.gui.window.export_steps import choose_file, click_on, opened_sheet, save_in
from tests.gui.window.harness import FakeModel, Harness

TITLES = ["Letters", "Recipes"]
DIALOGUE = "# Example\n\n**You:** Hello\n\n**Assistant:** Hi\n"
"""A preset that could be a transcript."""


@pytest.fixture
async def program(harness: Harness, fake_model: FakeModel) -> Harness:
    """Two chats, two presets and a glossary."""
    for title in TITLES:
        fake_model.says("Yes.")
        harness.click("newChat")
        await harness.ask_and_wait(f"Tell me about {title.lower()}")
        await harness.program.chat.conversations.rename(harness.chat(), title)
    write_user_files(harness)
    (harness.program.presets.presets.folder / "dialogue.md").write_text(DIALOGUE, "utf-8")
    await harness.program.presets.presets.reload_changed()
    return harness


async def export(harness: Harness, path: Path, kind: str = "JSON") -> None:
    harness.window._export.open_everything()
    click_on(await opened_sheet(harness), kind)
    choose_packing(harness, "A file each, zipped" if path.suffix else "A file each, in a folder")
    await save_in(harness, path)


async def lose_everything(harness: Harness) -> None:
    chats = harness.program.conversations
    await chats.list_editing.delete_chats([chat.id for chat in harness.program.chat.conversations.all()])
    await chats.trash.delete(await chats.trash.items())
    for path in (*harness.program.presets.presets.folder.glob("*.md"), glossary(harness)):
        path.unlink()
    await harness.program.presets.presets.reload_changed()


def glossary(harness: Harness) -> Path:
    return harness.program.presets.presets.folder.parent / "glossaries" / "de-en.csv"


def titles(harness: Harness) -> list[str]:
    return sorted(chat.title for chat in harness.program.chat.conversations.all())


def prompts(harness: Harness) -> list[str]:
    presets = harness.program.presets.presets.all()
    return sorted(preset.prompt.strip() for preset in presets if preset.origin is PresetOrigin.OWN)


@pytest.mark.parametrize("name", ["all", "all.zip"])
async def test_chats_and_presets_come_back_and_nothing_twice(program: Harness, tmp_path: Path, name: str) -> None:
    await export(program, tmp_path / name)
    before = prompts(program)
    await lose_everything(program)
    program.window.import_chats([tmp_path / name])
    await at(program, Step.PREVIEW)
    box = program.part("importPresetsCheck")
    assert isinstance(box, QAbstractButton)
    assert box.isVisible()
    assert box.text() == "2 preset(s) · 1 glossary(s)"
    press(program, "importButton")
    report = await at(program, Step.REPORT)
    assert "2 chat(s) imported" in words(report)
    assert "2 preset(s)" in words(report)
    assert "1 glossary(s)" in words(report)
    assert titles(program) == TITLES
    assert prompts(program) == before
    assert glossary(program).read_text("utf-8") == USER_FILES["glossaries/de-en.csv"]
    press(program, "importButton")
    await program.until(lambda: sheet(program) is None)
    program.window.import_chats([tmp_path / name])
    preview = await at(program, Step.PREVIEW)
    assert not preview.findChild(QAbstractButton, "importPresetsCheck").isVisible()
    assert "2 are here already" in words(preview)


async def test_a_glossary_that_cannot_be_written_is_reported_and_the_chats_are_here(
    program: Harness, tmp_path: Path
) -> None:
    await export(program, tmp_path / "all.zip")
    await lose_everything(program)
    glossary(program).parent.rmdir()
    glossary(program).parent.write_bytes(b"a file in place of the folder")
    program.window.import_chats([tmp_path / "all.zip"])
    await at(program, Step.PREVIEW)
    press(program, "importButton")
    report = await at(program, Step.REPORT)
    assert titles(program) == TITLES
    findings = report.findChildren(QWidget, "importFinding")
    assert [each.accessibleName() for each in findings] == ["The glossaries could not be imported"]


async def test_undo_removes_them_again_but_not_a_glossary_that_was_changed(program: Harness, tmp_path: Path) -> None:
    await export(program, tmp_path / "all.zip")
    await lose_everything(program)
    for is_changed in (False, True):
        program.window.import_chats([tmp_path / "all.zip"])
        await at(program, Step.PREVIEW)
        press(program, "importButton")
        await at(program, Step.REPORT)
        if is_changed:
            glossary(program).write_text("source,target\nBaum,tree\n", "utf-8")
        press(program, "undoImport")
        await program.until(lambda: sheet(program) is None)
        assert titles(program) == []
        assert prompts(program) == []
        assert glossary(program).exists() is is_changed


async def test_without_chats_presets_and_glossaries_are_saved_alone(harness: Harness, tmp_path: Path) -> None:
    write_user_files(harness)
    harness.window._export.open_everything()
    await harness.until(lambda: harness.window.findChild(QFileDialog, "saveDialog"))
    dialog = choose_file(harness, tmp_path / "all.zip")
    assert dialog.defaultSuffix() == "zip"
    await harness.until(lambda: "all.zip" in " ".join(harness.toast()))
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert set(archive.namelist()) == {f"user-files/{name}" for name in USER_FILES}


@pytest.mark.parametrize(("name", "kind"), [("all", "Word"), ("all.zip", "HTML")])
async def test_presets_and_glossaries_of_an_export_whose_chats_cannot_be_read_again_are_offered(
    program: Harness, tmp_path: Path, name: str, kind: str
) -> None:
    await export(program, tmp_path / name, kind)
    before = prompts(program)
    await lose_everything(program)
    program.window.import_chats([tmp_path / name])
    preview = await at(program, Step.PREVIEW)
    box = program.part("importPresetsCheck")
    assert isinstance(box, QAbstractButton)
    assert box.text() == "2 preset(s) · 1 glossary(s)"
    assert name in words(preview)
    assert "not an export" not in words(preview)
    assert "completely" not in words(preview), "nothing is said of chats, which there are none of"
    press(program, "importButton")
    assert "2 preset(s) imported" in words(await at(program, Step.REPORT))
    assert prompts(program) == before
    assert glossary(program).read_text("utf-8") == USER_FILES["glossaries/de-en.csv"]


async def test_presets_without_a_glossary_are_offered_by_the_import_of_presets(
    program: Harness, tmp_path: Path
) -> None:
    glossary(program).unlink()
    await export(program, tmp_path / "all", "Word")
    glossary(program).write_text(USER_FILES["glossaries/de-en.csv"], "utf-8")
    await lose_everything(program)
    program.window.import_chats([tmp_path / "all"])

    def presets_offered() -> PresetSheet | None:
        return next((each for each in program.window.findChildren(PresetSheet) if each.isVisible()), None)

    await program.until(presets_offered)
    assert sheet(program) is None
