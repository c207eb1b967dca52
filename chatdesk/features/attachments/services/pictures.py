"""Fetches a picture at the user's request: without key, cookie or referrer, and from no private address (threats.md E1).

Only image formats are returned, within limits of size and time. `kernel/chat/pictures.py` decides whether an address
may be requested at all.
"""

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import urldefrag, urljoin, urlsplit

from chatdesk.kernel.chat.pictures import (
    PictureFailure,
    PictureKind,
    PictureProblem,
    PictureUnavailable,
    classify_picture,
    picture_format,
)
from chatdesk.kernel.errors.base import AnswerTooLarge, RedirectRefused, ServerError, ServerTimedOut
from chatdesk.network.addresses import is_local
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import FIRST_ERROR_STATUS, HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.network.timeouts import Timeouts
from chatdesk.network.wire.connecting import AddressRefused, MayConnect, resolve

MAX_FETCHED_BYTES = 10 * 1024 * 1024
_MAX_REDIRECTS = 3
_TIMEOUTS = Timeouts(connect=10.0, first_event=20.0)
_TOTAL_TIMEOUT_SECONDS = 60.0
_ACCEPTED = "image/png, image/jpeg, image/webp, image/gif"


class Pictures:
    """Fetches pictures from the web. One per program.

    `http` belongs to the network thread; `is_public` returns whether a host and port may be requested. `may_connect`
    checks the addresses of the actual connection, which may differ from those `is_public` has seen.
    """

    def __init__(
        self,
        network: NetworkThread,
        http: HttpClient,
        is_public: Callable[[str, int], Awaitable[bool]] | None = None,
        may_connect: MayConnect | None = None,
    ) -> None:
        self._network = network
        self._http = http
        self._is_public = is_public or is_public_host
        self._may_connect = may_connect or is_global

    async def load(self, address: str) -> bytes:
        """Return the bytes of a picture. Raises `PictureUnavailable`."""
        return await self._network.call(lambda: self._load(address))

    async def _load(self, address: str) -> bytes:
        try:
            async with asyncio.timeout(_TOTAL_TIMEOUT_SECONDS):
                for _ in range(_MAX_REDIRECTS + 1):
                    try:
                        return await self._fetch(address)
                    except RedirectRefused as redirect:
                        address = _next_address(address, redirect.location)
                raise _unavailable(PictureProblem.UNREACHABLE)
        except (TimeoutError, ServerTimedOut) as error:
            raise _unavailable(PictureProblem.TIMED_OUT) from error
        except AnswerTooLarge as error:
            raise _unavailable(PictureProblem.TOO_LARGE) from error
        except AddressRefused as error:
            raise _unavailable(PictureProblem.PRIVATE_ADDRESS) from error
        except ServerError as error:
            raise _unavailable(PictureProblem.UNREACHABLE) from error

    async def _fetch(self, address: str) -> bytes:
        picture = classify_picture(address)
        if picture.kind is not PictureKind.REMOTE:
            raise _unavailable(PictureProblem.NOT_OPENED)
        parts = urlsplit(address)
        if not await self._is_public(picture.host, parts.port or (443 if parts.scheme == "https" else 80)):
            raise _unavailable(PictureProblem.PRIVATE_ADDRESS)
        endpoint = make_endpoint(picture.host, urldefrag(address).url, None)
        async with self._http.stream(
            endpoint, "GET", "", accept=_ACCEPTED, timeouts=_TIMEOUTS, may_connect=self._may_connect
        ) as stream:
            if stream.status >= FIRST_ERROR_STATUS:
                raise _unavailable(PictureProblem.NOT_FOUND, str(stream.status))
            media_type = stream.headers.get("content-type", "").lower()
            if media_type.startswith("image/svg"):
                raise _unavailable(PictureProblem.VECTOR)
            if not media_type.startswith("image/"):
                raise _unavailable(PictureProblem.NOT_A_PICTURE)
            data = await stream.read(MAX_FETCHED_BYTES + 1)
        if len(data) > MAX_FETCHED_BYTES:
            raise _unavailable(PictureProblem.TOO_LARGE)
        if picture_format(data) is None:
            raise _unavailable(PictureProblem.NOT_A_PICTURE)
        return data


async def is_public_host(host: str, port: int) -> bool:
    """Return whether a host is on the public internet, by its name and by every address it resolves to.

    A picture must not send requests to a router or a server of the user's own (SSRF). A name that cannot be resolved
    here is left to the request because a proxy may know it. Without a proxy, the connection checks the address again.
    """
    if is_local(host):
        return False
    try:
        return all(map(is_global, await resolve(host, port)))
    except OSError:
        return True


def is_global(text: str) -> bool:
    """Return whether a numeric address is on the public internet."""
    address = ipaddress.ip_address(text.partition("%")[0])
    inner = address.ipv4_mapped or address.sixtofour if isinstance(address, ipaddress.IPv6Address) else None
    return (inner or address).is_global


def _next_address(address: str, location: str) -> str:
    """Return the target of a redirect if it has the same host and is no less secure.

    Otherwise raises `PictureUnavailable`, so that the user is asked first.
    """
    target = urljoin(address, location)
    current, next_one = classify_picture(address), classify_picture(target)
    if next_one.kind is not PictureKind.REMOTE:
        raise _unavailable(PictureProblem.NOT_OPENED)
    weaker = urlsplit(address).scheme == "https" and urlsplit(target).scheme != "https"
    if current.host != next_one.host or weaker:
        raise _unavailable(PictureProblem.MOVED, target)
    return target


def _unavailable(problem: PictureProblem, detail: str = "") -> PictureUnavailable:
    return PictureUnavailable(PictureFailure(problem, detail))
