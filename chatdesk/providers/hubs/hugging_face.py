"""Hugging Face, or a mirror of it at another base address.

Formats: https://huggingface.co/docs/hub/api and recordings of other clients. Files are asked for at their commit, so that an author's
change cannot mix two versions. The hash of a file is `lfs.sha256` in a listing and `X-Linked-ETag` of the redirect to the storage; the
storage's own ETag means something else.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.errors.hub_errors import (
    HubConsentMissing,
    HubFileMissing,
    HubGated,
    HubRepositoryMissing,
    HubRevisionMissing,
    HubTokenRejected,
)
from chatdesk.kernel.models.hubs import (
    DownloadFile,
    Gate,
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
from chatdesk.providers.hubs.hub_http import HubHttp, Judge, Refusal, TokenSource, no_token

OFFICIAL_BASE_URL = "https://huggingface.co"
_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_HITS_PER_PAGE = 30
_MAX_QUERY_LENGTH = 200
_MAX_CURSOR_LENGTH = 2000
_MAX_TEXT_LENGTH = 100
_NEXT = re.compile(r'<([^<>]{1,4000})>\s*;\s*rel="?next"?')
_GATES = {"auto": Gate.AUTOMATIC, "manual": Gate.MANUAL, True: Gate.AUTOMATIC}


class HuggingFace:
    """A `Hub`. The token is requested for and sent to `official_url` only."""

    kind = HubKind.HUGGING_FACE

    def __init__(
        self,
        http: HttpClient,
        base_url: str = OFFICIAL_BASE_URL,
        token: TokenSource = no_token,
        official_url: str = OFFICIAL_BASE_URL,
        on_request: Callable[[], None] = lambda: None,
    ) -> None:
        self._http = HubHttp(http, base_url, token, official_url, on_request)

    @property
    def host(self) -> str:
        """Host name to show to the user."""
        return self._http.host

    async def search(self, query: str, page: str = "") -> HubSearchPage:
        """Search repositories with GGUF files, most downloaded first. An empty query lists all of them."""
        asked = [("search", query[:_MAX_QUERY_LENGTH]), ("filter", "gguf"), ("sort", "downloads")]
        asked += [("limit", str(_HITS_PER_PAGE))]
        asked += [("expand", each) for each in ("gguf", "gated", "downloads", "lastModified")]
        asked += [("cursor", page)] if page else []
        value, headers = await self._http.get_json(f"/api/models?{urlencode(asked)}", self._judge(""))
        if not isinstance(value, list):
            raise self._http.not_a_hub(200)
        hits = tuple(hit for each in elements(value)[:_HITS_PER_PAGE] if (hit := read_hit(each)))
        return HubSearchPage(hits, read_cursor(headers) if hits else "")

    async def list_files(self, repository: HubRepository) -> HubListing:
        """List the files of a repository at its commit, or at its newest one."""
        judge = self._judge(repository.name, repository.revision)
        self._check(repository)
        revision = f"/revision/{quote(repository.revision, safe='')}" if repository.revision else ""
        value, _ = await self._http.get_json(f"/api/models/{repository.name}{revision}?blobs=true", judge)
        info = members(value)
        commit = text_of(info.get("sha"))
        if not _COMMIT.fullmatch(commit) or not isinstance(info.get("siblings"), list):
            raise self._http.not_a_hub(200)
        pinned = HubRepository(self.kind, repository.name, commit)
        files = (read_sibling(each) for each in elements(info["siblings"])[:MAX_FILES])
        gated = info.get("gated")
        return HubListing(
            pinned,
            tuple(self.locate(pinned, file) for file in files if file),
            _GATES.get(gated, Gate.OPEN) if isinstance(gated, str | bool) else Gate.OPEN,
            text_of(members(info.get("cardData")).get("license"))[:_MAX_TEXT_LENGTH],
        )

    def locate(self, repository: HubRepository, file: DownloadFile) -> HubFile:
        """Return a known file in a repository, without a request."""
        revision = quote(repository.revision or "main", safe="")
        url = f"{self._http.base_url}/{repository.name}/resolve/{revision}/{quote(file.path)}"
        return HubFile(file.path, file.size, file.sha256, url)

    async def read_range(self, file: HubFile, first: int, length: int) -> bytes:
        """Read a part of a file."""
        return await self._http.read_range(file, first, length, self._judge_of(file))

    def open(self, file: HubFile, first: int = 0) -> AbstractAsyncContextManager[HubStream]:
        """Open a file from the offset `first` on."""
        return self._http.open(file, first, self._judge_of(file))

    def _check(self, repository: HubRepository) -> None:
        if not is_repository_name(repository.name):
            raise HubRepositoryMissing(self.host, self._http.base_url, repository.name)

    def _judge_of(self, file: HubFile) -> Judge:
        name, _, rest = file.url.removeprefix(f"{self._http.base_url}/").partition("/resolve/")
        return self._judge(name, rest.partition("/")[0], file.path)

    def _judge(self, name: str, revision: str = "", path: str = "") -> Judge:
        where = (self.host, self._http.base_url)
        page = f"{OFFICIAL_BASE_URL}/{name}"

        def judge(refusal: Refusal) -> ServerError | None:
            code = refusal.headers.get("x-error-code", "")
            message = refusal.headers.get("x-error-message", "") or text_of(members(refusal.body).get("error"))
            match refusal.status, code:
                case (403, "GatedRepo") if self._http.has_token:
                    return HubConsentMissing(*where, name, page=page)
                case ((401 | 403), "GatedRepo"):
                    return HubGated(*where, name, page=page)
                case (401, _) if "Invalid credentials" in message:
                    return HubTokenRejected(*where, name)
                case (404, "RevisionNotFound"):
                    return HubRevisionMissing(*where, name, revision=revision)
                case (404, "EntryNotFound"):
                    return HubFileMissing(*where, name, path=path)
                case ((401 | 404), _) if name and message:
                    return HubRepositoryMissing(*where, name)
                case _:
                    return None

        return judge


def read_hit(value: object) -> HubHit | None:
    """Return a result of a search; None if it has no valid name."""
    record = members(value)
    name = text_of(record.get("id"))
    if not is_repository_name(name):
        return None
    gguf, gated = members(record.get("gguf")), record.get("gated")
    return HubHit(
        HubRepository(HubKind.HUGGING_FACE, name),
        count_of(record.get("downloads")),
        read_time(text_of(record.get("lastModified"))),
        _GATES.get(gated, Gate.OPEN) if isinstance(gated, str | bool) else Gate.OPEN,
        text_of(gguf.get("architecture"))[:_MAX_TEXT_LENGTH] or None,
        count_of(gguf.get("total")) or None,
        count_of(gguf.get("context_length")) or None,
    )


def read_sibling(value: object) -> DownloadFile | None:
    """Return a file of a listing; None if its path or size is not valid. Its hash is empty if it is not reported."""
    record = members(value)
    path, stored = text_of(record.get("rfilename")), members(record.get("lfs"))
    size = count_of(stored.get("size")) or count_of(record.get("size"))
    if not is_safe_path(path) or size is None:
        return None
    return DownloadFile(path, size, normal_sha256(text_of(stored.get("sha256")) or text_of(stored.get("oid"))))


def read_cursor(headers: Mapping[str, str]) -> str:
    """Return the position of the next page; empty if there is none. The rest of the link is not used: it may lead to another host."""
    link = _NEXT.search(headers.get("link", ""))
    if not link:
        return ""
    try:
        cursor = parse_qs(urlsplit(link[1]).query, max_num_fields=100).get("cursor", [""])[0]
    except ValueError:
        return ""
    return cursor if len(cursor) <= _MAX_CURSOR_LENGTH else ""
