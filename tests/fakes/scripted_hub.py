"""Imitations of Hugging Face, ModelScope and Ollama's registry on one loopback port. They redirect to their storage, on another port.

The wire formats are those of their clients and of recordings (docs/hubs.md). All three have the same repositories.
"""

import asyncio
import hashlib
import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

from tests.fakes.scripted_server import (
    Pause,
    Request,
    Reset,
    ScriptedServer,
    Step,
    Until,
    bare_head,
    on_thread,
    reply,
)

Content = bytes | Path
_PIECE = 64 * 1024
_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"


def sha256_of(content: Content) -> str:
    """Return the hash of a file."""
    return _sha256_of_path(content) if isinstance(content, Path) else hashlib.sha256(content).hexdigest()


@lru_cache(maxsize=32)
def _sha256_of_path(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def size_of(content: Content) -> int:
    """Return the size of a file in bytes."""
    return content.stat().st_size if isinstance(content, Path) else len(content)


@dataclass
class HubRepo:
    """A repository. `name` is `owner/name`; for Ollama's registry, `tags` name the one file that each has."""

    name: str
    files: dict[str, Content]
    commit: str = "c0ffee" + "0" * 34
    gated: str | bool = False
    """False, "auto" or "manual", as Hugging Face says it."""
    licence: str = "mit"
    gguf: Mapping[str, object] = field(default_factory=dict)
    """What Hugging Face knows of the model files: `total`, `architecture`, `context_length`."""
    tags: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Paths of the model file and its projector by tag."""
    without_hashes: set[str] = field(default_factory=set)
    """Paths whose hash no listing tells. Hugging Face still tells it with the redirect."""
    history: dict[str, dict[str, Content]] = field(default_factory=dict)
    """Files of earlier commits that can still be downloaded."""

    def change(self, files: dict[str, Content], *, keep_history: bool = True) -> None:
        """Replace the files by a new commit. Without history, the earlier one is unknown from now on."""
        if keep_history:
            self.history[self.commit] = self.files
        self.files = files
        self.commit = hashlib.sha1(repr((self.commit, sorted(files))).encode(), usedforsecurity=False).hexdigest()

    def at(self, revision: str) -> dict[str, Content] | None:
        """Return the files of a revision; None if there is none of that name."""
        if revision in {"main", "master", "", self.commit}:
            return self.files
        return self.history.get(revision)


@dataclass
class Trouble:
    """What goes wrong from now on. Each cut happens once; everything else until it is changed."""

    cuts: list[int] = field(default_factory=list)
    """The connection breaks after so many bytes of a body, for one download each, in this order."""
    ends_early: bool = False
    """Whether a cut ends with an ordinary end of the connection instead of a reset."""
    seconds_per_piece: float = 0.0
    """Pause before each 64 KiB."""
    gate: asyncio.Event | None = None
    """A download stops after its first 64 KiB until the event is set. It belongs to the loop the server runs on."""
    wrong_bytes: bool = False
    """Whether the storage sends other bytes of the same length."""
    ignores_range: bool = False
    """Whether the storage answers every request with 200 and the whole file."""
    busy_seconds: int | None = None
    """429 with this waiting time, for the API and for files."""
    tells_retry_after: bool = False
    """429 with `Retry-After` instead of `RateLimit`."""
    status: int = 0
    """Status of every reply of the hub, with a short page as content."""
    page: str = ""
    """A web page in place of every reply of the hub: what a wrong address or a login page of a network answers."""
    redirect: str = ""
    """Where files are redirected to, instead of to the storage."""


class ScriptedHub:
    """The three hubs. `token` is the one that Hugging Face accepts; `approved` says whether its account may read gated repositories.

    `hub.requests` and `storage.requests` tell what was asked.
    """

    def __init__(self, *repositories: HubRepo, token: str = "", approved: bool = True) -> None:
        self.repositories = {repository.name: repository for repository in repositories}
        self.token = token
        self.approved = approved
        self.trouble = Trouble()
        self.page_size = 30
        self.hub = ScriptedServer(self._answer)
        self.storage = ScriptedServer(self._answer_storage)
        self._stored: dict[str, Content] = {}

    @property
    def url(self) -> str:
        """Base address of all three hubs."""
        return self.hub.url

    @property
    def settings(self) -> dict[str, str]:
        """Settings of a program that uses these hubs."""
        return {
            "hubs.hugging_face": self.url,
            "hubs.modelscope": self.url,
            "hubs.ollama": self.url,
        }

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["ScriptedHub"]:
        """Run it on the loop of the test."""
        async with self.hub, self.storage:
            yield self

    @contextmanager
    def on_thread(self) -> Iterator["ScriptedHub"]:
        """Run it on threads of its own."""
        with on_thread(self.hub), on_thread(self.storage):
            yield self

    def asked(self) -> list[str]:
        """Return the paths that the hub was asked for, without queries."""
        return [request.path.partition("?")[0] for request in self.hub.requests]

    def _answer(self, request: Request) -> list[Step]:
        trouble = self.trouble
        if trouble.busy_seconds is not None:
            headers = (
                {"Retry-After": str(trouble.busy_seconds)}
                if trouble.tells_retry_after
                else {"RateLimit": f'"api";r=0;t={trouble.busy_seconds}'}
            )
            return [reply("Too many requests", 429, "text/plain", headers)]
        if trouble.page:
            return [reply(trouble.page, 200, "text/html")]
        if trouble.status:
            return [reply("<h1>Sorry</h1>", trouble.status, "text/html")]
        path, query = _parts(request.path)
        for pattern, answer in (
            (r"/api/models", self._search),
            (r"/api/models/(?P<name>[^/]+/[^/]+)(/revision/(?P<revision>[^/]+))?", self._model_info),
            (r"/(?P<name>[^/]+/[^/]+)/resolve/(?P<revision>[^/]+)/(?P<path>.+)", self._resolve),
            (r"/openapi/v1/models", self._modelscope_search),
            (r"/api/v1/models/(?P<name>[^/]+/[^/]+)/repo/files", self._modelscope_files),
            (r"/models/(?P<name>[^/]+/[^/]+)/resolve/(?P<revision>[^/]+)/(?P<path>.+)", self._modelscope_resolve),
            (r"/v2/(?P<name>[^/]+/[^/]+)/manifests/(?P<tag>[^/]+)", self._manifest),
            (r"/v2/(?P<name>[^/]+/[^/]+)/blobs/sha256:(?P<digest>[0-9a-f]{64})", self._blob),
        ):
            if match := re.fullmatch(pattern, path):
                return [answer(request, query, **{key: value or "" for key, value in match.groupdict().items()})]
        return [reply("<h1>Not found</h1>", 404, "text/html")]

    # Hugging Face.

    def _search(self, _request: Request, query: dict[str, str]) -> bytes:
        words = query.get("search", "").lower().split()
        found = [each for each in self.repositories.values() if all(word in each.name.lower() for word in words)]
        first, size = int(query.get("cursor") or 0), min(int(query["limit"]), self.page_size)
        hits = [
            {
                "id": each.name,
                "downloads": 1000 - number,
                "gated": each.gated,
                "lastModified": "2026-08-22T10:00:00.000Z",
                **({"gguf": each.gguf} if each.gguf else {}),
            }
            for number, each in enumerate(found)
        ]
        rest = f"&cursor={first + size}" if first + size < len(hits) else ""
        link = {"Link": f'<{self.url}/api/models?search={quote(query["search"])}&limit={size}{rest}>; rel="next"'}
        return reply(hits[first : first + size], headers=link if rest else {})

    def _model_info(self, request: Request, query: dict[str, str], name: str, revision: str) -> bytes:
        repository = self.repositories.get(name)
        if refusal := self._refusal(request, repository, reads_gated=True):
            return refusal
        files = repository.at(unquote(revision))
        if files is None:
            return _hugging_face_error(404, "RevisionNotFound", f"Invalid rev id: {revision}")
        commit = revision if revision in repository.history else repository.commit
        siblings = [self._sibling(repository, path, files[path], query) for path in files]
        info = {"id": name, "sha": commit, "gated": repository.gated, "siblings": siblings}
        return reply({**info, "cardData": {"license": repository.licence}})

    def _sibling(self, repository: HubRepo, path: str, content: Content, query: dict[str, str]) -> dict[str, object]:
        if "blobs" not in query:
            return {"rfilename": path}
        size = size_of(content)
        entry: dict[str, object] = {"rfilename": path, "blobId": "eca68f83", "size": size}
        if path.endswith(".gguf") and path not in repository.without_hashes:
            entry["lfs"] = {"sha256": sha256_of(content), "size": size, "pointerSize": 135}
        return entry

    def _refusal(self, request: Request, repository: HubRepo | None, *, reads_gated: bool) -> bytes | None:
        sent = request.headers.get("authorization", "")
        if sent and sent != f"Bearer {self.token}":
            return _hugging_face_error(401, "", "Invalid credentials in Authorization header")
        if repository is None:
            return _hugging_face_error(401, "RepoNotFound", "Repository not found")
        if not repository.gated or reads_gated:
            return None
        about = f"Access to model {repository.name} is restricted"
        if not sent:
            text = f"{about}. You must have access to it and be authenticated to access it. Please log in."
            return _hugging_face_error(401, "GatedRepo", text)
        if self.approved:
            return None
        return _hugging_face_error(403, "GatedRepo", f"{about} and you are not in the authorized list.")

    def _resolve(self, request: Request, _query: dict[str, str], name: str, revision: str, path: str) -> bytes:
        repository = self.repositories.get(name)
        if refusal := self._refusal(request, repository, reads_gated=False):
            return refusal
        files = repository.at(unquote(revision))
        if files is None:
            return _hugging_face_error(404, "RevisionNotFound", f"Invalid rev id: {revision}")
        content = files.get(unquote(path))
        if content is None:
            return _hugging_face_error(404, "EntryNotFound", "Entry not found")
        commit = revision if revision in repository.history else repository.commit
        linked = {
            "X-Repo-Commit": commit,
            "X-Linked-Size": str(size_of(content)),
            "X-Linked-ETag": f'"{sha256_of(content)}"',
            "X-Xet-Hash": "f" * 64,
        }
        return self._redirect(302, content, linked)

    # ModelScope.

    def _modelscope_search(self, _request: Request, query: dict[str, str]) -> bytes:
        words = query.get("search", "").lower().split()
        found = [each for each in self.repositories.values() if all(word in each.name.lower() for word in words)]
        number, size = int(query["page_number"]), min(int(query["page_size"]), self.page_size)
        models = [
            {"id": each.name, "downloads": 500, "last_modified": "2026-08-22T10:00:00Z", "license": each.licence}
            for each in found[(number - 1) * size : number * size]
        ]
        data = {"models": models, "total_count": len(found), "page_number": number, "page_size": size}
        return reply({"success": True, "data": data, "request_id": "1"})

    def _modelscope_files(self, _request: Request, _query: dict[str, str], name: str) -> bytes:
        repository = self.repositories.get(name)
        if repository is None:
            return reply({"Code": 10010205001, "Message": "record not found", "Success": False}, 404)
        files = [
            {
                "Type": "blob",
                "Path": path,
                "Size": size_of(content),
                "IsLFS": False,
                "Sha256": None if path in repository.without_hashes else sha256_of(content).upper(),
            }
            for path, content in repository.files.items()
        ]
        data = {"Files": [*files, {"Type": "tree", "Path": "subdir"}], "LatestCommitter": {"ShortId": "baaddd6f"}}
        return reply({"Code": 200, "Data": data, "Message": "success", "Success": True})

    def _modelscope_resolve(
        self, _request: Request, _query: dict[str, str], name: str, revision: str, path: str
    ) -> bytes:
        repository = self.repositories.get(name)
        content = (repository.at(unquote(revision)) or {}).get(unquote(path)) if repository else None
        return self._redirect(302, content, {}) if content is not None else reply({"Code": 10010205001}, 404)

    # Ollama's registry.

    def _manifest(self, _request: Request, _query: dict[str, str], name: str, tag: str) -> bytes:
        repository = self.repositories.get(name)
        paths = repository.tags.get(tag) if repository else None
        if not paths:
            return reply({"errors": [{"code": "MANIFEST_UNKNOWN", "message": "manifest unknown"}]}, 404)
        kinds = ("application/vnd.ollama.image.model", "application/vnd.ollama.image.projector")
        layers = [
            {
                "mediaType": kind,
                "digest": f"sha256:{sha256_of(repository.files[path])}",
                "size": size_of(repository.files[path]),
            }
            for kind, path in zip(kinds, paths, strict=False)
        ]
        layers.append(
            {"mediaType": "application/vnd.ollama.image.license", "digest": f"sha256:{'1' * 64}", "size": 1065}
        )
        config = {
            "mediaType": "application/vnd.docker.container.image.v1+json",
            "digest": f"sha256:{'2' * 64}",
            "size": 483,
        }
        body = {"schemaVersion": 2, "mediaType": _MANIFEST, "config": config, "layers": layers}
        return reply(json.dumps(body), content_type=_MANIFEST)

    def _blob(self, _request: Request, _query: dict[str, str], name: str, digest: str) -> bytes:
        repository = self.repositories.get(name)
        contents = repository.files.values() if repository else ()
        content = next((each for each in contents if sha256_of(each) == digest), None)
        return self._redirect(307, content, {}) if content is not None else reply({"errors": []}, 404)

    # The storage.

    def _redirect(self, status: int, content: Content, headers: Mapping[str, str]) -> bytes:
        key = f"{sha256_of(content)[:16]}-{len(self._stored)}"
        self._stored[key] = content
        signed = f"http://localhost:{self.storage.port}/{key}?X-Amz-Signature=secret&Expires=3600"
        return reply(b"", status, headers={**headers, "Location": self.trouble.redirect or signed})

    def _answer_storage(self, request: Request) -> list[Step] | Iterator[Step]:
        path, query = _parts(request.path)
        content = self._stored.get(path.removeprefix("/"))
        if content is None or query.get("X-Amz-Signature") != "secret":
            return [reply(b"<Error><Code>AccessDenied</Code></Error>", 403, "application/xml")]
        total = size_of(content)
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", request.headers.get("range", ""))
        is_whole = asked is None or self.trouble.ignores_range
        first = 0 if is_whole else int(asked[1])
        last = total - 1 if is_whole or not asked[2] else min(int(asked[2]), total - 1)
        if first >= total:
            return [reply(b"", 416, headers={"Content-Range": f"bytes */{total}"})]
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Length": str(last + 1 - first),
            "ETag": f'"{"f" * 64}"',
            **({} if is_whole else {"Content-Range": f"bytes {first}-{last}/{total}"}),
        }
        return self._send(bare_head(200 if is_whole else 206, headers), content, first, last + 1)

    def _send(self, head: bytes, content: Content, first: int, end: int) -> Iterator[Step]:
        trouble = self.trouble
        cut = trouble.cuts.pop(0) if trouble.cuts else None
        yield head
        at = first
        while at < end:
            if trouble.seconds_per_piece:
                yield Pause(trouble.seconds_per_piece)
            length = min(_PIECE, end - at, *([first + cut - at] if cut is not None else []))
            if length <= 0:
                if not trouble.ends_early:
                    yield Reset()
                return
            yield _read(content, at, length, wrong=trouble.wrong_bytes)
            at += length
            if trouble.gate:
                yield Until(trouble.gate)


def _read(content: Content, first: int, length: int, *, wrong: bool) -> bytes:
    if isinstance(content, Path):
        with content.open("rb") as file:
            file.seek(first)
            data = file.read(length)
    else:
        data = content[first : first + length]
    return bytes(byte ^ 0x55 for byte in data) if wrong else data


def _hugging_face_error(status: int, code: str, message: str) -> bytes:
    headers = {"X-Error-Message": message, **({"X-Error-Code": code} if code else {})}
    return reply({"error": message}, status, headers=headers)


def _parts(target: str) -> tuple[str, dict[str, str]]:
    parts = urlsplit(target)
    return parts.path, {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
