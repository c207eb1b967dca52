"""ModelScope: modelscope.cn, and modelscope.ai outside China. It needs no account and is fast in China.

Formats: as its own SDK (modelscope_hub 0.5.1) sends and reads them. Its files have a SHA-256, but no commit to pin: the hash decides.
"""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from urllib.parse import quote, urlencode

from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.errors.hub_errors import (
    HubFileChanged,
    HubFileMissing,
    HubHashMissing,
    HubRepositoryMissing,
)
from chatdesk.kernel.models.hubs import (
    DownloadFile,
    HubFile,
    HubHit,
    HubKind,
    HubListing,
    HubRepository,
    is_safe_path,
    normal_sha256,
)
from chatdesk.kernel.text.json_values import count_of, elements, members, text_of
from chatdesk.network.http import HttpClient
from chatdesk.providers.hubs.hub import MAX_FILES, HubSearchPage, HubStream, is_repository_name, read_time
from chatdesk.providers.hubs.hub_http import HubHttp, Judge, Refusal

OFFICIAL_BASE_URL = "https://modelscope.cn"
INTERNATIONAL_BASE_URL = "https://www.modelscope.ai"
_BRANCH = "master"
_HITS_PER_PAGE = 30
_MAX_HITS = 3000
"""The hub refuses pages beyond this result."""
_MAX_QUERY_LENGTH = 200
_SUCCESS = 200
_LISTING_SECONDS = 60.0


class ModelScope:
    """A `Hub`. It is asked without an account."""

    kind = HubKind.MODELSCOPE

    def __init__(
        self, http: HttpClient, base_url: str = OFFICIAL_BASE_URL, on_request: Callable[[], None] = lambda: None
    ) -> None:
        self._http = HubHttp(http, base_url, on_request=on_request)
        self._listing: tuple[float, HubListing] | None = None
        """Files of the repository that was last downloaded from, and when they were listed."""

    @property
    def host(self) -> str:
        """Host name to show to the user."""
        return self._http.host

    async def search(self, query: str, page: str = "") -> HubSearchPage:
        """Search repositories whose name says that they have GGUF files, most downloaded first."""
        number = int(page) if page.isascii() and page.isdigit() else 1
        words = query[:_MAX_QUERY_LENGTH]
        words = words if "gguf" in words.lower() else f"{words} GGUF".strip()
        asked = {"search": words, "sort": "downloads", "page_number": number, "page_size": _HITS_PER_PAGE}
        value, _ = await self._http.get_json(f"/openapi/v1/models?{urlencode(asked)}", self._judge(""))
        found = members(members(value).get("data")).get("models")
        if not isinstance(found, list):
            raise self._http.not_a_hub(_SUCCESS)
        hits = tuple(hit for each in elements(found)[:_HITS_PER_PAGE] if (hit := read_hit(each)))
        total = count_of(members(members(value).get("data")).get("total_count")) or 0
        has_more = hits and number * _HITS_PER_PAGE < total and (number + 1) * _HITS_PER_PAGE <= _MAX_HITS
        return HubSearchPage(hits, str(number + 1) if has_more else "")

    async def list_files(self, repository: HubRepository) -> HubListing:
        """List the files of a repository. They belong to no commit; ModelScope cuts listings at 3,000 entries without a note."""
        if not is_repository_name(repository.name):
            raise HubRepositoryMissing(self.host, self._http.base_url, repository.name)
        asked = urlencode({"Revision": _BRANCH, "Recursive": "True"})
        value, _ = await self._http.get_json(
            f"/api/v1/models/{repository.name}/repo/files?{asked}", self._judge(repository.name)
        )
        found = members(members(value).get("Data")).get("Files")
        if not isinstance(found, list):
            raise self._http.not_a_hub(_SUCCESS)
        here = HubRepository(self.kind, repository.name)
        files = (read_file(each) for each in elements(found)[:MAX_FILES])
        return HubListing(here, tuple(self.locate(here, file) for file in files if file))

    def locate(self, repository: HubRepository, file: DownloadFile) -> HubFile:
        """Return a known file in a repository, without a request."""
        revision = quote(repository.revision or _BRANCH, safe="")
        url = f"{self._http.base_url}/models/{repository.name}/resolve/{revision}/{quote(file.path)}"
        return HubFile(file.path, file.size, file.sha256, url)

    async def read_range(self, file: HubFile, first: int, length: int) -> bytes:
        """Read a part of a file."""
        return await self._http.read_range(file, first, length, self._judge_of(file))

    @asynccontextmanager
    async def open(self, file: HubFile, first: int = 0) -> AsyncIterator[HubStream]:
        """Open a file from the offset `first` on. Its hash is compared with the listing: a download itself does not report it."""
        if file.sha256:
            await self._check_hash(file)
        async with self._http.open(file, first, self._judge_of(file)) as stream:
            yield stream

    async def _check_hash(self, file: HubFile) -> None:
        name = self._name_of(file)
        listing = await self._recent_listing(name)
        found = next((each for each in listing.files if each.path == file.path), None)
        where = (self.host, self._http.base_url, name)
        if found is None:
            raise HubFileMissing(*where, path=file.path)
        if not found.sha256:
            raise HubHashMissing(*where, path=file.path)
        if found.sha256 != file.sha256:
            raise HubFileChanged(*where, path=file.path)

    async def _recent_listing(self, name: str) -> HubListing:
        """Return the files of a repository; the parts of a model are opened one after the other, so they are listed once."""
        now = time.monotonic()
        if self._listing and self._listing[1].repository.name == name and now - self._listing[0] < _LISTING_SECONDS:
            return self._listing[1]
        listing = await self.list_files(HubRepository(self.kind, name))
        self._listing = (now, listing)
        return listing

    def _name_of(self, file: HubFile) -> str:
        return file.url.removeprefix(f"{self._http.base_url}/models/").partition("/resolve/")[0]

    def _judge_of(self, file: HubFile) -> Judge:
        return self._judge(self._name_of(file), file.path)

    def _judge(self, name: str, path: str = "") -> Judge:
        where = (self.host, self._http.base_url, name)

        def judge(refusal: Refusal) -> ServerError | None:
            if not name or not members(refusal.body):
                return None
            match refusal.status:
                case 401 | 403:
                    return HubRepositoryMissing(*where)
                case 404:
                    return HubFileMissing(*where, path=path) if path else HubRepositoryMissing(*where)
                case _:
                    return None

        return judge


def read_hit(value: object) -> HubHit | None:
    """Return a result of a search; None if it has no valid name."""
    record = members(value)
    name = text_of(record.get("id"))
    if not is_repository_name(name):
        return None
    changed = read_time(text_of(record.get("last_modified")))
    return HubHit(HubRepository(HubKind.MODELSCOPE, name), count_of(record.get("downloads")), changed)


def read_file(value: object) -> DownloadFile | None:
    """Return a file of a listing; None for a folder, or if its path or size is not valid. Its hash is empty if it is not reported."""
    record = members(value)
    path, size = text_of(record.get("Path")), count_of(record.get("Size"))
    if record.get("Type") != "blob" or not is_safe_path(path) or size is None:
        return None
    return DownloadFile(path, size, normal_sha256(text_of(record.get("Sha256"))))
