"""The settings section Model sources in the real window: found, filled in with the keyboard, and kept."""

import hashlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from chatdesk.features.models.ui.page.models_page import ModelsPage
from chatdesk.kernel.models.hubs import DownloadFile, HubKind, HubRepository, ModelDownload
from chatdesk.kernel.settings.declarations import HUB_HUGGING_FACE, HUB_MODELSCOPE, HUB_OLLAMA
from chatdesk.ui_kit.feature import ModelsTab
from tests.fakes.scripted_hub import HubRepo, ScriptedHub
from tests.gui.window.harness import Harness

NAME = "unsloth/Tiny-GGUF"


def field(harness: Harness, name: str) -> QLineEdit:
    found = harness.part(name)
    assert isinstance(found, QLineEdit)
    return found


@pytest.mark.parametrize("query", ["hf-mirror", "Address of Hugging Face", "HF_ENDPOINT"])
async def test_the_palette_leads_to_the_address_of_hugging_face(harness: Harness, query: str) -> None:
    harness.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(harness.part("paletteField"), query)
    QTest.keyClick(harness.part("paletteField"), Qt.Key.Key_Return)
    await harness.until(lambda: QApplication.focusWidget() is harness.part(HUB_HUGGING_FACE.key))


async def test_a_mirror_that_was_typed_is_asked_without_the_token_that_was_typed(harness: Harness) -> None:
    with ScriptedHub(HubRepo(NAME, {"Tiny-Q4_K_M.gguf": b"GGUF" + bytes(100)})).on_thread() as hub:
        harness.window.show_settings("model-sources")
        address = field(harness, HUB_HUGGING_FACE.key)
        address.setFocus()
        address.selectAll()
        QTest.keyClicks(address, hub.url)
        QTest.keyClick(address, Qt.Key.Key_Tab)
        QTest.mouseClick(harness.part("enterToken"), Qt.MouseButton.LeftButton)
        QTest.keyClicks(field(harness, "token"), "hf_CANARY0123456789")
        QTest.keyClick(field(harness, "token"), Qt.Key.Key_Return)
        await harness.until(lambda: not field(harness, "token").isVisible())
        assert not hub.hub.requests
        library = harness.program.models.library
        await library.prepare()
        found = await library.hub_search.search(HubKind.HUGGING_FACE, "tiny")
        assert found
        assert [hit.repository for hit in found.hits] == [HubRepository(HubKind.HUGGING_FACE, NAME)]
        assert "authorization" not in hub.hub.requests[0].headers
        assert "CANARY" not in repr(hub.hub.requests)


async def test_escape_leaves_the_token_first_and_the_settings_then(harness: Harness) -> None:
    harness.window.show_settings("model-sources")
    QTest.mouseClick(harness.part("enterToken"), Qt.MouseButton.LeftButton)
    QTest.keyClick(field(harness, "token"), Qt.Key.Key_Escape)
    assert not field(harness, "token").isVisible()
    assert harness.part("sourcesSection").isVisible()
    QTest.keyClick(harness.part("enterToken"), Qt.Key.Key_Escape)
    await harness.until(lambda: not harness.part("sourcesSection").isVisible())


async def test_no_hub_is_contacted_by_opening_pages(harness: Harness) -> None:
    with ScriptedHub(HubRepo(NAME, {"Tiny-Q4_K_M.gguf": b"GGUF" + bytes(100)})).on_thread() as hub:
        for setting in (HUB_HUGGING_FACE, HUB_MODELSCOPE, HUB_OLLAMA):
            harness.program.settings.set(setting, hub.url)
        for section in ModelsTab:
            harness.router.show_models(section)
            await harness.until(lambda: (page := harness.window.findChild(ModelsPage)) and page.isVisible())
        harness.window.show_settings("model-sources")
        await harness.program.models.library.prepare()
        await harness.program.models.library.catalogue.refresh()
        await harness.ask_and_wait("Hi")
        assert hub.hub.connections == hub.storage.connections == 0


async def test_a_download_that_needs_an_account_leads_to_its_page_and_to_the_token(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(harness.router._links, "open", opened.append)
    content = b"GGUF" + bytes(100)
    file = DownloadFile("Tiny-Q4_K_M.gguf", len(content), hashlib.sha256(content).hexdigest())
    download = ModelDownload("Tiny", (file,), (HubRepository(HubKind.HUGGING_FACE, NAME),))
    with ScriptedHub(HubRepo(NAME, {file.path: content}, gated="manual")).on_thread() as hub:
        harness.program.settings.set(HUB_HUGGING_FACE, hub.url)
        await harness.program.models.library.prepare()
        harness.program.models.library.downloads.get(download)
        harness.router.show_models(ModelsTab.GET_MORE)
        await harness.until(lambda: (page := button(harness, "pageOfModel")) and page.isVisible())
        button(harness, "pageOfModel").click()
        assert opened == [f"https://huggingface.co/{NAME}"]
        button(harness, "sourcesForModel").click()
        await harness.until(lambda: (enter := button(harness, "enterToken")) and enter.isVisible())


def button(harness: Harness, name: str) -> QAbstractButton | None:
    return harness.window.findChild(QAbstractButton, name)
