"""Servers, keys, and the models they offer: the real services over scripted servers and a keyring of the test's own."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from chatdesk.features.models.services.model_contexts import Contexts
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.models import Models, ModelsChanged
from chatdesk.features.servers.services.server_secrets import SecretLocation
from chatdesk.features.servers.services.servers import BUILT_IN_ID, OLLAMA_ID, Servers, first_servers
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Turn
from chatdesk.kernel.chat.stream_events import TextDelta
from chatdesk.kernel.errors.base import AddressInvalid, KeyExposed, KeyMissing, KeyRejected, ServerUnreachable
from chatdesk.kernel.errors.keyring_errors import KeyInvalid
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.providers.catalogue.vendors import load_vendors
from chatdesk.system.key_store import KEY, Key, Secret, SessionKeyStore
from chatdesk.system.resources import Resources
from tests.fakes.built_in import built_in_over
from tests.fakes.keyrings import LockedKeyring, NoKeyring
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama, scripted_openai
from tests.fakes.scripted_server import Request, ScriptedServer, Step, reply

VENDORS = load_vendors((Resources.locate().resources / "providers.toml").read_text("utf-8"))


@dataclass
class Setup:
    servers: Servers
    connections: Connections
    models: Models
    contexts: Contexts
    written: list = field(default_factory=list)


@pytest.fixture
async def setup(tmp_path: Path) -> AsyncIterator[Setup]:
    written: list = []
    redactor = Redactor()
    servers = Servers(
        first_servers(VENDORS), VENDORS, written.append, SessionKeyStore(redactor), SessionKeyStore(redactor)
    )
    built_in = built_in_over(tmp_path)
    async with NetworkThread() as network:
        http = Lazy(HttpClient, HttpClient.aclose)
        connections = Connections(servers, built_in, network, http)
        models = Models(servers, connections)
        contexts = Contexts(models, servers, lambda _model: None, Machine)
        yield Setup(servers, connections, models, contexts, written)
        await network.call(http.close)
    await built_in.close()


async def at(setup: Setup, server_id: str, url: str) -> ServerConfig:
    server = replace(setup.servers.find(server_id), base_url=url)
    await setup.servers.save(server)
    return server


def test_a_first_start_knows_ollama_and_the_built_in_engine() -> None:
    assert [server.id for server in first_servers(VENDORS)] == [OLLAMA_ID, BUILT_IN_ID]


async def test_models_of_every_server_are_found_and_those_away_are_reported(setup: Setup) -> None:
    async with scripted_ollama(models=(ScriptedModel("a:1b"), ScriptedModel("b:2b"))) as ollama:
        await at(setup, OLLAMA_ID, ollama.url)
        received: list = []
        setup.models.changes.subscribe(lambda change: received.append(change.server_id))
        assert not setup.models.was_asked
        await setup.models.refresh()
    assert setup.models.was_asked
    assert set(received) == {OLLAMA_ID, BUILT_IN_ID}
    assert {"a:1b", "b:2b"} <= {model.ref.model_id for model in setup.models.all()}
    assert setup.models.startable_servers() == ()


async def test_a_server_that_is_not_running_is_away_until_it_answers(setup: Setup) -> None:
    server = await at(setup, OLLAMA_ID, "http://127.0.0.1:9")
    await setup.models.refresh_server(server)
    assert setup.models.startable_servers() == (server,)
    state = next(state for state in setup.models.states() if state.server.id == OLLAMA_ID)
    assert isinstance(state.error, ServerUnreachable)


async def test_a_server_switched_off_is_not_asked_and_offers_nothing(setup: Setup) -> None:
    server = setup.servers.find(BUILT_IN_ID)
    await setup.servers.save(replace(server, enabled=False))
    await setup.servers.save(replace(setup.servers.find(OLLAMA_ID), enabled=False))
    await setup.models.refresh()
    assert setup.models.states() == ()


async def test_no_other_server_is_ever_sent_a_chat_that_was_only_opened(setup: Setup) -> None:
    request = ChatRequest("a:1b", (Turn(Role.USER, "A secret."),))
    async with scripted_ollama(models=(ScriptedModel("a:1b"),)) as ollama:
        server = await at(setup, OLLAMA_ID, ollama.url)
        own = replace(server, id="own", protocol=ServerProtocol.OPENAI, base_url=f"{ollama.url}/v1")
        await setup.servers.save(own)
        for server_id in (OLLAMA_ID, "own", "unknown"):
            assert not await setup.connections.read_ahead(ModelRef(server_id, "a:1b"), request)
        assert not await setup.connections.read_ahead(ModelRef(BUILT_IN_ID, "a:1b"), request)
        assert ollama.requests == []
        assert ollama.connections == 0


async def test_a_server_that_needs_a_key_is_not_asked_without_one(setup: Setup) -> None:
    vendor = next(vendor for vendor in VENDORS if vendor.id == "deepseek")
    server = setup.servers.new(vendor)
    with pytest.raises(KeyMissing):
        await setup.connections.survey(server)


async def test_a_key_is_tested_before_it_is_kept(setup: Setup) -> None:
    vendor = next(vendor for vendor in VENDORS if vendor.id == "deepseek")
    async with scripted_openai(key="sk-right") as remote:
        server = replace(setup.servers.new(vendor), base_url=f"{remote.url}/v1")
        with pytest.raises(KeyRejected):
            await setup.connections.test(server, "sk-wrong")
        status, _ = await setup.connections.test(server, "sk-right")
        assert status.model_count == 1
        assert await setup.servers.key_location(server) is None
        assert server not in setup.servers.all()


async def test_a_key_goes_to_its_own_address_only(setup: Setup) -> None:
    vendor = next(vendor for vendor in VENDORS if vendor.id == "deepseek")
    server = setup.servers.new(vendor)
    assert await setup.servers.set_key(server, "sk-mine") is SecretLocation.KEYRING
    assert await setup.servers.key(server) == Key("sk-mine")
    assert await setup.servers.key(replace(server, base_url="https://elsewhere.example")) is None
    await setup.servers.forget_key(server)
    assert await setup.servers.key(server) is None


@pytest.mark.parametrize("host", ["192.168.1.5:8000", "lab", "llm.example", "[fd00::5]:8000"])
async def test_a_key_does_not_go_over_plain_http_to_another_machine(setup: Setup, host: str) -> None:
    server = replace(setup.servers.new(setup.servers.vendors["custom"]), base_url=f"http://{host}/v1", name="Lab")
    await setup.servers.save(server)
    with pytest.raises(KeyExposed):
        await setup.connections.test(server, "sk-mine")
    await setup.servers.set_key(server, "sk-mine")
    with pytest.raises(KeyExposed):
        await setup.connections.survey(server)
    with pytest.raises(KeyExposed):
        await setup.connections.describe(server, "m")
    with pytest.raises(KeyExposed):
        async for _batch in setup.connections.stream(ModelRef(server.id, "m"), ChatRequest("m", ())):
            pass


async def test_a_key_goes_over_plain_http_where_a_person_allowed_it_and_nowhere_else() -> None:
    server = ServerConfig("lab", "Lab", "custom", ServerProtocol.OPENAI, "http://192.168.1.5:8000/v1")
    allowed = replace(server, unencrypted_key_origin=server.origin)
    assert not server.accepts_key
    assert allowed.accepts_key
    assert replace(allowed, base_url="http://192.168.1.5:8000/v2").accepts_key
    assert not replace(allowed, base_url="http://192.168.1.6:8000/v1").accepts_key
    assert not replace(allowed, base_url="http://192.168.1.5:8001/v1").accepts_key


async def test_a_server_without_a_key_is_asked_over_plain_http(setup: Setup) -> None:
    server = replace(setup.servers.new(setup.servers.vendors["custom"]), base_url="http://127.1.2.3:9/v1")
    await setup.servers.set_key(server, "sk-mine")
    with pytest.raises(ServerUnreachable):
        await setup.connections.survey(server)
    with pytest.raises(ServerUnreachable):
        await setup.connections.survey(replace(server, base_url="http://nowhere.invalid:9/v1"))


async def test_the_end_of_the_program_forgets_the_keys_of_removed_servers(setup: Setup) -> None:
    removed, restored = (setup.servers.new(setup.servers.vendors["deepseek"]) for _ in range(2))
    for server in (removed, restored):
        await setup.servers.save(server)
        await setup.servers.set_key(server, "sk-mine")
        await setup.servers.remove(server.id)
    await setup.servers.save(restored)
    assert await setup.servers.key(removed)
    await setup.servers.close()
    assert await setup.servers.key(removed) is None
    assert await setup.servers.key(restored)


async def test_a_program_that_was_killed_after_a_removal_forgets_the_key_at_its_next_start(setup: Setup) -> None:
    removed, without_key = (setup.servers.new(setup.servers.vendors["deepseek"]) for _ in range(2))
    for server in (removed, without_key):
        await setup.servers.save(server)
    await setup.servers.set_key(removed, "sk-mine")
    for server in (removed, without_key):
        await setup.servers.remove(server.id)
    stored = setup.written[-1]
    assert [row.id for row in stored if row.removed] == [removed.id]
    written: list = []
    again = Servers(stored, VENDORS, written.append, setup.servers.secrets._keyring, SessionKeyStore(Redactor()))
    assert removed.id not in {server.id for server in again.all()}
    assert await again.key(removed)
    await again.forget_removed()
    assert await again.key(removed) is None
    assert not any(row.removed for row in written[-1])


@pytest.mark.usefixtures("caplog")  # it warns
async def test_a_removed_server_whose_key_the_keyring_would_not_give_up_stays_remembered() -> None:
    stored = replace(first_servers(VENDORS)[0], removed=True, key_saved=True)
    written: list = []
    servers = Servers((stored,), VENDORS, written.append, LockedKeyring(), SessionKeyStore(Redactor()))
    await servers.forget_removed()
    await servers.save(servers.new(servers.vendors["custom"]))
    assert stored in written[-1]


async def test_without_a_keyring_a_key_is_kept_for_this_run() -> None:
    servers = Servers(first_servers(VENDORS), VENDORS, lambda _: None, NoKeyring(), SessionKeyStore(Redactor()))
    server = servers.new(servers.vendors["openai"])
    assert await servers.set_key(server, "sk-mine") is SecretLocation.THIS_RUN
    assert await servers.key(server) == Key("sk-mine")
    assert await servers.key_location(server) is SecretLocation.THIS_RUN
    with pytest.raises(KeyInvalid):
        await servers.set_key(server, "two\nlines")


async def test_the_keyring_is_not_opened_for_servers_that_have_no_key_in_it() -> None:
    class Opened(Exception):
        pass

    class WatchedKeyring(NoKeyring):
        async def load(self, server: ServerConfig, which: str = KEY) -> Secret | None:
            raise Opened

    servers = Servers(first_servers(VENDORS), VENDORS, lambda _: None, WatchedKeyring(), SessionKeyStore(Redactor()))
    for server in servers.all():
        assert await servers.key(server) is None
        assert await servers.key_location(server) is None


async def test_that_a_key_is_kept_is_written_with_its_server(setup: Setup) -> None:
    server = setup.servers.new(setup.servers.vendors["deepseek"])
    await setup.servers.save(server)
    await setup.servers.set_key(server, "sk-mine")
    await setup.servers.save(replace(server, name="Renamed"))
    assert [row.key_saved for row in setup.written[-1]] == [False, False, True]
    again = Servers(
        setup.written[-1], VENDORS, lambda _: None, setup.servers.secrets._keyring, SessionKeyStore(Redactor())
    )
    assert await again.key(server) == Key("sk-mine")
    await setup.servers.forget_key(server)
    assert not any(row.key_saved for row in setup.written[-1])


async def test_adding_and_removing_is_written_and_reported(setup: Setup) -> None:
    received: list = []
    setup.servers.changes.subscribe(lambda change: received.append(change.server_id))
    server = setup.servers.new(setup.servers.vendors["custom"])
    server = replace(server, base_url="http://127.0.0.1:8000/v1", name="Lab")
    await setup.servers.save(server)
    assert setup.written[-1][-1] == server
    assert await setup.servers.remove(server.id) == server
    assert server not in setup.written[-1]
    assert received == [server.id, server.id]


async def test_a_streamed_answer_arrives_and_closing_it_hangs_up(setup: Setup) -> None:
    async with scripted_ollama(ScriptedAnswer(("word ",), delay=0.01, endless=True)) as ollama:
        await at(setup, OLLAMA_ID, ollama.url)
        request = ChatRequest("scripted:1b", (Turn(Role.USER, "?"),), can_think=False)
        events = setup.connections.stream(ModelRef(OLLAMA_ID, "scripted:1b"), request)
        async for batch in events:
            if any(isinstance(event, TextDelta) for event in batch):
                break
        began = asyncio.get_running_loop().time()
        await events.aclose()
        assert asyncio.get_running_loop().time() - began < 1
        await ollama.until(lambda: ollama.disconnects)


async def test_an_address_that_is_none_is_an_error_of_its_own(setup: Setup) -> None:
    server = await at(setup, OLLAMA_ID, "http://user:password@host")
    await setup.models.refresh_server(server)
    state = next(state for state in setup.models.states() if state.server.id == OLLAMA_ID)
    assert isinstance(state.error, AddressInvalid)


MEMORY = ScriptedModel("m:1b", context_length=131072, loaded_length=4096, num_ctx=2048)
IN_MEMORY = ModelRef(OLLAMA_ID, "m:1b")


async def test_a_model_is_put_out_of_memory_and_seen_to_be(setup: Setup):
    async with scripted_ollama(models=[MEMORY]) as server:
        await setup.models.refresh_server(await at(setup, OLLAMA_ID, server.url))
        before = setup.models.find(IN_MEMORY)
        heard: list[ModelsChanged] = []
        setup.models.changes.subscribe(heard.append)
        assert await setup.models.unload(IN_MEMORY)
        after = setup.models.find(IN_MEMORY)
        await setup.models.refresh_loaded_models(OLLAMA_ID)
    assert before is not None
    assert (before.loaded, before.load and before.load.context_length) == (True, 4096)
    assert after == replace(before, loaded=False, load=None)
    assert heard == [ModelsChanged(OLLAMA_ID)]


async def test_what_the_model_s_own_file_asks_for_is_its_room_once_it_is_described(setup: Setup):
    async with scripted_ollama(models=[MEMORY]) as server:
        await setup.models.refresh_server(await at(setup, OLLAMA_ID, server.url))
        assert setup.contexts.budget_of(IN_MEMORY, Parameters()).tokens == 8192
        described = await setup.models.describe(IN_MEMORY)
        assert described is not None
        assert (described.own_context, described.loaded) == (2048, True)
        assert setup.contexts.budget_of(IN_MEMORY, Parameters()).requested_length == 4096, "as it is loaded already"
        assert setup.contexts.budget_of(IN_MEMORY, Parameters(num_ctx=512)).requested_length == 512
        asked = len(server.requests)
        assert await setup.models.describe(IN_MEMORY) == described
        assert len(server.requests) == asked
        assert await setup.models.unload(IN_MEMORY)
        assert setup.contexts.budget_of(IN_MEMORY, Parameters()).requested_length == 2048


async def test_servers_that_load_nothing_by_themselves_have_nothing_to_put_out(setup: Setup):
    built_in = setup.servers.find(BUILT_IN_ID)
    await setup.models.refresh_server(built_in)
    model = next((model for model in setup.models.all() if model.ref.server_id == BUILT_IN_ID), None)
    ref = model.ref if model else ModelRef(BUILT_IN_ID, "none")
    assert not await setup.models.unload(ref)
    await setup.models.refresh_loaded_models(BUILT_IN_ID)
    assert setup.contexts.budget_of(ref, Parameters(num_ctx=512)).requested_length is None


async def test_a_test_finds_a_wrong_key_where_the_list_of_models_is_open_to_everybody(setup: Setup) -> None:
    """llama-server did so up to build 10434; its chat answers 401 to a wrong key, and 400 to an empty question."""
    asked: list[tuple[str, str, bytes]] = []

    def script(request: Request) -> list[Step]:
        asked.append((request.method, request.path, request.body))
        if request.path == "/v1/models":
            return [reply({"object": "list", "data": [{"id": "smol.gguf", "object": "model"}]})]
        if request.headers.get("authorization") != "Bearer sk-right":
            return [reply({"error": {"message": "Invalid API Key", "type": "authentication_error", "code": 401}}, 401)]
        return [reply({"error": {"message": "'messages' is required", "type": "invalid_request_error"}}, 400)]

    async with ScriptedServer(script) as place:
        server = replace(setup.servers.new(setup.servers.vendors["llama-cpp"]), base_url=f"{place.url}/v1")
        assert (await setup.connections.test(server, "sk-right"))[0].model_count == 1
        assert ("POST", "/v1/chat/completions", b"{}") in asked
        with pytest.raises(KeyRejected):
            await setup.connections.test(server, "sk-wrong")
        with pytest.raises(KeyMissing):
            await setup.connections.test(server)
