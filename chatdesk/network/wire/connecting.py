"""Reaches a host by its name: resolved once, every address judged where somebody judges, and only those addresses connected to.

Who looked at the addresses of a name and then connected to the name could be sent elsewhere in between (DNS rebinding). What is spoken on
the connection is no business of ours: TLS and the request still name the host.
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
"""Judges an address, given as a number in text."""


NEXT_ADDRESS_SECONDS = 0.25
"""How long one address of a host is tried alone (RFC 8305)."""


class AddressRefused(Exception):
    """A name leads to an address that may not be connected to. Neither httpcore nor httpx makes anything else of it."""


async def connect[Spoken: asyncio.BaseProtocol](
    protocol: Callable[[], Spoken], host: str, port: int, may_connect: MayConnect | None = None
) -> tuple[asyncio.Transport, Spoken]:
    """Connect to the host. Cancelling leaves nothing open.

    Raises `AddressRefused` if any of its addresses is refused, and the `OSError` of the first address if none answers.
    """
    addresses = await resolve(host, port)
    if may_connect and not all(map(may_connect, addresses)):
        raise AddressRefused(host)
    loop = asyncio.get_running_loop()
    return await first_opened(
        [partial(loop.create_connection, protocol, address, port) for address in _in_turn(addresses)],
        lambda opened: opened[0].abort(),
    )


async def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a name, as numbers. Raises `OSError` if nobody knows it."""
    with suppress(ValueError):
        return [str(ip_address(host))]
    try:
        found = await run_in_daemon_thread(
            lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM), "host lookup"
        )
    except UnicodeError as error:  # a part of the name is empty, or too long
        raise socket.gaierror(socket.EAI_NONAME, "Not the name of a host") from error
    return list(dict.fromkeys(_text(address) for *_, address in found))


# Not `aiohappyeyeballs` 2.7: where addresses fail for different reasons, its error has no `errno` and no cause, only a text in English.
async def first_opened[Opened](
    attempts: Sequence[Callable[[], Coroutine[Any, Any, Opened]]], discard: Callable[[Opened], object]
) -> Opened:
    """Return what the first attempt to succeed has opened; each is begun when the one before has failed or takes long.

    Raises the first error if all fail. What a later attempt has opened at the same moment is discarded.
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
    """Return an address of the system as text, a link's own (`fe80::1%2`) with its link."""
    scope = address[3] if len(address) > 3 else 0
    return f"{address[0]}%{scope}" if scope and "%" not in address[0] else str(address[0])


def _in_turn(addresses: Sequence[str]) -> list[str]:
    """Return IPv6 and IPv4 by turns, for often only one of them works."""
    alike = [address for address in addresses if (":" in address) == (":" in addresses[0])]
    others = [address for address in addresses if address not in alike]
    return [address for pair in zip_longest(alike, others) for address in pair if address]
