"""Which program runs the models: the engine that is installed with Chatdesk, or a `llama-server` that can use the graphics card.

The user chooses a `llama-server`; nothing of it is run before. A model that fails on the graphics card is limited to a part of it, then to
the processor; that is remembered until the driver or the program changes.
"""

import asyncio
import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from chatdesk.engine.engine import BuiltInEngine
from chatdesk.engine.installation import check_engine, find_starter_model, has_wide_instructions
from chatdesk.engine.llama_server.archives import PinnedBuild, PinnedRelease, Variant, read_release, this_computer
from chatdesk.engine.llama_server.command_line import chosen_devices
from chatdesk.engine.llama_server.installed import (
    BuildChanged,
    InstalledBuild,
    find_installed,
    remove,
    remove_others,
    verify,
)
from chatdesk.engine.llama_server.search import find_llama_server, objection_to
from chatdesk.features.servers.domain.graphics_fallback import (
    FAILURES_OF_CARDS,
    EnginePlan,
    Fallback,
    FallbackReason,
    from_row,
    is_same_setup,
    less,
    reason_in,
    to_row,
    with_fallback,
)
from chatdesk.features.servers.services.built_in.engine_comparison import NEEDED_GAIN, EngineComparison
from chatdesk.features.servers.services.built_in.engine_download import EngineDownload
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.errors.engine_errors import EngineError, EngineProgramUnusable, EngineStopped, GraphicsCardNotFound
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.machine import EngineFacts, GraphicsCard, Offload
from chatdesk.kernel.models.model_file import ModelFile
from chatdesk.kernel.settings.declarations import ENGINE_PROGRAM
from chatdesk.kernel.settings.store import Settings
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.storage.files.json_file import JsonFile

_FALLBACKS = "fallbacks"
_GAINS = "gains"
_SECONDS = 30.0
"""For looking at files, which may be on a drive that does not respond."""

_log = logging.getLogger(__name__)


class EngineProgramsChanged:
    """The chosen program, its state, or what is offered changed."""


class ProgramProblem(StrEnum):
    """Why the chosen program is not used."""

    REFUSED = "refused"
    """It is gone, or others can replace it."""
    CHANGED = "changed"
    """A file of a downloaded build is not as it was."""
    UNUSABLE = "unusable"
    """It does not start, or is too old."""


@dataclass(frozen=True, slots=True)
class ProgramInUse:
    """The chosen `llama-server`. `facts` are None until it was asked."""

    id: str
    """Value of the setting."""
    path: Path
    build: InstalledBuild | None = None
    """None for a program of the user."""
    facts: EngineFacts | None = None
    problem: ProgramProblem | None = None
    detail: str = ""
    """Of the problem, in technical terms."""

    @property
    def device_names(self) -> tuple[str, ...]:
        """Names of the graphics cards that it uses, to show to the user."""
        return tuple(device.description for device in chosen_devices(self.facts.devices)) if self.facts else ()


@dataclass(frozen=True, slots=True)
class ProgramOffer:
    """What could be used. None or empty = nothing."""

    cards: tuple[GraphicsCard, ...] = ()
    """Graphics cards that the engine in use cannot use."""
    found: Path | None = None
    """A `llama-server` of the user."""
    build: PinnedBuild | None = None
    """A build that can be downloaded, or is."""
    is_installed: bool = False
    """Whether `build` is there already."""
    is_for_processor: bool = False
    """Whether `build` may be faster on the processor: it uses instructions that the installed engine does not."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to offer."""
        return self.build is None if self.is_for_processor else not self.cards or (self.found or self.build) is None


@dataclass(frozen=True, slots=True)
class ProgramSources:
    """Where programs are found, and facts about this computer. Replaced in tests."""

    engines: Path
    """Folder of downloaded builds."""
    archives: Path
    """The list of pinned archives."""
    read_cards: Callable[[], tuple[GraphicsCard, ...]]
    read_driver: Callable[[], str]
    has_wide_instructions: Callable[[], bool]
    environment: Mapping[str, str]
    home: Path
    counts_software_devices: bool = False
    """For tests without a graphics card."""


class EnginePrograms:
    """The engine programs. One per program. `file` stores the fallbacks."""

    def __init__(
        self,
        settings: Settings,
        file: JsonFile,
        sources: ProgramSources,
        download: EngineDownload,
        comparison: EngineComparison,
    ) -> None:
        self.changes: Announcer[EngineProgramsChanged] = Announcer()
        self.sources = sources
        self.offer = ProgramOffer()
        """Result of the last `look`."""
        self.release = PinnedRelease()
        """Likewise: the release whose builds may be downloaded."""
        self.received: int | None = None
        """Bytes of the build that is being downloaded; None if none is."""
        self._settings = settings
        self._file = file
        self._download = download
        self._comparison = comparison
        self._gains: dict[str, float] = {}
        """How many times faster a build is on the processor, by its ID and the version of the installed engine."""
        self.is_comparing = False
        self._in_use: ProgramInUse | None = None
        self._driver = ""
        self._has_installed_engine = True
        self._fallbacks: tuple[Fallback, ...] = ()
        self._was_read = False
        self._preparing = asyncio.Lock()

    @property
    def in_use(self) -> ProgramInUse | None:
        """The chosen program, as far as it is known; None if the user chose none."""
        chosen = self._settings.get(ENGINE_PROGRAM)
        if not chosen:
            return None
        if self._in_use is None or self._in_use.id != chosen:
            return ProgramInUse(chosen, self._path_of(chosen))
        return self._in_use

    @property
    def fallbacks(self) -> tuple[Fallback, ...]:
        """What does not run entirely on the graphics card with the present program and driver."""
        program = self._in_use
        if program is None or program.id != self._settings.get(ENGINE_PROGRAM):
            return ()
        now = self._fallback_of("", "", Offload.NONE, FallbackReason.ENDED)
        return tuple(each for each in self._fallbacks if is_same_setup(each, now))

    @property
    def gain(self) -> float | None:
        """How many times faster the offered or used build is on the processor; None if it was not measured."""
        program, offered = self.in_use, self.offer.build
        wanted = program.id if program else offered.id if offered else ""
        return next((gain for key, gain in self._gains.items() if key.partition(" ")[0] == wanted), None)

    async def prepare(self, engine: BuiltInEngine) -> None:
        """Ask the chosen program for its version and devices, once. What makes it unusable is stored as its problem."""
        async with self._preparing:
            chosen = self._settings.get(ENGINE_PROGRAM)
            if not chosen or (self._in_use and self._in_use.id == chosen and self._in_use.facts):
                return
            program = await self._checked(ProgramInUse(chosen, self._path_of(chosen)))
            if program.problem is None:
                try:
                    facts = await engine.facts_of(
                        program.path, with_software_devices=self.sources.counts_software_devices
                    )
                except EngineError as error:
                    detail = getattr(error, "detail", "")
                    program = replace(program, problem=ProgramProblem.UNUSABLE, detail=detail)
                else:
                    program = replace(program, facts=facts)
            self._has_installed_engine = await asyncio.to_thread(_is_installed)
            self._driver = await asyncio.to_thread(self.sources.read_driver)
            await self._read()
            self._in_use = program
            if program.problem:
                _log.info("the chosen engine program is not used: %s %s", program.problem, program.detail)
        self.changes.announce(EngineProgramsChanged())

    async def verify(self) -> bool:
        """Check the files of the chosen program before a start. Return whether it may be started."""
        program = self._in_use
        if program is None or program.problem:
            return False
        self._in_use = await self._checked(program)
        if self._in_use.problem:
            _log.info("the engine program is not used: %s %s", self._in_use.problem, self._in_use.detail)
            self.changes.announce(EngineProgramsChanged())
        return self._in_use.problem is None

    def plan_for(self, file: ModelFile) -> EnginePlan:
        """Return how a model is to run. Call `prepare` before."""
        program = self.in_use
        if program is None or program.problem or program.facts is None or not self._knows(program, file):
            return EnginePlan()
        devices = ",".join(device.name for device in chosen_devices(program.facts.devices))
        limit = next((each.offload for each in self.fallbacks if each.model == file.id), Offload.FULL)
        if limit is Offload.NONE:
            return EnginePlan() if self._has_installed_engine else EnginePlan(program.path, "", Offload.NONE)
        return EnginePlan(program.path, devices, limit if devices else Offload.NONE)

    def is_failure_of_card(self, error: EngineStopped) -> bool:
        """Return whether a failure during an answer is one of the graphics card, not of the program or the model."""
        return reason_in(error.detail) in FAILURES_OF_CARDS

    async def step_down(self, file: ModelFile, error: EngineStopped) -> bool:
        """Limit a model that failed to less of the graphics card. Return whether it will now run in another way."""
        reason = reason_in(error.detail)
        before = self.plan_for(file)
        limit = less(before.offload, reason) if before.program else None
        if before.program and limit is None:
            limit = (
                Offload.NONE
            )  # without a graphics card, too, the program may fail where the installed engine does not
        if limit is None:
            return False
        _log.info("%s: %s on the graphics card, now limited to %s", file.id, reason, limit)
        self._fallbacks = with_fallback(self._fallbacks, self._fallback_of(file.id, file.name, limit, reason))
        await self._write()
        self.changes.announce(EngineProgramsChanged())
        return self.plan_for(file) != before

    async def forget(self, model_id: str = "") -> None:
        """Try a model, or all, entirely on the graphics card again."""
        self._fallbacks = tuple(each for each in self._fallbacks if model_id and each.model != model_id)
        await self._write()
        self.changes.announce(EngineProgramsChanged())

    async def look(self, engine: BuiltInEngine) -> None:
        """Look for what can be offered. Nothing is run except the installed engine, which lists its own devices."""
        sources = self.sources
        release, found, cards = await run_in_daemon_thread(
            lambda: (
                read_release(sources.archives, this_computer()),
                find_llama_server(sources.environment, sources.home),
                sources.read_cards(),
            ),
            "engine programs",
            _SECONDS,
        )
        if cards and await _uses_graphics(engine):
            cards = ()
        await self._read()
        self.release = release
        if cards:
            self.offer = ProgramOffer(cards, found, release.best_build([card.name for card in cards]))
        else:
            self.offer = await self._offer_for_processor(engine, release.build(Variant.CPU))
        if build := self.offer.build:
            installed = await asyncio.to_thread(self._find, build)
            self.offer = replace(self.offer, is_installed=installed is not None)
        self.changes.announce(EngineProgramsChanged())

    async def inspect(self, path: Path, engine: BuiltInEngine) -> EngineFacts:
        """Run a `llama-server` of the user to learn its version and devices. Raises an `EngineError`."""
        if objection := await asyncio.to_thread(objection_to, path):
            raise EngineProgramUnusable(path=str(path), detail=objection.value)
        return await engine.facts_of(path, with_software_devices=self.sources.counts_software_devices)

    def use(self, program: Path | InstalledBuild | None) -> None:
        """Run models with this program from the next question on; None: with the engine that is installed with Chatdesk."""
        self._in_use = None
        chosen = program.id if isinstance(program, InstalledBuild) else str(program or "")
        self._settings.set(ENGINE_PROGRAM, chosen)
        self.changes.announce(EngineProgramsChanged())

    async def get(self, build: PinnedBuild, engine: BuiltInEngine) -> None:
        """Download a build, unless it is there, and use it if it finds a graphics card or, without one, is faster on the processor.

        Cancelling keeps what was received. Builds of other releases are deleted. Raises a `ChatdeskError`.
        """
        self._report_received(0)
        try:
            installed = await asyncio.to_thread(self._find, build)
            if installed is None:
                installed = await self._download.fetch(build, self._report_received, self.release.architectures)
            facts = await engine.facts_of(installed.program, with_software_devices=self.sources.counts_software_devices)
            if build.variant is Variant.CPU:
                if await self._measure(installed, engine) < NEEDED_GAIN:
                    await asyncio.to_thread(remove, self.sources.engines, build.id)
                    return
            elif not facts.devices:
                raise GraphicsCardNotFound
            self.use(installed)
            await asyncio.to_thread(remove_others, self.sources.engines, build.id)
        finally:
            self.received, self.is_comparing = None, False
            self.changes.announce(EngineProgramsChanged())

    def _find(self, build: PinnedBuild) -> InstalledBuild | None:
        """Return a build that is already there and unchanged."""
        try:
            verify(self.sources.engines, build.id)
        except BuildChanged:
            return None
        return find_installed(self.sources.engines, build.id)

    async def _offer_for_processor(self, engine: BuiltInEngine, build: PinnedBuild | None) -> ProgramOffer:
        """Return the build for the processor if it may be faster, and was not found to be slower than this installed engine."""
        if build is None or not await asyncio.to_thread(self.sources.has_wide_instructions):
            return ProgramOffer()
        try:
            known = self._gains.get(await _gain_key(build.id, engine))
        except EngineError:  # there is no installed engine to compare with
            return ProgramOffer()
        return ProgramOffer() if known and known < NEEDED_GAIN else ProgramOffer(build=build, is_for_processor=True)

    async def _measure(self, installed: InstalledBuild, engine: BuiltInEngine) -> float:
        self.received, self.is_comparing = None, True
        self.changes.announce(EngineProgramsChanged())
        gain = await self._comparison.gain_of(installed.program)
        self._gains[await _gain_key(installed.id, engine)] = gain
        await self._write()
        return gain

    def _report_received(self, count: int) -> None:
        self.received = count
        self.changes.announce(EngineProgramsChanged())

    async def _checked(self, program: ProgramInUse) -> ProgramInUse:
        """Return the program with its build and the problem of its files, if any."""
        try:
            return await run_in_daemon_thread(partial(self._check, program), "engine program", _SECONDS)
        except TimeoutError:
            return replace(program, problem=ProgramProblem.REFUSED, detail="the drive does not respond")

    def _check(self, program: ProgramInUse) -> ProgramInUse:
        if Path(program.id).is_absolute():
            objection = objection_to(program.path)
            return replace(program, problem=ProgramProblem.REFUSED, detail=objection.value) if objection else program
        build = find_installed(self.sources.engines, program.id)
        if build is None:
            return replace(program, problem=ProgramProblem.REFUSED, detail="missing")
        try:
            verify(self.sources.engines, program.id)
        except BuildChanged as error:
            return replace(program, build=build, problem=ProgramProblem.CHANGED, detail=str(error))
        return replace(program, build=build, path=build.program)

    def _path_of(self, chosen: str) -> Path:
        return Path(chosen) if Path(chosen).is_absolute() else self.sources.engines / chosen

    def _knows(self, program: ProgramInUse, file: ModelFile) -> bool:
        """Return whether a downloaded build can run the architecture of a model. The user's own program is tried."""
        known = program.build.architectures if program.build else None
        return not known or file.head is None or file.head.architecture in known

    def _fallback_of(self, model: str, name: str, offload: Offload, reason: FallbackReason) -> Fallback:
        program = self._in_use
        version = program.facts.version if program and program.facts else ""
        return Fallback(model, name, program.id if program else "", version, self._driver, offload, reason)

    async def _read(self) -> None:
        if self._was_read:
            return
        self._was_read = True
        try:
            content, _ = await asyncio.to_thread(self._file.read)
        except StorageError as error:
            _log.warning("what was learnt about the graphics card cannot be read: %r", error)
            return
        rows = content.get(_FALLBACKS)
        self._fallbacks = tuple(filter(None, map(from_row, rows))) if isinstance(rows, list) else ()
        gains = content.get(_GAINS)
        for key, gain in gains.items() if isinstance(gains, dict) else ():
            if isinstance(key, str) and isinstance(gain, float):
                self._gains[key] = gain

    async def _write(self) -> None:
        rows = [to_row(each) for each in self._fallbacks]
        content: dict[str, object] = {_FALLBACKS: rows, _GAINS: dict(self._gains)}
        try:
            await asyncio.to_thread(self._file.write, content)
        except StorageError as error:
            _log.warning("what was learnt about the graphics card cannot be stored: %r", error)


async def _gain_key(build_id: str, engine: BuiltInEngine) -> str:
    return f"{build_id} {(await engine.facts()).version}"


async def _uses_graphics(engine: BuiltInEngine) -> bool:
    """Return whether the installed engine uses a graphics card, as it does on Apple Silicon."""
    try:
        facts = await engine.facts()
    except EngineError:
        return False
    return any(device.is_graphics for device in facts.devices)


def _is_installed() -> bool:
    try:
        check_engine()
    except EngineError:
        return False
    return True


def make_engine_programs(
    settings: Settings,
    file: JsonFile,
    data: Path,
    archives: Path,
    network: NetworkThread,
    http: Lazy[HttpClient],
    make_engine: Callable[[], BuiltInEngine],
) -> EnginePrograms:
    """Return the engine programs of this computer. `data` is the data folder, `archives` the list of builds."""
    from chatdesk.system.graphics import driver_identity, graphics_cards  # noqa: PLC0415 - start-up time

    engines, environment, home = data / "engines", os.environ, Path.home()
    sources = ProgramSources(
        engines, archives, graphics_cards, driver_identity, has_wide_instructions, environment, home
    )
    comparison = EngineComparison(network, http, make_engine, lambda: find_starter_model().path)
    return EnginePrograms(settings, file, sources, EngineDownload(network, http, engines), comparison)
