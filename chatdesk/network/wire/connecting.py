"""Connecting to a host: its name is resolved once, every address is checked if there is a filter, and only those addresses are used.

Checking the addresses of a name and then connecting to the name would allow a different address in between (DNS rebinding). The protocol on
the connection is not handled here: TLS and the request still use the host name.
"""

import asyncio
import socket
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from functools import partial
from ipaddress import ip_address
from itertools import zip_longest
from typing import Any

from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread

MayConnect = Callable[[str], bool]
"""Returns whether connecting to an address, given as a number in text, is allowed."""


NEXT_ADDRESS_SECONDS = 0.25
"""How long one address of a host is tried alone (RFC 8305)."""


class AddressRefused(Exception):
    """A name resolves to an address that is not allowed. Neither httpcore nor httpx converts this error."""


async def connect[Spoken: asyncio.BaseProtocol](
    protocol: Callable[[], Spoken], host: str, port: int, may_connect: MayConnect | None = None
) -> tuple[asyncio.Transport, Spoken]:
    """Connect to the host. Cancelling leaves nothing open.

    Raise `AddressRefused` if any of its addresses is not allowed, or the `OSError` of the first address if all fail.
    """
    addresses = await resolve(host, port)
    if may_connect and not all(map(may_connect, addresses)):
        raise AddressRefused(host)
    loop = asyncio.get_running_loop()
    return await first_opened(
        [partial(loop.create_connection, protocol, address, port) for address in _interleaved(addresses)],
        lambda opened: opened[0].abort(),
    )


async def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a name as numbers. Raise `OSError` if it cannot be resolved."""
    with suppress(ValueError):
        return [str(ip_address(host))]
    try:
        found = await run_in_daemon_thread(
            lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM), "host lookup"
        )
    except UnicodeError as error:  # a part of the name is empty or too long
        raise socket.gaierror(socket.EAI_NONAME, "Not the name of a host") from error
    return list(dict.fromkeys(_text(address) for *_, address in found))


# `aiohappyeyeballs` 2.7 is not used: if addresses fail for different reasons, its error has no `errno` and no cause, only an English text.
async def first_opened[Opened](
    attempts: Sequence[Callable[[], Coroutine[Any, Any, Opened]]], discard: Callable[[Opened], object]
) -> Opened:
    """Return the result of the first successful attempt; each starts when the previous one has failed or takes long.

    Raise the first error if all fail. The result of a later attempt that succeeds at the same time is discarded.
    """
    left = list(attempts)
    running: list[asyncio.Task[Opened]] = []
    failures: list[BaseException] = []
    try:
        while left or running:
            if left:
                running.append(asyncio.ensure_future(left.pop(0)()))
            await asyncio.wait(
                running, timeout=NEXT_ADDRESS_SECONDS if left else None, return_when=asyncio.FIRST_COMPLETED
            )
            for task in [task for task in running if task.done()]:
                running.remove(task)
                error = task.exception()
                if error is None:
                    return task.result()
                failures.append(error)
    finally:
        for task in running:
            task.cancel()
        for late in await asyncio.gather(*running, return_exceptions=True):
            if not isinstance(late, BaseException):
                discard(late)
    raise failures[0]


def _text(address: Sequence[Any]) -> str:
    """Return a system address as text, with the scope of a link-local one (`fe80::1%2`)."""
    scope = address[3] if len(address) > 3 else 0
    return f"{address[0]}%{scope}" if scope and "%" not in address[0] else str(address[0])


def _interleaved(addresses: Sequence[str]) -> list[str]:
    """Return IPv6 and IPv4 addresses alternately, because often only one of them works."""
    alike = [address for address in addresses if (":" in address) == (":" in addresses[0])]
    others = [address for address in addresses if address not in alike]
    return [address for pair in zip_longest(alike, others) for address in pair if address]
