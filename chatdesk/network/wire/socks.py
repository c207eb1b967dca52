"""Connections through a SOCKS5 proxy, with the negotiation before data is passed on. The proxy resolves the host name.

Implemented here because the protocol is a dozen bytes each way and the libraries are insufficient. httpcore's requires another package and
expects every reply in one read. python-socks 3.2 cannot send an empty or non-ASCII password, lets `UnicodeError` and `ValueError` escape
(with the password in them), and distinguishes a refused login from other failures only by its English text.

Format: https://www.rfc-editor.org/rfc/rfc1928, and for name and password https://www.rfc-editor.org/rfc/rfc1929
"""

import asyncio
import ipaddress
from collections.abc import Iterable
from dataclasses import field
from typing import Any

import httpcore

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.network.wire.connecting import MayConnect
from chatdesk.network.wire.connection import AsyncioBackend, Connection

_VERSION = 5
_NO_LOGIN, _LOGIN, _NOTHING_FITS = 0, 2, 0xFF
_LOGIN_VERSION = 1
_CONNECT = 1
_IPV4, _NAME, _IPV6 = 1, 3, 4
_REFUSALS = {
    1: "it failed",
    2: "its rules do not allow this connection",
    3: "the network cannot be reached",
    4: "the host cannot be reached",
    5: "the connection was refused",
    6: "the connection took too long",
    7: "it does not know how to connect",
    8: "it does not know this kind of address",
}
_MAX_TEXT_BYTES = 255
"""Maximum length of a name or password in bytes."""


class LoginRefused(httpcore.ProxyError):
    """The proxy requires a name and password, or other ones."""


@dataclass(frozen=True, slots=True)
class SocksProxy:
    """Address and credentials of a proxy; `login` is None or a name and password."""

    host: str
    port: int
    login: tuple[str, str] | None = field(default=None, repr=False)


class SocksBackend(httpcore.AsyncNetworkBackend):
    """Opens connections through the proxy. `may_connect` filters the addresses of the proxy itself."""

    def __init__(self, proxy: SocksProxy, may_connect: MayConnect | None = None) -> None:
        self._proxy = proxy
        self._direct = AsyncioBackend(may_connect)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the host. Raise `ConnectError`, `ConnectTimeout` or `ProxyError`; nothing is left open, also after a cancellation."""
        del local_address, socket_options  # the client does not set them
        connection = await self._direct.connect_tcp(self._proxy.host, self._proxy.port, timeout)
        try:
            async with asyncio.timeout(timeout):
                await self._negotiate(connection)
                await _request_connection(connection, host, port)
        except BaseException as error:
            await connection.aclose()
            if isinstance(error, TimeoutError):
                raise httpcore.ConnectTimeout(str(error)) from error
            if isinstance(error, httpcore.NetworkError):
                raise httpcore.ProxyError(str(error)) from error
            raise
        return connection

    async def sleep(self, seconds: float) -> None:
        """Wait for some seconds."""
        await asyncio.sleep(seconds)

    async def _negotiate(self, connection: Connection) -> None:
        login = self._proxy.login
        methods = bytes([_NO_LOGIN, _LOGIN] if login else [_NO_LOGIN])
        await connection.write(bytes([_VERSION, len(methods)]) + methods)
        version, method = await connection.read_exactly(2)
        if version != _VERSION:
            raise httpcore.ProxyError("what answers is no SOCKS5 proxy")
        if method == _LOGIN and login:
            name, password = (_length_prefixed(text.encode()) for text in login)
            await connection.write(bytes([_LOGIN_VERSION]) + name + password)
            if (await connection.read_exactly(2))[1] != 0:
                raise LoginRefused("the name or the password was refused")
        elif method == _NOTHING_FITS:
            raise LoginRefused("a name and a password are wanted")
        elif method != _NO_LOGIN:
            raise httpcore.ProxyError("it answered with a method that was not offered")


async def _request_connection(connection: Connection, host: str, port: int) -> None:
    await connection.write(bytes([_VERSION, _CONNECT, 0]) + _address(host) + port.to_bytes(2))
    version, refusal, _, kind = await connection.read_exactly(4)
    if version != _VERSION:
        raise httpcore.ProxyError("what answers is no SOCKS5 proxy")
    if refusal:
        raise httpcore.ProxyError(_REFUSALS.get(refusal, f"error {refusal}"))
    length = {_IPV4: 4, _IPV6: 16}.get(kind)
    if length is None:
        if kind != _NAME:
            raise httpcore.ProxyError("its reply makes no sense")
        (length,) = await connection.read_exactly(1)
    await connection.read_exactly(length + 2)  # the address from which it connects


def _address(host: str) -> bytes:
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return bytes([_NAME]) + _length_prefixed(host.encode("ascii"))
    return bytes([_IPV4 if address.version == 4 else _IPV6]) + address.packed


def _length_prefixed(text: bytes) -> bytes:
    if len(text) > _MAX_TEXT_BYTES:
        raise httpcore.ProxyError(f"a name or a password of more than {_MAX_TEXT_BYTES} bytes cannot be said to it")
    return bytes([len(text)]) + text
