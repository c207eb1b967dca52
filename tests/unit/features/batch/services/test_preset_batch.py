"""A preset over many inputs."""

import asyncio
import csv
import errno
import io
import json
import os
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatdesk.features.attachments.services.text_files import read_text
from chatdesk.features.batch.domain.batch import (
    BatchInput,
    BatchRow,
    BatchState,
    ColumnMapping,
    RowState,
    Table,
    inputs_of_table,
    suggested_mapping,
)
from chatdesk.features.batch.services.batch_journal import BatchJournal
from chatdesk.features.batch.services.batch_sources import from_files, read_table
from chatdesk.features.batch.services.preset_batch import MAX_CONSECUTIVE_FAILURES, BatchRows, PresetBatch
from chatdesk.features.chat.services.instruction_resolver import InstructionResolver
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.message import FinishReason
from chatdesk.kernel.chat.stream_events import Finished, TextDelta
from chatdesk.kernel.errors.attachment_errors import (
    AttachmentNotATable,
    AttachmentNotAText,
    AttachmentTooLarge,
    TooManyRows,
)
from chatdesk.kernel.errors.base import ChatdeskError, ContextTooLong, RateLimited, ServerUnreachable
from chatdesk.kernel.errors.registry import from_failure
from chatdesk.kernel.errors.storage_errors import FileNotSaved
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.presets.variable import Variable
from tests.fakes.scripted_completion_client import ScriptedCompletionClient
from tests.own_time import TIMEOUT, until

MODEL = ModelRef("server", "model")
PRESET = AppliedPreset.of(
    Preset("t", PresetOrigin.OWN, "T", "Translate into {{to}}.", declared=(Variable("to", default="German"),))
)


@dataclass
class Harness:
    completion_client: ScriptedCompletionClient
    batch: PresetBatch
    path: Path

    def again(self) -> PresetBatch:
        """Return the run as another start of the program finds it."""
        return PresetBatch(
            self.completion_client, InstructionResolver(), BatchJournal(self.path), lambda: datetime.now(UTC), read_text
        )

    async def until(self, state: BatchState) -> None:
        await until(lambda: self.batch.state is state)

    async def running(self, rows: int) -> None:
        """Wait until so many rows are being answered."""
        await until(lambda: self.batch.count(RowState.RUNNING) == rows == len(self.completion_client.requests))


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    harness = Harness(ScriptedCompletionClient(), None, tmp_path / "batch.jsonl")  # type: ignore[arg-type]  # set at once
    harness.batch = harness.again()
    yield harness
    await harness.batch.stop()


def inputs(*texts: str) -> list[BatchInput]:
    return [BatchInput(text, text) for text in texts]


async def test_every_row_is_answered_with_the_preset(harness: Harness) -> None:
    harness.completion_client.says("eins")
    harness.completion_client.says("zwei")
    await harness.batch.start(PRESET, MODEL, inputs("one", "two"))
    await harness.until(BatchState.FINISHED)
    assert [(row.state, row.answer) for row in harness.batch.rows] == [(RowState.DONE, "eins"), (RowState.DONE, "zwei")]
    assert [turn.text for turn in harness.completion_client.requests[0].turns] == ["Translate into German.", "one"]


async def test_values_of_a_row_go_before_those_of_the_preset(harness: Harness) -> None:
    await harness.batch.start(PRESET, MODEL, [BatchInput("one", "one", values={"to": "French"})])
    await harness.until(BatchState.FINISHED)
    assert harness.completion_client.requests[0].turns[0].text == "Translate into French."


async def test_a_row_that_fails_leaves_the_others_and_is_asked_again(harness: Harness) -> None:
    harness.completion_client.script(TextDelta("half"), RateLimited(server="s"))
    harness.completion_client.says("zwei")
    await harness.batch.start(PRESET, MODEL, inputs("one", "two"))
    await harness.until(BatchState.FINISHED)
    failed = harness.batch.rows[0]
    assert (failed.state, failed.answer, failed.failure.kind) == (RowState.FAILED, "half", "RateLimited")
    harness.completion_client.says("eins")
    harness.batch.retry_failed()
    await harness.until(BatchState.FINISHED)
    assert [row.answer for row in harness.batch.rows] == ["eins", "zwei"]


async def test_pausing_lets_the_row_come_to_its_end_and_begins_no_other(harness: Harness) -> None:
    go_on = asyncio.Event()
    harness.completion_client.script(TextDelta("eins"), go_on, Finished(FinishReason.STOP))
    await harness.batch.start(PRESET, MODEL, inputs("one", "two"))
    await harness.running(1)
    harness.batch.pause()
    go_on.set()
    await until(lambda: harness.batch.count(RowState.DONE))
    await asyncio.sleep(0.05)
    assert [row.state for row in harness.batch.rows] == [RowState.DONE, RowState.WAITING]
    harness.batch.resume()
    await harness.until(BatchState.FINISHED)
    assert harness.batch.count(RowState.DONE) == 2


async def test_stopping_breaks_a_row_off_and_it_waits_again(harness: Harness) -> None:
    harness.completion_client.script(TextDelta("eins"), asyncio.Event())
    await harness.batch.start(PRESET, MODEL, inputs("one"))
    await harness.running(1)
    await harness.batch.stop()
    assert (harness.batch.rows[0].state, harness.batch.state) == (RowState.WAITING, BatchState.PAUSED)
    assert harness.completion_client.closed == 1


async def test_several_are_asked_at_once_if_wanted(harness: Harness) -> None:
    go_on = asyncio.Event()
    for _ in range(3):
        harness.completion_client.script(go_on, TextDelta("x"), Finished(FinishReason.STOP))
    await harness.batch.start(PRESET, MODEL, inputs("one", "two", "three"), at_once=2)
    await harness.running(2)
    await asyncio.sleep(0.05)
    assert harness.batch.count(RowState.RUNNING) == 2
    go_on.set()
    await harness.until(BatchState.FINISHED)


async def test_a_run_goes_on_after_a_crash_from_where_it_was(harness: Harness) -> None:
    harness.completion_client.says("eins")
    harness.completion_client.script(asyncio.Event())
    await harness.batch.start(PRESET, MODEL, inputs("one", "two"))
    await until(lambda: harness.path.read_text("utf-8").count("\n") >= 2)
    with harness.path.open("a", encoding="utf-8") as file:
        file.write('{"row": 1, "state"')  # cut off in the middle of a line
    again = harness.again()
    assert await again.load_stored()
    assert (again.state, again.preset, again.model) == (BatchState.PAUSED, PRESET, MODEL)
    assert [(row.state, row.answer) for row in again.rows] == [(RowState.DONE, "eins"), (RowState.WAITING, "")]


async def test_files_are_read_when_their_turn_comes_and_a_missing_one_fails_alone(
    harness: Harness, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("one", "utf-8")
    await harness.batch.start(PRESET, MODEL, from_files([tmp_path / "a.txt", tmp_path / "gone.txt"]))
    await harness.until(BatchState.FINISHED)
    assert [row.state for row in harness.batch.rows] == [RowState.DONE, RowState.FAILED]
    assert harness.completion_client.requests[0].turns[-1].text == "one"


async def test_columns_of_a_table_fill_in_variables_and_the_rest_is_the_text(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('to;text\nFrench;good day\n;\nItalian;"two\nlines"\n', "utf-8")
    table = await read_table(tmp_path / "t.csv")
    rows = inputs_of_table(table, suggested_mapping(table, {"to": "Into"}))
    assert [(row.text, dict(row.values)) for row in rows] == [
        ("good day", {"to": "French"}),
        ("two\nlines", {"to": "Italian"}),
    ]
    (tmp_path / "m.csv").write_text("name,city\nAnn,Rome\n", "utf-8")
    table = await read_table(tmp_path / "m.csv")
    assert inputs_of_table(table, ColumnMapping())[0].text == "name: Ann\ncity: Rome"


def test_the_longest_column_that_fills_in_no_field_is_the_text() -> None:
    table = Table(
        ("id", "INTO", "phrase", "note"), [("1", "French", "good morning", "x"), ("2", "Italian", "good night")]
    )
    mapping = suggested_mapping(table, {"to": "Into", "tone": "Tone"})
    assert mapping == ColumnMapping(2, {"to": 1})
    assert [(row.title, row.text, dict(row.values)) for row in inputs_of_table(table, mapping)] == [
        ("good morning", "good morning", {"to": "French"}),
        ("good night", "good night", {"to": "Italian"}),
    ]
    assert suggested_mapping(Table(("to",), [("French",)]), {"to": "Into"}) == ColumnMapping(None, {"to": 0})


@pytest.mark.parametrize("text", ["", "a,b", 'a,b\n"1,2'])
async def test_what_is_no_table_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.csv").write_text(text, "utf-8")
    with pytest.raises(AttachmentNotATable):
        await read_table(tmp_path / "t.csv")


async def test_the_result_is_a_table_that_runs_nowhere(harness: Harness) -> None:
    harness.completion_client.says('=HYPERLINK("http://x")')
    await harness.batch.start(PRESET, MODEL, [BatchInput("one", "-5", values={"to": "French"})])
    await harness.until(BatchState.FINISHED)
    table = harness.batch.as_csv(["Input", "Answer", "State", "Seconds", "Tokens"], lambda row: str(row.state))
    assert table.splitlines()[0] == "\ufeffInput,to,Answer,State,Seconds,Tokens"
    assert table.splitlines()[1].startswith('-5,French,"\'=HYPERLINK(""http://x"")",done,')


# Many rows, broken journals, servers and disks that fail.


async def test_ten_thousand_rows_are_begun_run_and_counted_without_looking_at_all_of_them(harness: Harness) -> None:
    many = [BatchInput(str(number), "text " * 20, values={"to": "French"}) for number in range(10_000)]
    began = time.thread_time()
    harness.batch._state = BatchState.READY
    harness.batch.changes.subscribe(lambda _change: harness.batch.count(RowState.DONE))
    await harness.batch.start(PRESET, MODEL, many)
    harness.batch.pause()
    assert time.thread_time() - began < 0.5
    rows = BatchRows(map(BatchRow, many))
    began = time.thread_time()
    while (number := rows.next_waiting()) is not None:
        rows[number] = BatchRow(many[number], RowState.DONE, seconds=2.0)
    assert (rows.count(RowState.DONE), rows.seconds_each) == (10_000, 2.0)
    assert time.thread_time() - began < 1
    rows[7] = BatchRow(many[7])
    assert (rows.next_waiting(), rows.count(RowState.WAITING)) == (7, 1)


async def test_a_server_that_goes_away_in_the_middle_pauses_the_run_and_no_row_is_lost(harness: Harness) -> None:
    harness.completion_client.says("eins")
    for _ in range(MAX_CONSECUTIVE_FAILURES):
        harness.completion_client.script(TextDelta("half"), ServerUnreachable(server="s"))
    await harness.batch.start(PRESET, MODEL, inputs(*"abcdefgh"))
    await harness.until(BatchState.PAUSED)
    assert (harness.batch.count(RowState.DONE), harness.batch.count(RowState.WAITING)) == (1, 7)
    assert harness.batch.trouble is not None
    assert harness.batch.trouble.kind == "ServerUnreachable"
    assert len(harness.completion_client.requests) == 1 + MAX_CONSECUTIVE_FAILURES
    harness.batch.resume()
    assert harness.batch.trouble is None
    await harness.until(BatchState.FINISHED)
    assert harness.batch.count(RowState.DONE) == 8


async def test_rows_that_fail_by_themselves_do_not_pause_the_run(harness: Harness) -> None:
    for _ in range(MAX_CONSECUTIVE_FAILURES + 2):
        harness.completion_client.script(ContextTooLong(server="s"))
    await harness.batch.start(PRESET, MODEL, inputs(*"abcdefgh"))
    await harness.until(BatchState.FINISHED)
    assert harness.batch.count(RowState.FAILED) == MAX_CONSECUTIVE_FAILURES + 2


async def test_a_full_disk_pauses_the_run_and_says_so(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_journal: BatchJournal, _row: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(BatchJournal, "add", refuse)
    harness.completion_client.says("eins")
    await harness.batch.start(PRESET, MODEL, inputs("one", "two"))
    await harness.until(BatchState.PAUSED)
    assert [(row.state, row.answer) for row in harness.batch.rows] == [(RowState.DONE, "eins"), (RowState.WAITING, "")]
    assert harness.batch.trouble is not None
    assert harness.batch.trouble.data["reason"] == "No space left on device"


async def test_a_run_that_cannot_be_kept_leaves_the_one_that_was_there(harness: Harness) -> None:
    await harness.batch.start(PRESET, MODEL, inputs("one"))
    await harness.until(BatchState.FINISHED)
    harness.path.with_name("batch.jsonl.new").mkdir()
    with pytest.raises(FileNotSaved):
        await harness.batch.start(PRESET, MODEL, inputs("two", "three"))
    assert [row.input.title for row in harness.batch.rows] == ["one"]
    assert await harness.again().load_stored()


async def test_a_row_after_a_line_that_was_cut_off_is_kept(harness: Harness) -> None:
    harness.completion_client.script(asyncio.Event())
    await harness.batch.start(PRESET, MODEL, inputs("one", "two"), at_once=2)
    await harness.batch.stop()
    with harness.path.open("a", encoding="utf-8") as file:
        file.write('{"row": 1, "sta')  # the program was killed in the middle of it
    BatchJournal(harness.path).add({"row": 0, "state": "done", "answer": "eins"})
    again = harness.again()
    await again.load_stored()
    assert [(row.state, row.answer) for row in again.rows] == [(RowState.DONE, "eins"), (RowState.WAITING, "")]
    assert again._at_once == 2


HEAD = json.dumps({"preset": "", "server": "s", "model": "m", "inputs": [{"title": "one", "text": "one"}]})
ODD_JOURNALS = {
    "nothing": (b"", 0),
    "no JSON": (b"\x00\xff not JSON\n", 0),
    "a list": (b"[]\n", 0),
    "nested too deep": (b"[" * 100_000, 0),
    "another program's": (b'{"version": 3, "inputs": "many"}\n{"row": "x"}\n', 0),
    "inputs of other kinds": (b'{"inputs": [1, null, [], {"title": 5, "text": {}, "path": [], "values": [1]}]}\n', 1),
    "too many inputs": (b'{"inputs": [' + b"{}," * 30_000 + b"{}]}\n", 20_000),
    "rows of other kinds": (
        f'{HEAD}\n{{"row": 0, "answer": [], "seconds": NaN, "tokens": true, "failure": {{"kind": 5, "data": [1]}}}}\n'
        '{"row": 99}\n{"row": -1}\n{"row": null}\n{"row": 0, "seconds": 1e999, "failure": [], "state": 7}\n'.encode(),
        1,
    ),
    "a row of a number without an end": (f'{HEAD}\n{{"row": {"9" * 5_000}}}\n'.encode(), 1),
}


@pytest.mark.parametrize("case", ODD_JOURNALS)
async def test_a_journal_that_is_none_is_put_aside_and_an_odd_one_read_as_far_as_it_goes(
    harness: Harness, case: str
) -> None:
    content, count = ODD_JOURNALS[case]
    harness.path.write_bytes(content)
    taken = await harness.batch.load_stored()
    assert (taken, len(harness.batch.rows)) == (count > 0, count)
    for row in harness.batch.rows[:3]:
        assert row.seconds is None
        assert row.failure is None or isinstance(from_failure(row.failure), ChatdeskError)
    assert harness.batch.seconds_each is None
    if case in {"no JSON", "a list", "nested too deep"}:
        assert harness.path.with_name("batch.jsonl.unreadable").read_bytes() == content


@pytest.mark.skipif(os.name != "posix", reason="pipes are named here")
async def test_a_journal_that_is_a_pipe_is_not_waited_for(harness: Harness) -> None:
    os.mkfifo(harness.path)
    async with asyncio.timeout(TIMEOUT):
        assert not await harness.batch.load_stored()


async def test_a_row_that_names_a_device_fails_alone(harness: Harness) -> None:
    await harness.batch.start(PRESET, MODEL, [BatchInput("zero", path="/dev/zero"), *inputs("two")])
    await harness.until(BatchState.FINISHED)
    assert [row.state for row in harness.batch.rows] == [RowState.FAILED, RowState.DONE]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"a,b\n1,\x00\n", AttachmentNotAText),
        (b"a,b\n1," + b"x" * 10_000_000, AttachmentTooLarge),
        (b"a\n" + b"x\n" * 100_000, TooManyRows),
        (b"a,b\n" + b'"' * 1_999_999, AttachmentNotATable),
    ],
)
async def test_a_table_out_of_bounds_is_refused_soon(tmp_path: Path, content: bytes, error: type[Exception]) -> None:
    (tmp_path / "t.csv").write_bytes(content)
    async with asyncio.timeout(TIMEOUT):
        with pytest.raises(error):
            await read_table(tmp_path / "t.csv")


async def test_more_files_than_a_run_takes_are_refused() -> None:
    with pytest.raises(TooManyRows):
        from_files(Path(f"/nowhere/{number}.txt") for number in range(20_001))


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
async def test_no_cell_is_a_formula_whoever_wrote_it(harness: Harness, cell: str) -> None:
    harness.completion_client.says(cell)
    await harness.batch.start(PRESET, MODEL, [BatchInput(cell, cell, values={"to": cell})])
    await harness.until(BatchState.FINISHED)
    table = harness.batch.as_csv([cell, "Answer", "State", "Seconds", "Tokens"], lambda _row: cell)
    cells = [each for row in csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline="")) for each in row]
    assert not any(each.startswith(("=", "+", "-", "@", "\t", "\r")) for each in cells)
