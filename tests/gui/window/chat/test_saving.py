"""Saving code as a file."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from chatdesk.features.chat.ui.transcript.code_options import CodeOptions
from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.kernel.settings.declarations import NUMBER_CODE, SAVE_FOLDER, WRAP_CODE
from tests.gui.window.desk import Desk, Speaker

CODE = "Here:\n\n```python\n# app.py\nprint(1)\n```"


def dialog(desk: Desk) -> QFileDialog:
    return next(found for found in desk.window.findChildren(QFileDialog) if found.isVisible())


async def choose(desk: Desk, path: Path) -> None:
    """What a person does in the dialog, whose files no test should click through."""
    opened = dialog(desk)
    opened.fileSelected.emit(str(path))
    opened.reject()


async def test_code_is_saved_where_one_wants_it(desk: Desk, speaker: Speaker, tmp_path: Path) -> None:
    speaker.says(CODE)
    await desk.ask_and_wait("Write it.")
    desk.click_control(Verb.SAVE_CODE)
    assert Path(dialog(desk).selectedFiles()[0]).name == "app.py"
    await choose(desk, tmp_path / "mine.py")
    await desk.until(lambda: "Saved: mine.py" in desk.toast())
    assert (tmp_path / "mine.py").read_bytes() == b"# app.py\nprint(1)\n"
    assert desk.program.settings.get(SAVE_FOLDER) == str(tmp_path)
    desk.click_control(Verb.SAVE_CODE)
    assert Path(dialog(desk).selectedFiles()[0]) == tmp_path / "app.py"
    dialog(desk).reject()


async def test_a_file_that_cannot_be_saved_is_told_with_the_reason(
    desk: Desk, speaker: Speaker, tmp_path: Path
) -> None:
    speaker.says(CODE)
    await desk.ask_and_wait("Write it.")
    desk.click_control(Verb.SAVE_CODE)
    await choose(desk, tmp_path / "gone" / "mine.py")
    await desk.until(desk.toast)
    assert any("mine.py could not be saved" in words for words in desk.toast())
    assert any("No such file" in words for words in desk.toast())


async def test_a_question_that_is_dismissed_saves_nothing(desk: Desk, speaker: Speaker) -> None:
    speaker.says(CODE)
    await desk.ask_and_wait("Write it.")
    desk.click_control(Verb.SAVE_CODE)
    dialog(desk).reject()
    assert desk.toast() == []


@pytest.mark.parametrize(
    ("setting", "options"), [(WRAP_CODE, CodeOptions(wrapped=True)), (NUMBER_CODE, CodeOptions(numbered=True))]
)
async def test_the_settings_of_code_apply_at_once(setting, options: CodeOptions, desk: Desk) -> None:
    desk.program.settings.set(setting, True)
    await desk.until(lambda: desk.transcript._code_options == options)


async def test_the_program_can_end_while_the_dialog_asks_whether_to_replace_a_file(
    desk: Desk, speaker: Speaker, tmp_path: Path
) -> None:
    """Qt asks that in a loop of its own: the window must outlive it, or the program dies."""
    (tmp_path / "app.py").write_text("old")
    desk.program.settings.set(SAVE_FOLDER, str(tmp_path))
    speaker.says(CODE)
    await desk.ask_and_wait("Write it.")
    desk.click_control(Verb.SAVE_CODE)
    QTimer.singleShot(0, dialog(desk).accept)
    await desk.until(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    open_then: list[object] = []
    desk.window.destroyed.connect(lambda: open_then.append(QApplication.activeModalWidget()))
    await desk.close()
    await desk.until(lambda: open_then)
    assert open_then == [None]
    assert (tmp_path / "app.py").read_text() == "old"
