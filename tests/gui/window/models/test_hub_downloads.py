"""Downloads from a hub beside the models to get: as they go, paused, broken, wrong, done; with mouse and keys."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from chatdesk.features.models.ui.downloads.downloads_panel import DownloadsPanel
from chatdesk.features.models.ui.downloads.pull_rows import PullRow
from chatdesk.features.models.ui.page.here_tab import HereTab
from chatdesk.kernel.models.hubs import DownloadFile, ModelDownload
from chatdesk.kernel.models.pulls import PullState
from chatdesk.kernel.servers.server import ServerConfig
from tests.fakes.gguf_files import CHAT, gguf
from tests.fakes.scripted_hub import ScriptedHub
from tests.gui.window.get_more_steps import button, text_of
from tests.gui.window.harness import Harness
from tests.gui.window.hub_steps import NAME, REF, WREN, begin, finish, pulls, scripted_hub, use


@pytest.fixture
async def hub() -> AsyncIterator[ScriptedHub]:
    async with scripted_hub().opened() as hub:
        yield hub


@pytest.fixture
async def panel(harness: Harness, hub: ScriptedHub) -> DownloadsPanel:
    """The downloads on the page that shows them."""
    await use(harness, hub)
    harness.router.show_models("get-more")
    await harness.until(lambda: (found := harness.window.findChild(DownloadsPanel)) and found.isVisible())
    found = harness.window.findChild(DownloadsPanel)
    assert found is not None
    return found


def row(panel: DownloadsPanel) -> PullRow | None:
    return next((row for row in panel.findChildren(PullRow) if row.isVisible()), None)


def shown(panel: DownloadsPanel, name: str) -> bool:
    found = panel.findChild(QAbstractButton, name)
    return found is not None and found.isVisible()


def click(panel: DownloadsPanel, name: str) -> None:
    QTest.mouseClick(button(panel, name), Qt.MouseButton.LeftButton)


async def test_it_goes_on_by_itself_and_is_offered_for_a_chat(
    harness: Harness, panel: DownloadsPanel, hub: ScriptedHub
) -> None:
    assert text_of(panel, "noDownloads") == "Nothing is being downloaded."
    await begin(harness, hub)
    await harness.until(lambda: text_of(panel, "pullPercent") == "32%")
    assert text_of(panel, "pullName") == "Wren 7B"
    assert text_of(panel, "pullProgress").startswith("65.5 kB of 200.8 kB")
    assert not text_of(panel, "noDownloads")
    finish(hub)
    await harness.until(lambda: text_of(panel, "pullProgress") == "Ready and verified · 200.8 kB")
    assert harness.toast() == []
    click(panel, "chatWithModel")
    await harness.until(lambda: (model := harness.models.chosen) and model.ref == REF)


async def test_it_is_paused_and_resumed_with_keys(harness: Harness, panel: DownloadsPanel, hub: ScriptedHub) -> None:
    await begin(harness, hub)
    await harness.until(lambda: shown(panel, "pausePull"))
    button(panel, "pausePull").setFocus()
    QTest.keyClick(button(panel, "pausePull"), Qt.Key.Key_Space)
    await harness.until(lambda: text_of(panel, "pullProgress") == "Paused · 65.5 kB of 200.8 kB")
    assert button(panel, "resumePull").hasFocus()
    finish(hub)
    QTest.keyClick(button(panel, "resumePull"), Qt.Key.Key_Space)
    await harness.until(lambda: shown(panel, "chatWithModel"))
    assert hub.storage.requests[-1].headers["range"] == "bytes=65536-"


async def test_a_broken_line_is_tried_again_at_once_if_the_user_does_not_wait(
    harness: Harness, panel: DownloadsPanel, hub: ScriptedHub
) -> None:
    hub.trouble.cuts = [100_000]
    pulls(harness)._retry_delays = (3600.0,)
    pulls(harness).get(WREN)
    await harness.until(lambda: text_of(panel, "pullProgress").startswith("Interrupted. Attempt 1 in"))
    click(panel, "getModel")
    await harness.until(lambda: shown(panel, "chatWithModel"))
    assert hub.storage.requests[-1].headers["range"] == "bytes=100000-"


async def test_a_hub_that_limits_requests_says_how_long_it_takes(
    harness: Harness, panel: DownloadsPanel, hub: ScriptedHub
) -> None:
    hub.trouble.busy_seconds = 55
    pulls(harness).get(WREN)
    await harness.until(lambda: " limits requests. Attempt 1 in 5" in text_of(panel, "pullProgress"))
    hub.trouble.busy_seconds = None
    click(panel, "getModel")
    await harness.until(lambda: shown(panel, "chatWithModel"))


async def test_a_wrong_checksum_is_reported_and_never_used(
    harness: Harness, panel: DownloadsPanel, hub: ScriptedHub
) -> None:
    hub.trouble.wrong_bytes = True
    pulls(harness).get(WREN)
    await harness.until(lambda: text_of(panel, "pullFailure").startswith("The file is not what its publisher listed."))
    assert not harness.program.servers.models.find(REF)
    hub.trouble.wrong_bytes = False
    click(panel, "getModel")
    await harness.until(lambda: shown(panel, "chatWithModel"))


async def test_a_gated_model_leads_to_its_page(
    harness: Harness, panel: DownloadsPanel, hub: ScriptedHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(harness.router._links, "open", opened.append)
    next(iter(hub.repositories.values())).gated = "manual"
    pulls(harness).get(WREN)
    await harness.until(lambda: shown(panel, "pageOfModel"))
    click(panel, "pageOfModel")
    assert opened == ["https://huggingface.co/acme/Wren-7B-GGUF"]


async def test_a_cancelled_one_leaves_the_list_and_its_data_the_disk(
    harness: Harness, panel: DownloadsPanel, hub: ScriptedHub
) -> None:
    pulls(harness)._discard_delay = 0.0
    await begin(harness, hub)
    folder = harness.program.servers.built_in.files.folder / ".parts"
    await harness.until(lambda: shown(panel, "cancelPull") and list(folder.iterdir()))
    click(panel, "cancelPull")
    await harness.until(lambda: row(panel) is None and not list(folder.iterdir()))
    assert text_of(panel, "noDownloads")


async def test_a_completed_one_can_be_removed_from_the_list_and_stays_on_the_disk(
    harness: Harness, panel: DownloadsPanel, hub: ScriptedHub
) -> None:
    pulls(harness).get(WREN)
    await harness.until(lambda: shown(panel, "chatWithModel"))
    assert button(panel, "cancelPull").accessibleName() == "Remove Wren 7B from the list"
    click(panel, "cancelPull")
    await harness.until(lambda: row(panel) is None)
    assert harness.program.servers.models.find(REF)
    assert hub.storage.requests


async def test_the_links_lead_to_the_sources(harness: Harness, panel: DownloadsPanel) -> None:
    click(panel, "modelSources")
    await harness.until(lambda: harness.window.windowTitle().startswith("Settings"))


async def test_the_percentage_changes_at_most_twice_a_second(
    harness: Harness, panel: DownloadsPanel, hub: ScriptedHub
) -> None:
    await begin(harness, hub)
    await harness.until(lambda: text_of(panel, "pullPercent") == "32%")
    changes: list[str] = []
    label = next(label for label in panel.findChildren(type(panel._title)) if label.objectName() == "pullPercent")
    real = label.set_text
    label.set_text = lambda text: (changes.append(text), real(text))  # type: ignore[method-assign]
    pull = pulls(harness).find(REF)
    assert pull
    began = time.monotonic()
    for step in range(40):
        progress = pull.progress.__class__(pull.progress.phase, 70_000 + step * 1000, pull.progress.total)
        pulls(harness)._change(REF, progress=progress)
        await asyncio.sleep(0.01)
    assert len(changes) <= (time.monotonic() - began) / 0.5 + 1
    found = pulls(harness).find(REF)
    assert found
    assert found.state is PullState.RUNNING


async def test_too_little_room_is_reported_before_it_begins_and_leads_to_another_folder(
    harness: Harness, panel: DownloadsPanel, hub: ScriptedHub, monkeypatch: pytest.MonkeyPatch
) -> None:

    async def little_space(_server: ServerConfig) -> int:
        return 1000

    monkeypatch.setattr(pulls(harness), "_free_space", little_space)
    pulls(harness).get(WREN)
    await harness.until(lambda: text_of(panel, "pullFailure").startswith("There is not enough disk space for Wren 7B."))
    assert not shown(panel, "getModelAnyway")
    assert hub.storage.requests == []
    click(panel, "otherModelFolder")
    await harness.until(lambda: (tab := harness.window.findChild(HereTab)) and tab.isVisible())


async def test_a_model_that_is_deleted_is_no_longer_offered_for_a_chat(
    harness: Harness, panel: DownloadsPanel, hub: ScriptedHub
) -> None:
    pulls(harness).get(WREN)
    await harness.until(lambda: shown(panel, "chatWithModel"))
    management = harness.program.models.library.management
    management._grace_seconds = 0.0
    management.delete(REF)
    await harness.until(lambda: row(panel) is None)
    assert not harness.program.servers.models.find(REF)
    assert list((harness.program.servers.built_in.files.folder).rglob("*.gguf")) == []
    assert hub.storage.requests


async def test_a_model_for_embeddings_is_not_offered_for_a_chat(
    harness: Harness, panel: DownloadsPanel, hub: ScriptedHub
) -> None:
    content = gguf({**CHAT, "llama.pooling_type": 1}) + bytes(1_000)
    hub.repositories[NAME].files["Finch-Q8_0.gguf"] = content
    file = DownloadFile("Finch-Q8_0.gguf", len(content), hashlib.sha256(content).hexdigest())
    pulls(harness).get(ModelDownload("Finch", (file,), WREN.sources, "mit"))
    await harness.until(lambda: text_of(panel, "pullProgress").startswith("Ready and verified"))
    await harness.until(lambda: not shown(panel, "chatWithModel"))
    assert harness.program.servers.embedders.get().chosen()
