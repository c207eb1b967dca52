"""Saving code, tables and answers as files."""

import zipfile
from io import BytesIO
from pathlib import Path

import mammoth
import pytest
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from chatdesk.features.chat.ui.transcript.code_options import CodeOptions
from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.chat.ui.transcript.page.actions.page_menus import MessageMenu
from chatdesk.kernel.settings.declarations import NUMBER_CODE, SAVE_FOLDER, WRAP_CODE
from tests.gui.window.harness import FakeModel, Harness

CODE = "Here:\n\n```python\n# app.py\nprint(1)\n```"


def dialog(harness: Harness) -> QFileDialog:
    return next(found for found in harness.window.findChildren(QFileDialog) if found.isVisible())


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def choose(harness: Harness, path: Path) -> None:
    """What a person does in the dialog, whose files no test should click through."""
    opened = dialog(harness)
    opened.fileSelected.emit(str(path))
    opened.reject()


async def test_code_is_saved_where_one_wants_it(
    harness: Harness, fake_model: FakeModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    fake_model.says(CODE)
    await harness.ask_and_wait("Write it.")
    harness.click_control(Verb.SAVE_CODE)
    assert Path(dialog(harness).selectedFiles()[0]).name == "app.py"
    await choose(harness, tmp_path / "mine.py")
    await harness.until(lambda: "Saved: mine.py" in harness.toast())
    assert (tmp_path / "mine.py").read_bytes() == b"# app.py\nprint(1)\n"
    assert harness.toast()[-1] == "Show in folder"
    harness.click_toast()
    await harness.until(lambda: [Path(url.toLocalFile()) for url in opened] == [tmp_path])
    assert harness.program.settings.get(SAVE_FOLDER) == str(tmp_path)
    harness.click_control(Verb.SAVE_CODE)
    assert Path(dialog(harness).selectedFiles()[0]) == tmp_path / "app.py"
    dialog(harness).reject()


async def test_a_file_that_cannot_be_saved_is_reported_with_the_reason(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    fake_model.says(CODE)
    await harness.ask_and_wait("Write it.")
    harness.click_control(Verb.SAVE_CODE)
    await choose(harness, tmp_path / "gone" / "mine.py")
    await harness.until(harness.toast)
    reason = "mine.py could not be saved, because its folder is not available"
    assert any(reason in text for text in harness.toast())


async def test_a_question_that_is_dismissed_saves_nothing(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says(CODE)
    await harness.ask_and_wait("Write it.")
    harness.click_control(Verb.SAVE_CODE)
    dialog(harness).reject()
    assert harness.toast() == []


async def test_an_answer_is_saved_as_word_and_opened(
    harness: Harness, fake_model: FakeModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    fake_model.says("# Plan\n\nFirst **this**, then $x^2$.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    await harness.ask_and_wait("Make a plan.")
    harness.click_control(Verb.SAVE_WORD)
    assert Path(dialog(harness).selectedFiles()[0]).name == "Plan.docx"
    await choose(harness, tmp_path / "plan.docx")
    await harness.until(lambda: "Saved: plan.docx" in harness.toast())
    read = mammoth.convert_to_html(BytesIO((tmp_path / "plan.docx").read_bytes())).value
    assert read.startswith("<h1>Plan</h1><p>First <strong>this</strong>, then .</p><table>")
    assert "Make a plan" not in read
    assert names_in(tmp_path) == ["plan.docx"]
    assert harness.toast()[-2:] == ["Open", "Show in folder"]
    harness.click_toast("Open")
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path / "plan.docx"]
    assert harness.program.settings.get(SAVE_FOLDER) == str(tmp_path)


async def test_a_table_is_saved_as_an_excel_file(harness: Harness, fake_model: FakeModel, tmp_path: Path) -> None:
    fake_model.says("| Price | n |\n|--:|--:|\n| €1,000.50 | 2 |\n")
    await harness.ask_and_wait("Prices?")
    harness.click_control(Verb.MENU)
    (menu,) = [each for each in harness.window.findChildren(MessageMenu) if each.isVisible()]
    next(action for action in menu.findChildren(QAction) if action.text() == "Save as Excel…").trigger()
    menu.close()
    assert Path(dialog(harness).selectedFiles()[0]).name == "Price, n.xlsx"
    await choose(harness, tmp_path / "prices.xlsx")
    await harness.until(lambda: "Saved: prices.xlsx" in harness.toast())
    with zipfile.ZipFile(tmp_path / "prices.xlsx") as archive:
        assert b"<v>1000.50</v>" in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("setting", "options"), [(WRAP_CODE, CodeOptions(wrapped=True)), (NUMBER_CODE, CodeOptions(numbered=True))]
)
async def test_the_settings_of_code_apply_at_once(setting, options: CodeOptions, harness: Harness) -> None:
    harness.program.settings.set(setting, True)
    await harness.until(lambda: harness.transcript._code_options == options)


async def test_the_program_can_end_while_the_dialog_asks_whether_to_replace_a_file(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    """Qt asks that in a loop of its own: the window must outlive it, or the program dies."""
    (tmp_path / "app.py").write_text("old")
    harness.program.settings.set(SAVE_FOLDER, str(tmp_path))
    fake_model.says(CODE)
    await harness.ask_and_wait("Write it.")
    harness.click_control(Verb.SAVE_CODE)
    QTimer.singleShot(0, dialog(harness).accept)
    await harness.until(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    open_then: list[object] = []
    harness.window.destroyed.connect(lambda: open_then.append(QApplication.activeModalWidget()))
    await harness.close()
    await harness.until(lambda: open_then)
    assert open_then == [None]
    assert (tmp_path / "app.py").read_text() == "old"
