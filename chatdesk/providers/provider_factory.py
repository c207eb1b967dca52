"""Creation of the provider for a configured server."""

from urllib.parse import urlsplit

from chatdesk.kernel.servers.extra_body import key_values
from chatdesk.kernel.servers.server import KeyKind, ServerConfig, ServerProtocol, Vendor
from chatdesk.network.addresses import base_url, is_local
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import LOCAL, REMOTE, Timeouts
from chatdesk.providers.errors.error_classifier import ClassifyError
from chatdesk.providers.extra_members import extra_members
from chatdesk.providers.ollama.ollama_provider import OllamaProvider
from chatdesk.providers.openai.chat_completions import OpenAIProvider
from chatdesk.providers.openai.dialect import setup_of
from chatdesk.providers.provider import Provider
from chatdesk.providers.server_api import ServerApi


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
        case _:
            from chatdesk.providers.applications.applications import MAKERS  # noqa: PLC0415 - most users have none

            return MAKERS[server.protocol](server.id, api)


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
    return ServerApi(endpoint, http, timeouts, _judge_of(server.protocol))


def _judge_of(protocol: ServerProtocol) -> ClassifyError | None:
    """Return the function that recognises the errors of this kind of server, if it has errors of its own."""
    if not protocol.is_application:
        return None
    from chatdesk.providers.applications.applications import JUDGES  # noqa: PLC0415 - as above

    return JUDGES[protocol]
