"""From an empty chat to an answer of a model that was not there: the tab *Get more*, a download, a chat."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from chatdesk.features.models.ui.catalogue.catalogue_view import CatalogueView
from chatdesk.kernel.models.hubs import HubKind
from chatdesk.kernel.models.machine import Machine
from tests.fakes.scripted_models import ScriptedPull, scripted_ollama
from tests.fakes.scripted_server import reply
from tests.gui.window import doctor_steps
from tests.gui.window.get_more_steps import (
    R1_14B,
    button,
    card,
    cards,
    get_with_ollama,
    is_shown,
    on_machine,
    opened,
    page,
    text_of,
    whole,
)
from tests.gui.window.harness import FakeModel, Harness
from tests.unit.features.models import machines


async def test_choosing_a_model_leads_from_an_empty_chat_to_an_answer(harness: Harness, fake_model: FakeModel) -> None:
    gate = asyncio.Event()
    fake_model.pulls[R1_14B] = ScriptedPull(gate, size=8_988_112_040)
    await opened(harness)
    assert harness.window.windowTitle().startswith("Models")
    best = card(harness, "DeepSeek-R1 14B")
    assert text_of(best, "cardTag") == "Best for this computer"
    await get_with_ollama(harness, R1_14B)
    await harness.until(lambda: text_of(best, "cardProgress") == "50%")
    gate.set()
    await harness.until(lambda: button(best, "getModel").text() == "Chat")
    button(best, "getModel").click()
    await harness.until(lambda: harness.models.chosen and harness.models.chosen.ref.model_id == R1_14B)
    assert not page(harness).isVisible()
    await harness.until(harness.edit.isVisible)
    QTest.keyClicks(harness.edit, "Hi")
    harness.click("sendButton")
    await harness.until(lambda: harness.answer() == "Yes.")
    asked = fake_model.asked[-1]
    assert asked["model"] == R1_14B
    assert asked["options"] == {"temperature": 0.6, "top_p": 0.95, "num_ctx": 8192}


@pytest.mark.parametrize(
    "nonsense", [b"null", b"[]", b'{"models": 7}', b"<html></html>", b'{"models": [{}, 3, {"name": ""}]}']
)
async def test_a_server_that_begins_to_list_nonsense_leaves_the_cards_whole(
    harness: Harness, fake_model: FakeModel, nonsense: bytes
) -> None:
    await opened(harness)
    before = fake_model.server.script
    fake_model.server.script = lambda request: [reply(nonsense)] if request.path == "/api/tags" else before(request)
    asked = len(fake_model.server.requests)
    button(harness.window, "refreshAllModels").click()
    await harness.until(lambda: len(fake_model.server.requests) > asked)
    await harness.until(lambda: not page(harness)._tasks._running)
    assert len(cards(harness)) == 5


async def test_a_model_got_in_a_terminal_is_noticed_on_coming_back_to_the_window(
    harness: Harness, fake_model: FakeModel
) -> None:
    await opened(harness)
    best = card(harness, "DeepSeek-R1 14B")
    await harness.until(lambda: button(best, "getModel").text() == "Get")
    await harness.until(lambda: not page(harness)._tasks._running)  # it has looked
    elsewhere = QLabel("A terminal")
    elsewhere.show()
    elsewhere.activateWindow()
    await harness.until(lambda: not harness.window.isActiveWindow())
    before = fake_model.server.script
    tags = {"models": [{"name": R1_14B, "model": R1_14B, "size": 9_000_000_000, "details": {}}]}
    fake_model.server.script = lambda request: [reply(tags)] if request.path == "/api/tags" else before(request)
    harness.window.activateWindow()
    await harness.until(lambda: button(best, "getModel").text() == "Chat")
    elsewhere.close()
    elsewhere.deleteLater()


async def test_the_list_of_models_says_how_each_fits(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.pulls["deepseek-r1:7b"] = ScriptedPull()
    await opened(harness)
    await get_with_ollama(harness, "deepseek-r1:7b")
    await harness.until(lambda: all(pull.is_done for pull in harness.program.models.library.downloads.all()))
    QTest.keyClick(page(harness), Qt.Key.Key_Escape)
    harness.window._picker.open_popup()
    await harness.until(lambda: "fits on GPU" in listed(harness).get("deepseek-r1:7b", ""))
    assert "graphics" not in listed(harness)["thinker:8b"]  # its build is not known


def listed(harness: Harness) -> dict[str, str]:
    """The details of each model in the picker's list."""
    return {each.name: each.details for group in harness.window._picker._groups for each in group.models}


async def test_it_is_reached_from_the_palette_and_used_with_keys(harness: Harness) -> None:
    on_machine(harness, machines.RTX_4070)
    command = next(each for each in harness.window.commands() if each.id == "guide")
    command.run()
    await whole(harness)
    await harness.until(lambda: isinstance(harness.window.focusWidget(), QLineEdit))
    QTest.keyClick(harness.window.focusWidget(), Qt.Key.Key_Down)
    first, second, *_ = cards(harness)
    assert first.hasFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert second.is_open
    QTest.keyClick(second, Qt.Key.Key_Escape)
    assert not second.is_open
    assert page(harness).isVisible(), "Esc folds the card, and leaves the page only then"
    assert second.accessibleName().startswith("Reasoning, DeepSeek-R1 14B, Best for this computer")


async def test_where_the_disk_is_full_nothing_is_recommended(harness: Harness) -> None:
    on_machine(harness, replace(machines.RTX_4070, disk_free=10**8))
    await harness.until(lambda: harness.program.servers.models.was_asked)
    harness.router.show_models("get-more")
    await harness.until(lambda: harness.window.findChild(CatalogueView) and text_of(page(harness), "nothingFits"))


async def test_what_is_not_known_is_not_guessed(harness: Harness) -> None:
    on_machine(harness, Machine())
    await harness.until(lambda: harness.program.servers.models.was_asked)
    harness.router.show_models("get-more")
    await harness.until(lambda: harness.window.findChild(CatalogueView) and is_shown(page(harness), "allModels"))
    button(page(harness), "allModels").click()
    await harness.until(lambda: len(cards(harness)) == 23)
    assert {text_of(each, "cardTag") for each in cards(harness)} == {""}
    assert all(button(each, "getModel").isEnabled() for each in cards(harness))


async def test_without_ollama_there_is_a_get_all_the_same(
    open_harness: Callable[[], Awaitable[Harness]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    harness = await open_harness()
    await opened(harness)
    best = card(harness, "DeepSeek-R1 14B")
    assert button(best, "getModel").isEnabled()
    best.set_open(is_open=True)
    assert not button(best, "getWithOllama").isEnabled()


async def test_an_ollama_without_models_leads_from_the_doctor_to_the_catalogue(
    harness: Harness, fake_model: FakeModel
) -> None:
    harness.program.servers.doctor.get()._read = lambda: doctor_steps.INSTALLED
    fake_model.server.script = scripted_ollama(models=()).script
    harness.next_steps.doctor.open_for_server("ollama")
    await harness.until(lambda: doctor_steps.card(harness) and doctor_steps.at_rest(harness))
    await harness.until(
        lambda: not any(model.ref.server_id == "ollama" for model in harness.program.servers.models.all())
    )
    doctor_steps.click(harness, "remedy.choose_model")
    await harness.until(lambda: harness.window.findChild(CatalogueView) and page(harness).isVisible())


async def test_no_hub_is_asked_by_opening_the_tab(harness: Harness) -> None:
    await opened(harness)
    hubs = harness.program.models.hubs.get()
    assert [hubs.asked_at(kind) for kind in HubKind] == [None, None, None]
    field = page(harness).findChild(QLineEdit, "hubSearch")
    assert field is not None
    assert field.placeholderText() == "Search huggingface.co, such as “coder 7b”"
