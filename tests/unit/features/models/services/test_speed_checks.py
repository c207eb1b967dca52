"""Measuring a model: what it is asked, by whose clock, what is kept, and what it says of estimates."""

import asyncio
import json
import threading
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from chatdesk.features.models.domain.model_fit import Verdict
from chatdesk.features.models.domain.speed_check import ExpectedSpeed, SpeedProgress, SpeedResult
from chatdesk.features.models.services.model_contexts import ContextBudgets
from chatdesk.features.models.services.speed_checks import SpeedChecks
from chatdesk.features.servers.services.models import Models
from chatdesk.kernel.chat.request import ChatRequest
from chatdesk.kernel.chat.stream_events import ReasoningDelta, StreamEvent, TextDelta, UsageReported
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.context.context_size import ContextBudget
from chatdesk.kernel.errors.base import AnswerEmpty, ModelNotFound
from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.storage.files.json_file import JsonFile

REF = ModelRef("ollama", "deepseek-r1:7b")
HERE = ServerConfig("ollama", "Ollama", "ollama", ServerProtocol.OLLAMA, "http://127.0.0.1:11434")
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
TOLD = Usage(190, 64, 40.0, prompt_tokens_per_second=800.0, load_milliseconds=20)


@dataclass
class FakeModel:
    """Stands for connections and models: says a few tokens, and what the test wants counted."""

    usages: list[Usage | None] = field(default_factory=lambda: [replace(TOLD, load_milliseconds=4200), TOLD])
    """For each question; the last one for all that follow."""
    pause: float = 0.0
    asked: list[ChatRequest] = field(default_factory=list)
    unloaded: list[ModelRef] = field(default_factory=list)
    closed: int = 0
    silent: bool = False

    async def stream(self, _model: ModelRef, request: ChatRequest) -> AsyncGenerator[tuple[StreamEvent, ...], None]:
        self.asked.append(request)
        usage = self.usages[min(len(self.asked), len(self.usages)) - 1]
        try:
            if not self.silent:
                yield (ReasoningDelta("Hm"),)
                for _ in range(4):
                    await asyncio.sleep(self.pause)
                    yield (TextDelta(" a"),)
            if usage:
                yield (UsageReported(usage),)
        finally:
            self.closed += 1

    async def unload(self, ref: ModelRef) -> bool:
        self.unloaded.append(ref)
        return True

    def budget_of(self, _ref: ModelRef, _parameters: object) -> ContextBudget:
        return ContextBudget(8192, requested_length=8192)

    async def refresh_loaded_models(self, _server_id: str) -> None:
        pass


@dataclass
class Harness:
    checks: SpeedChecks
    fake_model: FakeModel
    file: Path
    progress: list[SpeedProgress] = field(default_factory=list)

    async def measure(self, ref: ModelRef = REF) -> SpeedResult:
        return await self.checks.measure(ref, self.progress.append)


def harness_with(
    tmp_path: Path,
    fake_model: FakeModel | None = None,
    server: ServerConfig | None = HERE,
    expected: ExpectedSpeed = ExpectedSpeed("RTX 4070, 32 GB", 50.0, Verdict.GRAPHICS),  # noqa: B008 - a frozen value
) -> Harness:
    fake_model = fake_model or FakeModel()
    file = tmp_path / "speed checks.json"

    async def expect(_ref: ModelRef) -> ExpectedSpeed:
        return expected

    models = cast("Models", fake_model)
    checks = SpeedChecks(
        fake_model, cast("ContextBudgets", fake_model), models, lambda _id: server, expect, JsonFile(file), lambda: NOON
    )
    return Harness(checks, fake_model, file)


async def test_the_servers_own_clock_is_believed_and_loading_distinguished(tmp_path: Path):
    harness = harness_with(tmp_path)
    result = await harness.measure()
    assert (result.prompt_speed, result.writing_speed, result.load_milliseconds) == (800.0, 40.0, 4200)
    assert (result.runs, result.by_server, result.at) == (3, True, NOON)
    assert (result.machine, result.estimate, result.verdict) == ("RTX 4070, 32 GB", 50.0, Verdict.GRAPHICS)
    assert harness.fake_model.unloaded == [REF]
    assert harness.progress == [SpeedProgress(number, 4, is_cold=number == 1) for number in (1, 2, 3, 4)]


async def test_each_run_begins_otherwise_and_all_at_the_context_a_chat_has(tmp_path: Path):
    harness = harness_with(tmp_path)
    await harness.measure()
    texts = [request.turns[0].text for request in harness.fake_model.asked]
    assert len({text[:10] for text in texts}) == 4, "no server has read the beginning before"
    assert len({text[10:] for text in texts}) == 1
    parameters = harness.fake_model.asked[0].parameters
    assert (parameters.temperature, parameters.max_tokens, parameters.num_ctx) == (0.0, 64, 8192)


async def test_a_server_that_counts_nothing_is_measured_by_our_clock(tmp_path: Path):
    harness = harness_with(tmp_path, FakeModel([None], pause=0.02))
    result = await harness.measure()
    assert not result.by_server
    assert 1 < result.writing_speed <= 4 / 0.08 * 1.05, "a pause may take longer, never shorter"
    assert result.first_token_milliseconds < 4_000 / result.writing_speed, "which came at once"
    assert result.prompt_speed


async def test_the_median_bears_one_slow_run(tmp_path: Path):
    usages = [TOLD, *(replace(TOLD, tokens_per_second=speed) for speed in (41.0, 3.0, 39.0))]
    assert (await harness_with(tmp_path, FakeModel(usages)).measure()).writing_speed == 39.0


async def test_a_model_elsewhere_is_not_put_out_of_memory_and_its_place_named(tmp_path: Path):
    far = replace(HERE, base_url="http://big.lan:11434")
    harness = harness_with(tmp_path, server=far)
    result = await harness.measure()
    assert harness.fake_model.unloaded == []
    assert (result.machine, result.load_milliseconds, result.estimate) == ("big.lan:11434", None, None)


async def test_a_model_that_says_nothing_and_one_that_is_gone_are_errors(tmp_path: Path):
    with pytest.raises(AnswerEmpty) as said:
        await harness_with(tmp_path, FakeModel(silent=True)).measure()
    assert said.value.model == REF.model_id
    with pytest.raises(ModelNotFound):
        await harness_with(tmp_path, server=None).measure()


async def test_stopping_closes_the_connection_and_keeps_nothing(tmp_path: Path):
    harness = harness_with(tmp_path, FakeModel(pause=60.0))
    task = asyncio.ensure_future(harness.measure())
    while not harness.fake_model.asked:
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert harness.fake_model.closed == 1
    assert harness.checks.results(REF) == ()
    assert not harness.file.exists()


async def test_results_are_kept_one_for_each_model_and_machine(tmp_path: Path):
    result = await harness_with(tmp_path).measure()
    other = harness_with(tmp_path, expected=ExpectedSpeed("MacBook", 20.0, Verdict.GRAPHICS))
    await other.measure()
    await other.measure()
    again = harness_with(tmp_path)
    await again.checks.load()
    assert {stored.machine for stored in again.checks.results(REF)} == {"RTX 4070, 32 GB", "MacBook"}
    assert result in again.checks.results(REF)


@pytest.mark.parametrize(
    "content",
    [
        "{broken",
        '{"results": 5}',
        '{"results": [5, {}, {"server": 1}]}',
        '{"results": [{"server": "a", "model": "b", "machine": "c", "at": "yesterday", "first_token_ms": 1, "runs": 3}]}',
        '{"results": [{"server": "a", "model": "b", "machine": "c", "at": "2026-11-27T12:00:00", "first_token_ms": 1, "runs": 3}]}',
        '{"results": [{"server": "a", "model": "b", "machine": "c", "at": "2026-11-27T12:00:00Z", "first_token_ms": 1e999, "runs": 3}]}',
    ],
)
async def test_a_file_changed_by_hand_is_as_none(tmp_path: Path, content: str):
    harness = harness_with(tmp_path)
    harness.file.write_text(content, "utf-8")
    await harness.checks.load()
    assert harness.checks.results(ModelRef("a", "b")) == ()


async def test_what_cannot_be_read_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    await harness_with(tmp_path, expected=ExpectedSpeed("MacBook", 20.0, Verdict.GRAPHICS)).measure()
    harness, content = harness_with(tmp_path), (tmp_path / "speed checks.json").read_text("utf-8")

    def locked() -> None:
        raise DiskFull(str(tmp_path))

    with monkeypatch.context() as patched:
        patched.setattr(harness.checks._file, "read", locked)
        result = await harness.measure()
        assert harness.checks.results(REF) == (result,)
        assert harness.file.read_text("utf-8") == content
        assert "would be lost" in caplog.text
    await harness.measure()
    again = harness_with(tmp_path)
    await again.checks.load()
    assert {each.machine for each in again.checks.results(REF)} == {"RTX 4070, 32 GB", "MacBook"}
    caplog.clear()


async def test_what_is_measured_while_the_file_is_still_read_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    await harness_with(tmp_path, expected=ExpectedSpeed("MacBook", 20.0, Verdict.GRAPHICS)).measure()
    harness = harness_with(tmp_path)
    really, begun, go_on = harness.checks._file.read, threading.Event(), threading.Event()

    def slow() -> object:
        begun.set()
        go_on.wait(5)
        return really()

    monkeypatch.setattr(harness.checks._file, "read", slow)
    loading = asyncio.ensure_future(harness.checks.load())
    await asyncio.to_thread(begun.wait, 5)
    measuring = asyncio.ensure_future(harness.measure())
    await asyncio.sleep(0.05)
    go_on.set()
    await asyncio.gather(loading, measuring)
    again = harness_with(tmp_path)
    await again.checks.load()
    assert {each.machine for each in again.checks.results(REF)} == {"RTX 4070, 32 GB", "MacBook"}


async def test_estimates_are_corrected_by_what_was_measured_here(tmp_path: Path):
    harness = harness_with(tmp_path)
    assert harness.checks.correction("RTX 4070, 32 GB", Verdict.GRAPHICS) == 1.0
    await harness.measure()
    assert harness.checks.correction("RTX 4070, 32 GB", Verdict.GRAPHICS) == pytest.approx(40 / 50)
    assert harness.checks.correction("RTX 4070, 32 GB", Verdict.PROCESSOR) == 1.0, "that is another sum"
    assert harness.checks.correction("MacBook", Verdict.GRAPHICS) == 1.0


async def test_an_estimate_of_something_else_does_not_carry_over(tmp_path: Path):
    harness = harness_with(tmp_path, expected=ExpectedSpeed("box", 0.001, Verdict.GRAPHICS))
    await harness.measure()
    assert harness.checks.correction("box", Verdict.GRAPHICS) == 4.0


async def test_the_file_says_nothing_of_what_was_asked_or_answered(tmp_path: Path):
    harness = harness_with(tmp_path)
    await harness.measure()
    (row,) = json.loads(harness.file.read_text("utf-8"))["results"]
    assert "Water" not in str(row)
