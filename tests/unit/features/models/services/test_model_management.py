"""What a person has a server do with its models, over the real services and an imitation of Ollama."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from chatdesk.features.models.services.model_management import (
    CreationProgress,
    CreationStage,
    DeletionFailed,
    ModelManagement,
)
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.errors.base import ModelNotFound, ServerUnreachable
from chatdesk.kernel.errors.model_errors import ModelFileRefused, ModelFileUnreadable, ModelNameInUse
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.providers.catalogue.vendors import load_vendors
from chatdesk.system.key_store import SessionKeyStore
from chatdesk.system.resources import Resources
from tests.fakes.built_in import built_in_over
from tests.fakes.scripted_models import ScriptedModel, scripted_ollama
from tests.fakes.scripted_server import ScriptedServer
from tests.own_time import TIMEOUT

VENDORS = load_vendors((Resources.locate().resources / "providers.toml").read_text("utf-8"))
A = ModelRef("ollama", "a:1b")


@dataclass
class Bench:
    server: ScriptedServer
    models: Models
    management: ModelManagement
    servers: Servers
    failed: list[DeletionFailed] = field(default_factory=list)

    def listed(self) -> list[str]:
        return [model.ref.model_id for model in self.models.all()]

    def asked(self, method: str, path: str) -> list[dict]:
        return [each.json() for each in self.server.requests if (each.method, each.path) == (method, path)]

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(TIMEOUT):
            while not condition():
                await asyncio.sleep(0.002)


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    models = (ScriptedModel("a:1b", loaded=False), ScriptedModel("b:latest", loaded=False))
    redactor = Redactor()
    async with scripted_ollama(models=models) as server, NetworkThread() as network:
        config = ServerConfig("ollama", "Ollama", "ollama", ServerProtocol.OLLAMA, server.url)
        keys = SessionKeyStore(redactor)
        servers = Servers((config,), VENDORS, lambda _: None, keys, keys)
        built_in = built_in_over(tmp_path)
        http = Lazy(HttpClient, HttpClient.aclose)
        connections = Connections(servers, built_in, network, http)
        known = Models(servers, connections)
        management = ModelManagement(known, connections, servers.find, grace_seconds=0.1)
        made = Bench(server, known, management, servers)
        management.failures.subscribe(made.failed.append)
        await known.refresh()
        yield made
        await management.close()
        await network.call(http.close)
        await built_in.close()
        await servers.close()


def ignore_progress(_progress: CreationProgress) -> None:
    pass


async def test_a_deleted_model_is_gone_from_the_list_at_once_and_from_the_server_a_little_later(bench: Bench) -> None:
    bench.management.delete(A)
    assert bench.listed() == ["b:latest"]
    assert bench.asked("DELETE", "/api/delete") == []
    await bench.until(lambda: bench.asked("DELETE", "/api/delete") == [{"model": "a:1b"}])
    await bench.models.refresh()
    assert bench.listed() == ["b:latest"]


async def test_a_deletion_is_undone_before_the_server_hears_of_it(bench: Bench) -> None:
    bench.management.delete(A)
    assert bench.management.undo_deletion(A)
    assert bench.listed() == ["a:1b", "b:latest"]
    await asyncio.sleep(0.2)
    assert bench.asked("DELETE", "/api/delete") == []
    assert not bench.management.undo_deletion(A)


async def test_what_was_deleted_is_deleted_when_the_program_ends(bench: Bench) -> None:
    management = bench.management
    management._grace_seconds = 60
    management.delete(A)
    await management.close()
    assert bench.asked("DELETE", "/api/delete") == [{"model": "a:1b"}]


async def test_a_model_that_cannot_be_deleted_is_listed_again_and_reported(bench: Bench) -> None:
    config = bench.servers.find("ollama")
    assert config is not None
    await bench.servers.save(replace(config, base_url="http://127.0.0.1:1"))
    bench.management.delete(A)
    await bench.until(lambda: bench.failed)
    assert isinstance(bench.failed[0].error, ServerUnreachable)
    assert "a:1b" in bench.listed()


async def test_a_model_somebody_else_deleted_is_no_failure(bench: Bench) -> None:
    gone = ModelRef("ollama", "gone:1b")
    bench.management.delete(gone)
    await bench.until(lambda: bench.asked("DELETE", "/api/delete"))
    await asyncio.sleep(0.05)
    assert bench.failed == []


async def held_deletion(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Begin a deletion that the server answers when the event is set."""
    begun, answer = asyncio.Event(), asyncio.Event()
    with_api = bench.management._connections.with_api

    async def slow(server: ServerConfig, timeouts: object, work: Callable) -> object:
        begun.set()
        await answer.wait()
        return await with_api(server, timeouts, work)

    monkeypatch.setattr(bench.management._connections, "with_api", slow)
    bench.management.delete(A)
    await begun.wait()
    return answer


async def test_a_deletion_under_way_is_waited_for_when_the_program_ends(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = await held_deletion(bench, monkeypatch)
    asyncio.get_running_loop().call_later(0.05, answer.set)
    await bench.management.close()
    assert bench.asked("DELETE", "/api/delete") == [{"model": "a:1b"}]


async def test_what_asks_for_a_model_again_waits_for_its_deletion_under_way(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = await held_deletion(bench, monkeypatch)
    assert not bench.management.undo_deletion(A)
    waiting = asyncio.ensure_future(bench.management.wait_for_deletion(A))
    await asyncio.sleep(0.02)
    assert not waiting.done()
    answer.set()
    await waiting
    assert bench.asked("DELETE", "/api/delete") == [{"model": "a:1b"}]


async def test_a_fault_of_ours_brings_a_model_back_to_the_list(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(bench.management._connections, "with_api", broken)
    bench.management.delete(A)
    assert "a:1b" not in bench.listed()
    await bench.until(lambda: "a:1b" in bench.listed())
    assert caplog.records


async def test_a_copy_is_listed(bench: Bench) -> None:
    assert await bench.management.copy(A, "mine") == ModelRef("ollama", "mine:latest")
    assert "mine:latest" in bench.listed()


@pytest.mark.parametrize("name", ["b", "B:latest", "a:1b"])
async def test_a_name_that_is_taken_is_not_taken_away(bench: Bench, name: str) -> None:
    with pytest.raises(ModelNameInUse):
        await bench.management.copy(A, name)
    assert bench.asked("POST", "/api/copy") == []


async def test_a_model_is_loaded_and_kept(bench: Bench) -> None:
    await bench.management.load(A, 1800)
    assert bench.asked("POST", "/api/chat")[0]["keep_alive"] == 1800
    found = bench.models.find(A)
    assert found is not None
    assert found.loaded


async def test_a_model_is_made_of_another_one(bench: Bench) -> None:
    made = await bench.management.create_from_model(A, "tutor", "Ask back.", {"temperature": 0.4}, ignore_progress)
    assert made == ModelRef("ollama", "tutor:latest")
    asked = bench.asked("POST", "/api/create")[0]
    assert (asked["from"], asked["system"], asked["parameters"]) == ("a:1b", "Ask back.", {"temperature": 0.4})
    assert "tutor:latest" in bench.listed()


async def test_a_file_is_summed_up_sent_and_made_a_model(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "my model.gguf"
    file.write_bytes(b"GGUF" + b"x" * 9_000_000)
    reported: list[CreationProgress] = []
    made = await bench.management.create_from_file("ollama", "mine:q4", file, reported.append)
    assert made == ModelRef("ollama", "mine:q4")
    assert "mine:q4" in bench.listed()
    stages = list(dict.fromkeys(each.stage for each in reported))
    assert stages == [CreationStage.READING, CreationStage.SENDING, CreationStage.CREATING]
    sent = [each.share for each in reported if each.stage is CreationStage.SENDING]
    assert sent == sorted(sent)
    await bench.management.create_from_file("ollama", "again", file, ignore_progress)
    assert sum(request.method == "POST" and "blobs" in request.path for request in bench.server.requests) == 1


async def test_a_file_that_is_no_model_is_not_sent(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "letter.gguf"
    file.write_bytes(b"Dear")
    with pytest.raises(ModelFileRefused):
        await bench.management.create_from_file("ollama", "mine", file, ignore_progress)
    with pytest.raises(ModelFileUnreadable):
        await bench.management.create_from_file("ollama", "mine", tmp_path / "none.gguf", ignore_progress)
    assert not any("blobs" in request.path for request in bench.server.requests)


async def test_making_a_model_of_a_file_can_be_left_off(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "large.gguf"
    file.write_bytes(b"GGUF" + b"x" * 30_000_000)
    reached = asyncio.Event()

    def heard(progress: CreationProgress) -> None:
        if progress.stage is CreationStage.SENDING and progress.share:
            reached.set()

    task = asyncio.ensure_future(bench.management.create_from_file("ollama", "large", file, heard))
    await reached.wait()
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled()
    assert bench.asked("POST", "/api/create") == []


async def test_what_a_server_lost_meanwhile_is_reported(bench: Bench) -> None:
    with pytest.raises(ModelNotFound):
        await bench.management.copy(ModelRef("ollama", "gone:1b"), "mine")
    with pytest.raises(ModelNotFound):
        await bench.management.load(ModelRef("nowhere", "a"), 60)
