"""Creation of the provider for a configured server."""

from typing import assert_never
from urllib.parse import urlsplit

from chatdesk.kernel.servers.extra_body import key_values
from chatdesk.kernel.servers.server import KeyKind, ServerConfig, ServerProtocol, Vendor
from chatdesk.network.addresses import base_url, is_local
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import LOCAL, REMOTE, Timeouts
from chatdesk.providers.applications import db_gpt, dify, fastgpt, n8n, vectorvein
from chatdesk.providers.applications.db_gpt import DbGptProvider
from chatdesk.providers.applications.dify import DifyProvider
from chatdesk.providers.applications.fastgpt import FastGptProvider
from chatdesk.providers.applications.n8n import N8nProvider
from chatdesk.providers.applications.vectorvein import VectorVeinProvider
from chatdesk.providers.extra_members import extra_members
from chatdesk.providers.ollama.ollama_provider import OllamaProvider
from chatdesk.providers.openai.chat_completions import OpenAIProvider
from chatdesk.providers.openai.dialect import setup_of
from chatdesk.providers.provider import Provider
from chatdesk.providers.server_api import ServerApi

_JUDGES = {
    ServerProtocol.DIFY: dify.dify_error,
    ServerProtocol.FASTGPT: fastgpt.fastgpt_error,
    ServerProtocol.DB_GPT: db_gpt.judge,
    ServerProtocol.N8N: n8n.n8n_error,
    ServerProtocol.VECTORVEIN: vectorvein.judge,
}
"""Functions that recognise the errors of one kind of server."""


def make_provider(server: ServerConfig, vendor: Vendor, key: str | None, http: HttpClient) -> Provider:
    """Return the provider of a server. For the built-in engine, `server.base_url` and `key` are those of its process.

    Raise `AddressInvalid`, `KeyInvalid` or `ServerOptionUnusable`.
    """
    is_near = vendor.local or is_local(urlsplit(base_url(server.base_url, server.protocol)).hostname or "")
    api = make_api(server, vendor, key, http, LOCAL if is_near else REMOTE)
    match server.protocol:
        case ServerProtocol.OLLAMA:
            return OllamaProvider(server.id, api, extra_members(server))
        case ServerProtocol.OPENAI | ServerProtocol.BUILT_IN:
            return OpenAIProvider(server.id, api, setup_of(server, vendor))
        case ServerProtocol.DIFY:
            return DifyProvider(server.id, api)
        case ServerProtocol.FASTGPT:
            return FastGptProvider(server.id, api)
        case ServerProtocol.DB_GPT:
            return DbGptProvider(server.id, api)
        case ServerProtocol.N8N:
            return N8nProvider(server.id, api)
        case ServerProtocol.VECTORVEIN:
            return VectorVeinProvider(server.id, api)
        case _:
            assert_never(server.protocol)


def make_api(server: ServerConfig, vendor: Vendor, key: str | None, http: HttpClient, timeouts: Timeouts) -> ServerApi:
    """Return the API of a server for requests other than chats. Raises the same errors as `make_provider`."""
    endpoint = make_endpoint(
        server.name,
        base_url(server.base_url, server.protocol),
        key,
        (*vendor.headers, *server.headers),
        key_headers=vendor.key_headers,
        is_password=vendor.key_kind is KeyKind.BASIC,
        connection=server.connection,
        masked=key_values(server.extra_body),
    )
    return ServerApi(endpoint, http, timeouts, _JUDGES.get(server.protocol))
