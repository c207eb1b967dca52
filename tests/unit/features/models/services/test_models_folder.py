"""The folder of downloaded models: moving it, interrupting that, sharing LM Studio's folder."""

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from chatdesk.features.models.services.models_folder import ModelsFolder
from chatdesk.features.servers.services.built_in import model_files
from chatdesk.features.servers.services.built_in.model_files import ModelFiles
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_file import ModelOrigin
from chatdesk.kernel.running_work import JobKind, RunningWork
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.files import model_moving
from chatdesk.storage.files.json_file import JsonFile
from tests.fakes.gguf_files import gguf
from tests.own_time import until
from tests.unit.storage.files.test_model_store import download, file, placed

CONTENTS = {"Wren-7B-Q4_K_M": gguf(), "Wren-7B-Q8_0": gguf(tensors=((256, 16),))}


@dataclass
class Download:
    ref: ModelRef
    is_active: bool


@dataclass
class Downloads:
    """Stands in for the downloads: what is paused and resumed."""

    pulls: list[Download] = field(default_factory=list)
    events: list[str] = field(default_factory=list)

    def all(self) -> tuple[Download, ...]:
        return tuple(self.pulls)

    def pause(self, ref: ModelRef) -> None:
        self.events.append(f"pause {ref.model_id}")

    def resume(self, ref: ModelRef) -> None:
        self.events.append(f"resume {ref.model_id}")


@dataclass
class Setup:
    home: Path
    settings: Settings
    files: ModelFiles
    folder: ModelsFolder
    downloads: Downloads
    work: RunningWork

    async def models(self) -> dict[str, Path]:
        return {
            each.id: each.path for each in (await self.files.search()).files if each.origin is ModelOrigin.DOWNLOADED
        }

    async def moved(self) -> None:
        await until(lambda: self.folder.progress is None)


@pytest.fixture
async def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Setup]:
    monkeypatch.setattr(model_files, "_starter", lambda _heads: ())
    settings = Settings({}, lambda _values: None)
    files = ModelFiles(settings, JsonFile(tmp_path / "heads.json"), tmp_path / "models", tmp_path)
    for name, content in CONTENTS.items():
        placed(files.store, download(file(f"{name}.gguf", content)), content)
    downloads, work = Downloads(), RunningWork()
    folder = ModelsFolder(files, settings, downloads, files.search, work, tmp_path)  # type: ignore[arg-type]
    yield Setup(tmp_path, settings, files, folder, downloads, work)
    await folder.close()
    await settings.close()


class Held:
    """Holds a move after its first file."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()
        receive = model_moving.ModelStore.receive

        def held(*arguments: object) -> None:
            if self.reached.is_set():
                self.go_on.wait(20)
            receive(*arguments)  # type: ignore[arg-type]
            self.reached.set()

        monkeypatch.setattr(model_moving.ModelStore, "receive", held)


async def test_models_are_found_under_their_names_after_the_folder_has_moved(setup: Setup) -> None:
    assert (await setup.models()).keys() == CONTENTS.keys()
    target = setup.home / "other disk"
    setup.folder.move(target)
    await setup.moved()
    assert setup.folder.path == target
    assert setup.folder.pending is None
    found = {each.id: each.path for each in setup.files.found.files}
    assert found.keys() == CONTENTS.keys()
    assert all(target in path.parents for path in found.values())
    setup.folder.move()
    await setup.moved()
    assert setup.folder.is_default
    assert all(setup.home / "models" in path.parents for path in (await setup.models()).values())


async def test_every_model_can_be_used_while_the_folder_moves(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(monkeypatch)
    setup.folder.move(setup.home / "other")
    await until(held.reached.is_set)
    assert (await setup.models()).keys() == CONTENTS.keys()
    assert [job.kind for job in setup.work.jobs()] == [JobKind.MOVE]
    held.go_on.set()
    await setup.moved()
    assert setup.work.jobs() == ()
    assert (await setup.models()).keys() == CONTENTS.keys()


async def interrupted(setup: Setup, held: Held, target: Path) -> None:
    setup.folder.move(target)
    await until(held.reached.is_set)
    setup.folder.cancel()
    held.go_on.set()
    await setup.moved()


async def test_a_cancelled_move_can_be_continued(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    target = setup.home / "other"
    await interrupted(setup, Held(monkeypatch), target)
    assert (setup.folder.path, setup.folder.pending) == (setup.home / "models", target)
    found = await setup.models()
    assert found.keys() == CONTENTS.keys()
    assert len({target in path.parents for path in found.values()}) == 2, "some here, some there"
    setup.folder.move(target)
    await setup.moved()
    assert (setup.folder.path, setup.folder.pending) == (target, None)
    assert all(target in path.parents for path in (await setup.models()).values())


async def test_a_cancelled_move_can_be_undone(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    await interrupted(setup, Held(monkeypatch), setup.home / "other")
    setup.folder.move_back()
    await setup.moved()
    assert (setup.folder.path, setup.folder.pending) == (setup.home / "models", None)
    assert all(setup.home / "models" in path.parents for path in (await setup.models()).values())


async def test_downloads_to_this_computer_pause_while_the_folder_moves(setup: Setup) -> None:
    setup.downloads.pulls = [
        Download(ModelRef(BUILT_IN_ID, "running"), is_active=True),
        Download(ModelRef(BUILT_IN_ID, "paused"), is_active=False),
        Download(ModelRef("ollama", "another"), is_active=True),
    ]
    setup.folder.move(setup.home / "other")
    await setup.moved()
    assert setup.downloads.events == ["pause running", "resume running"]


async def test_a_failed_move_says_why_and_loses_nothing(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_moving, "_is_same_disk", lambda _one, _other: False)
    monkeypatch.setattr(model_moving, "_free_space", lambda _folder: 0)
    setup.folder.move(setup.home / "other")
    await setup.moved()
    assert isinstance(setup.folder.error, DiskFull)
    assert setup.folder.path == setup.home / "models"
    assert (await setup.models()).keys() == CONTENTS.keys()


async def test_lm_studios_folder_is_shared_and_its_own_models_stay_its_own(setup: Setup) -> None:
    theirs = setup.home / ".lmstudio/models"
    (theirs / "them/Robin").mkdir(parents=True)
    (theirs / "them/Robin/Robin.gguf").write_bytes(gguf(tensors=((256, 32),)))
    await setup.folder.look()
    assert setup.folder.lm_studio == theirs
    assert not setup.folder.is_shared
    setup.folder.move(theirs)
    await setup.moved()
    assert setup.folder.is_shared
    origins = {each.id: each.origin for each in (await setup.files.search()).files}
    assert origins == {"Robin": ModelOrigin.LM_STUDIO, **dict.fromkeys(CONTENTS, ModelOrigin.DOWNLOADED)}


async def test_a_move_is_interrupted_when_the_program_ends(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(monkeypatch)
    setup.folder.move(setup.home / "other")
    await until(held.reached.is_set)
    closing = asyncio.create_task(setup.folder.close())
    await asyncio.sleep(0)
    held.go_on.set()
    await closing
    assert setup.folder.pending == setup.home / "other"
    assert (await setup.models()).keys() == CONTENTS.keys()
