"""The questions by which the doctor finds out what is wrong, asked on the network thread. No key goes along with any of them."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.recognized import Recognised
from chatdesk.kernel.servers.server import ConnectionOptions, ProxyChoice, ServerConfig
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.network.wire.reaching import Reach, Reached, best_of, reach
from chatdesk.providers.recognition import UnknownServer, identify_http_server, look_at, speaks

_REACH_SECONDS = 3.0
_LOOK_SECONDS = 8.0
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where a server is: what its address says, taken apart."""

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def of(cls, address: str) -> "ServerAddress":
        """Take apart an address in the form we keep."""
        parts = urlsplit(address)
        return cls(parts.scheme, parts.hostname or "", parts.port or _DEFAULT_PORTS.get(parts.scheme, 80), parts.path)

    @property
    def root(self) -> str:
        """The address without its path."""
        usual = self.port == _DEFAULT_PORTS.get(self.scheme)
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" if usual else f"{self.scheme}://{host}:{self.port}"

    @property
    def address(self) -> str:
        """The whole of it."""
        return self.root + self.path

    def at(self, host: str = "", port: int = 0, scheme: str = "") -> "ServerAddress":
        """Return the same with another host, port or scheme. A scheme's usual port follows it."""
        if scheme and not port and self.port == _DEFAULT_PORTS.get(self.scheme):
            port = _DEFAULT_PORTS[scheme]
        return ServerAddress(scheme or self.scheme, host or self.host, port or self.port, self.path)


class DoctorProbes:
    """Every question ends by itself after some seconds; cancelling ends it at once."""

    def __init__(self, network: NetworkThread, http: HttpClient) -> None:
        self._network = network
        self._http = http

    async def reach(self, place: ServerAddress) -> tuple[Reached, ...]:
        """Try to connect to every address of a host."""
        return await self._network.call(lambda: reach(place.host, place.port, _REACH_SECONDS))

    async def listens(self, place: ServerAddress) -> bool:
        """Whether anything takes connections there."""
        return best_of(await self.reach(place)) is Reach.LISTENS

    async def proxy_of(self, server: ServerConfig) -> str:
        """Return the proxy that the server's requests go through; empty where they go directly."""
        endpoint = make_endpoint(server.name, server.base_url, None, connection=server.connection)
        try:
            return await self._network.call(lambda: self._http.proxy_for(endpoint)) or ""
        except ServerError:
            return server.connection.proxy_address

    async def look(self, root: str, way: ConnectionOptions) -> Recognised | None:
        """Return what chat server stands at a place; None if there is none, or it cannot be asked."""
        try:
            async with asyncio.timeout(_LOOK_SECONDS):
                return await self._network.call(lambda: look_at(root, self._http, way))
        except (ServerError, TimeoutError):
            return None

    async def look_at_all(self, roots: Iterable[str], way: ConnectionOptions) -> dict[str, Recognised]:
        """Return the chat servers at these places, by place. Where nobody listens nothing is asked."""

        async def look(root: str) -> Recognised | None:
            return await self.look(root, way) if await self.listens(ServerAddress.of(root)) else None

        places = list(dict.fromkeys(roots))
        found = await asyncio.gather(*map(look, places))
        return {place: each for place, each in zip(places, found, strict=True) if each}

    async def speaks(self, place: ServerAddress, way: ConnectionOptions) -> bool:
        """Whether a server speaks HTTP there, with the scheme of the place."""
        try:
            async with asyncio.timeout(_LOOK_SECONDS):
                return await self._network.call(lambda: speaks(place.root, self._http, way))
        except TimeoutError:
            return False

    async def unknown_server(self, root: str, way: ConnectionOptions) -> UnknownServer | None:
        """Return what anything that answers there calls itself; None if nothing does."""
        try:
            async with asyncio.timeout(_LOOK_SECONDS):
                return await self._network.call(lambda: identify_http_server(root, self._http, way))
        except (ServerError, TimeoutError):
            return None


def directly(way: ConnectionOptions) -> ConnectionOptions:
    """Return the way without a proxy."""
    return replace(way, proxy=ProxyChoice.NONE, proxy_address="")
