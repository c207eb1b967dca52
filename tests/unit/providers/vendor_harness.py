"""Every vendor's row on the scripted server: what is sent to it, and what becomes of what it says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Turn
from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.models.model import Model
from chatdesk.kernel.servers.server import ServerConfig, Vendor
from chatdesk.network.http import HttpClient
from chatdesk.providers.catalogue.vendors import load_vendors
from chatdesk.providers.provider import Provider
from chatdesk.providers.provider_factory import make_provider
from tests.fakes.scripted_server import Request, ScriptedServer, Step, reply
from tests.paths import RESOURCES

VENDORS = {vendor.id: vendor for vendor in load_vendors((RESOURCES / "providers.toml").read_text("utf-8"))}
HELLO = ChatRequest("m", (Turn(Role.USER, "Hi"),))


def server_of(vendor: Vendor, address: str, **settings: object) -> ServerConfig:
    """Return a server of this vendor, at another address under the path of its own."""
    path = vendor.base_url.partition("://")[2].partition("/")[2]
    return ServerConfig("s", vendor.name, vendor.id, vendor.protocol, f"{address}/{path}".rstrip("/"), **settings)


def provider_of(vendor_id: str, address: str, http: HttpClient, key: str | None = None, **settings: object) -> Provider:
    vendor = VENDORS[vendor_id]
    return make_provider(server_of(vendor, address, **settings), vendor, key, http)


@dataclass(frozen=True)
class Outcome:
    """What an answer came to."""

    answer: GrowingAnswer
    error: ServerError | None


async def outcome_of(provider: Provider, request: ChatRequest = HELLO) -> Outcome:
    answer = GrowingAnswer()
    try:
        async for event in provider.chat(request):
            answer.apply(event)
    except ServerError as error:
        return Outcome(answer, error)
    return Outcome(answer, None)


async def sent(
    vendor_id: str, http: HttpClient, request: ChatRequest = HELLO, key: str | None = None, **settings: object
) -> Request:
    """Return the request in which a vendor is asked for an answer. It refuses, so that nothing else is sent."""
    async with ScriptedServer(lambda _request: [reply({"error": {"message": "no"}}, 418)]) as server:
        await outcome_of(provider_of(vendor_id, server.url, http, key, **settings), request)
    (asked,) = server.requests
    return asked


async def answered(vendor_id: str, http: HttpClient, *steps: Step, **settings: object) -> Outcome:
    """Return what becomes of an answer that a vendor gives in these steps."""
    async with ScriptedServer(lambda _request: steps) as server:
        return await outcome_of(provider_of(vendor_id, server.url, http, **settings))


async def listed(vendor_id: str, http: HttpClient, body: object, **settings: object) -> tuple[Model, ...]:
    """Return the models of a vendor whose list is `body`."""
    async with ScriptedServer(lambda _request: [reply(body)]) as server:
        return await provider_of(vendor_id, server.url, http, **settings).list_models()


def stream(chunks: Iterable[str], extra: Mapping[str, str] | None = None) -> bytes:
    """Return a whole streamed reply, each chunk of it as it stands in a document."""
    body = "".join(
        f"{chunk}\n\n" if chunk.startswith((":", "event:", "data:")) else f"data: {chunk}\n\n" for chunk in chunks
    )
    return reply(body, content_type="text/event-stream", headers=extra)


def without(request: ChatRequest, **changes: object) -> ChatRequest:
    return replace(request, **changes)
