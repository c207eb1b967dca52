"""Exporting chats through the window."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QPlainTextEdit, QPushButton, QWidget

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.conversations.services.files.chat_formats import CHAT_FORMATS
from chatdesk.features.conversations.ui.exporting.export_sheet import ExportSheet
from chatdesk.features.conversations.ui.exporting.export_visit import ExportVisit
from chatdesk.features.conversations.ui.menus import EXPORT_FORMATS
from chatdesk.rendering.formulas.typeset.typeset_formula import TypesetFormula
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.window.chat.test_message_actions import do, two_turns
from tests.gui.window.conversations.test_chat_menu import choose, opened, right_click_row
from tests.gui.window.export_steps import (
    button_of,
    check,
    choose_file,
    click_on,
    opened_sheet,
    save_in,
    shown_sheet,
)
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.heartbeat import Heartbeat

USER_FILES = {"presets/letter.md": "Write a letter", "glossaries/de-en.csv": "source,target\nHaus,house\n"}
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
async def chat(harness: Harness, fake_model: FakeModel) -> Harness:
    """A window with a chat of two questions and answers."""
    await two_turns(harness, fake_model)
    return harness


def _names(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


def words_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


async def test_keys_open_the_sheet_and_save_the_chat_as_pdf(chat: Harness, tmp_path: Path) -> None:
    chat.press(Qt.Key.Key_E, CONTROL | SHIFT)
    sheet = await opened_sheet(chat)
    assert sheet.heading.text() == "Export chat"
    assert button_of(sheet, "Word").isChecked()
    click_on(sheet, "PDF")
    assert button_of(sheet, "Whole chat").isChecked()
    assert button_of(sheet, "Save as PDF…").isEnabled()
    await chat.until(lambda: sheet.preview.findChild(QLabel, "exportPage").text() == "Page 1 of 1")
    await save_in(chat, tmp_path / "chat.pdf")
    text = words_of(tmp_path / "chat.pdf")
    assert [each in text for each in ("First question", "First answer.", "Second question", "Second answer.")] == [
        True
    ] * 4


async def test_the_name_of_the_file_is_the_title_and_its_kind_the_format(chat: Harness) -> None:
    chat.press(Qt.Key.Key_E, CONTROL | SHIFT)
    click_on(await opened_sheet(chat), "HTML")
    chat.click("exportSave")
    dialog = chat.part("saveDialog")
    assert [Path(name).name for name in dialog.selectedFiles()] == ["First question.html"]
    assert dialog.nameFilters() == ["HTML (*.html)"]
    dialog.close()


async def test_what_is_not_wanted_is_not_in_the_file(chat: Harness, tmp_path: Path) -> None:
    chat.press(Qt.Key.Key_E, CONTROL | SHIFT)
    sheet = await opened_sheet(chat)
    click_on(sheet, "Markdown")
    check(sheet, "Questions", on=False)
    await save_in(chat, tmp_path / "chat.md")
    text = (tmp_path / "chat.md").read_text("utf-8")
    assert "First answer." in text
    assert "## You" not in text


async def test_the_last_choices_are_there_the_next_time(chat: Harness, tmp_path: Path) -> None:
    chat.press(Qt.Key.Key_E, CONTROL | SHIFT)
    sheet = await opened_sheet(chat)
    click_on(sheet, "Markdown")
    check(sheet, "Plain text, without formatting", on=True)
    check(sheet, "Time, model and tokens", on=True)
    await save_in(chat, tmp_path / "chat.txt")
    assert "You (" in (tmp_path / "chat.txt").read_text("utf-8")
    chat.press(Qt.Key.Key_E, CONTROL | SHIFT)
    sheet = await opened_sheet(chat)
    assert button_of(sheet, "Markdown").isChecked()
    assert button_of(sheet, "Plain text, without formatting").isChecked()
    assert button_of(sheet, "Time, model and tokens").isChecked()
    assert button_of(sheet, "Save as Text…")


async def test_the_preview_follows_the_choices(chat: Harness) -> None:
    chat.press(Qt.Key.Key_E, CONTROL | SHIFT)
    sheet = await opened_sheet(chat)
    click_on(sheet, "Markdown")
    text = sheet.findChild(QPlainTextEdit, "exportText")
    await chat.until(lambda: "## You" in text.toPlainText())
    check(sheet, "Questions", on=False)
    await chat.until(lambda: "## You" not in text.toPlainText() and "First answer." in text.toPlainText())


async def test_the_preview_of_a_word_file_draws_its_formulas(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says(r"So $\frac{a}{b}$ is it.")
    await harness.ask_and_wait("How?")
    harness.press(Qt.Key.Key_E, CONTROL | SHIFT)
    sheet = await opened_sheet(harness)
    assert button_of(sheet, "Word").isChecked()
    await harness.until(lambda: sheet.preview._images)
    (formula,) = sheet.preview._pages._export.formulas.values()
    assert isinstance(formula, TypesetFormula)


@pytest.mark.parametrize("width", [560, 1100])
async def test_all_choices_can_be_seen_in_a_narrow_window_at_200_percent(chat: Harness, width: int) -> None:
    chat.window.resize(width, 820)
    chat.window._appearance.set_zoom(200)
    chat.press(Qt.Key.Key_E, CONTROL | SHIFT)
    sheet = await opened_sheet(chat)
    for number in range(sheet.choices._format_list.count()):
        sheet.choices._choose_format(sheet.choices._format_list.itemData(number))
        await chat.until(lambda: sheet._left.widget().width() <= sheet._left.viewport().width())
    is_list = sheet.choices._format_list.isVisible()
    assert is_list is not sheet.choices._segments.isVisible()
    assert is_list is (width == 560)


async def test_all_choices_fit_into_a_small_window_without_scrolling(chat: Harness) -> None:
    chat.window.resize(900, 600)
    chat.press(Qt.Key.Key_E, CONTROL | SHIFT)
    sheet = await opened_sheet(chat)
    await chat.until(lambda: sheet._left.widget().width() <= sheet._left.viewport().width())
    await chat.until(lambda: sheet._left.verticalScrollBar().maximum() == 0)


async def test_a_failure_is_shown_also_if_the_preview_alone_was_shown(chat: Harness) -> None:
    chat.window.resize(700, 600)
    chat.press(Qt.Key.Key_E, CONTROL | SHIFT)
    sheet = await opened_sheet(chat)
    click_on(sheet, "Preview")
    await chat.until(lambda: sheet.preview.isVisible() and not sheet._left.isVisible())
    sheet.end_work("The disk is full.")
    failure = sheet.findChild(Notice, "exportFailure")
    assert failure is not None
    await chat.until(failure.isVisible)
    assert not sheet.preview.isVisible()


async def test_page_keys_turn_the_preview(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("\n\n".join(f"Paragraph {number}" for number in range(150)))
    await harness.ask_and_wait("Long?")
    harness.press(Qt.Key.Key_E, CONTROL | SHIFT)
    sheet = await opened_sheet(harness)
    place = sheet.preview.findChild(QLabel, "exportPage")
    await harness.until(lambda: place.text().startswith("Page 1 of "))
    QTest.keyClick(sheet, Qt.Key.Key_PageDown)
    assert place.text().startswith("Page 2 of ")
    first = sheet.preview._images[0].copy()
    await harness.until(lambda: 1 in sheet.preview._images and sheet.preview._images[1] != first)
    QTest.keyClick(sheet, Qt.Key.Key_PageUp)
    assert place.text().startswith("Page 1 of ")
    QTest.keyClick(sheet, Qt.Key.Key_PageUp)
    assert place.text().startswith("Page 1 of ")


async def test_a_message_is_exported_alone(chat: Harness, tmp_path: Path) -> None:
    do(chat, Verb.SAVE, 3)
    sheet = await opened_sheet(chat)
    assert button_of(sheet, "This answer").isChecked()
    click_on(sheet, "JSON")
    await save_in(chat, tmp_path / "message.chatdesk.json")
    data = json.loads((tmp_path / "message.chatdesk.json").read_text("utf-8"))
    assert [message["parts"] for message in data["messages"]] == [[{"kind": "text", "text": "Second answer."}]]


async def test_the_messages_that_are_selected_can_be_exported(chat: Harness, tmp_path: Path) -> None:
    chat.transcript.select_all()
    chat.press(Qt.Key.Key_E, CONTROL | SHIFT)
    sheet = await opened_sheet(chat)
    button_of(sheet, "Selected messages").click()
    click_on(sheet, "Markdown")
    await save_in(chat, tmp_path / "chat.md")
    assert "Second answer." in (tmp_path / "chat.md").read_text("utf-8")


@pytest.mark.parametrize(("entry", "button"), [("PDF…", "Save as PDF…"), ("JSON…", "Save as JSON…")])
async def test_the_menu_of_a_chat_opens_the_sheet_with_a_format(chat: Harness, entry: str, button: str) -> None:
    right_click_row(chat, "First question")
    choose(opened(), entry)
    assert button_of(await opened_sheet(chat), button)


def test_the_menu_offers_the_formats_of_the_sheet(qapp: object) -> None:
    offered = {each.ending for each in CHAT_FORMATS} - {"txt"}
    assert set(EXPORT_FORMATS) == offered


async def test_tab_reaches_each_control_of_the_sheet_and_nothing_else(chat: Harness) -> None:
    chat.press(Qt.Key.Key_E, CONTROL | SHIFT)
    sheet = await opened_sheet(chat)
    visited: list[QWidget] = []
    while (focused := chat.window.focusWidget()) not in visited:
        assert focused
        visited.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert len(visited) > 5
    assert not [each for each in visited if not isinstance(each, (QAbstractButton, QComboBox))]
    assert all(sheet.isAncestorOf(each) for each in visited)


async def test_escape_closes_the_sheet_and_the_focus_returns(chat: Harness) -> None:
    before = chat.window.focusWidget()
    chat.press(Qt.Key.Key_E, CONTROL | SHIFT)
    sheet = await opened_sheet(chat)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    await chat.until(lambda: shown_sheet(chat) is None)
    assert chat.window.focusWidget() is before


async def test_an_export_can_be_cancelled_and_leaves_nothing(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    fake_model.says("\n\n".join(f"Paragraph {number}" for number in range(2000)))
    await harness.ask_and_wait("Long?")
    harness.press(Qt.Key.Key_E, CONTROL | SHIFT)
    sheet = await opened_sheet(harness)
    click_on(sheet, "PDF")
    harness.click("exportSave")
    choose_file(harness, tmp_path / "chat.pdf")
    await harness.until(lambda: not button_of(sheet, "Save as PDF…").isEnabled())
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    await harness.until(lambda: button_of(sheet, "Save as PDF…").isEnabled())
    assert shown_sheet(harness) is sheet
    assert _names(tmp_path) == []
    assert harness.toast() == []


LONGEST_TURN = 0.05
"""Seconds of processor time of one turn of the window's loop: a step, and the painting of the sheet."""


async def test_the_window_is_not_held_up_by_a_long_chat(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    text = "\n\n".join(
        f"## Part {number}\n\n{'word ' * 80}\n\n| a | b |\n| - | - |\n| c | d |" for number in range(300)
    )
    fake_model.says(text)
    await harness.ask_and_wait("Long?")
    harness.press(Qt.Key.Key_E, CONTROL | SHIFT)
    sheet = await opened_sheet(harness)
    click_on(sheet, "PDF")
    place = sheet.preview.findChild(QLabel, "exportPage")
    await harness.until(lambda: " of " in place.text())  # the fonts are loaded, too
    harness.click("exportSave")  # the dialog is the system's
    with Heartbeat() as heartbeat:
        choose_file(harness, tmp_path / "chat.pdf")
        await harness.until(lambda: "chat.pdf" in " ".join(harness.toast()))
    assert heartbeat.longest < LONGEST_TURN
    assert "Part 299" in words_of(tmp_path / "chat.pdf")


async def test_everything_can_be_exported_from_the_settings(two_chats: Harness) -> None:
    two_chats.window.show_settings("data")
    await two_chats.until(lambda: two_chats.window.findChild(QPushButton, "exportEverything"))
    two_chats.click("exportEverything")
    sheet = await opened_sheet(two_chats)
    assert button_of(sheet, "All chats").isChecked()
    assert any(label.text() == "2 chat(s)" for label in sheet.findChildren(QLabel))


async def test_a_place_that_cannot_be_written_is_reported_in_the_sheet(chat: Harness, tmp_path: Path) -> None:
    chat.press(Qt.Key.Key_E, CONTROL | SHIFT)
    sheet = await opened_sheet(chat)
    click_on(sheet, "PDF")
    chat.click("exportSave")
    choose_file(chat, tmp_path / "nowhere" / "chat.pdf")
    await chat.until(sheet._failure.isVisible)
    assert button_of(sheet, "Save as PDF…").isEnabled()


@pytest.fixture
async def two_chats(chat: Harness, fake_model: FakeModel) -> Harness:
    """A second chat with the same title as the first."""
    chat.click("newChat")
    fake_model.says("Third answer.")
    await chat.ask_and_wait("First question")
    return chat


def export_everything(harness: Harness) -> None:
    harness.window._export.open_everything()


async def test_everything_becomes_one_file(two_chats: Harness, tmp_path: Path) -> None:
    export_everything(two_chats)
    sheet = await opened_sheet(two_chats)
    assert sheet.heading.text() == "Export chats"
    click_on(sheet, "PDF")
    await save_in(two_chats, tmp_path / "all.pdf")
    text = words_of(tmp_path / "all.pdf")
    assert "Second answer." in text
    assert "Third answer." in text


def choose_packing(harness: Harness, text: str) -> None:
    box = harness.part("exportPacking")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


@pytest.mark.parametrize(
    ("packing", "name", "read"),
    [
        (
            "A file each, in a folder",
            "all",
            lambda path: {each.name: each.read_text("utf-8") for each in path.iterdir()},
        ),
        (
            "A file each, zipped",
            "all.zip",
            lambda path: {each: zipfile.ZipFile(path).read(each).decode() for each in zipfile.ZipFile(path).namelist()},
        ),
    ],
    ids=["folder", "archive"],
)
async def test_each_chat_gets_a_file_with_a_name_of_its_own(
    two_chats: Harness, packing: str, name: str, read: Callable[[Path], dict[str, str]], tmp_path: Path
) -> None:
    export_everything(two_chats)
    click_on(await opened_sheet(two_chats), "Markdown")
    choose_packing(two_chats, packing)
    await save_in(two_chats, tmp_path / name)
    found = read(tmp_path / name)
    assert set(found) == {"First question.md", "First question (2).md"}
    assert sorted("Third answer." in text for text in found.values()) == [False, True]
    assert _names(tmp_path) == [name]


def write_user_files(harness: Harness) -> None:
    """Write a preset and a glossary, as files that the user can edit."""
    data = harness.program.presets.presets.folder.parent
    for name, text in USER_FILES.items():
        (data / name).parent.mkdir(exist_ok=True)
        (data / name).write_text(text, "utf-8")


async def open_everything_with_user_files(harness: Harness) -> ExportSheet:
    write_user_files(harness)
    export_everything(harness)
    sheet = await opened_sheet(harness)
    click_on(sheet, "Markdown")
    return sheet


async def test_presets_and_glossaries_are_exported_with_everything(two_chats: Harness, tmp_path: Path) -> None:
    sheet = await open_everything_with_user_files(two_chats)
    box = button_of(sheet, "Presets and glossaries")
    assert box.isChecked()
    assert box.accessibleDescription() == "2"
    await save_in(two_chats, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        found = {name: archive.read(name).decode() for name in archive.namelist() if name.startswith("user-files/")}
        assert len(archive.namelist()) == 4
    assert found == {f"user-files/{name}": text for name, text in USER_FILES.items()}


async def test_the_choice_of_a_folder_without_presets_is_remembered(two_chats: Harness, tmp_path: Path) -> None:
    sheet = await open_everything_with_user_files(two_chats)
    choose_packing(two_chats, "A file each, in a folder")
    check(sheet, "Presets and glossaries", on=False)
    await save_in(two_chats, tmp_path / "all")
    assert {path.name for path in (tmp_path / "all").iterdir()} == {"First question.md", "First question (2).md"}
    export_everything(two_chats)
    sheet = await opened_sheet(two_chats)
    assert not button_of(sheet, "Presets and glossaries").isChecked()
    box = two_chats.part("exportPacking")
    assert isinstance(box, QComboBox)
    assert box.currentText() == "A file each, in a folder"


async def test_the_sheet_says_that_one_file_has_no_presets(two_chats: Harness, tmp_path: Path) -> None:
    await open_everything_with_user_files(two_chats)
    assert not two_chats.part("exportUserFilesNote").isVisible()
    choose_packing(two_chats, "One file")
    assert not two_chats.part("exportUserFiles").isVisible()
    note = two_chats.part("exportUserFilesNote")
    assert isinstance(note, Label)
    assert note.isVisible()
    assert note.text().startswith("One file contains only chats.")
    await save_in(two_chats, tmp_path / "all.md")
    assert "Third answer." in (tmp_path / "all.md").read_text("utf-8")
    assert _names(tmp_path) == ["all.md"]


async def test_presets_are_offered_neither_for_a_chat_nor_if_there_are_none(chat: Harness) -> None:
    export_everything(chat)
    await opened_sheet(chat)
    assert not chat.part("exportUserFiles").isVisible()
    assert not chat.part("exportUserFilesNote").isVisible()
    chat.press(Qt.Key.Key_Escape)
    write_user_files(chat)
    chat.press(Qt.Key.Key_E, CONTROL | SHIFT)
    await opened_sheet(chat)
    assert not chat.part("exportUserFiles").isVisible()


async def test_json_of_several_chats_is_a_file_each(two_chats: Harness) -> None:
    export_everything(two_chats)
    click_on(await opened_sheet(two_chats), "JSON")
    box = two_chats.part("exportPacking")
    assert isinstance(box, QComboBox)
    assert [box.itemText(index) for index in range(box.count())] == ["A file each, in a folder", "A file each, zipped"]


async def test_a_chat_without_messages_has_nothing_to_export(harness: Harness) -> None:
    harness.press(Qt.Key.Key_E, CONTROL | SHIFT)
    await harness.until(lambda: all(each.has_ended for each in harness.window.findChildren(ExportVisit)))
    assert shown_sheet(harness) is None
