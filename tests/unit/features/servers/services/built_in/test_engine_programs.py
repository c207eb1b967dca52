"""A llama-server that the user chose runs the models, and the graphics card is used as far as it works."""

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatdesk.engine.llama_server.archives import PinnedBuild, Variant, read_release, this_computer
from chatdesk.engine.llama_server.installed import InstalledBuild, install
from chatdesk.features.servers.domain.graphics_fallback import FallbackReason, from_row, reason_in
from chatdesk.features.servers.services.built_in import model_files
from chatdesk.features.servers.services.built_in.engine_programs import EnginePrograms, ProgramProblem, ProgramSources
from chatdesk.features.servers.services.built_in.server import BuiltIn
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.servers import BUILT_IN_ID, Servers, first_servers
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Turn
from chatdesk.kernel.chat.stream_events import TextDelta
from chatdesk.kernel.errors.engine_errors import EngineProgramUnusable, EngineStopped, ModelNotLoaded
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.machine import GraphicsCard, Offload
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.settings.declarations import ENGINE_PROGRAM
from chatdesk.kernel.settings.store import Settings
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.providers.catalogue.vendors import load_vendors
from chatdesk.system.key_store import SessionKeyStore
from chatdesk.system.resources import Resources
from tests.fakes.built_in import built_in_over, program_sources, scripted_engine
from tests.fakes.engine_archives import make_release_archive, write_list
from tests.fakes.gguf_files import write_gguf
from tests.fakes.llama_server import (
    CRASH,
    END,
    HANG,
    LOSE_DEVICE,
    NO_MEMORY,
    UNKNOWN_ARCHITECTURE,
    VERSION,
    make_llama_server,
    runs_of,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script for Unix")
VENDORS = load_vendors((Resources.locate().resources / "providers.toml").read_text("utf-8"))
CARD = GraphicsCard("NVIDIA GeForce RTX 3060", 12 * 1024**3)
NOW = datetime(2026, 11, 29, tzinfo=UTC)


class Setup:
    """One model and the services around the engine, whose own package is a stand-in."""

    def __init__(self, folder: Path, network: NetworkThread) -> None:
        self.folder = folder
        self.settings = Settings({}, lambda _values: None)
        self.engine_behaviour = "answer"
        self.sources = program_sources(folder, (CARD,))
        self._network = network
        self._http = Lazy(HttpClient, HttpClient.aclose)
        self._services: list[BuiltIn] = []
        write_gguf(folder / "models/tiny.gguf")
        self.open()

    def open(self) -> None:
        """Start the program, again."""
        engine = scripted_engine(self.engine_behaviour)
        self.built_in = built_in_over(self.folder, lambda: engine, self.settings, self.sources)
        self.built_in.files.add([self.folder / "models"])
        self._services.append(self.built_in)
        redactor = Redactor()
        keys = SessionKeyStore(redactor), SessionKeyStore(redactor)
        servers = Servers(first_servers(VENDORS), VENDORS, lambda _values: None, *keys)
        self._connections = Connections(servers, self.built_in, self._network, self._http)

    @property
    def programs(self) -> EnginePrograms:
        return self.built_in.programs.get()

    async def choose(self, program: Path | InstalledBuild) -> None:
        self.programs.use(program)

    async def ask(self) -> str:
        """Ask the model, and return its answer."""
        text = ""
        request = ChatRequest("tiny", (Turn(Role.USER, "Hi"),))
        async with aclosing(self._connections.stream(ModelRef(BUILT_IN_ID, "tiny"), request)) as batches:
            async for batch in batches:
                text += "".join(event.text for event in batch if isinstance(event, TextDelta))
        return text

    def is_running(self, program: Path | None) -> bool:
        running = self.built_in.engine.running
        return running is not None and running[1].program == program

    async def close(self) -> None:
        for service in self._services:
            await service.close()
        await self._network.call(self._http.close)


@pytest.fixture
async def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Setup]:
    monkeypatch.setattr(model_files, "_starter", lambda _heads: ())
    async with NetworkThread() as network:
        setup = Setup(tmp_path, network)
        yield setup
        await setup.close()


def offloads(program: Path) -> list[str]:
    """Return how much of the model was given to the graphics card, start by start."""
    found = []
    for run in runs_of(program):
        arguments = run["arguments"]
        on_card = "half" if "--n-gpu-layers" in arguments else "full"
        found.append("none" if "none" in arguments else on_card)
    return found


async def test_without_a_choice_no_other_program_is_run(setup: Setup) -> None:
    program = make_llama_server(setup.folder / "bin")
    assert await setup.ask() == "Hello"
    await setup.programs.look(setup.built_in.engine)
    assert setup.is_running(None)
    assert runs_of(program) == []


async def test_the_chosen_program_answers_on_the_best_card(setup: Setup) -> None:
    program = make_llama_server(setup.folder / "bin")
    await setup.choose(program)
    assert await setup.ask() == "Hello"
    assert setup.is_running(program)
    arguments = runs_of(program)[0]["arguments"]
    assert arguments[arguments.index("--device") + 1] == "Vulkan1"
    assert setup.programs.in_use is not None
    assert setup.programs.in_use.device_names == ("NVIDIA GeForce RTX 3060",)
    assert await setup.ask() == "Hello"
    assert len(runs_of(program)) == 1, "it keeps running"


async def test_a_model_too_large_for_the_card_runs_on_half_of_it_and_that_is_remembered(setup: Setup) -> None:
    program = make_llama_server(setup.folder / "bin", full=NO_MEMORY)
    await setup.choose(program)
    assert await setup.ask() == "Hello"
    assert offloads(program) == ["full", "half"]
    (fallback,) = setup.programs.fallbacks
    assert (fallback.model, fallback.offload, fallback.reason) == ("tiny", Offload.HALF, FallbackReason.OUT_OF_MEMORY)
    await setup.built_in.close()
    setup.open()
    assert await setup.ask() == "Hello"
    assert offloads(program) == ["full", "half", "half"]


async def test_a_model_that_fails_on_the_card_runs_on_the_processor_with_the_installed_engine(setup: Setup) -> None:
    program = make_llama_server(setup.folder / "bin", full=NO_MEMORY, half=CRASH)
    await setup.choose(program)
    assert await setup.ask() == "Hello"
    assert setup.is_running(None)
    assert [(each.offload, each.reason) for each in setup.programs.fallbacks] == [(Offload.NONE, FallbackReason.ENDED)]


async def test_a_model_that_fails_everywhere_is_reported_and_the_card_is_not_blamed(setup: Setup) -> None:
    setup.engine_behaviour = "refuse_the_model"
    setup.open()
    program = make_llama_server(setup.folder / "bin", full=CRASH, half=CRASH)
    await setup.choose(program)
    with pytest.raises(ModelNotLoaded):
        await setup.ask()
    assert setup.programs.fallbacks == ()


@pytest.mark.parametrize(
    ("behaviour", "reason"), [(LOSE_DEVICE, FallbackReason.DEVICE_LOST), (HANG, FallbackReason.SILENT)]
)
async def test_a_card_that_fails_before_the_first_token_does_not_cost_the_answer(
    setup: Setup, behaviour: str, reason: FallbackReason
) -> None:
    setup.built_in.silent_seconds = 0.5
    program = make_llama_server(setup.folder / "bin", full=behaviour)
    await setup.choose(program)
    assert await setup.ask() == "Hello"
    assert offloads(program) == ["full", "half"]
    assert [each.reason for each in setup.programs.fallbacks] == [reason]


async def test_a_program_that_ends_for_another_reason_is_tried_on_the_card_again(setup: Setup) -> None:
    program = make_llama_server(setup.folder / "bin", full=END)
    await setup.choose(program)
    with pytest.raises(EngineStopped):
        await setup.ask()
    assert setup.programs.fallbacks == ()
    with pytest.raises(EngineStopped):
        await setup.ask()
    assert offloads(program) == ["full", "full"]


def another_driver(setup: Setup) -> None:
    setup.sources = replace(setup.sources, read_driver=lambda: "driver 2")


def another_version(setup: Setup) -> None:
    make_llama_server(setup.folder / "bin", full=NO_MEMORY, version=VERSION.replace("11600", "11700"))


@pytest.mark.parametrize("change", [another_driver, another_version])
async def test_what_failed_is_tried_again_with_another_driver_or_version(
    setup: Setup, change: Callable[[Setup], None]
) -> None:
    program = make_llama_server(setup.folder / "bin", full=NO_MEMORY)
    await setup.choose(program)
    await setup.ask()
    await setup.built_in.close()
    change(setup)
    setup.open()
    await setup.programs.prepare(setup.built_in.engine)
    assert setup.programs.fallbacks == ()
    await setup.ask()
    assert offloads(program) == ["full", "half", "full", "half"]


async def test_the_user_can_have_it_tried_again(setup: Setup) -> None:
    program = make_llama_server(setup.folder / "bin", full=NO_MEMORY)
    await setup.choose(program)
    await setup.ask()
    await setup.programs.forget()
    assert setup.programs.fallbacks == ()
    make_llama_server(setup.folder / "bin")
    await setup.ask()
    assert offloads(program) == ["full", "half", "full"]


async def test_a_model_that_the_program_does_not_know_runs_with_the_installed_engine(setup: Setup) -> None:
    program = make_llama_server(setup.folder / "bin", full=UNKNOWN_ARCHITECTURE)
    await setup.choose(program)
    assert await setup.ask() == "Hello"
    assert setup.is_running(None)
    assert offloads(program) == ["full"], "half of it would not be known either"


async def test_a_program_that_finds_no_card_runs_on_the_processor(setup: Setup) -> None:
    program = make_llama_server(setup.folder / "bin", devices="Available devices:\n  (none)\n")
    await setup.choose(program)
    assert await setup.ask() == "Hello"
    assert setup.is_running(program)
    assert offloads(program) == ["none"]


async def test_a_program_that_others_can_replace_by_now_is_not_run(setup: Setup) -> None:
    program = make_llama_server(setup.folder / "bin")
    await setup.choose(program)
    program.parent.chmod(0o777)
    assert await setup.ask() == "Hello"
    assert setup.is_running(None)
    assert setup.programs.in_use is not None
    assert setup.programs.in_use.problem is ProgramProblem.REFUSED
    assert runs_of(program) == []


async def test_a_program_that_is_broken_is_not_used(setup: Setup) -> None:
    await setup.choose(make_llama_server(setup.folder / "bin", help_text="usage: something else"))
    assert await setup.ask() == "Hello"
    assert setup.programs.in_use is not None
    assert setup.programs.in_use.problem is ProgramProblem.UNUSABLE


def installed(setup: Setup, *architectures: str) -> InstalledBuild:
    archive = make_release_archive(setup.folder)
    write_list(setup.sources.archives, archive, architectures=architectures)
    release = read_release(setup.sources.archives, this_computer())
    build = release.build(Variant.VULKAN)
    assert isinstance(build, PinnedBuild)
    return install(build, [archive], setup.sources.engines, NOW, release.architectures)


async def test_a_downloaded_build_runs_while_it_is_unchanged(setup: Setup) -> None:
    build = installed(setup, "llama")
    await setup.choose(build)
    assert await setup.ask() == "Hello"
    assert setup.is_running(build.program)
    await setup.built_in.unload()
    (build.program.parent / "libggml-evil.so").write_bytes(b"")
    assert await setup.ask() == "Hello"
    assert setup.is_running(None)
    assert setup.programs.in_use is not None
    assert setup.programs.in_use.problem is ProgramProblem.CHANGED


async def test_a_build_is_not_used_for_models_that_it_does_not_know(setup: Setup) -> None:
    build = installed(setup, "another")
    await setup.choose(build)
    assert await setup.ask() == "Hello"
    assert setup.is_running(None)
    assert setup.programs.fallbacks == ()


async def test_what_is_found_is_offered_only_for_a_card_that_is_not_used(setup: Setup) -> None:
    program = make_llama_server(setup.folder / "bin")
    write_list(setup.sources.archives, make_release_archive(setup.folder))
    await setup.programs.look(setup.built_in.engine)
    offer = setup.programs.offer
    assert (offer.cards, offer.found) == ((CARD,), program)
    assert offer.build is not None
    assert offer.build.variant is Variant.VULKAN
    assert not offer.is_empty
    setup.sources = replace(setup.sources, read_cards=lambda: ())
    setup.open()
    await setup.programs.look(setup.built_in.engine)
    assert setup.programs.offer.is_empty


async def test_a_list_without_archives_offers_none(setup: Setup) -> None:
    await setup.programs.look(setup.built_in.engine)
    assert setup.programs.offer.is_empty


async def test_a_program_is_asked_for_its_version_only_where_it_is_safe(setup: Setup) -> None:
    program = make_llama_server(setup.folder / "bin")
    facts = await setup.programs.inspect(program, setup.built_in.engine)
    assert facts.version.startswith("11600")
    program.chmod(0o757)
    with pytest.raises(EngineProgramUnusable):
        await setup.programs.inspect(program, setup.built_in.engine)


async def test_the_choice_can_be_taken_back(setup: Setup) -> None:
    await setup.choose(make_llama_server(setup.folder / "bin"))
    assert setup.settings.get(ENGINE_PROGRAM)
    setup.programs.use(None)
    assert setup.settings.get(ENGINE_PROGRAM) == ""
    assert setup.programs.in_use is None
    assert await setup.ask() == "Hello"
    assert setup.is_running(None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ggml_vulkan: vk::Device::allocateMemory: ErrorOutOfDeviceMemory", FallbackReason.OUT_OF_MEMORY),
        ("ggml_vulkan: Device memory allocation of size 123 failed.", FallbackReason.OUT_OF_MEMORY),
        ("ggml_aligned_malloc: insufficient memory (attempted to allocate 42 MB)", FallbackReason.OUT_OF_MEMORY),
        ("CUDA error: out of memory", FallbackReason.OUT_OF_MEMORY),
        ("ggml_backend_cuda_buffer_type_alloc_buffer: cudaMalloc failed", FallbackReason.OUT_OF_MEMORY),
        ("what():  vk::Queue::submit: ErrorDeviceLost", FallbackReason.DEVICE_LOST),
        ("error loading model: unknown model architecture: 'x'", FallbackReason.ARCHITECTURE),
        ("something else", FallbackReason.ENDED),
        ("", FallbackReason.ENDED),
    ],
)
def test_the_reason_is_read_from_the_last_words(text: str, reason: FallbackReason) -> None:
    assert reason_in(text) is reason


@pytest.mark.parametrize("row", [None, [], {}, {"model": 1}, {"model": "a", "offload": "half"}])
def test_a_damaged_row_is_no_fallback(row: object) -> None:
    assert from_row(row) is None


def test_the_sources_of_a_test_are_all_below_its_folder(tmp_path: Path) -> None:
    sources = program_sources(tmp_path)
    assert isinstance(sources, ProgramSources)
    assert sources.home == tmp_path
