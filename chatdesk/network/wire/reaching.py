"""Whether anything takes connections at a host and port, address by address. Nothing is said on them."""

import asyncio
import errno
import socket
from enum import StrEnum

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.network.wire.connecting import resolve


class Reach(StrEnum):
    """How a connection was taken."""

    LISTENS = "listens"
    REFUSED = "refused"
    SILENT = "silent"
    """Nothing came back in time, or there is no way there."""
    UNKNOWN = "unknown"
    """Nobody knows the name."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How one address of a host took it. `address` is a number; empty where the name is not known."""

    address: str
    reach: Reach


async def reach(host: str, port: int, seconds: float) -> tuple[Reached, ...]:
    """Try every address of the host at once, each for so long. At least one is returned."""
    try:
        async with asyncio.timeout(seconds):
            addresses = await resolve(host, port)
    except TimeoutError:
        return (Reached("", Reach.SILENT),)
    except (OSError, UnicodeError):
        return (Reached("", Reach.UNKNOWN),)
    return tuple(await asyncio.gather(*(_try(address, port, seconds) for address in addresses)))


def best_of(reached: tuple[Reached, ...]) -> Reach:
    """Return what counts for the host: that somebody listens, else that somebody refused."""
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
