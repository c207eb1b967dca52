"""A preset over many inputs."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatdesk.domain.attachment_errors import AttachmentNotATable
from chatdesk.domain.errors import RateLimited
from chatdesk.domain.message import FinishReason
from chatdesk.domain.model import ModelRef
from chatdesk.domain.presets.applied import AppliedPreset
from chatdesk.domain.presets.batch import BatchInput, BatchState, RowState
from chatdesk.domain.presets.preset import Preset, PresetOrigin
from chatdesk.domain.presets.variable import Variable
from chatdesk.domain.stream_events import Finished, TextDelta
from chatdesk.services.batch_sources import from_files, from_table
from chatdesk.services.preset_batch import PresetBatch
from chatdesk.services.preset_use import Briefing
from chatdesk.storage.batch_journal import BatchJournal
from tests.fakes.scripted_answerer import ScriptedAnswerer

MODEL = ModelRef("server", "model")
PRESET = AppliedPreset.of(
    Preset("t", PresetOrigin.OWN, "T", "Translate into {{to}}.", declared=(Variable("to", default="German"),))
)


@dataclass
class Desk:
    answerer: ScriptedAnswerer
    batch: PresetBatch
    path: Path

    def again(self) -> PresetBatch:
        """Return the run as another start of the program finds it."""
        return PresetBatch(self.answerer, Briefing(), BatchJournal(self.path), lambda: datetime.now(UTC))

    async def until(self, state: BatchState) -> None:
        async with asyncio.timeout(5):
            while self.batch.state is not state:
                await asyncio.sleep(0.001)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk(ScriptedAnswerer(), None, tmp_path / "batch.jsonl")  # type: ignore[arg-type]  # set at once
    desk.batch = desk.again()
    yield desk
    await desk.batch.stop()


def inputs(*texts: str) -> list[BatchInput]:
    return [BatchInput(text, text) for text in texts]


async def test_every_row_is_answered_with_the_preset(desk: Desk) -> None:
    desk.answerer.says("eins")
    desk.answerer.says("zwei")
    await desk.batch.start(PRESET, MODEL, inputs("one", "two"))
    await desk.until(BatchState.FINISHED)
    assert [(row.state, row.answer) for row in desk.batch.rows] == [(RowState.DONE, "eins"), (RowState.DONE, "zwei")]
    assert [turn.text for turn in desk.answerer.requests[0].turns] == ["Translate into German.", "one"]


async def test_values_of_a_row_go_before_those_of_the_preset(desk: Desk) -> None:
    await desk.batch.start(PRESET, MODEL, [BatchInput("one", "one", values={"to": "French"})])
    await desk.until(BatchState.FINISHED)
    assert desk.answerer.requests[0].turns[0].text == "Translate into French."


async def test_a_row_that_fails_leaves_the_others_and_is_asked_again(desk: Desk) -> None:
    desk.answerer.script(TextDelta("half"), RateLimited(server="s"))
    desk.answerer.says("zwei")
    await desk.batch.start(PRESET, MODEL, inputs("one", "two"))
    await desk.until(BatchState.FINISHED)
    failed = desk.batch.rows[0]
    assert (failed.state, failed.answer, failed.failure.kind) == (RowState.FAILED, "half", "RateLimited")
    desk.answerer.says("eins")
    desk.batch.retry_failed()
    await desk.until(BatchState.FINISHED)
    assert [row.answer for row in desk.batch.rows] == ["eins", "zwei"]


async def test_pausing_lets_the_row_come_to_its_end_and_begins_no_other(desk: Desk) -> None:
    go_on = asyncio.Event()
    desk.answerer.script(TextDelta("eins"), go_on, Finished(FinishReason.STOP))
    await desk.batch.start(PRESET, MODEL, inputs("one", "two"))
    await asyncio.sleep(0.01)
    desk.batch.pause()
    go_on.set()
    await asyncio.sleep(0.05)
    assert [row.state for row in desk.batch.rows] == [RowState.DONE, RowState.WAITING]
    desk.batch.resume()
    await desk.until(BatchState.FINISHED)
    assert desk.batch.count(RowState.DONE) == 2


async def test_stopping_breaks_a_row_off_and_it_waits_again(desk: Desk) -> None:
    desk.answerer.script(TextDelta("eins"), asyncio.Event())
    await desk.batch.start(PRESET, MODEL, inputs("one"))
    await asyncio.sleep(0.01)
    await desk.batch.stop()
    assert (desk.batch.rows[0].state, desk.batch.state) == (RowState.WAITING, BatchState.PAUSED)
    assert desk.answerer.closed == 1


async def test_several_are_asked_at_once_if_wanted(desk: Desk) -> None:
    go_on = asyncio.Event()
    for _ in range(3):
        desk.answerer.script(go_on, TextDelta("x"), Finished(FinishReason.STOP))
    await desk.batch.start(PRESET, MODEL, inputs("one", "two", "three"), at_once=2)
    await asyncio.sleep(0.05)
    assert desk.batch.count(RowState.RUNNING) == 2
    go_on.set()
    await desk.until(BatchState.FINISHED)


async def test_a_run_goes_on_after_a_crash_from_where_it_was(desk: Desk) -> None:
    desk.answerer.says("eins")
    desk.answerer.script(asyncio.Event())
    await desk.batch.start(PRESET, MODEL, inputs("one", "two"))
    async with asyncio.timeout(5):
        while desk.path.read_text("utf-8").count("\n") < 2:
            await asyncio.sleep(0.001)
    with desk.path.open("a", encoding="utf-8") as file:
        file.write('{"row": 1, "state"')  # cut off in the middle of a line
    again = desk.again()
    assert await again.take_up()
    assert (again.state, again.preset, again.model) == (BatchState.PAUSED, PRESET, MODEL)
    assert [(row.state, row.answer) for row in again.rows] == [(RowState.DONE, "eins"), (RowState.WAITING, "")]


async def test_files_are_read_when_their_turn_comes_and_a_missing_one_fails_alone(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one", "utf-8")
    await desk.batch.start(PRESET, MODEL, from_files([tmp_path / "a.txt", tmp_path / "gone.txt"]))
    await desk.until(BatchState.FINISHED)
    assert [row.state for row in desk.batch.rows] == [RowState.DONE, RowState.FAILED]
    assert desk.answerer.requests[0].turns[-1].text == "one"


async def test_columns_of_a_table_fill_in_variables_and_the_rest_is_the_text(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('to;text\nFrench;good day\n;\nItalian;"two\nlines"\n', "utf-8")
    rows = await from_table(tmp_path / "t.csv", ["to"])
    assert [(row.text, dict(row.values)) for row in rows] == [
        ("good day", {"to": "French"}),
        ("two\nlines", {"to": "Italian"}),
    ]
    (tmp_path / "m.csv").write_text("name,city\nAnn,Rome\n", "utf-8")
    assert (await from_table(tmp_path / "m.csv", []))[0].text == "name: Ann\ncity: Rome"


@pytest.mark.parametrize("text", ["", "a,b", 'a,b\n"1,2'])
async def test_what_is_no_table_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.csv").write_text(text, "utf-8")
    with pytest.raises(AttachmentNotATable):
        await from_table(tmp_path / "t.csv", [])


async def test_the_result_is_a_table_that_runs_nowhere(desk: Desk) -> None:
    desk.answerer.says('=HYPERLINK("http://x")')
    await desk.batch.start(PRESET, MODEL, [BatchInput("one", "-5", values={"to": "French"})])
    await desk.until(BatchState.FINISHED)
    table = desk.batch.as_csv(["Input", "Answer", "State", "Seconds", "Tokens"], lambda row: str(row.state))
    assert table.splitlines()[0] == "\ufeffInput,to,Answer,State,Seconds,Tokens"
    assert table.splitlines()[1].startswith('-5,French,"\'=HYPERLINK(""http://x"")",done,')
