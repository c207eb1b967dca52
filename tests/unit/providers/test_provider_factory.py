import pytest

from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Turn
from chatdesk.kernel.errors.base import AddressInvalid
from chatdesk.kernel.errors.keyring_errors import KeyInvalid
from chatdesk.kernel.servers.server import Header, ServerConfig, ServerProtocol, Vendor
from chatdesk.network.http import HttpClient
from chatdesk.providers.applications.db_gpt import DbGptProvider
from chatdesk.providers.applications.dify import DifyProvider
from chatdesk.providers.applications.fastgpt import FastGptProvider
from chatdesk.providers.applications.n8n import N8nProvider
from chatdesk.providers.applications.vectorvein import VectorVeinProvider
from chatdesk.providers.ollama.ollama_provider import OllamaProvider
from chatdesk.providers.openai.chat_completions import OpenAIProvider
from chatdesk.providers.provider import Provider
from chatdesk.providers.provider_factory import make_provider
from tests.fakes.scripted_models import scripted_openai


def made(
    protocol: ServerProtocol,
    address: str,
    http: HttpClient,
    key: str | None = None,
    *headers: Header,
    quirks: frozenset[str] = frozenset(),
) -> Provider:
    server = ServerConfig("s", "Test", "v", protocol, address, headers)
    return make_provider(server, Vendor("v", "V", protocol, "", needs_key=False, local=True, quirks=quirks), key, http)


KINDS = {
    ServerProtocol.OLLAMA: OllamaProvider,
    ServerProtocol.OPENAI: OpenAIProvider,
    ServerProtocol.BUILT_IN: OpenAIProvider,
    ServerProtocol.DIFY: DifyProvider,
    ServerProtocol.FASTGPT: FastGptProvider,
    ServerProtocol.DB_GPT: DbGptProvider,
    ServerProtocol.N8N: N8nProvider,
    ServerProtocol.VECTORVEIN: VectorVeinProvider,
}


@pytest.mark.parametrize("protocol", ServerProtocol)
async def test_every_protocol_has_its_provider(http: HttpClient, protocol: ServerProtocol):
    assert isinstance(made(protocol, "http://127.0.0.1:9", http), KINDS[protocol])


async def test_the_built_in_engine_is_asked_with_its_key_and_for_its_progress(http: HttpClient):
    async with scripted_openai(key="engine-key") as server:
        provider = made(
            ServerProtocol.BUILT_IN, f"{server.url}/v1", http, "engine-key", quirks=frozenset({"return_progress"})
        )
        events = [event async for event in provider.chat(ChatRequest("scripted:1b", (Turn(Role.USER, "Hi"),)))]
    assert events
    assert server.requests[0].json()["return_progress"] is True


async def test_headers_of_a_person_go_along(http: HttpClient):
    async with scripted_openai() as server:
        await made(ServerProtocol.OPENAI, server.url, http, None, Header("X-Gate", "open")).probe()
    assert all(request.headers["x-gate"] == "open" for request in server.requests)


async def test_what_cannot_be_used_is_refused_before_anything_is_sent(http: HttpClient):
    with pytest.raises(AddressInvalid):
        made(ServerProtocol.OPENAI, "https://key@host.example", http)
    with pytest.raises(AddressInvalid):
        made(ServerProtocol.BUILT_IN, "", http)
    with pytest.raises(KeyInvalid):
        made(ServerProtocol.OPENAI, "https://host.example", http, "a\nb")
