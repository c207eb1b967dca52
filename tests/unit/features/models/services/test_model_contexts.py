"""The one rule for how much context a model is asked for: through the real connections, of an imitation of Ollama."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from chatdesk.features.chat.services.answers import Answers
from chatdesk.features.models.services.model_contexts import Contexts
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import OLLAMA_ID, Servers, first_servers
from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Turn
from chatdesk.kernel.chat.stream_events import ContextGrown
from chatdesk.kernel.context.context_size import CONTEXTS
from chatdesk.kernel.errors.base import ContextTooLong, MemoryExceeded, ModelProcessEnded, ServerFailed
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.redaction import Redactor
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.providers.catalogue.vendors import load_vendors
from chatdesk.storage.files.json_file import JsonFile
from chatdesk.system.key_store import SessionKeyStore
from chatdesk.system.resources import Resources
from tests.fakes.built_in import built_in_over
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama
from tests.fakes.scripted_server import ScriptedServer, reply

VENDORS = load_vendors((Resources.locate().resources / "providers.toml").read_text("utf-8"))
MODEL = ScriptedModel("m:1b", context_length=131_072, loaded_length=4096, layers=32)
REF = ModelRef(OLLAMA_ID, "m:1b")
GIBIBYTE = 1024**3
SHORT = "Why is the sky blue?"
LONG = "word " * 12_000
"""15,000 tokens."""


ROOMY = Machine(memory=64 * GIBIBYTE, memory_free=60 * GIBIBYTE)
CROWDED = Machine(memory=6 * GIBIBYTE, memory_free=2 * GIBIBYTE)


@dataclass
class Table:
    """What asks the imitation, and what it was asked."""

    servers: Servers
    models: Models
    contexts: Contexts
    answers: Answers
    answer: Callable[[dict], ScriptedAnswer] | None = None
    asked: list[dict] = field(default_factory=list)
    server: ScriptedServer | None = None
    machine: Machine = ROOMY
    wanted: int | None = None

    def says(self, body: dict) -> ScriptedAnswer:
        self.asked.append(body)
        return self.answer(body) if self.answer else ScriptedAnswer(("Yes.",))

    async def ask(self, text: str, parameters: Parameters = Parameters()) -> tuple[str, list[int]]:  # noqa: B008
        """Return the answer, and the sizes that were announced."""
        answer, grown = GrowingAnswer(), []
        request = ChatRequest("m:1b", (Turn(Role.USER, text),), parameters=parameters)
        async for batch in self.answers.stream(REF, request):
            for event in batch:
                answer.apply(event)
                grown += [event.tokens] if isinstance(event, ContextGrown) else []
        return answer.text, grown

    def sizes(self) -> list[int]:
        return [body["options"]["num_ctx"] for body in self.asked]

    def paths(self, path: str) -> int:
        assert self.server is not None
        return sum(request.path == path for request in self.server.requests)

    async def next_start(self, file: Path) -> None:
        """End, and start again with the file as it is then."""
        await self.contexts.close()
        self.asked.clear()
        await self.models.unload(REF)
        self.contexts = Contexts(
            self.models, self.servers, lambda _ref: self.wanted, lambda: self.machine, JsonFile(file)
        )
        self.answers = Answers(self.models._connections, self.contexts)


@pytest.fixture
def model() -> ScriptedModel:
    return MODEL


@pytest.fixture
async def table(tmp_path: Path, model: ScriptedModel) -> AsyncIterator[Table]:
    keys = SessionKeyStore(Redactor())
    servers = Servers(first_servers(VENDORS), VENDORS, lambda _: None, keys, keys)
    built_in = built_in_over(tmp_path)
    async with NetworkThread() as network:
        http = Lazy(HttpClient, HttpClient.aclose)
        connections = Connections(servers, built_in, network, http)
        models = Models(servers, connections)
        contexts = Contexts(models, servers, lambda _ref: table.wanted, lambda: table.machine)
        table = Table(servers, models, contexts, Answers(connections, contexts))
        async with scripted_ollama(table.says, models=[model]) as server:
            table.server = server
            here = replace(servers.find(OLLAMA_ID), base_url=server.url)
            await servers.save(here)
            await models.refresh_server(here)
            yield table
        await network.call(http.close)
    await built_in.close()


@pytest.mark.parametrize(
    ("model", "wanted", "sent"),
    [
        (MODEL, None, 8192),
        (replace(MODEL, loaded_length=32768), None, 32768),
        (replace(MODEL, num_ctx=2048, loaded=False), None, 2048),
        (MODEL, 16384, 16384),
        (replace(MODEL, context_length=2048), None, 2048),
    ],
)
async def test_ollama_always_gets_the_context_length(table: Table, wanted: int | None, sent: int):
    await table.ask(SHORT, Parameters(num_ctx=wanted))
    assert table.sizes() == [sent]


async def test_a_model_is_described_once_however_often_it_is_asked(table: Table):
    for _ in range(3):
        await table.ask(SHORT)
    assert table.paths("/api/show") == 1


async def test_the_smallest_size_that_holds_the_question_is_taken_reported_once_and_kept(table: Table):
    assert await table.ask(LONG) == ("Yes.", [16_384])
    assert await table.ask(LONG) == ("Yes.", [])
    assert await table.ask(SHORT) == ("Yes.", [])
    assert table.sizes() == [16_384] * 3


async def test_the_size_that_a_person_chose_is_never_another(table: Table):
    await table.ask(LONG, Parameters(num_ctx=512))
    table.wanted = 1024
    await table.ask(LONG)
    assert table.sizes() == [512, 1024]


async def test_what_a_model_was_trained_for_is_the_most(table: Table):
    assert await table.ask("word " * 200_000) == ("Yes.", [131_072])


@pytest.mark.parametrize("model", [replace(MODEL, context_length=20_000)])
async def test_a_size_between_the_usual_ones_is_taken_where_a_model_ends_there(table: Table):
    assert await table.ask("word " * 14_000) == ("Yes.", [20_000])


def too_long(counted: int, limit: int) -> ScriptedAnswer:
    text = f"request ({counted} tokens) exceeds the available context size ({limit} tokens), try increasing it"
    return ScriptedAnswer(refusal=reply({"error": text}, 400))


async def test_where_the_server_counts_more_it_is_asked_again_with_a_size_that_holds_that(table: Table):
    table.answer = lambda body: too_long(9000, 8192) if body["options"]["num_ctx"] < 9000 else ScriptedAnswer(("Yes.",))
    assert await table.ask("word " * 4000) == ("Yes.", [16_384])
    assert table.sizes() == [8192, 16_384]
    assert await table.ask(SHORT) == ("Yes.", [])


async def test_what_memory_does_not_allow_is_not_asked_for(table: Table):
    table.machine = CROWDED
    await table.ask(LONG)
    table.machine = ROOMY
    await table.ask(LONG)
    assert table.sizes() == [8192, 16_384]


async def test_memory_is_looked_at_only_before_a_larger_size_is_taken(table: Table):
    looks: list[int] = []
    machine = table.machine
    table.contexts._read_machine = lambda: (looks.append(1), machine)[1]
    await table.ask(SHORT)
    assert looks == []
    await table.ask(LONG)
    assert looks == [1]


async def test_a_size_for_which_the_server_has_no_memory_is_not_tried_again(table: Table):
    text = "model requires more system memory (9.0 GiB) than is available (6.0 GiB)"
    table.answer = lambda body: (
        ScriptedAnswer(refusal=reply({"error": text}, 500))
        if body["options"]["num_ctx"] > 8192
        else ScriptedAnswer(("Yes.",))
    )
    with pytest.raises(MemoryExceeded):
        await table.ask(LONG)
    assert table.contexts.budget_of(REF, Parameters()).larger == ()
    assert await table.ask(SHORT) == ("Yes.", [])
    assert table.sizes() == [16_384, 8192]


STALE = (
    "an error was encountered while running the model: error: task id = 14, error: request (3466 tokens) exceeds the "
    "available context size (2048 tokens), try increasing it"
)


async def test_an_old_error_of_a_process_that_died_is_reported_as_its_end(table: Table):
    table.answer = lambda _body: ScriptedAnswer(("Once", " upon"), error=STALE)
    with pytest.raises(ModelProcessEnded) as ended:
        await table.ask(SHORT)
    assert (ended.value.server, ended.value.model) == ("Ollama", "m:1b")


async def test_a_refusal_that_comes_after_the_first_token_is_no_refusal(table: Table):
    text = "request (9000 tokens) exceeds the available context size (8192 tokens), try increasing it"
    table.answer = lambda _body: ScriptedAnswer(("Once",), error=text)
    with pytest.raises(ServerFailed) as failed:
        await table.ask("word " * 4000)
    assert failed.value.detail == text
    assert len(table.asked) == 1


async def test_a_refusal_of_another_question_is_not_believed(table: Table):
    table.answer = lambda _body: too_long(3466, 2048)
    with pytest.raises(ServerFailed) as failed:
        await table.ask(SHORT)
    assert "3466 tokens" in failed.value.detail
    table.answer = None
    assert await table.ask(SHORT) == ("Yes.", [])


async def test_a_server_that_refuses_every_size_is_not_asked_for_ever(table: Table):
    table.answer = lambda body: too_long(14_000, body["options"]["num_ctx"])
    with pytest.raises(ContextTooLong):
        await table.ask("word " * 8000)
    assert table.sizes() == sorted(set(table.sizes()))
    assert set(table.sizes()) <= set(CONTEXTS)


@pytest.mark.parametrize("model", [ScriptedModel("big:cloud")])
async def test_a_model_of_the_cloud_has_what_it_has(table: Table):
    request = ChatRequest("big:cloud", (Turn(Role.USER, LONG),))
    assert await table.contexts.with_context_size(ModelRef(OLLAMA_ID, "big:cloud"), request) == request
