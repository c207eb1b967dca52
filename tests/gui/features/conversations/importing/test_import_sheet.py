"""The sheet of the import, as a person goes through it with the mouse and the keyboard."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.conversations.importing.foreign_chat import DamagedChat, FolderKind, Loss, Program
from chatdesk.features.conversations.importing.run import SourceRead
from chatdesk.features.conversations.services.files.chat_imports import AddProgress, ChatState, FoundChat, ImportResult
from chatdesk.features.conversations.services.files.import_folders import DestinationKind, ImportDestination
from chatdesk.features.conversations.services.files.program_data import Access, ProgramData
from chatdesk.features.conversations.ui.importing.import_report import Finding, FinishedImport, Report, make_report
from chatdesk.features.conversations.ui.importing.import_sheet import ImportSheet, Step
from chatdesk.features.conversations.ui.importing.import_texts import day_text
from chatdesk.features.presets.services.preset_sharing import Conflict
from chatdesk.kernel.chat.conversation import Folder
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translations
from tests.gui.features.conversations.importing.sample_preview import MOMENT, chat, preset, preview

FOUND = (
    ProgramData(Program.LM_STUDIO, Access.READABLE, Path("/home/me/.lmstudio/conversations")),
    ProgramData(Program.CHERRY_STUDIO, Access.RUNNING, Path("/home/me/.config/CherryStudio")),
    ProgramData(Program.CHATBOX, Access.EXPORT),
)


@dataclass
class Reader:
    """A person in front of the sheet."""

    qtbot: QtBot
    sheet: ImportSheet
    asked: list[object] = field(default_factory=list)

    def words(self) -> str:
        """All words that are to be seen."""
        labels = [each for each in self.sheet.findChildren(QLabel) if each.isVisible()]
        return "\n".join(label.text() for label in labels)

    def buttons(self) -> list[str]:
        return [each.text() for each in self.sheet.findChildren(QPushButton) if each.isVisible() and each.text()]

    def part(self, name: str) -> QWidget:
        found = [each for each in self.sheet.findChildren(QWidget, name) if each.isVisible()]
        assert found, name
        return found[-1]

    def click(self, name: str) -> None:
        part = self.part(name)
        # A check box is pressed at its square.
        position = QPoint(8, part.height() // 2) if part.inherits("QCheckBox") else part.rect().center()
        QTest.mouseClick(part, Qt.MouseButton.LeftButton, pos=position)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget(), key)

    def show(self, *chats: FoundChat, folders: Sequence[Folder] = (), **more: object) -> None:
        self.sheet.show_preview(preview(*chats, **more), folders)


@pytest.fixture
def reader(qtbot: QtBot, appearance: Appearance) -> Iterator[Reader]:
    window = QWidget()
    window.resize(1000, 800)
    window.show()
    window.activateWindow()
    sheet = ImportSheet(appearance, window)
    reader = Reader(qtbot, sheet)
    sheet.paths_chosen.connect(reader.asked.append)
    for signal in (sheet.import_requested, sheet.stop_requested, sheet.file_requested, sheet.check_requested):
        signal.connect(lambda name=signal: reader.asked.append(name))
    sheet.open()
    yield reader
    window.close()
    window.deleteLater()


def test_what_is_found_says_what_can_be_done_with_it(reader: Reader) -> None:
    reader.sheet.show_found(FOUND)
    words = reader.words()
    assert "Nothing is read before you choose" in words
    assert "It is running. Quit it, or make a backup in it." in words
    assert "Only Chatbox can read what it keeps. Export in it first." in words
    assert reader.buttons()[:3] == ["Look inside", "Check again", "How to export"]
    reader.click("found_LM Studio")
    assert reader.asked == [(Path("/home/me/.lmstudio/conversations"),)]


def test_without_other_programs_there_is_only_the_place_for_files(reader: Reader) -> None:
    reader.sheet.show_found(())
    assert "Found on this computer" not in reader.words()
    assert reader.buttons() == ["Choose a file…", "Choose a folder…"]


def test_a_program_that_was_quit_meanwhile_can_be_read(reader: Reader) -> None:
    reader.sheet.show_found(FOUND)
    reader.click("found_Cherry Studio")
    assert reader.asked == [reader.sheet.check_requested]
    reader.sheet.show_found([ProgramData(Program.CHERRY_STUDIO, Access.READABLE, Path("/x"))])
    assert "Check again" not in reader.buttons()
    reader.press(Qt.Key.Key_Space)  # the focus is where it was
    assert reader.asked[1:] == [(Path("/x"),)]


def test_how_to_export_leads_to_the_steps_and_back(reader: Reader) -> None:
    reader.sheet.show_found(FOUND)
    reader.sheet.start_requested.connect(lambda: reader.sheet.show_found(FOUND))
    reader.click("found_Chatbox")
    assert reader.sheet.accessibleName() == "Export from Chatbox"
    assert "2. Under Data Backup, tick Chat History" in reader.words()
    reader.sheet.back_requested.emit()
    assert reader.sheet.accessibleName() == "Import chats"


def test_a_file_can_be_dropped_anywhere_on_the_sheet(reader: Reader, tmp_path: Path) -> None:
    reader.sheet.show_found(FOUND)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "export.zip"))])
    entered = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(reader.sheet, entered)
    assert entered.isAccepted()
    dropped = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(reader.sheet, dropped)
    assert reader.asked == [(tmp_path / "export.zip",)]


def test_a_file_that_is_no_export_is_said_on_top_with_a_way_on(reader: Reader) -> None:
    reader.sheet.show_found(())
    reader.sheet.show_problem("notes.zip: this export format is not known.")
    assert "this export format is not known" in reader.words()
    assert "Reads exports of ChatGPT, Claude" in reader.words()
    assert "Other file…" in reader.buttons()


def test_a_preview_counts_what_will_come(reader: Reader) -> None:
    reader.show(
        chat("a", 2023, pictures=3),
        chat("b", 2024, documents=1, folder="Work", pinned=True),
        chat("c", 2024, lost={Loss.SOUND: 18}),
        chat("d", 2025, ChatState.HERE),
        left_out={Loss.EMPTY_CHAT: 3},
    )
    words = reader.words()
    assert reader.sheet.accessibleName() == "Import from ChatGPT"
    assert "ChatGPT · 84 MB · 4 chat(s), 8 message(s)" in words
    assert "1 are here already" in words
    for sentence in ("3 picture(s), 1 document(s)", "1 folder(s), 1 pinned chat(s)", "Sound of 18 voice message(s)"):
        assert sentence in words
    assert "3 chat(s) without a message" in words
    assert "Import 3 chat(s)" in reader.buttons()


def test_chats_that_cannot_be_read_are_named_in_the_preview_and_in_the_report(reader: Reader) -> None:
    damaged = (DamagedChat("Kitchen plan"), DamagedChat("", 7), DamagedChat("Regex"), DamagedChat("Letters"))
    found = replace(preview(chat("a"), left_out={Loss.DAMAGED_CHAT: 4}), damaged=damaged)
    reader.sheet.show_preview(found, ())
    assert "4 damaged chat(s): “Kitchen plan”, “Chat 7 in the file”, “Regex”, 1 more" in reader.words()
    report = make_report(FinishedImport(found, ImportResult(added=("a",)), ImportDestination(), 1.0))
    (finding,) = report.findings
    assert (finding.heading, finding.count, finding.is_warning) == ("Damaged chats", 4, True)
    assert finding.lines == ("Kitchen plan", "Chat 7 in the file", "Regex", "Letters")


def test_the_folders_of_archived_chats_and_of_projects_without_a_name_are_announced(reader: Reader) -> None:
    reader.show(
        chat("a", folder="Archived", kind=FolderKind.ARCHIVE),
        chat("b", folder="Project 1", kind=FolderKind.PROJECT),
        chat("c", folder="Project 2", kind=FolderKind.PROJECT),
        chat("d", folder="Folder 1", kind=FolderKind.FOLDER),
    )
    assert "1 archived chat(s) in the folder “Archived”" in reader.words()
    assert "2 project(s), numbered because the file has no names" in reader.words()
    assert "1 folder(s), numbered because the file has no names" in reader.words()
    box = reader.part("importDestination")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_End)
    assert "archived" not in reader.words()


def test_a_year_can_be_left_out(reader: Reader) -> None:
    reader.show(chat("a", 2023, lost={Loss.VIDEO: 2}), chat("b", 2024), chat("c", 2024))
    assert "2 video(s)" in reader.words()
    reader.click("importYear2023")
    assert reader.sheet.choices.chosen == {"b", "c"}
    assert "Import 2 chat(s)" in reader.buttons()
    assert "2 video(s)" not in reader.words()
    reader.click("importYear2023")
    assert "Import 3 chat(s)" in reader.buttons()


def test_without_a_chat_nothing_can_be_imported(reader: Reader) -> None:
    reader.show(chat("a"), chat("b"))
    reader.click("importChatsCheck")
    assert reader.sheet.choices.count == 0
    assert not reader.part("importButton").isEnabled()
    reader.click("importChatsCheck")
    assert reader.sheet.choices.count == 2


def test_presets_alone_can_be_imported_too(reader: Reader) -> None:
    reader.show(chat("a", state=ChatState.HERE), presets=[preset("Poet"), preset("Known", Conflict.IDENTICAL)])
    assert reader.part("importPresetsCheck").text() == "1 preset(s)"
    assert reader.part("importButton").text() == "Import"
    reader.click("importButton")
    assert reader.asked == [reader.sheet.import_requested]
    reader.click("importPresetsCheck")
    assert not reader.sheet.includes_presets
    assert reader.part("importButton").text() == "Show the chats"


def test_chats_are_chosen_one_by_one_with_the_keyboard(reader: Reader) -> None:
    reader.show(chat("Kitchen plan"), chat("Snake game"), chat("Kitchen sink", state=ChatState.HERE), chat("Regex"))
    reader.click("chooseChats")
    assert reader.sheet.accessibleName() == "Choose chats"
    QTest.keyClicks(QApplication.focusWidget(), "kitchen")
    chats = reader.part("importChats").model()
    assert [chats.index(row, 0).data() for row in range(chats.rowCount())] == ["Kitchen plan", "Kitchen sink"]
    reader.press(Qt.Key.Key_Down)
    reader.press(Qt.Key.Key_Space)
    assert reader.sheet.choices.chosen == {"Snake game", "Regex"}
    reader.press(Qt.Key.Key_Down)
    reader.press(Qt.Key.Key_Space)  # here already
    assert reader.sheet.choices.count == 2
    assert "2 of 4 chosen" in reader.words()
    reader.press(Qt.Key.Key_Return)
    assert reader.sheet.step is Step.PREVIEW
    assert "Import 2 chat(s)" in reader.buttons()


def test_all_that_are_listed_are_chosen_or_left_out_at_once(reader: Reader) -> None:
    reader.show(chat("Kitchen plan"), chat("Snake game"), chat("Kitchen sink"))
    reader.click("chooseChats")
    reader.click("importChatsAll")
    assert reader.sheet.choices.count == 0
    QTest.keyClicks(reader.part("importChatsSearch"), "sink")
    reader.click("importChatsAll")
    assert reader.sheet.choices.chosen == {"Kitchen sink"}
    QTest.keyClicks(reader.part("importChatsSearch"), "xyz")
    assert "Nothing found" in reader.words()


def test_the_chats_of_a_folder_are_left_out_with_the_keyboard(reader: Reader) -> None:
    reader.show(chat("a", folder="Work"), chat("b", folder="Work"), chat("c", folder="Home"), chat("d"))
    reader.click("chooseChats")
    folder = reader.part("importChatsFolder")
    assert isinstance(folder, QComboBox)
    assert [folder.itemText(number) for number in range(folder.count())] == [
        "All folders",
        "Home",
        "Work",
        "No folder",
    ]
    reader.press(Qt.Key.Key_Tab)
    for _ in range(2):
        reader.press(Qt.Key.Key_Down)
    rows = reader.part("importChats").model()
    assert [rows.index(row, 0).data() for row in range(rows.rowCount())] == ["a", "b"]
    reader.press(Qt.Key.Key_Tab)
    reader.press(Qt.Key.Key_Space)
    assert reader.sheet.choices.chosen == {"c", "d"}
    assert "2 of 4 chosen" in reader.words()


def test_without_folders_there_is_no_choice_of_one(reader: Reader) -> None:
    reader.show(chat("a"), chat("b"))
    reader.click("chooseChats")
    assert not [each for each in reader.sheet.findChildren(QComboBox, "importChatsFolder") if each.isVisible()]


def test_a_year_that_is_left_out_meanwhile_is_left_out_in_the_list(reader: Reader) -> None:
    reader.show(chat("a", 2023), chat("b", 2024))
    reader.click("chooseChats")
    reader.press(Qt.Key.Key_Return)
    reader.click("importYear2023")
    reader.click("chooseChats")
    rows = reader.part("importChats").model()
    checks = [rows.index(row, 0).data(Qt.ItemDataRole.CheckStateRole) for row in range(2)]
    assert checks == [Qt.CheckState.Checked, Qt.CheckState.Unchecked]


def test_chinese_has_its_own_comma(reader: Reader, translations: Translations) -> None:
    translations.use("zh_CN")
    reader.show(chat("a", messages=3), sources=[SourceRead(0, Program.JAN, "a.json", 2_000_000)])
    assert "1 个对话、3 条消息" in reader.words()


def test_of_several_files_each_has_a_line(reader: Reader) -> None:
    sources = [SourceRead(number, Program.JAN, f"{number}.json", 2_000_000) for number in range(5)]
    chats = [chat(str(number), messages=number + 1, source=number) for number in range(5)]
    reader.show(*chats, sources=sources)
    words = reader.words()
    assert "5 file(s)\nJan · 10 MB · 5 chat(s), 15 message(s)" in words
    for number in range(5):
        assert f"{number}.json · Jan · 2.0 MB · 1 chat(s), {number + 1} message(s)" in words


def test_all_files_that_cannot_be_read_are_named_when_the_user_asks(reader: Reader) -> None:
    refused = tuple(ImportRefused(ImportProblem.UNKNOWN, f"{number}.bin") for number in range(5))
    reader.show(chat("a"), refused=refused)
    assert "2.bin: this export format is not known.\n… and 2 more" in reader.words()
    button = next(each for each in reader.sheet.findChildren(QPushButton) if each.text() == "Show all")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "4.bin: this export format is not known." in reader.words()
    assert "Show all" not in reader.buttons()


def test_a_click_on_a_row_chooses_its_chat(reader: Reader) -> None:
    reader.show(chat("a", 2025), chat("b", 2024))
    reader.click("chooseChats")
    rows = reader.part("importChats")
    position = rows.visualRect(rows.model().index(1, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=position)
    assert reader.sheet.choices.chosen == {"a"}


def test_a_screen_reader_hears_what_a_row_says(reader: Reader) -> None:
    reader.show(chat("a", state=ChatState.GROWN, new=4, messages=9, folder="Work"))
    reader.click("chooseChats")
    row = reader.part("importChats").model().index(0, 0)
    assert (
        row.data(Qt.ItemDataRole.AccessibleTextRole)
        == f"a, {day_text(MOMENT)} · 9 message(s) · Work · 4 new message(s)"
    )
    assert row.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked


@pytest.mark.parametrize(
    ("chats", "program", "destination"),
    [
        ([chat("a"), chat("b")], Program.CHATGPT, ImportDestination(DestinationKind.FOLDER, "ChatGPT")),
        ([chat("a", folder="Work"), chat("b")], Program.CHATGPT, ImportDestination(DestinationKind.SOURCE_FOLDERS)),
        ([chat("a")], Program.CHATGPT, ImportDestination(DestinationKind.NONE)),
        ([chat("a"), chat("b")], Program.MARKDOWN, ImportDestination(DestinationKind.NONE)),
    ],
)
def test_the_first_place_is_the_one_that_most_people_want(
    reader: Reader, chats: list[FoundChat], program: Program, destination: ImportDestination
) -> None:
    reader.show(*chats, program=program)
    assert reader.sheet.destination == destination
    assert ("Put it into" if len(chats) == 1 else "Put them into") in reader.words()


def test_chats_can_be_put_into_a_folder_that_is_here_or_into_a_new_one(reader: Reader) -> None:
    reader.show(chat("a", folder="There"), chat("b"), folders=[Folder("f", "Thesis", 0.0)])
    box = reader.part("importDestination")
    assert isinstance(box, QComboBox)
    texts = [box.itemText(number) for number in range(box.count())]
    assert texts == ["Folders as in ChatGPT", "New folder", "Thesis", "No folder"]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_End)
    assert reader.sheet.destination == ImportDestination(DestinationKind.NONE)
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert reader.sheet.destination == ImportDestination(DestinationKind.FOLDER, "Thesis")
    QTest.keyClick(box, Qt.Key.Key_Up)
    name = reader.part("importFolderName")
    assert isinstance(name, QLineEdit)
    name.selectAll()
    QTest.keyClicks(name, "  Old chats ")
    assert reader.sheet.destination == ImportDestination(DestinationKind.FOLDER, "Old chats")


def test_a_new_folder_needs_a_name(reader: Reader) -> None:
    reader.show(chat("a"), chat("b"))
    reader.part("importFolderName").clear()
    reader.click("importButton")
    assert reader.asked == []
    assert "Enter a name for the folder." in reader.words()


def test_files_that_cannot_be_read_are_named_above_the_others(reader: Reader) -> None:
    refused = ImportRefused(ImportProblem.DAMAGED, "broken.zip")
    reader.show(chat("a"), refused=(refused,))
    assert "broken.zip is damaged or incomplete" in "\n".join(
        each.accessibleName() for each in reader.sheet.findChildren(QWidget) if each.isVisible()
    )


def test_an_import_that_runs_can_be_stopped_or_left_alone(reader: Reader) -> None:
    reader.show(chat("a"), chat("b"))
    reader.sheet.show_work(AddProgress(660, 1_000), 66)
    words = reader.words()
    assert "660 of 1000 message(s)" in words
    assert "about 34 s left" in words
    assert reader.buttons() == ["Cancel", "Continue in the background"]
    reader.click("cancelImport")
    assert reader.asked == [reader.sheet.stop_requested]
    with reader.qtbot.waitSignal(reader.sheet.closed):
        reader.press(Qt.Key.Key_Escape)
    assert reader.asked == [reader.sheet.stop_requested]


def test_the_report_says_what_came_and_unfolds_what_did_not(reader: Reader) -> None:
    findings = (
        Finding("Skipped, here already", 2, ("Kitchen plan", "Regex")),
        Finding("Shared links", 3),
    )
    report = Report("1,123 chats are in the folder ChatGPT", "39,402 messages", findings)
    reader.sheet.show_report(lambda: report, can_undo=True)
    assert reader.buttons() == ["Undo the import", "Save report…", "Show the chats"]
    assert "Kitchen plan" not in reader.words()
    first = reader.sheet.findChildren(QWidget, "importFinding")[0]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Space)
    assert "Kitchen plan\nRegex" in reader.words()
