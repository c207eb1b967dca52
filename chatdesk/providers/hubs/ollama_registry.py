"""Ollama's registry: model files by the name and tag of Ollama's library. Anonymous, and without a search.

Format: the manifest of an image, as for containers (https://distribution.github.io/distribution/spec/manifest-v2-2/); the layers of the
types below are GGUF files. Their digest is their SHA-256.
"""

import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.errors.hub_errors import HubFileMissing, HubRepositoryMissing, HubRevisionMissing
from chatdesk.kernel.models.hubs import DownloadFile, HubFile, HubKind, HubListing, HubRepository, normal_sha256
from chatdesk.kernel.text.json_values import count_of, elements, members, text_of
from chatdesk.network.http import HttpClient
from chatdesk.providers.hubs.hub import HubSearchPage, HubStream
from chatdesk.providers.hubs.hub_http import HubHttp, Judge, Refusal

OFFICIAL_BASE_URL = "https://registry.ollama.ai"
_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
_MODEL, _PROJECTOR = "application/vnd.ollama.image.model", "application/vnd.ollama.image.projector"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}/[a-z0-9][a-z0-9._-]{0,79}", re.IGNORECASE)
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}")
_DEFAULT_TAG = "latest"
_MAX_LAYERS = 200
_OK = 200


class OllamaRegistry:
    """A `Hub`. The revision of a repository is a tag."""

    kind = HubKind.OLLAMA

    def __init__(
        self, http: HttpClient, base_url: str = OFFICIAL_BASE_URL, on_request: Callable[[], None] = lambda: None
    ) -> None:
        self._http = HubHttp(http, base_url, on_request=on_request)

    @property
    def host(self) -> str:
        """Host name to show to the user."""
        return self._http.host

    async def search(self, query: str, page: str = "") -> HubSearchPage:  # noqa: ARG002 - the registry has no search
        """Return nothing."""
        return HubSearchPage()

    async def list_files(self, repository: HubRepository) -> HubListing:
        """List the model file of a tag and its projector. Their names are made of the model's, because layers have none."""
        tag = repository.revision or _DEFAULT_TAG
        if not _NAME.fullmatch(repository.name) or ".." in repository.name:
            raise HubRepositoryMissing(self.host, self._http.base_url, repository.name)
        if not _TAG.fullmatch(tag):
            raise HubRevisionMissing(self.host, self._http.base_url, repository.name, revision=tag)
        value, _ = await self._http.get_json(
            f"/v2/{repository.name}/manifests/{tag}", self._judge(repository.name, tag), _MANIFEST
        )
        layers = members(value).get("layers")
        if not isinstance(layers, list):
            raise self._http.not_a_hub(_OK)
        named = HubRepository(self.kind, repository.name, tag)
        name = f"{repository.name.rpartition('/')[2]}-{tag}"
        files = (read_layer(each, name) for each in elements(layers)[:_MAX_LAYERS])
        return HubListing(named, tuple(self.locate(named, file) for file in files if file))

    def locate(self, repository: HubRepository, file: DownloadFile) -> HubFile:
        """Return a known file in a repository, without a request. It is found by its hash, whatever its path."""
        url = f"{self._http.base_url}/v2/{repository.name}/blobs/sha256:{file.sha256}"
        return HubFile(file.path, file.size, file.sha256, url)

    async def read_range(self, file: HubFile, first: int, length: int) -> bytes:
        """Read a part of a file."""
        return await self._http.read_range(file, first, length, self._judge_of(file))

    def open(self, file: HubFile, first: int = 0) -> AbstractAsyncContextManager[HubStream]:
        """Open a file from the offset `first` on."""
        return self._http.open(file, first, self._judge_of(file))

    def _judge_of(self, file: HubFile) -> Judge:
        name = file.url.removeprefix(f"{self._http.base_url}/v2/").partition("/blobs/")[0]
        return self._judge(name, path=file.path)

    def _judge(self, name: str, tag: str = "", path: str = "") -> Judge:
        where = (self.host, self._http.base_url, name)

        def judge(refusal: Refusal) -> ServerError | None:
            match refusal.status:
                case 401 | 403:
                    return HubRepositoryMissing(*where)
                case 404 if path:
                    return HubFileMissing(*where, path=path)
                case 404 if members(refusal.body):
                    return HubRevisionMissing(*where, revision=tag)
                case _:
                    return None

        return judge


def read_layer(value: object, name: str) -> DownloadFile | None:
    """Return a GGUF file of a manifest; None for any other layer. `name` is for a file name."""
    record = members(value)
    kind, size = record.get("mediaType"), count_of(record.get("size"))
    digest = text_of(record.get("digest"))
    sha256 = normal_sha256(digest) if digest.startswith("sha256:") else ""
    if kind not in {_MODEL, _PROJECTOR} or not size or not sha256:
        return None
    return DownloadFile(f"mmproj-{name}.gguf" if kind == _PROJECTOR else f"{name}.gguf", size, sha256)
