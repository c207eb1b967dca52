"""Deleting models of the built-in engine: only what Chatdesk downloaded, with an undo, for good or to the trash."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from chatdesk.features.models.services.model_management import (
    DeletionFailed,
    FreedSpace,
    ModelDeleted,
    ModelManagement,
)
from chatdesk.features.servers.services.built_in import model_files
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import BUILT_IN_ID, Servers
from chatdesk.kernel.errors.storage_errors import FileUnavailable
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.kernel.settings.declarations import ENGINE_DELETE_TO_TRASH
from chatdesk.kernel.settings.store import Settings
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.system.key_store import SessionKeyStore
from tests.fakes.built_in import built_in_over
from tests.fakes.gguf_files import PROJECTOR, gguf
from tests.own_time import until
from tests.unit.features.models.services.test_model_management import VENDORS
from tests.unit.storage.files.test_model_store import download, file, placed

WREN, ROBIN, EYES = gguf(), gguf(tensors=((256, 16),)), gguf(PROJECTOR)
SERVER = ServerConfig(BUILT_IN_ID, "Built-in engine", "built-in", ServerProtocol.BUILT_IN, "")


@dataclass
class Setup:
    home: Path
    settings: Settings
    models: Models
    management: ModelManagement
    trash: list[Path] = field(default_factory=list)
    deleted: list[ModelDeleted] = field(default_factory=list)
    failed: list[DeletionFailed] = field(default_factory=list)

    def listed(self) -> list[str]:
        return sorted(model.ref.model_id for model in self.models.all())

    def model(self, model_id: str) -> Model:
        return next(model for model in self.models.all() if model.ref.model_id == model_id)

    def files(self) -> list[str]:
        return sorted(path.name for path in (self.home / "downloaded").rglob("*.gguf"))


@pytest.fixture
async def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Setup]:
    monkeypatch.setattr(model_files, "_starter", lambda _heads: ())
    monkeypatch.setattr("chatdesk.features.servers.services.built_in.server._check", lambda: None)
    settings, keys = Settings({}, lambda _values: None), SessionKeyStore(Redactor())
    built_in = built_in_over(tmp_path, settings=settings)
    files = built_in.files
    placed(files.store, download(file("Wren-7B-Q4_K_M.gguf", WREN), file("mmproj-F16.gguf", EYES)), WREN, EYES)
    placed(files.store, download(file("Robin-7B-Q4_K_M.gguf", ROBIN), file("mmproj-F16.gguf", EYES)), ROBIN, EYES)
    (tmp_path / ".lmstudio/models/them/Theirs").mkdir(parents=True)
    (tmp_path / ".lmstudio/models/them/Theirs/Theirs.gguf").write_bytes(gguf(tensors=((256, 32),)))
    servers = Servers((SERVER,), VENDORS, lambda _: None, keys, keys)
    async with NetworkThread() as network:
        http = Lazy(HttpClient, HttpClient.aclose)
        connections = Connections(servers, built_in, network, http)
        models = Models(servers, connections)
        management = ModelManagement(models, connections, servers.find, grace_seconds=0.05, files=files)
        made = Setup(tmp_path, settings, models, management)
        monkeypatch.setattr(files, "_trash", lambda path: (made.trash.append(path), path.unlink()))
        management.deletions.subscribe(made.deleted.append)
        management.failures.subscribe(made.failed.append)
        await models.refresh()
        yield made
        await management.close()
        await network.call(http.close)
    await built_in.close()
    await servers.close()


def ref(model_id: str) -> ModelRef:
    return ModelRef(BUILT_IN_ID, model_id)


async def test_a_deleted_model_takes_its_files_along_but_not_those_of_others(setup: Setup) -> None:
    assert setup.listed() == ["Robin-7B-Q4_K_M", "Theirs", "Wren-7B-Q4_K_M"]
    assert await setup.management.freed_by_deleting(setup.model("Wren-7B-Q4_K_M")) == FreedSpace(len(WREN))
    setup.management.delete(ref("Wren-7B-Q4_K_M"))
    assert setup.listed() == ["Robin-7B-Q4_K_M", "Theirs"]
    assert "Wren-7B-Q4_K_M.gguf" in setup.files(), "it can still be undone"
    await until(lambda: setup.deleted == [ModelDeleted(ref("Wren-7B-Q4_K_M"))])
    assert setup.files() == ["Robin-7B-Q4_K_M.gguf", "mmproj-F16.gguf"]
    last = await setup.management.freed_by_deleting(setup.model("Robin-7B-Q4_K_M"))
    assert last == FreedSpace(len(ROBIN) + len(EYES))
    setup.management.delete(ref("Robin-7B-Q4_K_M"))
    await until(lambda: len(setup.deleted) == 2)
    assert setup.files() == []
    assert setup.trash == []


async def test_a_deletion_is_undone_before_a_file_is_touched(setup: Setup) -> None:
    setup.management.delete(ref("Wren-7B-Q4_K_M"))
    assert setup.management.undo_deletion(ref("Wren-7B-Q4_K_M"))
    assert "Wren-7B-Q4_K_M" in setup.listed()
    await setup.management.close()
    assert len(setup.files()) == 3


async def test_the_trash_is_an_option_and_frees_nothing_yet(setup: Setup) -> None:
    setup.settings.set(ENGINE_DELETE_TO_TRASH, value=True)
    freed = await setup.management.freed_by_deleting(setup.model("Wren-7B-Q4_K_M"))
    assert freed == FreedSpace(len(WREN), in_trash=True)
    setup.management.delete(ref("Wren-7B-Q4_K_M"))
    await until(lambda: setup.deleted == [ModelDeleted(ref("Wren-7B-Q4_K_M"), in_trash=True)])
    assert [path.name for path in setup.trash] == ["Wren-7B-Q4_K_M.gguf"]


async def test_a_file_that_cannot_be_deleted_is_listed_again(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "unlink", refuse)
    setup.management.delete(ref("Wren-7B-Q4_K_M"))
    await until(lambda: setup.failed)
    assert isinstance(setup.failed[0].error, FileUnavailable)
    assert "Wren-7B-Q4_K_M" in setup.listed()


async def test_the_files_of_other_programs_are_never_deleted(setup: Setup) -> None:
    theirs = setup.home / ".lmstudio/models/them/Theirs/Theirs.gguf"
    setup.management.delete(ref("Theirs"))
    await until(lambda: setup.deleted)
    assert theirs.exists()
    await setup.models.refresh()
    assert "Theirs" in setup.listed()
