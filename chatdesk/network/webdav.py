"""A folder on a WebDAV server (RFC 4918): Nextcloud, Nutstore, a disk station.

The server is untrusted: answers are bounded, names are checked, and the password is sent to no other address (redirects are refused).
Signing in is with name and password (Basic), over TLS unless the server is in the local network.
"""

import asyncio
import errno
import hashlib
import os
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from chatdesk.kernel.errors.backup_errors import (
    BackupDamaged,
    LocationFull,
    LocationMissing,
    NotAWebDavServer,
    RemoteFolderRefused,
    RemoteLoginRefused,
)
from chatdesk.kernel.errors.base import ConnectionLost, KeyExposed, NotAChatServer, ServerError, ServerTimedOut
from chatdesk.kernel.errors.storage_errors import DiskFull, FileUnavailable
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.remote_folder import UNFINISHED, RemoteEntry, checked_name, is_plain_name
from chatdesk.kernel.servers.server import ServerProtocol
from chatdesk.network.addresses import base_url, is_local
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import EncodedBody, HttpClient, HttpStream, StreamedBody
from chatdesk.network.network_thread import NetworkThread
from chatdesk.network.timeouts import LIST, Timeouts

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CHUNK_BYTES = 1024 * 1024
_IDLE_SECONDS = 120.0
_SLOWEST_BYTES = 500_000
"""Bytes that a server can store in a second, once it has received a file and before it answers."""
_MAX_LIST_BYTES = 32 * 1024 * 1024
_MAX_PAGES = 50
"""Maximum number of answers that make up a listing."""
_NEXT = re.compile(r"""<(?P<address>[^<>\s]{1,4000})>\s*;\s*rel="?next"?(?![\w-])""")
"""The header `Link` that names the next page of a listing (RFC 8288)."""
_MAX_REPLY_BYTES = 64 * 1024
_PROPERTIES = EncodedBody(
    "application/xml; charset=utf-8",
    b'<?xml version="1.0" encoding="utf-8"?>'
    b'<propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/><getlastmodified/></prop></propfind>',
)
_QUOTA = EncodedBody(
    "application/xml; charset=utf-8",
    b'<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><quota-available-bytes/></prop></propfind>',
)
_MAX_SIZE_DIGITS = 15
"""A petabyte. Nothing larger is believed."""
_DAV = "{DAV:}"
_MISSING = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.GONE})
_ABANDONED = timedelta(days=1)
_MAX_REMOVED = 20
"""Abandoned files that are removed with one listing, each with a request of its own."""


class WebDavFolder:
    """A `RemoteFolder` on a server. `address` is that of the folder, which is created if only its last part is missing."""

    def __init__(self, network: NetworkThread, http: Lazy[HttpClient], address: str, user: str, password: str) -> None:
        """Raise `AddressInvalid`, `KeyInvalid` for a name or password that cannot be sent, or `KeyExposed` without TLS."""
        address = base_url(address, ServerProtocol.BUILT_IN)
        host = urlsplit(address).hostname or ""
        if address.startswith("http:") and not is_local(host):
            raise KeyExposed(host, address)
        self.address = address
        self._network = network
        self._http = http
        self._endpoint = make_endpoint(host, address, f"{user}:{password}" if user else None, is_password=True)
        self._known_folders: set[str] = set()

    async def list(self, folder: str = "", *, expected: bool = False) -> tuple[RemoteEntry, ...]:
        """See `RemoteFolder`. A server may answer in pages (Nutstore does, of 750 entries), each with the address of the next one.

        A file that nobody has completed for a day is removed: the next one may have another name.
        """
        path = _folder_path(folder)

        async def ask() -> tuple[RemoteEntry, ...]:
            found: dict[str, _Found] = {}
            asked: set[str] = set()
            date, query = "", ""
            while query not in asked and len(asked) < _MAX_PAGES:
                asked.add(query)
                page = await self._page(path, query)
                if expected and page.is_missing and not folder:
                    raise LocationMissing(path=self.address)
                found |= page.found
                date, query = page.date, page.following
            for name in _abandoned(found.values(), date)[:_MAX_REMOVED]:
                with suppress(ServerError, LocationFull, LocationMissing):
                    await self._expect("DELETE", path + quote(name), also=_MISSING)
            return _entries(found, unquote(urlsplit(self._endpoint.url(path)).path))

        return await self._on_network(ask)

    async def find(self, name: str) -> RemoteEntry | None:
        """See `RemoteFolder`."""
        path = _file_path(name)

        async def ask() -> RemoteEntry | None:
            async with self._request("PROPFIND", path, _PROPERTIES, headers=(("Depth", "0"),)) as stream:
                if stream.status in _MISSING:
                    return None
                if stream.status != HTTPStatus.MULTI_STATUS:
                    raise await self._refusal(stream)
                content = await stream.read(_MAX_REPLY_BYTES)
                try:
                    return _single(content, name.rpartition("/")[2])
                except ValueError as error:
                    raise self._not_webdav(content) from error

        return await self._on_network(ask)

    async def read(self, name: str, target: Path, limit: int) -> None:
        """See `RemoteFolder`."""
        path = _file_path(name)

        async def save() -> None:
            with _local_errors(target):
                file = await asyncio.to_thread(_open_new, target)
            with file:

                def write(data: bytes) -> None:
                    with _local_errors(target):
                        rest = memoryview(data)
                        while rest:
                            rest = rest[file.write(rest) :]

                await self._get(path, limit, write)

        try:
            await self._on_network(save)
        except BaseException:
            with suppress(OSError):
                target.unlink(missing_ok=True)  # noqa: ASYNC240 - a single call on a local disk
            raise

    async def sha256(self, name: str, limit: int) -> str:
        """See `RemoteFolder`."""
        path, summed = _file_path(name), hashlib.sha256()
        await self._on_network(lambda: self._get(path, limit, summed.update))
        return summed.hexdigest()

    async def write(self, name: str, source: Path) -> None:
        """See `RemoteFolder`. The file is sent under another name, which is changed when the server has all of it."""
        path = _file_path(name)

        async def ask() -> None:
            await self._make_folders(name)
            with _local_errors(source):
                size = (await asyncio.to_thread(source.stat)).st_size
            body = StreamedBody("application/octet-stream", size, _chunks(source))
            timeouts = replace(LIST, first_event=_IDLE_SECONDS + size / _SLOWEST_BYTES)
            moved = (("Destination", self._endpoint.url(path)), ("Overwrite", "T"))
            try:
                await self._expect("PUT", path + UNFINISHED, body, timeouts=timeouts)
                await self._expect("MOVE", path + UNFINISHED, headers=moved)
            except (RemoteFolderRefused, LocationFull):
                with suppress(ServerError, LocationFull, LocationMissing):  # it would take space for a day
                    await self._expect("DELETE", path + UNFINISHED, also=_MISSING)
                raise

        await self._on_network(ask)

    async def free_bytes(self) -> int | None:
        """See `RemoteFolder`. It is unknown if the server has no quota (RFC 4331), refuses the question or returns no plausible number."""

        async def ask() -> int | None:
            async with self._request("PROPFIND", "/", _QUOTA, headers=(("Depth", "0"),)) as stream:
                if stream.status == HTTPStatus.UNAUTHORIZED:
                    raise await self._refusal(stream)
                if stream.status != HTTPStatus.MULTI_STATUS:
                    return None
                return _quota(await stream.read(_MAX_REPLY_BYTES))

        return await self._on_network(ask)

    async def delete(self, name: str) -> None:
        """See `RemoteFolder`."""
        path = _file_path(name)
        await self._on_network(lambda: self._expect("DELETE", path, also=_MISSING))

    # On the network thread.

    async def _page(self, path: str, query: str) -> "_Page":
        """Return a page of a listing. Only the query of the next address is used: the server cannot lead to another folder or host."""
        async with self._request("PROPFIND", path + query, _PROPERTIES, headers=(("Depth", "1"),)) as stream:
            if stream.status in _MISSING and not query:
                return _Page({}, is_missing=True)
            if stream.status != HTTPStatus.MULTI_STATUS:
                raise await self._refusal(stream)
            content = await stream.read(_MAX_LIST_BYTES)
            try:
                found = _responses(content)
                link = _NEXT.search(stream.headers.get("link", ""))
                following = urlsplit(link["address"]).query if link else ""
            except ValueError as error:
                raise self._not_webdav(content) from error
            return _Page(found, stream.headers.get("date", ""), f"?{following}" if following else "")

    async def _make_folders(self, name: str) -> None:
        parts = name.split("/")[:-1]
        for folder in ("", *("/".join(parts[: depth + 1]) for depth in range(len(parts)))):
            if folder not in self._known_folders:
                async with self._request("MKCOL", _folder_path(folder)) as stream:
                    if stream.status == HTTPStatus.CONFLICT and not folder:
                        raise LocationMissing(path=self.address)
                    # The root of a server, which exists, may refuse this in several ways. If the folder is missing, PUT says so.
                    is_unclear = not folder and stream.status != HTTPStatus.UNAUTHORIZED
                    if not (stream.status == HTTPStatus.METHOD_NOT_ALLOWED or _is_good(stream.status) or is_unclear):
                        raise await self._refusal(stream)
                self._known_folders.add(folder)

    async def _get(self, path: str, limit: int, handle_chunk: Callable[[bytes], object]) -> None:
        """Pass the chunks of a file to `handle_chunk`, on a thread."""
        async with self._request("GET", path, timeouts=replace(LIST, first_event=_IDLE_SECONDS)) as stream:
            if stream.status in _MISSING:
                raise FileNotFoundError(path)
            if stream.status != HTTPStatus.OK:
                raise await self._refusal(stream)
            size = 0
            chunks = stream.chunks()
            try:
                while True:
                    async with asyncio.timeout(_IDLE_SECONDS):
                        chunk = await anext(chunks, None)
                    if chunk is None:
                        break
                    size += len(chunk)
                    if size > limit:
                        raise BackupDamaged(path=stream.url, reason="larger than expected")
                    await asyncio.to_thread(handle_chunk, chunk)
            except TimeoutError as error:
                raise ServerTimedOut(self._endpoint.server, self.address, _IDLE_SECONDS) from error
            expected = stream.headers.get("content-length", "")
            if expected.isdecimal() and int(expected) != size and "content-encoding" not in stream.headers:
                raise ConnectionLost(self._endpoint.server, self.address, "the file is cut off")

    async def _expect(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        headers: tuple[tuple[str, str], ...] = (),
        timeouts: Timeouts = LIST,
        also: frozenset[int] = frozenset(),
    ) -> None:
        async with self._request(method, path, body, headers=headers, timeouts=timeouts) as stream:
            if not _is_good(stream.status) and stream.status not in also:
                raise await self._refusal(stream)

    @asynccontextmanager
    async def _request(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        headers: tuple[tuple[str, str], ...] = (),
        timeouts: Timeouts = LIST,
    ) -> AsyncGenerator[HttpStream, None]:
        endpoint = replace(self._endpoint, headers=(*self._endpoint.headers, *headers))
        try:
            async with self._http.get().stream(endpoint, method, path, body, accept="*/*", timeouts=timeouts) as stream:
                yield stream
        except NotAChatServer as error:
            raise NotAWebDavServer(self._endpoint.server, self.address, reply=error.reply) from error

    async def _refusal(self, stream: HttpStream) -> ServerError | LocationFull | LocationMissing:
        text = (await stream.read(_MAX_REPLY_BYTES)).decode("utf-8", "replace")
        reply = self._endpoint.redact(text)
        server, address = self._endpoint.server, self.address
        match stream.status:
            case HTTPStatus.UNAUTHORIZED:
                return RemoteLoginRefused(server, address, reply=reply)
            case HTTPStatus.INSUFFICIENT_STORAGE | HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
                return LocationFull(path=address)
            case HTTPStatus.NOT_FOUND | HTTPStatus.CONFLICT:
                return LocationMissing(path=address)
            case HTTPStatus.METHOD_NOT_ALLOWED | HTTPStatus.NOT_IMPLEMENTED | HTTPStatus.OK:
                return self._not_webdav(text.encode())
            case status:
                return RemoteFolderRefused(server, address, status, reply=reply)

    def _not_webdav(self, content: bytes) -> NotAWebDavServer:
        reply = self._endpoint.redact(content[:_MAX_REPLY_BYTES].decode("utf-8", "replace"))
        return NotAWebDavServer(self._endpoint.server, self.address, reply=reply)

    async def _on_network[Result](self, ask: Callable[[], Awaitable[Result]]) -> Result:
        return await self._network.call(ask)


def _is_good(status: int) -> bool:
    return status in {HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.NO_CONTENT}


@contextmanager
def _local_errors(path: Path) -> Iterator[None]:
    """Raise errors of a file on this computer as such: they are not those of the connection."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}:
            raise DiskFull(path=str(path)) from error
        raise FileUnavailable(path=str(path), reason=error.strerror or str(error)) from error


def _open_new(path: Path) -> FileIO:
    """Open a new file, without a buffer, that only its owner can read."""
    path.unlink(missing_ok=True)
    return open(path, "wb", buffering=0, opener=lambda name, flags: os.open(name, flags | os.O_EXCL, 0o600))


def _file_path(name: str) -> str:
    return f"/{quote(checked_name(name))}"


def _folder_path(name: str) -> str:
    return f"{_file_path(name)}/" if name else "/"


async def _chunks(source: Path) -> AsyncGenerator[bytes, None]:
    with _local_errors(source):
        file = await asyncio.to_thread(source.open, "rb")
    with file:
        while True:
            with _local_errors(source):
                chunk = await asyncio.to_thread(file.read, _CHUNK_BYTES)
            if not chunk:
                return
            yield chunk


@dataclass(frozen=True, slots=True)
class _Found:
    """An entry of a listing. `changed` is the time of its last change as the server wrote it."""

    entry: RemoteEntry
    changed: str


@dataclass(frozen=True, slots=True)
class _Page:
    """A part of a listing by path. `date` is the time by the server, `following` the query of the next page; both may be empty."""

    found: Mapping[str, _Found]
    date: str = ""
    following: str = ""
    is_missing: bool = False
    """Whether there is no such folder."""


def _quota(content: bytes) -> int | None:
    """Return the free space in an answer, in bytes; None if it has none that can be believed."""
    try:
        root = _multistatus(content)
    except ValueError:
        return None
    found = [
        (properties.findtext(f"{_DAV}prop/{_DAV}quota-available-bytes") or "").strip()
        for properties in root.iterfind(f"{_DAV}response/{_DAV}propstat")
        if " 200" in (properties.findtext(f"{_DAV}status") or " 200")
    ]
    return next((int(text) for text in found if _is_size(text)), None)


def _is_size(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _MAX_SIZE_DIGITS


def _multistatus(content: bytes) -> "Element":
    """Return the root of an answer to PROPFIND. Raise `ValueError` if it is none."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:  # could be made to take all memory
        raise ValueError("not a listing")
    from xml.etree import ElementTree as ET  # noqa: PLC0415 - rarely needed

    try:
        root = ET.fromstring(content)  # noqa: S314 - has no entities, see above
    except ET.ParseError as error:
        raise ValueError("not a listing") from error
    if root.tag != f"{_DAV}multistatus":
        raise ValueError("not a listing")
    return root


def _responses(content: bytes) -> Mapping[str, _Found]:
    """Return what a listing contains, by its path. Raise `ValueError` if it is none."""
    return dict(map(_response, _multistatus(content).iterfind(f"{_DAV}response")))


def _response(response: "Element") -> tuple[str, _Found]:
    path = unquote(urlsplit((response.findtext(f"{_DAV}href") or "").strip()).path).rstrip("/")
    is_folder = response.find(f".//{_DAV}resourcetype/{_DAV}collection") is not None
    size = (response.findtext(f".//{_DAV}getcontentlength") or "").strip()
    length = int(size) if _is_size(size) else 0
    entry = RemoteEntry(path.rpartition("/")[2], 0 if is_folder else length, is_folder)
    return path, _Found(entry, (response.findtext(f".//{_DAV}getlastmodified") or "").strip())


def _single(content: bytes, name: str) -> RemoteEntry | None:
    """Return the entry of this name in an answer about it; None if it is not there. Raise `ValueError` if it is no such answer."""
    response = _multistatus(content).find(f"{_DAV}response")
    if response is None or " 404" in (response.findtext(f"{_DAV}status") or ""):
        return None
    _, found = _response(response)
    return found.entry if found.entry.name == name else None


def _entries(found: Mapping[str, _Found], folder: str) -> tuple[RemoteEntry, ...]:
    """Return the entries of a listing, except the folder itself and what is being written."""
    # A proxy may show the server under another path than its own: the folder's is the one that all others begin with.
    own = folder.rstrip("/")
    if own not in found:
        own = min(found, key=len, default="")
    entries = (each.entry for path, each in found.items() if path != own)
    shown = (entry for entry in entries if is_plain_name(entry.name) and not entry.name.endswith(UNFINISHED))
    return tuple(sorted(shown, key=lambda entry: entry.name))


def _abandoned(found: Iterable[_Found], date: str) -> list[str]:
    """Return the names of files that nobody has completed for long, by the server's own clock, which sent `date`."""
    now = _moment(date)
    return [
        each.entry.name
        for each in found
        if each.entry.name.endswith(UNFINISHED)
        and is_plain_name(each.entry.name)
        and not each.entry.is_folder
        and now
        and (changed := _moment(each.changed))
        and now - changed > _ABANDONED
    ]


def _moment(text: str) -> datetime | None:
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - rarely needed

    with suppress(ValueError, OverflowError):
        moment = parsedate_to_datetime(text)
        return moment if moment.tzinfo else None
    return None
