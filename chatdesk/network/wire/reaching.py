"""A check whether a host accepts connections on a port, for each address. No data is sent."""

import asyncio
import errno
import socket
from enum import StrEnum

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.network.wire.connecting import resolve


class Reach(StrEnum):
    """Result of a connection attempt."""

    LISTENS = "listens"
    REFUSED = "refused"
    SILENT = "silent"
    """No response in time, or no route."""
    UNKNOWN = "unknown"
    """The name cannot be resolved."""


@dataclass(frozen=True, slots=True)
class Reached:
    """The result for one address of a host. `address` is a number; empty if the name cannot be resolved."""

    address: str
    reach: Reach


async def reach(host: str, port: int, seconds: float) -> tuple[Reached, ...]:
    """Try all addresses of the host at once, each for `seconds`. At least one result is returned."""
    try:
        async with asyncio.timeout(seconds):
            addresses = await resolve(host, port)
    except TimeoutError:
        return (Reached("", Reach.SILENT),)
    except (OSError, UnicodeError):
        return (Reached("", Reach.UNKNOWN),)
    return tuple(await asyncio.gather(*(_try(address, port, seconds) for address in addresses)))


def best_of(reached: tuple[Reached, ...]) -> Reach:
    """Return the result for the host: a listening address takes precedence over a refusing one."""
    found = {each.reach for each in reached}
    return next(reach for reach in Reach if reach in found)


async def _try(address: str, port: int, seconds: float) -> Reached:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(seconds):
            transport, _ = await loop.create_connection(asyncio.Protocol, address, port)
    except TimeoutError:
        return Reached(address, Reach.SILENT)
    except socket.gaierror:
        return Reached(address, Reach.UNKNOWN)
    except OSError as error:
        refused = error.errno in {errno.ECONNREFUSED, errno.ECONNRESET}
        return Reached(address, Reach.REFUSED if refused else Reach.SILENT)
    transport.abort()
    return Reached(address, Reach.LISTENS)
