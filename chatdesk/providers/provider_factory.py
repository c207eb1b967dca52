"""From a server as a person set it up to something that can be asked."""

from typing import assert_never
from urllib.parse import urlsplit

from chatdesk.domain.server import Protocol, ServerConfig, Vendor
from chatdesk.providers.addresses import base_url, is_local
from chatdesk.providers.endpoint import make_endpoint
from chatdesk.providers.http import HttpClient
from chatdesk.providers.ollama import OllamaProvider
from chatdesk.providers.openai import OpenAIProvider
from chatdesk.providers.openai_setup import setup_of
from chatdesk.providers.provider import Provider
from chatdesk.providers.server_api import ServerApi
from chatdesk.providers.timeouts import LOCAL, REMOTE


def make_provider(server: ServerConfig, vendor: Vendor, key: str | None, http: HttpClient) -> Provider:
    """Return the provider of a server. For the built-in engine, `server.base_url` and `key` are those of its process.

    Raises `AddressInvalid`, `KeyInvalid` or `ServerOptionUnusable`.
    """
    address = base_url(server.base_url, server.protocol)
    endpoint = make_endpoint(
        server.name,
        address,
        key,
        (*vendor.headers, *server.headers),
        key_headers=vendor.key_headers,
        connection=server.connection,
    )
    is_near = vendor.local or is_local(urlsplit(address).hostname or "")
    api = ServerApi(endpoint, http, LOCAL if is_near else REMOTE)
    match server.protocol:
        case Protocol.OLLAMA:
            return OllamaProvider(server.id, api)
        case Protocol.OPENAI | Protocol.BUILT_IN:
            return OpenAIProvider(server.id, api, setup_of(server, vendor))
        case _:
            assert_never(server.protocol)
