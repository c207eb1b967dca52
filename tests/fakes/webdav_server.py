"""A WebDAV server in memory, with its wrongs on request."""

from base64 import b64encode
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from urllib.parse import quote, unquote, urlsplit

from tests.fakes.scripted_server import Request, ScriptedServer, Step, reply

USER, PASSWORD = "ana", "pass word"


@dataclass
class WebDavServer(ScriptedServer):
    """Folders end in a slash. `refusals` maps a method to the status with which it is answered."""

    script: object = None
    root: str = "/dav"
    files: dict[str, bytes | None] = field(default_factory=lambda: {"/dav/": None})
    refusals: dict[str, int] = field(default_factory=dict)
    listing: bytes | None = None
    """What PROPFIND answers in place of the files."""
    page: int = 0
    """The number of entries after which PROPFIND names an address for the others, as Nutstore does; 0 without a limit."""
    cut_listing: int = 0
    """The number of entries after which PROPFIND leaves out the others; 0 without a limit."""
    unlisted: Collection[str] = ()
    """Paths that PROPFIND leaves out unless it is about them alone."""
    refuses_single: bool = False
    """Whether PROPFIND about a file alone is refused."""
    next_page: str = ""
    """The address that is named in place of the right one."""
    quota: str | None = None
    """The value of quota-available-bytes; None without a quota."""
    cut: int = 0
    """Bytes that are missing at the end of every file that is read."""
    changed: Callable[[str], str] = lambda _path: ""
    """Returns when a file was changed last, as `getlastmodified`; empty if it is not sent."""
    date: str = field(default_factory=lambda: formatdate(usegmt=True))
    """What it tells as the present time."""

    def __post_init__(self) -> None:
        self.script = self._respond

    def _respond(self, request: Request) -> Iterator[Step]:
        expected = "Basic " + b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if request.headers.get("authorization") != expected:
            yield reply("Sign in", 401, "text/plain")
            return
        if status := self.refusals.get(request.method):
            yield reply("No", status, "text/plain")
            return
        path = unquote(request.path.partition("?")[0])
        yield getattr(self, f"_{request.method.lower()}")(path, request)

    def _propfind(self, path: str, request: Request) -> bytes:
        if b"quota-available-bytes" in request.body:
            return reply(self._quota(path), 207, "application/xml")
        if self.listing is not None:
            return reply(self.listing, 207, "application/xml")
        if self.refuses_single and request.headers.get("depth") == "0":
            return reply("No", 503, "text/plain")
        if path not in self.files:
            return reply("", 404)
        inside = [each for each in self.files if each.startswith(path) and "/" not in each[len(path) :].rstrip("/")]
        if request.headers.get("depth") == "0":
            inside = [path]
        else:
            inside = [each for each in inside if each not in self.unlisted][: self.cut_listing or None]
        headers = {"Date": self.date}
        if self.page:
            start = int(request.path.partition("?mk=")[2] or "0")
            inside, rest = inside[start : start + self.page], inside[start + self.page :]
            following = self.next_page or f"{self.url}{quote(path)}?mk={start + self.page}"
            headers |= {"Link": f'<{following}>; rel="next"'} if rest else {}
        listing = "".join(["<D:multistatus xmlns:D='DAV:'>", *map(self._entry, inside), "</D:multistatus>"])
        return reply(listing, 207, "application/xml", headers)

    def _quota(self, path: str) -> str:
        known = self.quota is not None
        value = f"<D:quota-available-bytes>{self.quota if known else ''}</D:quota-available-bytes>"
        return (
            f"<D:multistatus xmlns:D='DAV:'><D:response><D:href>{quote(path)}</D:href><D:propstat><D:prop>{value}</D:prop>"
            f"<D:status>HTTP/1.1 {'200 OK' if known else '404 Not Found'}</D:status></D:propstat></D:response></D:multistatus>"
        )

    def _entry(self, path: str) -> str:
        content = self.files[path]
        kind = "<D:collection/>" if content is None else ""
        size = "" if content is None else f"<D:getcontentlength>{len(content)}</D:getcontentlength>"
        changed = f"<D:getlastmodified>{modified}</D:getlastmodified>" if (modified := self.changed(path)) else ""
        return (
            f"<D:response><D:href>{quote(path)}</D:href><D:propstat><D:prop><D:resourcetype>{kind}</D:resourcetype>"
            f"{size}{changed}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
        )

    def _mkcol(self, path: str, _request: Request) -> bytes:
        if path in self.files:
            return reply("", 405)
        if path.rstrip("/").rpartition("/")[0] + "/" not in self.files:
            return reply("", 409)
        self.files[path] = None
        return reply("", 201)

    def _put(self, path: str, request: Request) -> bytes:
        if path.rpartition("/")[0] + "/" not in self.files:
            return reply("", 409)
        self.files[path] = request.body
        return reply("", 201)

    def _move(self, path: str, request: Request) -> bytes:
        target = unquote(urlsplit(request.headers["destination"]).path)
        self.files[target] = self.files.pop(path)
        return reply("", 201)

    def _get(self, path: str, _request: Request) -> bytes:
        content = self.files.get(path)
        if content is None:
            return reply("", 404)
        whole = reply(content, 200, "application/octet-stream")
        return whole[: len(whole) - self.cut]

    def _delete(self, path: str, _request: Request) -> bytes:
        return reply("", 204 if self.files.pop(path, None) is not None else 404)
