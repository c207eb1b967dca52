"""A preset over many files, in the window."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit

from chatdesk.features.batch.domain.batch import BatchState, RowState
from chatdesk.features.batch.ui.batch_page import BatchPage
from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.system.folders import Folders
from tests.fakes.document_files import pdf, scanned_pdf
from tests.fakes.scripted_models import ScriptedAnswer
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.heartbeat import Heartbeat

LONGEST_TURN = 0.1
"""Seconds of work in one turn of the loop, on a slow machine; 16 ms on a quiet one."""


def page(harness: Harness) -> BatchPage:
    found = harness.window.findChild(BatchPage)
    assert found is not None
    return found


def read(harness: Harness) -> str:
    """The answer that is shown."""
    transcript = page(harness)._answer.transcript
    return "\n".join(text_of(block) for block in transcript.document[0].column(TEXT).blocks)


def sent(harness: Harness) -> str:
    """What is sent for the selected input."""
    return page(harness)._answer._sent_text.text()


def titles(harness: Harness) -> list[str]:
    model = harness.part("batchList").model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def choose_column(harness: Harness, name: str, column: str) -> None:
    box = harness.part(name)
    assert isinstance(box, QComboBox)
    box.setCurrentText(column)
    box.activated.emit(box.currentIndex())


async def opened(harness: Harness, tmp_path: Path, *texts: str) -> list[Path]:
    folder = Folders.locate().data / "presets"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "shout.md").write_text('+++\nname = "Shout"\n+++\nShout to {{who}}.', "utf-8")
    await harness.until(lambda: harness.program.presets.presets.loaded and harness.models.chosen)
    await harness.program.presets.presets.reload_changed()
    paths = [tmp_path / f"{number}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8")
    harness.router.show_page("batch", "own:shout")
    return paths


async def test_files_are_run_through_a_preset_and_saved_as_a_table(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    paths = await opened(harness, tmp_path, "one", "two")
    fake_model.says("ONE")
    fake_model.answers.append(ScriptedAnswer((), error="out of memory"))
    page(harness).use_files(paths)
    await harness.until(lambda: harness.part("goBatch").isEnabled())
    QTest.keyClicks(harness.part("variable_who").findChild(QLineEdit), "Ann")
    harness.click("goBatch")
    batch = harness.program.batch.get()
    await harness.until(lambda: batch.state is BatchState.FINISHED)
    assert [row.state for row in batch.rows] == [RowState.DONE, RowState.FAILED]
    assert fake_model.asked[0]["messages"][0]["content"] == "Shout to Ann."
    view = harness.part("batchList")
    view.setCurrentIndex(view.model().index(0, 0))
    assert read(harness) == "ONE"
    view.setCurrentIndex(view.model().index(1, 0))
    assert harness.part("batchFailure").text().startswith("Ollama reported an internal error.")
    assert harness.part("batchFailed").text() == "1 failed"
    fake_model.answers.clear()
    fake_model.says("TWO")
    harness.click("retryBatch")
    await harness.until(lambda: batch.count(RowState.DONE) == 2)
    assert "2 of 2 done" in harness.part("batchProgress").text()
    harness.click("saveBatch")
    dialog = harness.window.findChild(QFileDialog, "saveDialog")
    dialog.fileSelected.emit(str(tmp_path / "out.csv"))
    dialog.close()
    out = tmp_path / "out.csv"
    await harness.until(lambda: out.exists() and "1.txt,TWO,Done" in out.read_text("utf-8"))


def open_settings(harness: Harness) -> None:
    harness.press(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier, where=harness.window)
    assert not page(harness).isVisible()
    assert keyboard_is_in_view(harness)


def keyboard_is_in_view(harness: Harness) -> bool:
    """Whether keys go to something that the user sees."""
    focused = harness.window.focusWidget()
    return focused is not None and focused.isVisible()


async def test_files_read_after_the_page_was_left_do_not_take_the_keyboard(harness: Harness, tmp_path: Path) -> None:
    paths = await opened(harness, tmp_path, "one")
    page(harness).use_files(paths)
    open_settings(harness)
    await harness.until(lambda: titles(harness))
    await harness.until(lambda: harness.part("goBatch").isEnabled())
    assert keyboard_is_in_view(harness)


async def test_a_run_begun_when_the_page_was_left_does_not_take_the_keyboard(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    paths = await opened(harness, tmp_path, "one")
    fake_model.says("ONE")
    page(harness).use_files(paths)
    await harness.until(lambda: harness.part("goBatch").isEnabled())
    QTest.keyClicks(harness.part("variable_who").findChild(QLineEdit), "Ann")
    harness.click("goBatch")
    open_settings(harness)
    batch = harness.program.batch.get()
    await harness.until(lambda: batch.state is BatchState.FINISHED)
    assert keyboard_is_in_view(harness)


async def test_a_folder_of_documents_is_a_question_for_each(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    await opened(harness, tmp_path)
    folder = tmp_path / "reports"
    (folder / "2024").mkdir(parents=True)
    (folder / "a.pdf").write_bytes(pdf([["The promise."], ["What it costs."]]))
    (folder / "2024" / "b.md").write_text("An older promise.", "utf-8")
    (folder / "scan.pdf").write_bytes(scanned_pdf(1))
    (folder / "logo.png").write_bytes(b"\x89PNG")
    (folder / ".hidden.txt").write_text("x", "utf-8")
    page(harness).use_files([folder])
    await harness.until(lambda: harness.part("goBatch").isEnabled())
    assert titles(harness) == ["a.pdf", "scan.pdf", "b.md"]
    QTest.keyClicks(harness.part("variable_who").findChild(QLineEdit), "Ann")
    harness.click("goBatch")
    batch = harness.program.batch.get()
    await harness.until(lambda: batch.state is BatchState.FINISHED)
    assert [row.state for row in batch.rows] == [RowState.DONE, RowState.FAILED, RowState.DONE]
    asked = [each["messages"][-1]["content"] for each in fake_model.asked]
    assert asked == ["[page 1]\nThe promise.\n\n[page 2]\nWhat it costs.", "An older promise."]
    view = harness.part("batchList")
    view.setCurrentIndex(view.model().index(1, 0))
    assert harness.part("batchFailure").text() == "No text was found in scan.pdf. Its pages are pictures."


async def test_a_run_is_paused_and_goes_on_while_chats_are_shown(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    paths = await opened(harness, tmp_path, "one", "two", "three")
    go_on = asyncio.Event()
    fake_model.says("ONE", go_on)
    page(harness).use_files(paths)
    await harness.until(lambda: harness.part("goBatch").isEnabled())
    harness.click("goBatch")
    batch = harness.program.batch.get()
    await harness.until(lambda: batch.count(RowState.RUNNING) == 1)
    harness.click("pauseBatch")
    go_on.set()
    await harness.until(lambda: batch.count(RowState.DONE) == 1)
    assert (batch.state, batch.count(RowState.WAITING)) == (BatchState.PAUSED, 2)
    harness.click("goBatch")
    QTest.keyClick(page(harness), Qt.Key.Key_Escape)
    assert harness.window._middle.shown == "presets"
    await harness.until(lambda: batch.state is BatchState.FINISHED)
    harness.router.show_page("batch", "")
    assert page(harness)._rows.rowCount() == 3


async def test_the_window_is_not_held_up_by_ten_thousand_rows(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    await opened(harness, tmp_path)
    table = tmp_path / "many.csv"
    table.write_text("who,text\n" + "".join(f"Ann {number},some words\n" for number in range(10_000)), "utf-8")
    batch = harness.program.batch.get()
    with Heartbeat() as chosen:
        page(harness).use_files([table])
        await harness.until(lambda: page(harness)._rows.rowCount() == 10_000)
    with Heartbeat() as begun:
        harness.click("goBatch")
        await harness.until(lambda: batch.count(RowState.DONE) >= 20)
    harness.click("pauseBatch")
    await harness.until(lambda: batch.state is BatchState.PAUSED and not batch.count(RowState.RUNNING))
    harness.click("saveBatch")
    dialog = harness.window.findChild(QFileDialog, "saveDialog")
    dialog.fileSelected.emit(str(tmp_path / "out.csv"))
    dialog.close()
    with Heartbeat() as saved:
        out = tmp_path / "out.csv"
        await harness.until(lambda: out.exists() and out.read_text("utf-8").count("\n") == 10_001)
    assert max(chosen.longest, begun.longest, saved.longest) < LONGEST_TURN


async def test_a_server_that_went_away_is_reported_and_the_run_goes_on_later(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    paths = await opened(harness, tmp_path, *"abcdefgh")
    page(harness).use_files(paths)
    await harness.until(lambda: harness.part("goBatch").isEnabled())
    QTest.keyClicks(harness.part("variable_who").findChild(QLineEdit), "Ann")
    for _ in range(3):
        fake_model.answers.append(ScriptedAnswer((), error="out of memory"))
    harness.click("goBatch")
    batch = harness.program.batch.get()
    await harness.until(lambda: batch.trouble)
    await harness.until(lambda: harness.part("batchTrouble").isVisible())
    assert (batch.state, batch.count(RowState.WAITING)) == (BatchState.PAUSED, 8)
    harness.click("goBatch")
    assert not harness.part("batchTrouble").isVisible()
    await harness.until(lambda: batch.count(RowState.DONE) == 8)


async def test_more_files_than_a_run_takes_are_refused_in_words(harness: Harness, tmp_path: Path) -> None:
    await opened(harness, tmp_path)
    page(harness).use_files([tmp_path / f"{number}.txt" for number in range(20_001)])
    await harness.until(harness.toast)
    assert "20000 rows" in " ".join(harness.toast())


async def test_columns_of_a_table_are_chosen_for_the_text_and_the_fields_and_the_first_row_shows_what_is_sent(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    await opened(harness, tmp_path)
    table = tmp_path / "people.csv"
    table.write_text("id,Who,city,words\n1,Ann,Rome,good morning to you\n2,Bob,Oslo,good night to you\n", "utf-8")
    page(harness).use_files([table])
    await harness.until(lambda: titles(harness) == ["good morning to you", "good night to you"])
    assert harness.part("batchTextColumn").currentText() == "words"
    assert harness.part("column_who").currentText() == "Who"
    assert sent(harness) == "Shout to Ann.\n\ngood morning to you"
    choose_column(harness, "column_who", "city")
    await harness.until(lambda: sent(harness) == "Shout to Rome.\n\ngood morning to you")
    choose_column(harness, "batchTextColumn", "Who")
    await harness.until(lambda: titles(harness) == ["Ann", "Bob"])
    choose_column(harness, "column_who", "One value for all rows")
    QTest.keyClicks(harness.part("variable_who").findChild(QLineEdit), "all")
    await harness.until(lambda: sent(harness) == "Shout to all.\n\nAnn")
    harness.click("goBatch")
    batch = harness.program.batch.get()
    await harness.until(lambda: batch.state is BatchState.FINISHED)
    assert [body["messages"][-1]["content"] for body in fake_model.asked] == ["Ann", "Bob"]
    assert {body["messages"][0]["content"] for body in fake_model.asked} == {"Shout to all."}


async def test_one_answer_is_asked_for_again_and_copied(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    paths = await opened(harness, tmp_path, "one", "two")
    page(harness).use_files(paths)
    await harness.until(lambda: harness.part("goBatch").isEnabled())
    harness.click("goBatch")
    batch = harness.program.batch.get()
    await harness.until(lambda: batch.state is BatchState.FINISHED)
    fake_model.says("**Better.**")
    harness.click("againBatchAnswer")
    await harness.until(lambda: batch.state is BatchState.FINISHED and batch.rows[0].answer == "**Better.**")
    assert read(harness) == "Better."
    harness.click("copyBatchAnswer")
    assert QGuiApplication.clipboard().text() == "**Better.**"
    assert [row.answer for row in batch.rows] == ["**Better.**", "Yes."]


async def test_a_run_is_prepared_from_nothing(harness: Harness, fake_model: FakeModel, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("The bridge is open.", "utf-8")
    await harness.until(lambda: harness.program.presets.presets.loaded and harness.models.chosen)
    harness.router.show_page("batch", "")
    assert harness.part("batchProgress").text() == "No texts yet"
    assert not harness.part("goBatch").isEnabled()
    page(harness).use_files([tmp_path / "note.txt"])
    await harness.until(lambda: titles(harness) == ["note.txt"])
    assert harness.part("batchProgress").text() == "Choose a preset first"
    harness.click("batchPreset")
    search = next(each for each in page(harness).findChildren(QLineEdit, "presetSearch") if each.isVisible())
    QTest.keyClicks(search, "summarise")
    QTest.keyClick(search, Qt.Key.Key_Return)
    await harness.until(lambda: harness.part("goBatch").isEnabled())
    harness.click("goBatch")
    await harness.until(lambda: fake_model.asked)
    assert fake_model.last_question() == "The bridge is open."
    await harness.until(lambda: harness.program.batch.get().state is BatchState.FINISHED)


async def test_a_narrow_page_shows_the_list_and_then_the_answer(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    harness.window.resize(560, 700)
    paths = await opened(harness, tmp_path, "one", "two")
    page(harness).use_files(paths)
    await harness.until(lambda: harness.part("goBatch").isEnabled())
    view = harness.part("batchList")
    assert not page(harness)._answer.isVisible()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(1, 0)).center())
    assert (view.isVisible(), harness.part("batchTitle").text()) == (False, "1.txt")
    QTest.keyClick(page(harness), Qt.Key.Key_Escape)
    assert view.isVisible()
    QTest.keyClick(page(harness), Qt.Key.Key_Escape)
    assert harness.window._middle.shown == "presets"


async def test_the_run_has_a_model_of_its_own(harness: Harness, fake_model: FakeModel, tmp_path: Path) -> None:
    paths = await opened(harness, tmp_path, "one")
    page(harness).use_files(paths)
    await harness.until(lambda: harness.part("goBatch").isEnabled())
    QTest.mouseClick(harness.part("batchModel"), Qt.MouseButton.LeftButton)
    search = next(each for each in page(harness).findChildren(QLineEdit, "modelSearch") if each.isVisible())
    QTest.keyClicks(search, "thinker")
    QTest.keyClick(search, Qt.Key.Key_Return)
    harness.click("goBatch")
    await harness.until(lambda: fake_model.asked)
    assert fake_model.asked[0]["model"] == "thinker:8b"
    assert harness.models.chosen.ref.model_id == "scripted:1b"
    await harness.until(lambda: harness.program.batch.get().state is BatchState.FINISHED)
