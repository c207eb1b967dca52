"""A preset over many files, in the window."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit

from chatdesk.features.batch.domain.batch import BatchState, RowState
from chatdesk.features.batch.ui.batch_page import BatchPage
from chatdesk.system.folders import Folders
from tests.fakes.scripted_models import ScriptedAnswer
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.heartbeat import Heartbeat

LONGEST_TURN = 0.1
"""Seconds of work in one turn of the loop, on a slow machine; 16 ms on a quiet one."""


def page(harness: Harness) -> BatchPage:
    found = harness.window.findChild(BatchPage)
    assert found is not None
    return found


async def opened(harness: Harness, tmp_path: Path, *texts: str) -> list[Path]:
    folder = Folders.locate().data / "presets"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "shout.md").write_text('+++\nname = "Shout"\n+++\nShout to {{who}}.', "utf-8")
    await harness.until(lambda: harness.program.presets.presets.loaded and harness.window._models.chosen)
    await harness.program.presets.presets.reload_changed()
    paths = [tmp_path / f"{number}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8")
    harness.window.show_batch("own:shout")
    return paths


async def test_files_are_run_through_a_preset_and_saved_as_a_table(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    paths = await opened(harness, tmp_path, "one", "two")
    fake_model.says("ONE")
    fake_model.answers.append(ScriptedAnswer((), error="out of memory"))
    page(harness).take_files(paths)
    await harness.until(lambda: harness.part("goBatch").isEnabled())
    QTest.keyClicks(harness.part("variable_who").findChild(QLineEdit), "Ann")
    harness.click("goBatch")
    batch = harness.program.batch.get()
    await harness.until(lambda: batch.state is BatchState.FINISHED)
    assert [row.state for row in batch.rows] == [RowState.DONE, RowState.FAILED]
    assert fake_model.asked[0]["messages"][0]["content"] == "Shout to Ann."
    view = harness.part("batchList")
    view.setCurrentIndex(view.model().index(0, 0))
    answer = harness.part("batchAnswer")
    assert isinstance(answer, QPlainTextEdit)
    assert answer.toPlainText() == "ONE"
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


async def test_a_run_is_paused_and_goes_on_while_chats_are_shown(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    paths = await opened(harness, tmp_path, "one", "two", "three")
    go_on = asyncio.Event()
    fake_model.says("ONE", go_on)
    page(harness).take_files(paths)
    await harness.until(lambda: harness.part("goBatch").isEnabled())
    harness.click("goBatch")
    batch = harness.program.batch.get()
    await harness.until(lambda: batch.count(RowState.RUNNING) == 1)
    harness.click("goBatch")
    go_on.set()
    await harness.until(lambda: batch.count(RowState.DONE) == 1)
    assert (batch.state, batch.count(RowState.WAITING)) == (BatchState.PAUSED, 2)
    harness.click("goBatch")
    QTest.keyClick(page(harness), Qt.Key.Key_Escape)
    assert not page(harness).isVisible()
    await harness.until(lambda: batch.state is BatchState.FINISHED)
    harness.window.show_batch()
    assert page(harness)._rows.rowCount() == 3


async def test_the_window_is_not_held_up_by_ten_thousand_rows(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    await opened(harness, tmp_path)
    table = tmp_path / "many.csv"
    table.write_text("who,text\n" + "".join(f"Ann {number},some words\n" for number in range(10_000)), "utf-8")
    batch = harness.program.batch.get()
    with Heartbeat() as chosen:
        page(harness).take_files([table])
        await harness.until(lambda: page(harness)._rows.rowCount() == 10_000)
    with Heartbeat() as begun:
        harness.click("goBatch")
        await harness.until(lambda: batch.count(RowState.DONE) >= 20)
    harness.click("goBatch")
    await harness.until(lambda: batch.state is BatchState.PAUSED and not batch.count(RowState.RUNNING))
    harness.click("saveBatch")
    dialog = harness.window.findChild(QFileDialog, "saveDialog")
    dialog.fileSelected.emit(str(tmp_path / "out.csv"))
    dialog.close()
    with Heartbeat() as saved:
        out = tmp_path / "out.csv"
        await harness.until(lambda: out.exists() and out.read_text("utf-8").count("\n") == 10_001)
    assert max(chosen.longest, begun.longest, saved.longest) < LONGEST_TURN


async def test_a_server_that_went_away_is_told_and_the_run_goes_on_later(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    paths = await opened(harness, tmp_path, *"abcdefgh")
    page(harness).take_files(paths)
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
    page(harness).take_files([tmp_path / f"{number}.txt" for number in range(20_001)])
    await harness.until(harness.toast)
    assert "20000 rows" in " ".join(harness.toast())
