"""Search of model hubs, and what is known of a model before it is downloaded: its builds, its header, and how it would run here.

A search is one request, remembered for an hour, because hubs limit the number of requests. A newer search replaces one that is still
running. Choosing a result asks for its files, and for the first part of one of them.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from chatdesk.engine.architectures import supports_architecture
from chatdesk.engine.gguf.heads import head_of
from chatdesk.engine.gguf.metadata import GgufInvalid, Metadata, read_beginning
from chatdesk.features.models.domain.hub_builds import HubBuild, builds_in, choose_build
from chatdesk.features.models.domain.model_fit import Fit, fit_of
from chatdesk.features.models.services.hubs import Hubs
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.errors.hub_errors import HubHashMissing
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.hubs import DownloadFile, HubFile, HubKind, HubListing, HubRepository, ModelDownload
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.memory_need import memory_need
from chatdesk.kernel.models.model_file import FileProblem, ModelHead, ModelKind
from chatdesk.providers.hubs.hub import Hub, HubSearchPage

_CACHE_SECONDS = 3600.0
_MAX_CACHED = 60
_HEAD_STEPS = (256 * 1024, 1024**2, 4 * 1024**2, 16 * 1024**2)
"""Bytes of a file that are read until its header is known. Usually the first step is enough; vocabularies take up to 20 MB."""
_OTHER_SOURCE_SECONDS = 8.0
_SAME_NAMES = {HubKind.HUGGING_FACE: HubKind.MODELSCOPE, HubKind.MODELSCOPE: HubKind.HUGGING_FACE}
"""Hubs where the same publishers use the same names."""
_GUESSED_CACHE_BYTES_PER_TOKEN = 128 * 1024
"""Of an 8B model, for a header that does not say enough."""


@dataclass(frozen=True, slots=True)
class HubModel:
    """The files of a repository. `suggested` is the build for this machine; None if the repository has none."""

    listing: HubListing
    builds: tuple[HubBuild, ...] = ()
    suggested: HubBuild | None = None


@dataclass(frozen=True, slots=True)
class BuildFacts:
    """What the beginning of a model file says. `problem`: the file is not a model that an engine can load."""

    head: ModelHead | None
    fit: Fit
    context: int
    """Context length for which `fit` was computed, in tokens."""
    is_supported: bool | None
    """Whether the built-in engine knows the architecture; None if the engine is not installed."""
    problem: FileProblem | None = None

    @property
    def is_usable(self) -> bool:
        """Whether it is a model for chats or embeddings, not an adapter, for example."""
        return self.head is not None and self.head.kind in {ModelKind.CHAT, ModelKind.EMBEDDING}

    @property
    def makes_vectors(self) -> bool:
        """Whether it is a model for embeddings, which cannot chat."""
        return self.head is not None and self.head.kind is ModelKind.EMBEDDING


class HubSearch:
    """The search. One per program; its methods raise a `ServerError`.

    `machine` returns this machine if it was inspected, `context` the context length for which models are judged. `clock` is in seconds.
    """

    def __init__(
        self,
        hubs: Hubs,
        machine: Callable[[], Machine | None],
        context: Callable[[], int],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._hubs = hubs
        self._machine = machine
        self._context = context
        self._clock = clock
        self._cached: OrderedDict[object, tuple[float, object]] = OrderedDict()
        self._running: asyncio.Task[HubSearchPage] | None = None

    async def search(self, kind: HubKind, query: str, page: str = "") -> HubSearchPage | None:
        """Return the repositories for a query, or a further page of them; None if a newer search replaced this one."""
        query = " ".join(query.split())
        if self._running:
            self._running.cancel()
        key = (kind, self._hubs.address(kind), query.lower(), page)
        work = self._remembered(key, HubSearchPage, lambda hub: hub.search(query, page), kind)
        running = self._running = asyncio.get_running_loop().create_task(work, name="search a hub")
        try:
            await asyncio.wait([running])
        except asyncio.CancelledError:
            running.cancel()
            raise
        return None if running.cancelled() else running.result()

    async def open(self, repository: HubRepository) -> HubModel:
        """Return the builds in a repository, and the one to suggest."""
        kind = repository.hub
        key = (kind, self._hubs.address(kind), repository)
        model = await self._remembered(key, HubModel, lambda hub: _list_builds(hub, repository), kind)
        return replace(model, suggested=choose_build(model.builds, lambda build: self._fit(build, None).runs))

    async def describe(self, model: HubModel, build: HubBuild) -> BuildFacts:
        """Read the beginning of a build's file and return what it says about running it here."""
        file, kind = build.files[0], model.listing.repository.hub
        try:
            head = await self._remembered((file.url, file.sha256), ModelHead, lambda hub: _read_head(hub, file), kind)
        except GgufInvalid as error:
            return BuildFacts(None, self._fit(build, None), self._context(), None, error.problem)
        is_supported = await asyncio.to_thread(supports_architecture, head.architecture)
        return BuildFacts(head, self._fit(build, head), self._context_of(head), is_supported)

    async def make_download(self, model: HubModel, build: HubBuild, language: str) -> ModelDownload:
        """Return the download of a build, from all hubs that have exactly the same files; the one to prefer is first.

        `language` is that of the interface. Raises `HubHashMissing` if a file cannot be verified.
        """
        repository = model.listing.repository
        located = (*build.files, *([build.projector] if build.projector else []))
        files = tuple([await self._with_hash(repository, file) for file in located])
        name = build.files[0].path.rpartition("/")[2].removesuffix(".gguf").partition("-00001-of-")[0]
        download = ModelDownload(name, files, (repository,), model.listing.licence)
        return await self.with_other_sources(download, language)

    async def with_other_sources(self, download: ModelDownload, language: str, ollama_name: str = "") -> ModelDownload:
        """Add the hubs that have exactly the same files, and put the preferred one first. A hub that does not answer is left out.

        `ollama_name` is the name of the model in Ollama's library with its tag, if it has one: `deepseek-r1:7b`.
        """
        first, known = download.sources[0], {source.hub for source in download.sources}
        candidates = [HubRepository(other, first.name) for hub, other in _SAME_NAMES.items() if hub is first.hub]
        if ollama_name:
            name, _, tag = ollama_name.partition(":")
            candidates.append(
                HubRepository(HubKind.OLLAMA, name if "/" in name else f"library/{name}", tag or "latest")
            )
        found = await asyncio.gather(
            *(self._with_same_files(source, download) for source in candidates if source.hub not in known)
        )
        sources = (*download.sources, *(source for source in found if source))
        preferred = self._hubs.preferred(language)
        return replace(download, sources=tuple(sorted(sources, key=lambda source: source.hub is not preferred)))

    async def _with_same_files(self, source: HubRepository, download: ModelDownload) -> HubRepository | None:
        """Return the repository, at its commit, if it has exactly these files. Ollama's registry finds files by their hash alone."""
        with suppress(ChatdeskError, TimeoutError):
            async with asyncio.timeout(_OTHER_SOURCE_SECONDS):
                listing = (await self.open(source)).listing
            by_hash = source.hub is HubKind.OLLAMA
            there = {("" if by_hash else file.path, file.sha256) for file in listing.files}
            if there.issuperset(("" if by_hash else file.path, file.sha256) for file in download.files):
                return listing.repository
        return None

    async def _with_hash(self, repository: HubRepository, file: HubFile) -> DownloadFile:
        """Return a file with its hash. Hugging Face sends it with the redirect of a file, even if a listing lacks it."""

        async def ask(hub: Hub) -> str:
            async with hub.open(file, max(0, file.size - 1)) as stream:
                return stream.sha256

        sha256 = file.sha256 or await self._hubs.ask(repository.hub, ask)
        if not sha256:
            host, address = self._hubs.host(repository.hub), self._hubs.address(repository.hub)
            raise HubHashMissing(host, address, repository.name, path=file.path)
        return DownloadFile(file.path, file.size, sha256)

    async def _remembered[Result](
        self, key: object, kind: type[Result], work: Callable[[Hub], Awaitable[Result]], hub: HubKind
    ) -> Result:
        """Return a result of less than an hour ago, or ask the hub."""
        made, result = self._cached.get(key, (0.0, None))
        if isinstance(result, kind) and self._clock() - made < _CACHE_SECONDS:
            return result
        answer = await self._hubs.ask(hub, work)
        self._cached[key] = (self._clock(), answer)
        self._cached.move_to_end(key)
        while len(self._cached) > _MAX_CACHED:
            self._cached.popitem(last=False)
        return answer

    def _context_of(self, head: ModelHead | None) -> int:
        wanted = self._context()
        return min(wanted, head.trained_context) if head and head.trained_context else wanted

    def _fit(self, build: HubBuild, head: ModelHead | None) -> Fit:
        per_token = (head and head.cache_bytes_per_token) or _GUESSED_CACHE_BYTES_PER_TOKEN
        return fit_of(memory_need(build.download_size, per_token * self._context_of(head)), self._machine())


async def _list_builds(hub: Hub, repository: HubRepository) -> HubModel:
    """Return the builds in a repository. Runs on the network thread, which must not wait for the names of thousands of files."""
    listing = await hub.list_files(repository)
    return HubModel(listing, await asyncio.to_thread(builds_in, listing.files))


async def _read_head(hub: Hub, file: HubFile) -> ModelHead:
    """Return the header of a remote file, as far as it is needed. Runs on the network thread. Raises `GgufInvalid`."""
    data, metadata = b"", Metadata()
    for length in _HEAD_STEPS:
        data += await hub.read_range(file, len(data), length - len(data))
        metadata, is_whole = await asyncio.to_thread(read_beginning, data, file.size)
        if is_whole or _is_enough(metadata) or len(data) < length:
            break
    return head_of(metadata)


def _is_enough(metadata: Metadata) -> bool:
    """Return whether the values about the architecture are complete: programs write those of the vocabulary after them."""
    has_vocabulary = any(key.startswith("tokenizer.") for key in metadata.values)
    return has_vocabulary and "general.architecture" in metadata.values
