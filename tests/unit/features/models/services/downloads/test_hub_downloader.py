"""A model from a hub is complete and verified or not there, whatever its sources do; what came is kept."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatdesk.features.models.services.downloads.hub_downloader import HubDownloader
from chatdesk.features.servers.services.built_in.model_files import ModelFiles
from chatdesk.kernel.errors.hub_errors import HubGated, HubUnreachable
from chatdesk.kernel.errors.model_errors import FileNotAsPublished
from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.kernel.models.hubs import DownloadFile, HubKind, HubRepository, ModelDownload
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_file import ModelOrigin
from chatdesk.kernel.models.pulls import PullPhase, PullProgress
from chatdesk.kernel.settings.store import Settings
from chatdesk.network.network_thread import NetworkThread
from chatdesk.storage.files.json_file import JsonFile
from chatdesk.storage.files.part_file import PartFile
from tests.fakes.gguf_files import PROJECTOR, gguf, split_gguf
from tests.fakes.memory_hub import MemoryHub
from tests.own_time import TIMEOUT

NOW = datetime(2026, 11, 29, tzinfo=UTC)
CONTENT = gguf() + bytes(50_000)
FACE = HubRepository(HubKind.HUGGING_FACE, "acme/Wren-GGUF")
SCOPE = HubRepository(HubKind.MODELSCOPE, "acme/Wren-GGUF")


def file(path: str, content: bytes) -> DownloadFile:
    return DownloadFile(path, len(content), hashlib.sha256(content).hexdigest())


WREN = ModelDownload("Wren", (file("Wren-Q4_K_M.gguf", CONTENT),), (FACE,), "mit")
ANYWHERE = ModelDownload("Wren", WREN.files, (FACE, SCOPE), "mit")


class Desk:
    """A downloader with two hubs and a folder."""

    def __init__(self, folder: Path, network: NetworkThread) -> None:
        self.face = MemoryHub(HubKind.HUGGING_FACE, {"Wren-Q4_K_M.gguf": CONTENT})
        self.scope = MemoryHub(HubKind.MODELSCOPE, {"Wren-Q4_K_M.gguf": CONTENT})
        self.settings = Settings({}, lambda _values: None)
        self.files = ModelFiles(self.settings, JsonFile(folder / "heads.json"), folder / "models", folder / "home")
        self.downloader = HubDownloader(
            lambda: self._hub, network, self.files.store, self.files, "built-in", lambda: NOW
        )
        self.progress: list[PullProgress] = []

    def _hub(self, kind: HubKind) -> MemoryHub:
        return {HubKind.HUGGING_FACE: self.face, HubKind.MODELSCOPE: self.scope}[kind]

    async def get(self, download: ModelDownload = WREN) -> ModelRef:
        async with asyncio.timeout(TIMEOUT):
            return await self.downloader.download(self.downloader.ref_of(download), download, self.progress.append)

    async def found(self) -> dict[str, ModelOrigin]:
        return {file.id: file.origin for file in (await self.files.search()).files if file.can_be_loaded}

    @property
    def parts(self) -> list[Path]:
        return sorted((self.files.folder / ".parts").glob("*"))


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Desk]:
    async with NetworkThread() as network:
        desk = Desk(folder, network)
        yield desk
        await desk.settings.close()


async def without_starter(desk: Desk) -> dict[str, ModelOrigin]:
    return {name: origin for name, origin in (await desk.found()).items() if origin is not ModelOrigin.STARTER}


async def test_a_model_is_found_by_the_engine_as_soon_as_it_is_there(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        ref = await desk.get()
        assert await without_starter(desk) == {ref.model_id: ModelOrigin.DOWNLOADED}
        assert (desk.files.folder / "acme/Wren-GGUF/Wren-Q4_K_M.gguf").read_bytes() == CONTENT
        (stored,) = desk.files.store.models
        assert stored.source.revision == "c0ffee" * 6 + "0000"
        assert desk.progress[-1].phase is PullPhase.FINISHING
        assert {progress.source for progress in desk.progress if progress.phase is PullPhase.LOADING} == {
            "hugging_face.example"
        }


async def test_what_was_received_before_a_pause_is_not_asked_for_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        desk.face.gate = asyncio.Event()
        getting = asyncio.ensure_future(desk.get())
        while not desk.face.opened:
            await asyncio.sleep(0.001)
        await asyncio.sleep(0.01)
        getting.cancel()
        with suppress(asyncio.CancelledError):
            await getting
        assert await without_starter(desk) == {}
        (part,) = desk.parts
        received = part.stat().st_size
        assert received == desk.face.chunk
        desk.face.gate = None
        await desk.get()
        assert desk.face.opened == [("Wren-Q4_K_M.gguf", 0), ("Wren-Q4_K_M.gguf", received)]
        assert desk.parts == []


async def test_another_source_continues_where_the_first_one_broke_off(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        desk.face.cuts = [20_000]
        ref = await desk.get(ANYWHERE)
        assert desk.scope.opened == [("Wren-Q4_K_M.gguf", 20_000)]
        assert list(await without_starter(desk)) == [ref.model_id]


async def test_a_source_that_failed_is_tried_last_from_then_on(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        desk.face.errors = [HubUnreachable("hf", "", "no route")]
        ref = await desk.get(ANYWHERE)
        desk.files.store.delete(ref.model_id)
        await desk.get(ANYWHERE)
        assert len(desk.face.opened) == 1
        assert len(desk.scope.opened) == 2


async def test_the_error_of_the_preferred_source_is_raised_if_no_source_has_the_file(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        desk.face.errors = [HubGated("hf", "", repository="acme/Wren-GGUF", page="https://hf.example/acme/Wren-GGUF")]
        desk.scope.errors = [HubUnreachable("ms", "", "no route")]
        with pytest.raises(HubGated):
            await desk.get(ANYWHERE)


async def test_a_source_that_ignores_the_offset_starts_the_file_over(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        desk.face.cuts = [20_000]
        with pytest.raises(HubUnreachable):
            await desk.get()
        desk.face.ignores_offset = True
        await desk.get()
        assert (desk.files.folder / "acme/Wren-GGUF/Wren-Q4_K_M.gguf").read_bytes() == CONTENT


async def test_other_bytes_than_published_are_deleted_and_never_used(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        desk.face.contents = {"Wren-Q4_K_M.gguf": CONTENT[:-1] + b"x"}
        with pytest.raises(FileNotAsPublished) as raised:
            await desk.get(ANYWHERE)
        assert raised.value.file == "Wren-Q4_K_M.gguf"
        assert raised.value.server == "hugging_face.example"
        assert desk.parts == []
        assert await without_starter(desk) == {}
        await desk.get(ANYWHERE)
        assert desk.scope.opened == [("Wren-Q4_K_M.gguf", 0)]


async def test_a_part_that_was_complete_when_the_program_was_killed_is_only_verified(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        part = desk.files.store.part(WREN.files[0])
        part.open(lambda _length: None)
        part.write(CONTENT)
        part.close()
        await desk.get()
        assert desk.face.opened == []
        assert list(await without_starter(desk)) == ["Wren-Q4_K_M"]


async def test_a_part_that_was_damaged_on_the_disk_is_noticed(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        part = desk.files.store.part(WREN.files[0])
        part.open(lambda _length: None)
        part.write(b"\0" * 10_000)
        part.close()
        with pytest.raises(FileNotAsPublished):
            await desk.get()
        await desk.get()
        assert list(await without_starter(desk)) == ["Wren-Q4_K_M"]


async def test_no_part_of_a_split_model_is_seen_before_all_are_there(tmp_path: Path) -> None:
    parts = split_gguf(gguf(tensors=((256, 8), (256,), (256, 4))), 3)
    names = [f"Wren-Q8_0-0000{number}-of-00003.gguf" for number in (1, 2, 3)]
    split = ModelDownload("Wren", tuple(map(file, names, parts)), (FACE,))
    async with opened(tmp_path) as desk:
        desk.face.contents = dict(zip(names, parts, strict=True))
        desk.face.chunk = 10
        desk.face.cuts = [10**6, 20]
        with pytest.raises(HubUnreachable):
            await desk.get(split)
        assert await without_starter(desk) == {}
        await desk.get(split)
        assert list(await without_starter(desk)) == ["Wren-Q8_0"]
        assert [path for path, _first in desk.face.opened] == [names[0], names[1], names[1], names[2]]


async def test_a_model_that_sees_comes_with_what_it_sees_with(tmp_path: Path) -> None:
    eyes = gguf(PROJECTOR)
    seeing = ModelDownload("Wren", (*WREN.files, file("mmproj-F16.gguf", eyes)), (FACE,))
    async with opened(tmp_path) as desk:
        desk.face.contents["mmproj-F16.gguf"] = eyes
        await desk.get(seeing)
        found = {each.id: each for each in (await desk.files.search()).files}
        assert found["Wren-Q4_K_M"].projector == desk.files.folder / "acme/Wren-GGUF/mmproj-F16.gguf"


async def test_the_same_file_of_another_program_is_used_where_it_is(tmp_path: Path) -> None:
    theirs = tmp_path / "home/.lmstudio/models/someone/Else/renamed.gguf"
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(CONTENT)
    async with opened(tmp_path) as desk:
        ref = await desk.get()
        assert ref == ModelRef("built-in", "renamed")
        assert desk.face.opened == []
        assert await without_starter(desk) == {"renamed": ModelOrigin.LM_STUDIO}


async def test_a_file_of_the_same_size_with_other_content_is_not_taken_for_the_model(tmp_path: Path) -> None:
    theirs = tmp_path / "home/.lmstudio/models/someone/Else/Wren-Q4_K_M.gguf"
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(CONTENT[:-1] + b"x")
    async with opened(tmp_path) as desk:
        await desk.files.search()
        ref = await desk.get()
        assert ref.model_id == "Wren-Q4_K_M (Wren-GGUF)"
        assert await without_starter(desk) == {
            "Wren-Q4_K_M": ModelOrigin.LM_STUDIO,
            "Wren-Q4_K_M (Wren-GGUF)": ModelOrigin.DOWNLOADED,
        }


async def test_a_full_disk_is_reported_and_what_came_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path) as desk:
        with monkeypatch.context() as patched:

            def full(_part: PartFile, _data: bytes) -> None:
                raise DiskFull(path="models")

            patched.setattr(PartFile, "write", full)
            with pytest.raises(DiskFull):
                await desk.get()
        await desk.get()
        assert list(await without_starter(desk)) == ["Wren-Q4_K_M"]


async def test_what_was_downloaded_once_is_not_downloaded_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        first = await desk.get()
        assert await desk.get(ANYWHERE) == first
        assert len(desk.face.opened) == 1


async def test_parts_of_other_downloads_are_discarded_but_not_of_the_running_one(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        other = ModelDownload("Other", (file("other.gguf", b"x" * 9000),), (FACE,))
        desk.face.contents["other.gguf"] = b"x" * 9000
        desk.face.cuts = [2000]
        with pytest.raises(HubUnreachable):
            await desk.get(other)
        desk.face.gate = asyncio.Event()
        getting = asyncio.ensure_future(desk.get())
        while len(desk.parts) < 2:
            await asyncio.sleep(0.001)
        await desk.downloader.discard([])
        assert [path.stem for path in desk.parts] == [WREN.files[0].sha256]
        getting.cancel()
        with suppress(asyncio.CancelledError):
            await getting


async def test_a_download_that_is_taken_up_at_another_source_waits_for_what_the_first_one_still_writes(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as desk:
        desk.face.gate = asyncio.Event()
        first = asyncio.ensure_future(desk.get(ANYWHERE))
        while not desk.parts:
            await asyncio.sleep(0.001)
        await asyncio.sleep(0.01)
        first.cancel()
        second = asyncio.ensure_future(desk.get(ModelDownload("Wren", WREN.files, (SCOPE, FACE), "mit")))
        await asyncio.wait([first])
        await second
        assert desk.scope.opened == [("Wren-Q4_K_M.gguf", desk.face.chunk)]
        assert list(await without_starter(desk)) == ["Wren-Q4_K_M"]


async def test_a_downloaded_model_is_called_as_it_was_offered_unless_two_were_offered_under_one_name(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as desk:
        other = ModelDownload("Wren", (file("Wren-Q8_0.gguf", gguf() + b"8"),), (FACE,))
        desk.face.contents["Wren-Q8_0.gguf"] = gguf() + b"8"
        await desk.get()
        assert [each.name for each in (await desk.files.search()).files if each.title] == ["Wren"]
        await desk.get(other)
        names = {each.name for each in (await desk.files.search()).files if each.origin is ModelOrigin.DOWNLOADED}
        assert names == {"Wren-Q4_K_M", "Wren-Q8_0"}
