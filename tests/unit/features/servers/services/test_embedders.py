"""Models for embeddings: which ones are offered, and their vectors from scripted servers and from the real engine."""

import asyncio
import math
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from chatdesk.engine.engine import BuiltInEngine, EngineState
from chatdesk.engine.installation import find_starter_model
from chatdesk.engine.options import EngineOptions
from chatdesk.features.servers.services import embedders as module
from chatdesk.features.servers.services.built_in.server import BuiltIn
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.embedders import AUTOMATIC, WORDS, Embedders
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import OLLAMA_ID, Servers, first_servers
from chatdesk.kernel.errors.base import NotAChatServer
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.settings.declarations import FIND_PASSAGES_BY
from chatdesk.kernel.settings.store import Settings
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.providers.catalogue.vendors import load_vendors
from chatdesk.system.key_store import SessionKeyStore
from chatdesk.system.resources import Resources
from tests.e2e.test_wire_formats import missing
from tests.fakes.built_in import built_in_over
from tests.fakes.gguf_files import CHAT, embedding_gguf, write_gguf
from tests.fakes.scripted_server import Request, ScriptedServer, Step, reply

VENDORS = load_vendors((Resources.locate().resources / "providers.toml").read_text("utf-8"))


@dataclass
class Setup:
    settings: Settings
    servers: Servers
    models: Models
    built_in: BuiltIn
    embedders: Embedders
    engines: list[BuiltInEngine] = field(default_factory=list)

    async def at(self, vendor_id: str, url: str) -> str:
        """Set up a server at an address, read its models, and return its ID."""
        vendor = VENDORS_BY_ID[vendor_id]
        server = self.servers.find(vendor_id) or self.servers.new(vendor)
        await self.servers.save(replace(server, base_url=url))
        await self.models.refresh()
        return server.id

    def names(self) -> list[str]:
        return [model.name for model in self.embedders.models()]


VENDORS_BY_ID = {vendor.id: vendor for vendor in VENDORS}


@pytest.fixture
async def setup(tmp_path: Path) -> AsyncIterator[Setup]:
    settings = Settings({}, lambda _values: None)
    redactor = Redactor()
    servers = Servers(
        first_servers(VENDORS), VENDORS, lambda _servers: None, SessionKeyStore(redactor), SessionKeyStore(redactor)
    )
    built_in = built_in_over(tmp_path, settings=settings)
    engines: list[BuiltInEngine] = []

    def make_engine() -> BuiltInEngine:
        engines.append(BuiltInEngine(EngineOptions(cores=2)))
        return engines[-1]

    async with NetworkThread() as network:
        http = Lazy(HttpClient, HttpClient.aclose)
        connections = Connections(servers, built_in, network, http)
        models = Models(servers, connections)
        embedders = Embedders(settings, servers, models, built_in.files, connections, make_engine, network, http)
        yield Setup(settings, servers, models, built_in, embedders, engines)
        await embedders.close()
        await network.call(http.close)
    await built_in.close()


def ollama(longest: int = 10_000, asked: list[list[str]] | None = None) -> ScriptedServer:
    """Return an Ollama that makes vectors of the first two characters of a text, and refuses texts above a length."""

    def card(name: str, *capabilities: str, **more: object) -> dict:
        return {"name": name, "model": name, "digest": f"digest of {name}", "capabilities": capabilities, **more}

    def script(request: Request) -> list[Step]:
        match request.method, request.path:
            case "GET", "/api/version":
                return [reply({"version": "0.34.0"})]
            case "GET", "/api/tags":
                cards = [
                    card("qwen3:8b", "completion"),
                    card("bge-m3:latest", "embedding"),
                    card("cloud-embed:cloud", "embedding", remote_host="https://ollama.com"),
                ]
                return [reply({"models": cards})]
            case "GET", "/api/ps":
                return [reply({"models": []})]
            case "POST", "/api/embed":
                body = request.json()
                if asked is not None:
                    asked.append(body["input"])
                if any(len(text) > longest for text in body["input"]):
                    return [reply({"error": "the input length exceeds the context length"}, 400)]
                return [reply({"embeddings": [[ord(text[0]), ord(text[1])] for text in body["input"]]})]
            case _:
                return [reply("404 page not found", 404, "text/plain")]

    return ScriptedServer(script, keep_alive=True)


def lm_studio(embeddings: object) -> ScriptedServer:
    def script(request: Request) -> list[Step]:
        match request.method, request.path:
            case "GET", "/v1/models":
                return [reply({"data": [{"id": "qwen3"}, {"id": "text-embedding-nomic-embed-text-v1.5"}]})]
            case "POST", "/v1/embeddings":
                return [reply({"object": "list", "data": embeddings})]
            case _:
                return [reply({"error": "not found"}, 404)]

    return ScriptedServer(script, keep_alive=True)


async def test_without_any_model_passages_are_found_by_words(setup: Setup) -> None:
    assert setup.embedders.models() == ()
    assert setup.embedders.chosen() is None


async def test_models_for_embeddings_of_servers_on_this_computer_are_offered(setup: Setup) -> None:
    async with ollama() as server:
        await setup.at(OLLAMA_ID, server.url)
        assert setup.names() == ["bge-m3 (Ollama)"]
        embedder = setup.embedders.chosen()
        assert embedder
        assert await embedder.of_passages(["ab", "cd"]) == ((97, 98), (99, 100))
        assert await embedder.of_question("ba") == (98, 97)


async def test_the_models_of_other_computers_are_not_used(setup: Setup) -> None:
    async with ollama() as server:
        await setup.at(OLLAMA_ID, server.url)
        assert setup.embedders.chosen()
        states = setup.models.states()
        away = replace(states[0], server=replace(states[0].server, base_url="http://192.168.1.7:11434"))
        setup.models.states = lambda: (away, *states[1:])  # type: ignore[method-assign]
        assert setup.embedders.models() == ()
        assert setup.embedders.chosen() is None


async def test_the_user_chooses_words_or_a_model(setup: Setup) -> None:
    async with ollama() as server:
        await setup.at(OLLAMA_ID, server.url)
        (model,) = setup.embedders.models()
        setup.settings.set(FIND_PASSAGES_BY, WORDS)
        assert setup.embedders.chosen() is None
        setup.settings.set(FIND_PASSAGES_BY, model.value)
        chosen = setup.embedders.chosen()
        assert chosen
        assert chosen.model == model
        setup.settings.set(FIND_PASSAGES_BY, "gone:model")
        assert setup.embedders.chosen() is None
        setup.settings.set(FIND_PASSAGES_BY, AUTOMATIC)
        assert setup.embedders.chosen()


async def test_the_key_of_a_model_changes_with_its_content_and_with_what_stands_before_texts(setup: Setup) -> None:
    async with ollama() as server:
        await setup.at(OLLAMA_ID, server.url)
        embedder = setup.embedders.chosen()
        assert embedder
        keys = {
            module.ModelEmbedder(model, embedder._ask).key
            for model in (
                embedder.model,
                replace(embedder.model, version="another digest"),
                replace(embedder.model, name="multilingual-e5-small"),
            )
        }
        assert len(keys) == 3


async def test_texts_that_are_too_long_for_the_model_are_cut(setup: Setup) -> None:
    asked: list[list[str]] = []
    async with ollama(longest=300, asked=asked) as server:
        await setup.at(OLLAMA_ID, server.url)
        embedder = setup.embedders.chosen()
        assert embedder
        vectors = await embedder.of_passages(["short", "x" * 1_000])
        assert len(vectors) == 2
        assert [[len(text) for text in texts] for texts in asked] == [[5, 1000], [5, 500], [5, 250]]


async def test_a_server_that_may_forward_texts_is_used_only_if_the_user_chooses_it(setup: Setup) -> None:
    async with lm_studio([{"index": 0, "embedding": [1, 2]}]) as server:
        await setup.at("custom", f"{server.url}/v1")
        (model,) = setup.embedders.models()
        assert setup.embedders.chosen() is None
        setup.settings.set(FIND_PASSAGES_BY, model.value)
        embedder = setup.embedders.chosen()
        assert embedder
        assert await embedder.of_question("a") == (1, 2)


async def test_a_server_of_openais_protocol_may_answer_in_any_order(setup: Setup) -> None:
    data = [{"index": 1, "embedding": [0, 2]}, {"index": 0, "embedding": [1.5, 0]}]
    async with lm_studio(data) as server:
        await setup.at("lm-studio", f"{server.url}/v1")
        assert len(setup.names()) == 1
        embedder = setup.embedders.chosen()
        assert embedder
        assert await embedder.of_passages(["a", "b"]) == ((1.5, 0), (0, 2))


@pytest.mark.parametrize(
    "data",
    [
        [],
        "none",
        [{"index": 0}],
        [{"embedding": []}],
        [{"embedding": ["1"]}],
        [{"embedding": [1, None]}],
        [{"embedding": [True]}],
    ],
    ids=str,
)
async def test_an_answer_that_is_no_vector_is_an_error(setup: Setup, data: object) -> None:
    async with lm_studio(data) as server:
        await setup.at("lm-studio", f"{server.url}/v1")
        embedder = setup.embedders.chosen()
        assert embedder
        with pytest.raises(NotAChatServer):
            await embedder.of_passages(["a"])


@pytest.mark.engine
@pytest.mark.skipif(bool(missing()), reason=missing())
async def test_the_engine_runs_a_model_file_for_embeddings_and_ends_when_idle(
    setup: Setup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "models" / "Tiny-Embedding.gguf"
    path.parent.mkdir()
    path.write_bytes(embedding_gguf(find_starter_model().path.read_bytes()))
    write_gguf(path.with_name("Chat.gguf"), CHAT)
    setup.built_in.files.add([path.parent])
    await setup.models.refresh()
    assert setup.names() == ["Tiny-Embedding (Built-in engine)"]
    (model,) = setup.embedders.models()
    listed = setup.models.find(model.ref)
    assert listed
    assert not listed.can_chat
    embedder = setup.embedders.chosen()
    assert embedder
    monkeypatch.setattr(module, "_IDLE_SECONDS", 0.05)
    one, same = await embedder.of_passages(["Refunds are paid.", "Refunds are paid."])
    assert len(one) == 576
    assert math.sumprod(one, same) == pytest.approx(1, abs=1e-3)
    (engine,) = setup.engines
    while engine.state is not EngineState.STOPPED:
        await asyncio.sleep(0.01)
    assert len(await embedder.of_question("When are refunds paid?")) == 576
