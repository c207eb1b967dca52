"""All services of models behind one class, which creates them at their first use."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from chatdesk.features.models.services.hubs import Hubs
from chatdesk.features.models.services.library_services import LibraryServices
from chatdesk.features.models.services.model_library import ModelContext, ModelLibrary
from chatdesk.features.servers.services.built_in.model_files import ModelFiles
from chatdesk.kernel.errors.storage_errors import FileNewer
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.pulls import PullState
from chatdesk.kernel.running_work import RunningWork
from chatdesk.network.network_thread import NetworkThread
from chatdesk.storage.files.json_file import JsonFile
from tests.fakes.catalogue_harness import CatalogueHarness
from tests.paths import RESOURCES
from tests.unit.features.models import machines

REF = ModelRef("ollama", "deepseek-r1:8b")
PAUSED = {"server": "ollama", "model": REF.model_id, "expected": 9, "completed": 4, "total": 9, "goes_on": False}


@pytest.fixture
def library(tmp_path: Path) -> ModelLibrary:
    harness = CatalogueHarness(machines.RTX_4070)
    connections = harness.network
    return ModelLibrary(
        ModelContext(
            harness.settings,
            harness.servers,
            connections,  # type: ignore[arg-type]
            harness.models,
            harness.contexts,
            RESOURCES / "model_catalogue.toml",
            tmp_path,
            lambda: datetime(2026, 11, 1, tzinfo=UTC),
            RunningWork(),
            ModelFiles(harness.settings, JsonFile(tmp_path / "heads.json"), tmp_path / "models", tmp_path),
            NetworkThread(),
            Lazy(lambda: cast("Hubs", None)),
        )
    )


@pytest.fixture
def created(library: ModelLibrary) -> list[LibraryServices]:
    """Services that were created."""
    found: list[LibraryServices] = []
    library.when_created(found.append)
    return found


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., None]:
    def write(*downloads: dict[str, object], format_number: int = 1) -> None:
        content = {"format": format_number, "downloads": downloads}
        (tmp_path / "downloads.json").write_text(json.dumps(content), "utf-8")

    return write


async def test_nothing_is_created_until_it_is_used(library: ModelLibrary, created: list[LibraryServices]) -> None:
    assert library.fit_of(Model(REF, "R1")) is None
    assert await library.resume_downloads() == ()
    await library.close()
    assert created == []
    assert library.downloads is library._services.get().pulls
    assert [library.fits] == [services.fits for services in created]
    await library.close()


async def test_an_empty_list_of_downloads_creates_nothing(
    library: ModelLibrary, created: list[LibraryServices], write: Callable[..., None]
) -> None:
    write()
    assert await library.resume_downloads() == ()
    assert created == []


async def test_unfinished_downloads_are_listed_again(
    library: ModelLibrary, created: list[LibraryServices], write: Callable[..., None]
) -> None:
    write(PAUSED)
    assert await library.resume_downloads() == ()  # it was paused
    assert [(pull.ref, pull.state) for pull in library.downloads.all()] == [(REF, PullState.PAUSED)]
    assert len(created) == 1
    await library.close()


async def test_downloads_of_a_newer_version_are_reported_and_kept(
    library: ModelLibrary, created: list[LibraryServices], write: Callable[..., None], tmp_path: Path
) -> None:
    write(PAUSED, format_number=99)
    with pytest.raises(FileNewer):
        await library.resume_downloads()
    assert created == []
    assert REF.model_id in (tmp_path / "downloads.json").read_text("utf-8")


async def test_what_was_created_before_somebody_waits_is_passed_on_at_once(library: ModelLibrary) -> None:
    await library.prepare()
    found: list[LibraryServices] = []
    library.when_created(found.append)
    assert [services.management for services in found] == [library.management]
    assert found[0].speed_checks is library.speed_checks
    await library.close()


async def test_a_download_undoes_the_deletion_of_its_model(library: ModelLibrary) -> None:
    library.management.delete(REF)
    assert library.management.pending_deletions == (REF,)
    library.downloads.start(REF)
    assert library.management.pending_deletions == ()
    await library.close()
