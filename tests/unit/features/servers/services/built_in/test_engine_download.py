"""A pinned build is downloaded from its host, verified, unpacked and used; whatever goes wrong, nothing unverified is run."""

import asyncio
import hashlib
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatdesk.engine.llama_server.archives import PinnedBuild, Variant, read_release, this_computer
from chatdesk.engine.llama_server.installed import find_installed, install, verify
from chatdesk.features.servers.services.built_in.engine_comparison import EngineComparison
from chatdesk.features.servers.services.built_in.engine_download import EngineDownload
from chatdesk.features.servers.services.built_in.engine_programs import EnginePrograms
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.errors.engine_errors import EngineBuildMissing, EngineProgramUnusable, GraphicsCardNotFound
from chatdesk.kernel.errors.hub_errors import HubFileChanged, HubUnreachable
from chatdesk.kernel.errors.model_errors import FileNotAsPublished, ModelDiskShort
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.machine import GraphicsCard
from chatdesk.kernel.settings.declarations import ENGINE_PROGRAM
from chatdesk.kernel.settings.store import Settings
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from tests.fakes.built_in import built_in_over, program_sources, scripted_engine
from tests.fakes.engine_archives import TAG, make_release_archive, make_tar, write_list
from tests.fakes.llama_server import runs_of
from tests.fakes.scripted_server import Request, Reset, ScriptedServer, Step

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script for Unix")
NOW = datetime(2026, 11, 29, tzinfo=UTC)
CARD = GraphicsCard("NVIDIA GeForce RTX 3060", 12 * 1024**3)


class Host:
    """Imitates the host of the releases, which redirects to its storage on the same port."""

    def __init__(self) -> None:
        self.content = b""
        self.contents: dict[str, bytes] = {}
        """Contents of further files by name."""
        self.status = 302
        self.cuts = 0
        """How often a transfer breaks off in the middle."""
        self.requests: list[Request] = []

    def reply(self, request: Request) -> list[Step]:
        self.requests.append(request)
        if not request.path.startswith("/storage"):
            name = request.path.rpartition("/")[2]
            location = f"Location: /storage/{name}?signature=secret\r\n" if self.status == 302 else ""
            return [f"HTTP/1.1 {self.status} X\r\n{location}Content-Length: 0\r\nConnection: close\r\n\r\n".encode()]
        first = int(request.headers.get("range", "bytes=0-").removeprefix("bytes=").partition("-")[0])
        content = self.contents.get(request.path.rpartition("/")[2].partition("?")[0], self.content)
        rest, total = content[first:], len(content)
        head = (
            f"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {first}-{total - 1}/{total}\r\n"
            f"Content-Length: {len(rest)}\r\nConnection: close\r\n\r\n"
        ).encode()
        if self.cuts:
            self.cuts -= 1
            return [head + rest[: len(rest) // 2], Reset()]
        return [head + rest]


class Setup:
    def __init__(
        self, folder: Path, network: NetworkThread, host: Host, url: str, cards: tuple[GraphicsCard, ...] = (CARD,)
    ) -> None:
        self.folder = folder
        self.host = host
        self.settings = Settings({}, lambda _values: None)
        self.sources = program_sources(folder, cards)
        self.http = Lazy(HttpClient, HttpClient.aclose)
        download = EngineDownload(network, self.http, self.sources.engines, url)
        model = folder / "tiny.gguf"
        model.write_bytes(b"GGUF")
        comparison = EngineComparison(network, self.http, lambda: scripted_engine("answer"), lambda: model)
        self.built_in = built_in_over(folder, scripted_engine, self.settings, self.sources, download, comparison)

    @property
    def programs(self) -> EnginePrograms:
        return self.built_in.programs.get()

    async def offer(self, archive: Path, variant: str = "vulkan") -> PinnedBuild:
        """Publish an archive, and return the build as this version of Chatdesk pins it."""
        self.host.content = await asyncio.to_thread(archive.read_bytes)
        write_list(self.sources.archives, archive, variant)
        await self.programs.look(self.built_in.engine)
        build = self.programs.offer.build
        assert build is not None
        return build

    async def get(self, build: PinnedBuild) -> None:
        await self.programs.get(build, self.built_in.engine)


@pytest.fixture
async def setup(tmp_path: Path) -> AsyncIterator[Setup]:
    host = Host()
    async with NetworkThread() as network, ScriptedServer(host.reply) as server:
        setup = Setup(tmp_path, network, host, server.url)
        yield setup
        await setup.built_in.close()
        await network.call(setup.http.close)


async def test_a_build_is_downloaded_verified_and_used(setup: Setup) -> None:
    build = await setup.offer(make_release_archive(setup.folder))
    assert setup.host.requests == [], "nothing is requested before the user asks for it"
    received: list[int | None] = []
    setup.programs.changes.subscribe(lambda _change: received.append(setup.programs.received))
    await setup.get(build)
    assert received[0] == 0
    assert build.size in received
    assert setup.programs.received is None
    assert setup.settings.get(ENGINE_PROGRAM) == f"{TAG}-vulkan"
    verify(setup.sources.engines, build.id)
    names = sorted(path.name for path in setup.sources.engines.iterdir())
    assert names == [f"{TAG}-vulkan", f"{TAG}-vulkan.json"], "no archive is kept"
    assert setup.host.requests[0].path.startswith(f"/ggml-org/llama.cpp/releases/download/{TAG}/llama-")
    await setup.programs.prepare(setup.built_in.engine)
    assert setup.programs.in_use is not None
    assert setup.programs.in_use.build is not None
    assert setup.programs.in_use.build.architectures == {"llama"}


async def test_a_build_that_is_there_is_not_downloaded_again(setup: Setup) -> None:
    build = await setup.offer(make_release_archive(setup.folder))
    await setup.get(build)
    setup.programs.use(None)
    await setup.programs.look(setup.built_in.engine)
    assert setup.programs.offer.is_installed
    asked = len(setup.host.requests)
    await setup.get(build)
    assert len(setup.host.requests) == asked
    assert setup.settings.get(ENGINE_PROGRAM) == build.id


async def test_a_build_of_another_release_is_deleted(setup: Setup) -> None:
    archive = make_release_archive(setup.folder)
    build = await setup.offer(archive)
    install(replace(build, tag="b11000"), [archive], setup.sources.engines, NOW)
    await setup.get(build)
    assert sorted(path.name for path in setup.sources.engines.iterdir()) == [build.id, f"{build.id}.json"]


async def test_an_interrupted_download_continues(setup: Setup) -> None:
    build = await setup.offer(make_release_archive(setup.folder))
    setup.host.cuts = 1
    with pytest.raises(HubUnreachable):
        await setup.get(build)
    assert setup.settings.get(ENGINE_PROGRAM) == ""
    await setup.get(build)
    ranges = [request.headers.get("range") for request in setup.host.requests if request.path.startswith("/storage")]
    assert ranges == ["bytes=0-", f"bytes={build.size // 2}-"]


async def test_a_file_with_another_content_is_deleted_and_never_unpacked(setup: Setup) -> None:
    build = await setup.offer(make_release_archive(setup.folder))
    setup.host.content = bytes(len(setup.host.content))
    with pytest.raises(FileNotAsPublished):
        await setup.get(build)
    assert list(setup.sources.engines.iterdir()) == []
    assert setup.settings.get(ENGINE_PROGRAM) == ""


async def test_a_file_of_another_size_is_not_even_received(setup: Setup) -> None:
    build = await setup.offer(make_release_archive(setup.folder))
    setup.host.content += b"more"
    with pytest.raises(HubFileChanged):
        await setup.get(build)


@pytest.mark.parametrize(("status", "error"), [(404, EngineBuildMissing), (500, ChatdeskError)])
async def test_a_release_that_is_gone_is_reported(setup: Setup, status: int, error: type[ChatdeskError]) -> None:
    build = await setup.offer(make_release_archive(setup.folder))
    setup.host.status = status
    with pytest.raises(error):
        await setup.get(build)
    assert setup.programs.received is None


async def test_a_build_that_finds_no_card_is_not_used(setup: Setup) -> None:
    build = await setup.offer(make_release_archive(setup.folder, devices="Available devices:\n  (none)\n"))
    with pytest.raises(GraphicsCardNotFound):
        await setup.get(build)
    assert setup.settings.get(ENGINE_PROGRAM) == ""


async def test_an_archive_without_the_program_is_refused(setup: Setup) -> None:
    build = await setup.offer(make_tar(setup.folder / "llama.tar.gz", {"readme": b"x"}))
    with pytest.raises(EngineProgramUnusable):
        await setup.get(build)


async def test_a_download_that_does_not_fit_on_the_disk_is_not_begun(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = await setup.offer(make_release_archive(setup.folder))
    module = "chatdesk.features.servers.services.built_in.engine_download"
    monkeypatch.setattr(f"{module}.free_space", lambda _folder: build.size)
    with pytest.raises(ModelDiskShort):
        await setup.get(build)
    assert setup.host.requests == []


async def test_a_cancelled_download_keeps_what_was_received(setup: Setup) -> None:
    build = await setup.offer(make_release_archive(setup.folder))
    task = asyncio.create_task(setup.get(build))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert setup.programs.received is None
    await setup.get(build)
    assert setup.settings.get(ENGINE_PROGRAM)


async def test_both_archives_of_a_build_end_in_one_folder(setup: Setup) -> None:
    archive = make_release_archive(setup.folder)
    build = await setup.offer(archive)
    other = make_tar(setup.folder / "cudart.tar.gz", {f"llama-{TAG}/libcudart.so": b"x"})
    second = replace(
        build.archives[0],
        name=other.name,
        size=other.stat().st_size,
        sha256=hashlib.sha256(other.read_bytes()).hexdigest(),
    )
    setup.host.contents[other.name] = other.read_bytes()
    both = replace(build, variant=Variant.CUDA, archives=(*build.archives, second))

    await setup.get(both)
    folder = setup.sources.engines / f"{TAG}-cuda/llama-{TAG}"
    assert (folder / "libcudart.so").read_bytes() == b"x"
    assert (folder / "llama-server").exists()


@pytest.fixture
async def without_card(tmp_path: Path) -> AsyncIterator[Setup]:
    """A computer without a graphics card, whose processor has instructions that the installed engine does not use."""
    host = Host()
    async with NetworkThread() as network, ScriptedServer(host.reply) as server:
        setup = Setup(tmp_path, network, host, server.url, ())
        yield setup
        await setup.built_in.close()
        await network.call(setup.http.close)


async def test_a_build_that_is_faster_on_the_processor_is_used(without_card: Setup) -> None:
    setup = without_card
    build = await setup.offer(make_release_archive(setup.folder, speed=16.0), "cpu")
    assert setup.programs.offer.is_for_processor
    was_comparing: list[bool] = []
    setup.programs.changes.subscribe(lambda _change: was_comparing.append(setup.programs.is_comparing))
    await setup.get(build)
    assert True in was_comparing
    assert not setup.programs.is_comparing
    assert setup.settings.get(ENGINE_PROGRAM) == f"{TAG}-cpu"
    assert setup.programs.gain == pytest.approx(1.6)
    runs = runs_of(setup.sources.engines / f"{TAG}-cpu/llama-{TAG}/llama-server")
    runs = runs or runs_of(setup.folder / "made/llama-server")
    assert [run["arguments"][run["arguments"].index("--device") + 1] for run in runs] == ["none", "none"]


async def test_a_build_that_is_not_faster_is_removed_and_not_offered_again(without_card: Setup) -> None:
    setup = without_card
    build = await setup.offer(make_release_archive(setup.folder, speed=11.0), "cpu")
    await setup.get(build)
    assert setup.settings.get(ENGINE_PROGRAM) == ""
    assert setup.programs.gain == pytest.approx(1.1)
    assert find_installed(setup.sources.engines, build.id) is None
    await setup.programs.look(setup.built_in.engine)
    assert setup.programs.offer.is_empty


async def test_an_ordinary_processor_is_offered_nothing(without_card: Setup) -> None:
    setup = without_card
    sources = replace(setup.sources, has_wide_instructions=lambda: False)
    write_list(sources.archives, make_release_archive(setup.folder), "cpu")
    built_in = built_in_over(setup.folder, scripted_engine, setup.settings, sources)
    await built_in.programs.get().look(built_in.engine)
    assert built_in.programs.get().offer.is_empty


def test_the_release_of_the_tests_is_for_this_computer(tmp_path: Path) -> None:
    list_ = write_list(tmp_path / "list.toml", make_release_archive(tmp_path))
    assert read_release(list_, this_computer()).tag == TAG
