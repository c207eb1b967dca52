"""The built-in engine's services over a folder of the test's own: no settings file, and no models of the machine it runs on."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from chatdesk.engine.engine import BuiltInEngine
from chatdesk.engine.llama_server.archives import PinnedBuild
from chatdesk.engine.llama_server.installed import InstalledBuild
from chatdesk.engine.options import EngineOptions
from chatdesk.features.servers.services.built_in.engine_comparison import EngineComparison
from chatdesk.features.servers.services.built_in.engine_download import EngineDownload, Report
from chatdesk.features.servers.services.built_in.engine_programs import EnginePrograms, ProgramSources
from chatdesk.features.servers.services.built_in.model_files import ModelFiles
from chatdesk.features.servers.services.built_in.server import BuiltIn
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.machine import GraphicsCard
from chatdesk.kernel.models.model_preference import NO_CHOICES, EngineChoices
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.files.json_file import JsonFile
from chatdesk.system.memory import MemoryFacts

GIB = 1024**3


def built_in_over(
    folder: Path,
    make_engine: Callable[[], BuiltInEngine] = BuiltInEngine,
    settings: Settings | None = None,
    sources: ProgramSources | None = None,
    download: EngineDownload | None = None,
    comparison: EngineComparison | None = None,
    choices_of: Callable[[str], EngineChoices] = lambda _model_id: NO_CHOICES,
) -> BuiltIn:
    """Return the service; other programs' models are looked for below `folder`. `close` closes the settings, too."""
    settings = settings or Settings({}, lambda _values: None)
    sources, download = sources or program_sources(folder), download or _NoDownload()
    return _OverSettings(folder, make_engine, settings, sources, download, comparison or _NoComparison(), choices_of)


def program_sources(folder: Path, cards: tuple[GraphicsCard, ...] = (), driver: str = "driver 1") -> ProgramSources:
    """Return where engine programs are looked for: only below `folder`."""
    path = {"PATH": str(folder / "bin")}
    archives = folder / "archives.toml"
    return ProgramSources(folder / "engines", archives, lambda: cards, lambda: driver, lambda: not cards, path, folder)


class _NoDownload(EngineDownload):
    """Nothing may be downloaded."""

    def __init__(self) -> None:
        pass

    async def fetch(self, build: PinnedBuild, report: Report, architectures: Iterable[str]) -> InstalledBuild:
        raise AssertionError(f"{build.id} is downloaded")


class _NoComparison(EngineComparison):
    """Nothing may be measured."""

    def __init__(self) -> None:
        pass

    async def gain_of(self, program: Path) -> float:
        raise AssertionError(f"{program} is measured")


class _OverSettings(BuiltIn):
    def __init__(
        self,
        folder: Path,
        make_engine: Callable[[], BuiltInEngine],
        settings: Settings,
        sources: ProgramSources,
        download: EngineDownload,
        comparison: EngineComparison,
        choices_of: Callable[[str], EngineChoices],
    ) -> None:
        programs = Lazy(
            lambda: EnginePrograms(settings, JsonFile(folder / "programs.json"), sources, download, comparison)
        )
        files = ModelFiles(settings, JsonFile(folder / "heads.json"), folder / "downloaded", folder)
        super().__init__(make_engine, files, settings, programs, lambda: MemoryFacts(16 * GIB, 8 * GIB), choices_of)
        self._own_settings = settings

    async def close(self) -> None:
        await super().close()
        await self._own_settings.close()


def scripted_engine(behaviour: str = "serve") -> BuiltInEngine:
    """Return an engine whose process behaves as tests/unit/engine/fake_child.py says."""
    command = [sys.executable, "-m", "tests.unit.engine.fake_child", behaviour]
    return BuiltInEngine(EngineOptions(cores=4), check=lambda: None, command=command)
