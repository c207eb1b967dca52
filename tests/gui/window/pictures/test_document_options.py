"""What is read of a document: its sheets and cells, and the encoding of a text."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QMenu

from chatdesk.features.chat.ui.composer.document_options.sheets_popup import SheetsPopup
from chatdesk.kernel.chat.message import DocumentPart
from chatdesk.kernel.documents.document_text import DocumentText
from chatdesk.ui_kit.pictures.option_button import OptionButton
from tests.fakes.document_files import docx, eml, paragraph, xlsx
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.pictures.attach_steps import chips, drop, names

SUMMARY = [["Item", "Sum"], ["All", 79]]
COSTS = [["Cost", "2024", "2025"], ["Travel", 84200, 116300], ["Cloud", 61000, 79900], ["Training", 22500, 24100]]


@pytest.fixture
def budget(tmp_path: Path) -> Path:
    path = tmp_path / "Budget 2026.xlsx"
    path.write_bytes(xlsx({"Summary": SUMMARY, "Costs": COSTS, "Old rates": [["secret"]]}, hidden=["Old rates"]))
    return path


def option(harness: Harness) -> OptionButton | None:
    return next(
        (button for chip in chips(harness) for button in chip.findChildren(OptionButton) if button.isVisible()), None
    )


async def attach(harness: Harness, path: Path) -> OptionButton:
    drop(harness, path)
    await harness.until(lambda: option(harness))
    found = option(harness)
    assert found
    return found


def popup(harness: Harness) -> SheetsPopup | None:
    return next((each for each in harness.window.findChildren(SheetsPopup) if each.isVisible()), None)


async def open_sheets(harness: Harness, path: Path) -> SheetsPopup:
    button = await attach(harness, path)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await harness.until(lambda: popup(harness))
    found = popup(harness)
    assert found
    return found


def checks(sheets: SheetsPopup) -> list[QCheckBox]:
    return sheets.findChildren(QCheckBox)


def sent(fake_model: FakeModel) -> str:
    return str(fake_model.asked[-1]["messages"][-1]["content"])


async def test_hidden_sheets_do_not_go_along(harness: Harness, fake_model: FakeModel, budget: Path) -> None:
    button = await attach(harness, budget)
    assert button.text() == "2 of 3 sheets"
    await harness.ask_and_wait("What grew?")
    assert "Travel" in sent(fake_model)
    assert "secret" not in sent(fake_model)


async def test_the_sheets_are_listed_with_their_sizes(harness: Harness, budget: Path) -> None:
    sheets = await open_sheets(harness, budget)
    assert [check.accessibleName() for check in checks(sheets)] == ["Summary", "Costs", "Old rates"]
    assert [check.isChecked() for check in checks(sheets)] == [True, True, False]
    sizes = [check.accessibleDescription().split(", ")[:-1] for check in checks(sheets)]
    assert sizes == [["2 × 2"], ["4 × 3"], ["1 × 1", "hidden"]]


async def test_only_the_checked_sheets_go_along(harness: Harness, fake_model: FakeModel, budget: Path) -> None:
    sheets = await open_sheets(harness, budget)
    assert checks(sheets)[0].hasFocus()
    QTest.keyClick(checks(sheets)[0], Qt.Key.Key_Space)
    checks(sheets)[2].setFocus()
    QTest.keyClick(checks(sheets)[2], Qt.Key.Key_Space)
    QTest.keyClick(sheets, Qt.Key.Key_Escape)
    await harness.until(lambda: (button := option(harness)) and button.text() == "2 of 3 sheets" and not popup(harness))
    await harness.ask_and_wait("What grew?")
    assert "Travel" in sent(fake_model)
    assert "secret" in sent(fake_model)
    assert "[sheet 1: Summary]" not in sent(fake_model)


async def test_only_the_typed_cells_go_along(harness: Harness, fake_model: FakeModel, budget: Path) -> None:
    sheets = await open_sheets(harness, budget)
    checks(sheets)[1].setFocus()
    cells = sheets.findChild(QLineEdit, "sheetCells")
    assert cells.text() == "A1:C4"
    cells.setFocus()
    cells.selectAll()
    QTest.keyClicks(cells, "a1:b2")
    QTest.keyClick(cells, Qt.Key.Key_Return)
    await harness.until(lambda: checks(sheets)[1].accessibleDescription().startswith("2 × 2,"))
    QTest.mouseClick(sheets.findChild(type(sheets._done), "sheetsDone"), Qt.MouseButton.LeftButton)
    await harness.until(lambda: harness.chat_page.composer.attachments()[0].text_sha256)
    await harness.ask_and_wait("What grew?")
    assert "| Cost | 2024 |\n| --- | --- |\n| Travel | 84200 |" in sent(fake_model)
    assert "116300" not in sent(fake_model)


async def test_cells_typed_before_the_popup_closes_count(harness: Harness, budget: Path) -> None:
    sheets = await open_sheets(harness, budget)
    cells = sheets.findChild(QLineEdit, "sheetCells")
    cells.setFocus()
    cells.selectAll()
    QTest.keyClicks(cells, "B2")
    QTest.keyClick(cells, Qt.Key.Key_Escape)
    before = harness.chat_page.composer.attachments()
    await harness.until(lambda: harness.chat_page.composer.attachments() != before)
    (document,) = harness.chat_page.composer.attachments()
    text = await harness.program.chat.attachments.text_of(document)
    assert text
    assert text.sections[0].cells == "B2"


async def test_cells_that_mean_nothing_are_said_to_and_nothing_changes(harness: Harness, budget: Path) -> None:
    sheets = await open_sheets(harness, budget)
    cells = sheets.findChild(QLineEdit, "sheetCells")
    cells.setFocus()
    cells.selectAll()
    QTest.keyClicks(cells, "everything")
    QTest.keyClick(cells, Qt.Key.Key_Return)
    assert cells.accessibleDescription() == "Write cells such as A1:C20, B:D or 5:20."


async def test_one_sheet_stays(harness: Harness, budget: Path) -> None:
    sheets = await open_sheets(harness, budget)
    for check in checks(sheets)[:2]:
        QTest.mouseClick(check, Qt.MouseButton.LeftButton)
    assert [check.isChecked() for check in checks(sheets)] == [False, True, False]
    assert harness.part("sheetsNote").text().startswith("At least one sheet must be sent.")


async def test_an_open_choice_survives_the_removal_of_its_document(harness: Harness, budget: Path) -> None:
    sheets = await open_sheets(harness, budget)
    QTest.mouseClick(checks(sheets)[0], Qt.MouseButton.LeftButton)
    harness.chat_page.composer.set_attachments(())
    QTest.keyClick(sheets, Qt.Key.Key_Escape)
    await harness.until(lambda: not popup(harness))
    await harness.ask_and_wait("Anything?")
    assert harness.chat_page.composer.attachments() == ()


class HeldReading:
    """Holds the reading of stored documents until `finish`."""

    def __init__(self, harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
        self._harness = harness
        self._may_go_on = asyncio.Event()
        attachments = harness.program.chat.attachments
        self._text_of = attachments.text_of
        self.count = 0
        monkeypatch.setattr(attachments, "text_of", self._read)

    async def _read(self, document: DocumentPart) -> DocumentText | None:
        self.count += 1
        await self._may_go_on.wait()
        return await self._text_of(document)

    async def finish(self) -> None:
        """Let the documents be read, and wait for what follows."""
        reading = [task for task in asyncio.all_tasks() if task.get_name() == "choose what is read of a document"]
        assert len(reading) == self.count
        self._may_go_on.set()
        await asyncio.gather(*reading)


async def test_a_choice_does_not_open_over_a_page_that_was_opened_while_the_document_was_read(
    harness: Harness, budget: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    button = await attach(harness, budget)
    reading = HeldReading(harness, monkeypatch)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await harness.until(lambda: reading.count)
    harness.press(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert not harness.chat_page.isVisible()
    await reading.finish()
    assert popup(harness) is None
    harness.press(Qt.Key.Key_Escape, where=harness.router.currentWidget())
    assert harness.chat_page.isVisible()
    assert not button.isChecked()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await harness.until(lambda: popup(harness))


async def test_a_choice_does_not_open_for_a_document_that_was_removed_while_it_was_read(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(eml("See the files.", {"plan.docx": docx(paragraph("Plan"))}))
    button = await attach(harness, path)
    reading = HeldReading(harness, monkeypatch)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await harness.until(lambda: reading.count)
    harness.chat_page.composer.set_attachments(())
    await reading.finish()
    assert harness.window.findChild(QMenu, "enclosedFiles") is None


async def test_a_choice_opens_once_though_its_button_is_clicked_twice(
    harness: Harness, budget: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    button = await attach(harness, budget)
    reading = HeldReading(harness, monkeypatch)
    for _ in range(2):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await harness.until(lambda: reading.count)
    await reading.finish()
    assert len(harness.window.findChildren(SheetsPopup)) == 1


async def test_a_text_is_read_again_in_another_encoding(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes("Это отчёт об упаковке, он довольно длинный, читайте внимательно. ".encode("koi8_r") * 4)
    button = await attach(harness, path)
    assert button.text() == "KOI8-R"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    menu = harness.window.findChild(QMenu, "encodings")
    assert menu
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["KOI8-R"]
    next(action for action in menu.actions() if action.text() == "Windows-1251").trigger()
    await harness.until(lambda: (found := option(harness)) and found.text() == "Windows-1251")
    await harness.ask_and_wait("What is it?")
    assert "Это" not in sent(fake_model)
    assert "Это отчёт".encode("koi8_r").decode("cp1251") in sent(fake_model)


async def test_attachments_of_an_email_are_attached_on_their_own(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(
        eml("See the files.", {"promise & plan.docx": docx(paragraph("Less packaging")), "song.mp3": b"x"})
    )
    button = await attach(harness, path)
    assert button.text() == "2 attachment(s)"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await harness.until(lambda: harness.window.findChild(QMenu, "enclosedFiles"))
    menu = harness.window.findChild(QMenu, "enclosedFiles")
    first = next(action for action in menu.actions() if action.text().startswith("promise && plan.docx · "))
    first.trigger()
    menu.close()
    await harness.until(lambda: names(harness) == ["mail.eml", "promise & plan.docx"])
    await harness.ask_and_wait("What was promised?")
    assert "See the files." in sent(fake_model)
    assert "Less packaging" in sent(fake_model)


async def test_an_attachment_that_cannot_be_read_is_one_line(harness: Harness, tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(eml("See the files.", {"plan.docx": docx(paragraph("Plan")), "song.mp3": b"x"}))
    QTest.mouseClick(await attach(harness, path), Qt.MouseButton.LeftButton)
    await harness.until(lambda: harness.window.findChild(QMenu, "enclosedFiles"))
    menu = harness.window.findChild(QMenu, "enclosedFiles")
    next(action for action in menu.actions() if action.text() == "Attach all").trigger()
    menu.close()
    await harness.until(harness.toast)
    assert harness.toast()[0] == "song.mp3 is not a picture or a document that can be read."
    assert names(harness) == ["mail.eml", "plan.docx"]
