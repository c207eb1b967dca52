"""The catalogue of models over real services, with downloads from hubs that a test tells how to go."""

from collections.abc import Iterable

from chatdesk.features.models.domain.catalogue import parse_catalogue
from chatdesk.features.models.services.model_catalogue import CatalogueRow, CatalogueState, ModelCatalogue
from chatdesk.features.models.services.pulls import Report
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.kernel.models.hubs import HubKind, ModelDownload
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import PullProgress
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from tests.fakes.guide_harness import HERE, GuideHarness
from tests.paths import RESOURCES

CATALOGUE = parse_catalogue((RESOURCES / "model_catalogue.toml").read_text("utf-8"))
ENGINE = ServerConfig(BUILT_IN_ID, "Built in", "built-in", ServerProtocol.BUILT_IN, "")


class ScriptedDownloader:
    """Downloads from hubs that report what a test tells them, and end then."""

    def __init__(self) -> None:
        self.script: list[PullProgress] = []

    def ref_of(self, download: ModelDownload) -> ModelRef:
        return ModelRef(BUILT_IN_ID, download.files[0].path.removesuffix(".gguf"))

    async def download(self, ref: ModelRef, download: ModelDownload, report: Report) -> ModelRef:
        assert download.files
        for progress in self.script:
            report(progress)
        return ref

    async def discard(self, kept: Iterable[ModelDownload]) -> None:
        pass


class CatalogueHarness(GuideHarness):
    def __init__(self, machine: Machine, *servers: ServerConfig) -> None:
        super().__init__(machine, *(servers or (HERE,)), ENGINE)
        self.network.installed[ENGINE.id] = ()
        self.downloader = ScriptedDownloader()
        self.guide.pulls._downloader = self.downloader
        self.disk: int | None = 900 * 10**9
        self.catalogue = ModelCatalogue(
            self.guide,
            self.models,
            self.settings,
            lambda: CATALOGUE,
            lambda: self.disk,
            self._preferred_hub,
        )

    @staticmethod
    def _preferred_hub(language: str) -> HubKind:
        return HubKind.MODELSCOPE if language.startswith("zh") else HubKind.HUGGING_FACE

    async def look(self) -> None:
        await self.models.refresh()
        await self.catalogue.refresh()

    def state(self, language: str = "en") -> CatalogueState:
        return self.catalogue.state(language)

    def row_of(self, model_id: str) -> CatalogueRow:
        return next(row for row in self.state().rows if row.model.id == model_id)

    async def close(self) -> None:
        self.catalogue.close()
        await super().close()
