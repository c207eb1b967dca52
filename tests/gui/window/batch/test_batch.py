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
from tests.gui.window.desk import Desk, Speaker
from tests.gui.window.heartbeat import Heartbeat

LONGEST_TURN = 0.1
"""Seconds of work in one turn of the loop, on a slow machine; 16 ms on a quiet one."""


def page(desk: Desk) -> BatchPage:
    found = desk.window.findChild(BatchPage)
    assert found is not None
    return found


async def opened(desk: Desk, tmp_path: Path, *texts: str) -> list[Path]:
    folder = Folders.locate().data / "presets"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "shout.md").write_text('+++\nname = "Shout"\n+++\nShout to {{who}}.', "utf-8")
    await desk.until(lambda: desk.program.presets.loaded and desk.window._models.chosen)
    await desk.program.presets.look_again()
    paths = [tmp_path / f"{number}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8")
    desk.window.show_batch("own:shout")
    return paths


async def test_files_are_run_through_a_preset_and_saved_as_a_table(
    desk: Desk, speaker: Speaker, tmp_path: Path
) -> None:
    paths = await opened(desk, tmp_path, "one", "two")
    speaker.says("ONE")
    speaker.answers.append(ScriptedAnswer((), error="out of memory"))
    page(desk).take_files(paths)
    await desk.until(lambda: desk.part("goBatch").isEnabled())
    QTest.keyClicks(desk.part("variable_who").findChild(QLineEdit), "Ann")
    desk.click("goBatch")
    batch = desk.program.batch
    await desk.until(lambda: batch.state is BatchState.FINISHED)
    assert [row.state for row in batch.rows] == [RowState.DONE, RowState.FAILED]
    assert speaker.asked[0]["messages"][0]["content"] == "Shout to Ann."
    view = desk.part("batchList")
    view.setCurrentIndex(view.model().index(0, 0))
    answer = desk.part("batchAnswer")
    assert isinstance(answer, QPlainTextEdit)
    assert answer.toPlainText() == "ONE"
    speaker.answers.clear()
    speaker.says("TWO")
    desk.click("retryBatch")
    await desk.until(lambda: batch.count(RowState.DONE) == 2)
    assert "2 of 2 done" in desk.part("batchProgress").text()
    desk.click("saveBatch")
    dialog = desk.window.findChild(QFileDialog, "saveDialog")
    dialog.fileSelected.emit(str(tmp_path / "out.csv"))
    dialog.close()
    out = tmp_path / "out.csv"
    await desk.until(lambda: out.exists() and "1.txt,TWO,Done" in out.read_text("utf-8"))


async def test_a_run_is_paused_and_goes_on_while_chats_are_shown(desk: Desk, speaker: Speaker, tmp_path: Path) -> None:
    paths = await opened(desk, tmp_path, "one", "two", "three")
    go_on = asyncio.Event()
    speaker.says("ONE", go_on)
    page(desk).take_files(paths)
    await desk.until(lambda: desk.part("goBatch").isEnabled())
    desk.click("goBatch")
    batch = desk.program.batch
    await desk.until(lambda: batch.count(RowState.RUNNING) == 1)
    desk.click("goBatch")
    go_on.set()
    await desk.until(lambda: batch.count(RowState.DONE) == 1)
    assert (batch.state, batch.count(RowState.WAITING)) == (BatchState.PAUSED, 2)
    desk.click("goBatch")
    QTest.keyClick(page(desk), Qt.Key.Key_Escape)
    assert not page(desk).isVisible()
    await desk.until(lambda: batch.state is BatchState.FINISHED)
    desk.window.show_batch()
    assert page(desk)._rows.rowCount() == 3


async def test_the_window_is_not_held_up_by_ten_thousand_rows(desk: Desk, speaker: Speaker, tmp_path: Path) -> None:
    await opened(desk, tmp_path)
    table = tmp_path / "many.csv"
    table.write_text("who,text\n" + "".join(f"Ann {number},some words\n" for number in range(10_000)), "utf-8")
    batch = desk.program.batch
    with Heartbeat() as chosen:
        page(desk).take_files([table])
        await desk.until(lambda: page(desk)._rows.rowCount() == 10_000)
    with Heartbeat() as begun:
        desk.click("goBatch")
        await desk.until(lambda: batch.count(RowState.DONE) >= 20)
    desk.click("goBatch")
    await desk.until(lambda: batch.state is BatchState.PAUSED and not batch.count(RowState.RUNNING))
    desk.click("saveBatch")
    dialog = desk.window.findChild(QFileDialog, "saveDialog")
    dialog.fileSelected.emit(str(tmp_path / "out.csv"))
    dialog.close()
    with Heartbeat() as saved:
        out = tmp_path / "out.csv"
        await desk.until(lambda: out.exists() and out.read_text("utf-8").count("\n") == 10_001)
    assert max(chosen.longest, begun.longest, saved.longest) < LONGEST_TURN


async def test_a_server_that_went_away_is_told_and_the_run_goes_on_later(
    desk: Desk, speaker: Speaker, tmp_path: Path
) -> None:
    paths = await opened(desk, tmp_path, *"abcdefgh")
    page(desk).take_files(paths)
    await desk.until(lambda: desk.part("goBatch").isEnabled())
    QTest.keyClicks(desk.part("variable_who").findChild(QLineEdit), "Ann")
    for _ in range(3):
        speaker.answers.append(ScriptedAnswer((), error="out of memory"))
    desk.click("goBatch")
    batch = desk.program.batch
    await desk.until(lambda: batch.trouble)
    await desk.until(lambda: desk.part("batchTrouble").isVisible())
    assert (batch.state, batch.count(RowState.WAITING)) == (BatchState.PAUSED, 8)
    desk.click("goBatch")
    assert not desk.part("batchTrouble").isVisible()
    await desk.until(lambda: batch.count(RowState.DONE) == 8)


async def test_more_files_than_a_run_takes_are_refused_in_words(desk: Desk, tmp_path: Path) -> None:
    await opened(desk, tmp_path)
    page(desk).take_files([tmp_path / f"{number}.txt" for number in range(20_001)])
    await desk.until(desk.toast)
    assert "20000 rows" in " ".join(desk.toast())
