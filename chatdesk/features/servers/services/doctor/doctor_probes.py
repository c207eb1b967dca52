"""Network probes of the doctor, which run on the network thread. None of them sends a key."""

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
from chatdesk.providers.recognition import UnknownServer, identify_at, identify_http_server, speaks_http

_REACH_TIMEOUT = 3.0
_IDENTIFY_TIMEOUT = 8.0
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Address of a server, split into its parts."""

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def of(cls, address: str) -> "ServerAddress":
        """Split an address in normal form."""
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
        """The whole address."""
        return self.root + self.path

    def at(self, host: str = "", port: int = 0, scheme: str = "") -> "ServerAddress":
        """Return the address with another host, port or scheme. A default port changes with its scheme."""
        if scheme and not port and self.port == _DEFAULT_PORTS.get(self.scheme):
            port = _DEFAULT_PORTS[scheme]
        return ServerAddress(scheme or self.scheme, host or self.host, port or self.port, self.path)


class DoctorProbes:
    """Probes with time limits; cancelling one ends it at once."""

    def __init__(self, network: NetworkThread, http: HttpClient) -> None:
        self._network = network
        self._http = http

    async def reach(self, address: ServerAddress) -> tuple[Reached, ...]:
        """Try to connect to every IP address of a host."""
        return await self._network.call(lambda: reach(address.host, address.port, _REACH_TIMEOUT))

    async def listens(self, address: ServerAddress) -> bool:
        """Return whether anything accepts connections at an address."""
        return best_of(await self.reach(address)) is Reach.LISTENS

    async def proxy_of(self, server: ServerConfig) -> str:
        """Return the proxy for the server's requests; empty if they are sent directly."""
        endpoint = make_endpoint(server.name, server.base_url, None, connection=server.connection)
        try:
            return await self._network.call(lambda: self._http.proxy_for(endpoint)) or ""
        except ServerError:
            return server.connection.proxy_address

    async def identify(self, root: str, options: ConnectionOptions) -> Recognised | None:
        """Return the chat server at an address; None if there is none, or it does not answer."""
        try:
            async with asyncio.timeout(_IDENTIFY_TIMEOUT):
                return await self._network.call(lambda: identify_at(root, self._http, options))
        except (ServerError, TimeoutError):
            return None

    async def identify_all(self, roots: Iterable[str], options: ConnectionOptions) -> dict[str, Recognised]:
        """Return the chat servers at the addresses, by address. Requests are sent only where something accepts connections."""

        async def identify(root: str) -> Recognised | None:
            return await self.identify(root, options) if await self.listens(ServerAddress.of(root)) else None

        addresses = list(dict.fromkeys(roots))
        found = await asyncio.gather(*map(identify, addresses))
        return {address: each for address, each in zip(addresses, found, strict=True) if each}

    async def speaks_http(self, address: ServerAddress, options: ConnectionOptions) -> bool:
        """Return whether a server speaks HTTP at the address, with its scheme."""
        try:
            async with asyncio.timeout(_IDENTIFY_TIMEOUT):
                return await self._network.call(lambda: speaks_http(address.root, self._http, options))
        except TimeoutError:
            return False

    async def unknown_server(self, root: str, options: ConnectionOptions) -> UnknownServer | None:
        """Return how the server at an address identifies itself; None if nothing answers."""
        try:
            async with asyncio.timeout(_IDENTIFY_TIMEOUT):
                return await self._network.call(lambda: identify_http_server(root, self._http, options))
        except (ServerError, TimeoutError):
            return None


def without_proxy(options: ConnectionOptions) -> ConnectionOptions:
    """Return the options without a proxy."""
    return replace(options, proxy=ProxyChoice.NONE, proxy_address="")
