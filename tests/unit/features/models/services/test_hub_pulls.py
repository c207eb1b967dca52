"""Downloads from hubs stand in the same list as those of Ollama's servers, with a queue for each source."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

from chatdesk.features.models.services.pull_memory import PullMemory
from chatdesk.features.models.services.pulls import Pulls, Report
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.errors.hub_errors import HubBusy, HubGated, HubUnreachable
from chatdesk.kernel.errors.model_errors import FileNotAsPublished, ModelDiskShort
from chatdesk.kernel.models.hubs import DownloadFile, HubKind, HubRepository, ModelDownload
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import PullChanged, PullPhase, PullProgress, PullState
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.storage.files.json_file import JsonFile
from tests.unit.features.models.services.pull_harness import (
    HALF,
    SERVER,
    A,
    ScriptedPuller,
    state,
    unknown_space,
    until,
)

HERE = ServerConfig("here", "Built in", "built-in", ServerProtocol.BUILT_IN, "")
FACE, SCOPE = HubRepository(HubKind.HUGGING_FACE, "acme/Wren"), HubRepository(HubKind.MODELSCOPE, "acme/Lark")
WREN = ModelDownload("Wren 7B", (DownloadFile("wren.gguf", 1000, "a" * 64),), (FACE, SCOPE), "mit")
LARK = ModelDownload("Lark 7B", (DownloadFile("lark.gguf", 1000, "b" * 64),), (FACE,))
ROBIN = ModelDownload("Robin 7B", (DownloadFile("robin.gguf", 1000, "c" * 64),), (SCOPE,))
HALFWAY = PullProgress(PullPhase.LOADING, 500, 1000, source="hub.example")


class ScriptedDownloader:
    """Each download takes its next steps: a progress is reported, an error raised, an event waited for, another model found."""

    def __init__(self, **steps: list[list[object]]) -> None:
        self._steps = steps
        self.calls: list[str] = []
        self.kept: list[list[str]] = []

    def ref_of(self, download: ModelDownload) -> ModelRef:
        return ModelRef("here", download.name.partition(" ")[0].lower())

    async def download(self, ref: ModelRef, download: ModelDownload, report: Report) -> ModelRef:
        name = self.ref_of(download).model_id
        self.calls.append(name)
        for step in self._steps[name].pop(0):
            if isinstance(step, PullProgress):
                report(step)
            elif isinstance(step, ChatdeskError):
                raise step
            elif isinstance(step, asyncio.Event):
                await step.wait()
            elif isinstance(step, ModelRef):
                return step
        return ref

    async def discard(self, kept: Iterable[ModelDownload]) -> None:
        self.kept.append([download.name for download in kept])


def pulls_of(
    downloader: ScriptedDownloader,
    puller: ScriptedPuller | None = None,
    memory: PullMemory | None = None,
    discard_delay: float = 0.0,
    free: int | None = None,
) -> Pulls:
    async def space(server: ServerConfig) -> int | None:
        return free if server is HERE else await unknown_space(server)

    async def arrived(_server: ServerConfig) -> None:
        pass

    servers = {SERVER.id: SERVER, HERE.id: HERE}
    return Pulls(
        puller or ScriptedPuller(),
        servers.get,
        arrived,
        space,
        memory,
        retry_delays=(0.0, 0.0),
        downloader=downloader,
        discard_delay=discard_delay,
    )


async def test_each_hub_downloads_one_model_at_a_time_beside_ollama() -> None:
    gate = asyncio.Event()
    downloader = ScriptedDownloader(wren=[[HALFWAY, gate]], lark=[[]], robin=[[HALFWAY, gate]])
    puller = ScriptedPuller(a=[[HALF, gate]])
    pulls = pulls_of(downloader, puller)
    wren, lark, robin = pulls.get(WREN), pulls.get(LARK), pulls.get(ROBIN)
    pulls.start(A)
    await until(lambda: {state(pulls, ref) for ref in (wren, robin, A)} == {PullState.RUNNING})
    assert state(pulls, lark) is PullState.WAITING
    assert [pull.name for pull in pulls.all()] == ["Wren 7B", "Lark 7B", "Robin 7B", "a:1b"]
    gate.set()
    await until(lambda: all(pull.is_done for pull in pulls.all()))
    await pulls.close()


async def test_a_model_is_found_by_its_content_whatever_it_is_called() -> None:
    gate = asyncio.Event()
    pulls = pulls_of(ScriptedDownloader(wren=[[HALFWAY, gate]]))
    ref = pulls.get(WREN, "chat 1")
    same = ModelDownload("Wren, again", (DownloadFile("other.gguf", 1000, "a" * 64),), (SCOPE,))
    assert pulls.get(same) == ref
    (pull,) = pulls.all()
    assert (pull.name, pull.conversation_id) == ("Wren 7B", "chat 1")
    assert pulls.find_download(LARK) is None
    await pulls.close()


async def test_a_model_that_another_program_has_is_listed_under_its_name_there() -> None:
    theirs = ModelRef("here", "their wren")
    pulls = pulls_of(ScriptedDownloader(wren=[[theirs]]))
    received: list[ModelRef] = []
    pulls.changes.subscribe(lambda change: received.append(change.ref) if isinstance(change, PullChanged) else None)
    ref = pulls.get(WREN)
    await until(lambda: state(pulls, theirs) is PullState.DONE)
    assert [pull.ref for pull in pulls.all()] == [theirs]
    assert {ref, theirs} == {*received}
    assert pulls.find_download(WREN)
    await pulls.close()


async def test_the_data_of_a_cancelled_download_is_discarded_after_a_while() -> None:
    gate = asyncio.Event()
    downloader = ScriptedDownloader(wren=[[HALFWAY, gate]], robin=[[HALFWAY, gate]])
    pulls = pulls_of(downloader)
    ref = pulls.get(WREN)
    pulls.get(ROBIN)
    await until(lambda: state(pulls, ref) is PullState.RUNNING)
    pulls.cancel(ref)
    await until(lambda: downloader.kept)
    assert downloader.kept == [["Robin 7B"]]
    await pulls.close()


async def test_a_cancelled_download_that_is_wanted_again_keeps_its_data() -> None:
    gate = asyncio.Event()
    downloader = ScriptedDownloader(wren=[[HALFWAY, gate], [HALFWAY, gate]])
    pulls = pulls_of(downloader, discard_delay=0.05)
    ref = pulls.get(WREN)
    await until(lambda: state(pulls, ref) is PullState.RUNNING)
    pulls.cancel(ref)
    assert pulls.get(WREN) == ref
    await until(lambda: downloader.kept)
    assert downloader.kept == [["Wren 7B"]]
    await pulls.close()


async def test_the_data_of_a_cancelled_download_is_discarded_at_the_end_of_the_program() -> None:
    gate = asyncio.Event()
    downloader = ScriptedDownloader(wren=[[HALFWAY, gate]])
    pulls = pulls_of(downloader, discard_delay=3600.0)
    ref = pulls.get(WREN)
    await until(lambda: state(pulls, ref) is PullState.RUNNING)
    pulls.cancel(ref)
    await pulls.close()
    assert downloader.kept == [[]]


async def test_it_goes_on_after_a_restart_with_the_chat_that_waits_for_it(tmp_path: Path) -> None:
    gate = asyncio.Event()
    file = tmp_path / "downloads.json"
    pulls = pulls_of(ScriptedDownloader(wren=[[HALFWAY, gate]]), memory=PullMemory(JsonFile(file)))
    ref = pulls.get(WREN)
    pulls.set_conversation(ref, "chat 1")
    await until(lambda: (pull := pulls.find(ref)) and pull.progress.completed == 500)
    await pulls.close()
    downloader = ScriptedDownloader(wren=[[HALFWAY, gate]])
    again = pulls_of(downloader)
    assert again.restore(await PullMemory(JsonFile(file)).read()) == (ref,)
    pull = again.find(ref)
    assert pull
    assert (pull.download, pull.conversation_id, pull.progress.completed) == (WREN, "chat 1", 500)
    await until(lambda: state(again, ref) is PullState.RUNNING)
    assert downloader.kept == [["Wren 7B"]]
    await again.close()


async def test_a_hub_that_is_busy_is_asked_again_when_it_says() -> None:
    busy = HubBusy("hub.example", "", seconds=55.0)
    pulls = pulls_of(ScriptedDownloader(wren=[[busy]]))
    ref = pulls.get(WREN)
    await until(lambda: state(pulls, ref) is PullState.RETRYING)
    pull = pulls.find(ref)
    assert pull
    assert (pull.waits, pull.error) == (55.0, busy)
    await pulls.close()


async def test_a_broken_line_is_tried_again_and_a_refusal_is_not() -> None:
    broken, gated = HubUnreachable("hub.example", "", "reset"), HubGated("hub.example", "", page="https://hub.example")
    downloader = ScriptedDownloader(wren=[[HALFWAY, broken], []], lark=[[HALFWAY, gated]])
    pulls = pulls_of(downloader)
    wren, lark = pulls.get(WREN), pulls.get(LARK)
    await until(lambda: state(pulls, wren) is PullState.DONE and state(pulls, lark) is PullState.FAILED)
    assert downloader.calls == ["wren", "wren", "lark"]
    await pulls.close()


async def test_a_wrong_checksum_fails_once_and_starts_from_nothing_if_tried_again() -> None:
    wrong = FileNotAsPublished("hub.example", "", model="Wren", file="wren.gguf")
    downloader = ScriptedDownloader(wren=[[HALFWAY, wrong], []])
    pulls = pulls_of(downloader)
    ref = pulls.get(WREN)
    await until(lambda: state(pulls, ref) is PullState.FAILED)
    pull = pulls.find(ref)
    assert pull
    assert pull.progress.completed == 0
    pulls.resume(ref)
    await until(lambda: state(pulls, ref) is PullState.DONE)
    await pulls.close()


async def test_a_download_that_does_not_fit_on_the_disk_is_not_begun() -> None:
    downloader = ScriptedDownloader(wren=[[]])
    pulls = pulls_of(downloader, free=999)
    ref = pulls.get(WREN)
    await until(lambda: state(pulls, ref) is PullState.FAILED)
    pull = pulls.find(ref)
    assert pull
    assert isinstance(pull.error, ModelDiskShort)
    assert downloader.calls == []
    await pulls.close()


async def test_a_slow_source_is_left_for_the_next_one() -> None:
    gate = asyncio.Event()
    downloader = ScriptedDownloader(wren=[[HALFWAY, gate], [HALFWAY]])
    pulls = pulls_of(downloader)
    ref = pulls.get(WREN)
    await until(lambda: state(pulls, ref) is PullState.RUNNING)
    pulls.switch_source(ref)
    await until(lambda: state(pulls, ref) is PullState.DONE)
    pull = pulls.find(ref)
    assert pull
    assert pull.download
    assert pull.download.sources == (SCOPE, FACE)
    assert downloader.calls == ["wren", "wren"]
    await pulls.close()


async def test_a_completed_download_leaves_the_list_with_its_model_and_an_unfinished_one_stays() -> None:
    gate = asyncio.Event()
    pulls = pulls_of(ScriptedDownloader(wren=[[]], robin=[[HALFWAY, gate]]))
    wren, robin = pulls.get(WREN), pulls.get(ROBIN)
    await until(lambda: state(pulls, wren) is PullState.DONE)
    pulls.forget(wren)
    pulls.forget(robin)
    assert [pull.ref for pull in pulls.all()] == [robin]
    await pulls.close()
