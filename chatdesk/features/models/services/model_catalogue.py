"""The catalogue of models: what to show for this machine and its user, and downloads of it."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from chatdesk.features.models.domain.catalogue import (
    CatalogueModel,
    Judgement,
    ModelBuild,
    Purpose,
    best_of,
    choose,
    engine_name,
    judge,
)
from chatdesk.features.models.domain.model_fit import Bandwidths, Verdict
from chatdesk.features.models.domain.model_names import NameProblem, read_model_name
from chatdesk.features.models.services.model_fits import ModelFits
from chatdesk.features.models.services.pulls import Pulls
from chatdesk.features.servers.services.models import Models, ModelsChanged, ServerState
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.context.context_size import USUAL_CONTEXT
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.hubs import HubKind, ModelDownload
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import Pull, PullChanged
from chatdesk.kernel.settings.declarations import LINE_SPEED
from chatdesk.kernel.settings.store import Settings
from chatdesk.providers.ollama.models import full_name

ASSUMED_LINE_SPEED = 100_000_000 / 8
"""Bytes per second of the connection until a download has measured it."""
_MIN_MEASURED_BYTES = 20_000_000
"""Received bytes from which on the speed of a download says something about the connection."""


@dataclass(frozen=True, slots=True)
class DownloadStatus:
    """Whether a model is here, or on its way. `ref` identifies it in both cases."""

    ref: ModelRef | None = None
    installed: bool = False
    pull: Pull | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A build that can be downloaded. `ref` identifies it once it is downloaded; None if nothing here can run it.

    `pull` is its download, if there is one; `installed`: it is here already.
    """

    judgement: Judgement
    ref: ModelRef | None = None
    installed: bool = False
    pull: Pull | None = None

    @property
    def build(self) -> ModelBuild:
        """The build."""
        return self.judgement.build

    @property
    def is_too_large(self) -> bool:
        """Whether the model cannot run here."""
        return self.judgement.fit.verdict is Verdict.TOO_LARGE


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """A model with its offers: the recommended one first, then those of Ollama's library."""

    model: CatalogueModel
    purpose: Purpose
    """What it is shown for."""
    offers: tuple[Offer, ...]
    source: HubKind = HubKind.HUGGING_FACE
    """The hub that the download tries first."""
    is_best: bool = False
    """Whether it is the one to recommend first on this machine."""

    @property
    def offer(self) -> Offer:
        """The recommended offer."""
        return self.offers[0]

    @property
    def used_offer(self) -> Offer:
        """The offer that is here, or else being downloaded, or else recommended."""
        here = (offer for offer in self.offers if offer.installed)
        coming = (offer for offer in self.offers if offer.pull)
        return next(here, next(coming, self.offer))

    @property
    def ollama(self) -> Offer | None:
        """The offer of Ollama's library; None if it has none, or there is no Ollama server."""
        return next((offer for offer in self.offers if offer.build.tag and offer.ref), None)


@dataclass(frozen=True, slots=True)
class CatalogueState:
    """What to show. Nothing is known until `is_ready`."""

    is_ready: bool = False
    machine: Machine | None = None
    ollama: ServerState | None = None
    """The Ollama server for downloads; None if there is none."""
    cards: tuple[CatalogueRow, ...] = ()
    """The best model for each purpose, in the order of `Purpose`."""
    rows: tuple[CatalogueRow, ...] = ()
    """All models, in the order of the catalogue: from small to large."""
    line_speed: float | None = None
    """Measured bytes per second of the connection; None if not measured."""

    @property
    def best(self) -> CatalogueRow | None:
        """The card to recommend first; None if no model runs here."""
        return next((card for card in self.cards if card.is_best), None)

    @property
    def too_large(self) -> int:
        """Number of models that cannot run here."""
        return sum(row.offer.is_too_large for row in self.rows)

    @property
    def ollama_answers(self) -> bool:
        """Whether Ollama can download models now."""
        return self.ollama is not None and self.ollama.status is not None

    def seconds_for(self, size: int) -> float:
        """Return how long a download of `size` bytes takes on the measured or assumed connection."""
        return size / (self.line_speed or ASSUMED_LINE_SPEED)


class CatalogueChanged:
    """The state of the catalogue changed."""


class ModelCatalogue:
    """One per program; `close` it at the end.

    `read_free_space` blocks, and runs on a thread. `preferred_hub` returns the hub to download from first, for an interface
    language.
    """

    def __init__(
        self,
        fits: ModelFits,
        pulls: Pulls,
        models: Models,
        settings: Settings,
        read_free_space: Callable[[], int | None],
        preferred_hub: Callable[[str], HubKind],
    ) -> None:
        self.changes: Announcer[CatalogueChanged] = Announcer()
        self.pulls = pulls
        self._fits = fits
        self._models = models
        self._settings = settings
        self._read_free_space = read_free_space
        self._preferred_hub = preferred_hub
        self._language = ""
        """Interface language for which the state was last requested."""
        self._free_space: int | None = None
        """On the disk of the folder for downloaded models, in bytes; None if unknown."""
        self._speed = 0.0
        """Bytes per second of a download from a hub that is running; 0 if there is none."""
        self._end_listening = (
            models.changes.subscribe(self._on_change),
            pulls.changes.subscribe(self._on_pull),
        )

    @property
    def line_speed(self) -> float | None:
        """Bytes per second of the connection, measured by the last download from a hub; None if there was none."""
        return self._speed or self._settings.get(LINE_SPEED) or None

    async def refresh(self) -> None:
        """Inspect the machine and the disk again, because free memory and disk space change."""
        self._free_space = await asyncio.to_thread(self._read_free_space)
        await self._fits.refresh()
        self.changes.announce(CatalogueChanged())

    async def refresh_ollama(self) -> None:
        """Ask the servers that download models which ones they have."""
        for state in self.downloaders():
            await self._models.refresh_server(state.server)

    def state(self, language: str) -> CatalogueState:
        """Return the current state for an interface language, such as `zh_CN`: a Chinese user gets models that speak Chinese."""
        self._language = language
        data, machine = self._fits.data, self._fits.machine
        ollama = next(iter(self.downloaders()), None)
        if data is None or machine is None:  # no verdicts yet, as they would change after a moment
            return CatalogueState(ollama=ollama)
        rows = tuple(self._row(model, data.bandwidths, ollama) for model in data.models)
        chosen = choose((row.offer.judgement for row in rows), "zh" if language.startswith("zh") else "")
        best = best_of(chosen)
        by_model = {row.model.id: row for row in rows}
        cards = tuple(
            replace(by_model[each.model.id], purpose=purpose, is_best=each is best) for purpose, each in chosen.items()
        )
        return CatalogueState(True, machine, ollama, cards, rows, self.line_speed)

    def get(
        self, offer: Offer, source: HubKind | None = None, conversation_id: str = "", *, ignore_disk_space: bool = False
    ) -> ModelRef | None:
        """Download a build, and return how it will be identified; None if nothing here can download it.

        `source` is the hub to try first; None: the preferred one. `conversation_id` is the chat that waits for the model, and
        `ignore_disk_space` ignores missing disk space.
        """
        build = offer.build
        if build.download:
            download = _with_source_first(build.download, source or self._source_of(build.download))
            return self.pulls.get(download, conversation_id, ignore_disk_space=ignore_disk_space)
        if offer.ref:
            size = 0 if build.is_estimated else build.size
            self.pulls.start(offer.ref, size, ignore_disk_space=ignore_disk_space, conversation_id=conversation_id)
        return offer.ref

    def _source_of(self, download: ModelDownload) -> HubKind:
        """Return the hub to try first: the preferred one if it has the files."""
        preferred, hubs = self._preferred_hub(self._language), [source.hub for source in download.sources]
        return preferred if preferred in hubs else hubs[0]

    def status_of(self, download: ModelDownload) -> DownloadStatus:
        """Return whether the files of a download are here, or on their way."""
        pull = self.pulls.find_download(download)
        if found := self._installed(download):
            return DownloadStatus(found, installed=True, pull=pull)
        return DownloadStatus(pull.ref if pull else None, bool(pull and pull.is_done), pull)

    def downloaders(self) -> tuple[ServerState, ...]:
        """Return the servers that download models by themselves, the best first: responding ones, and among them local ones."""
        found = [state for state in self._models.states() if state.server.manages_models]
        return tuple(sorted(found, key=lambda each: (each.status is None, not each.server.is_on_this_machine)))

    def download_named(self, text: str, server_id: str = "") -> NameProblem | None:
        """Let an Ollama server download the model named in a text, and return why the text is not a name; None if it is.

        Whether the model exists is not checked. Without an ID, the best server is used.
        """
        named = read_model_name(text)
        if named.problem:
            return named.problem
        servers = self.downloaders()
        server = next((each for each in servers if each.server.id == server_id), next(iter(servers), None))
        if server:
            known = self._fits.data.build_of(named.name) if self._fits.data else None
            size = known[1].size if known and not known[1].is_estimated else 0
            self.pulls.start(ModelRef(server.server.id, full_name(named.name)), size)
        return None

    def judge_named(self, text: str, server_id: str) -> Judgement | None:
        """Return how the model named in a text would run on an Ollama server; None if it is not in the catalogue."""
        named = read_model_name(text)
        found = self._fits.data.build_of(named.name) if self._fits.data and not named.problem else None
        ollama = next((each for each in self.downloaders() if each.server.id == server_id), None)
        if found is None or self._fits.data is None:
            return None
        return self._judge(*found, self._fits.data.bandwidths, self._machine_of(ollama))

    def known_names(self) -> tuple[str, ...]:
        """Return the names for Ollama known without a request: of the catalogue, popular ones, and installed models."""
        tags = (
            [build.tag for model in self._fits.data.models for build in model.ollama_builds] if self._fits.data else []
        )
        others = self._fits.data.library_names if self._fits.data else ()
        return (*tags, *others, *(model.ref.model_id for model in self._models.all()))

    def close(self) -> None:
        """Stop listening for changes."""
        for end in self._end_listening:
            end()

    def _row(self, model: CatalogueModel, bandwidths: Bandwidths, ollama: ServerState | None) -> CatalogueRow:
        offers = tuple(self._offer(model, build, bandwidths, ollama) for build in model.builds)
        return CatalogueRow(model, model.purposes[0], offers, self._source_of(model.download))

    def _offer(
        self, model: CatalogueModel, build: ModelBuild, bandwidths: Bandwidths, ollama: ServerState | None
    ) -> Offer:
        if build.download:
            return self._hub_offer(self._judge(model, build, bandwidths, self._own_machine()), build.download)
        judgement = self._judge(model, build, bandwidths, self._machine_of(ollama))
        if ollama is None:
            return Offer(judgement)
        ref = ModelRef(ollama.server.id, full_name(build.tag))
        installed = any(full_name(each.ref.model_id) == ref.model_id for each in ollama.models)
        return self._completed(Offer(judgement, ref, installed, self.pulls.find(ref)))

    def _hub_offer(self, judgement: Judgement, download: ModelDownload) -> Offer:
        status = self.status_of(download)
        return self._completed(Offer(judgement, status.ref, status.installed, status.pull))

    def _installed(self, download: ModelDownload) -> ModelRef | None:
        """Return the engine's model with the name and size of a download; None if there is none. A hash would take minutes."""
        name = engine_name(download)
        size = sum(file.size for file in download.model_files)
        found = (model for model in self._models.all() if model.ref.server_id == BUILT_IN_ID)
        return next(
            (each.ref for each in found if each.ref.model_id.startswith(name) and each.size_bytes == size), None
        )

    @staticmethod
    def _completed(offer: Offer) -> Offer:
        """Return the offer without a lack of disk space if it is installed already."""
        return replace(offer, judgement=replace(offer.judgement, disk_is_short=False)) if offer.installed else offer

    def _judge(
        self, model: CatalogueModel, build: ModelBuild, bandwidths: Bandwidths, machine: Machine | None
    ) -> Judgement:
        judgement = judge(model, build, USUAL_CONTEXT, machine, bandwidths)
        if judgement.speed is None:
            return judgement
        return replace(judgement, speed=self._fits.corrected(judgement.speed, judgement.fit.verdict))

    def _own_machine(self) -> Machine | None:
        """Return this machine with the disk of the folder for downloaded models."""
        machine = self._fits.machine
        return replace(machine, disk_free=self._free_space) if machine else None

    def _machine_of(self, ollama: ServerState | None) -> Machine | None:
        """Return this machine if Ollama's models would run on it, otherwise None."""
        return self._fits.machine if ollama is None or ollama.server.is_on_this_machine else None

    def _on_pull(self, change: PullChanged) -> None:
        pull = self.pulls.find(change.ref)
        if pull and pull.download and pull.speed and pull.progress.completed > _MIN_MEASURED_BYTES:
            self._speed = pull.speed
        elif self._speed:  # stored once, when the download ends or stops
            self._settings.set(LINE_SPEED, round(self._speed))
            self._speed = 0.0
        self.changes.announce(CatalogueChanged())

    def _on_change(self, _change: ModelsChanged) -> None:
        self.changes.announce(CatalogueChanged())


def _with_source_first(download: ModelDownload, source: HubKind) -> ModelDownload:
    """Return the download with the repositories of a hub first."""
    return replace(download, sources=tuple(sorted(download.sources, key=lambda each: each.hub is not source)))
