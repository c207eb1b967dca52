"""From an empty chat to an answer of a model that was not there: the guide, a download, a chat."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit

from chatdesk.features.models.ui.guide.recommendations import Recommendations
from chatdesk.features.servers.ui.cards.providers_tab import ProvidersTab
from chatdesk.kernel.models.machine import Machine
from tests.fakes.scripted_models import ScriptedPull, scripted_ollama
from tests.fakes.scripted_server import reply
from tests.gui.window import doctor_steps
from tests.gui.window.guide_steps import R1_14B, button, opened, page, row, whole, words
from tests.gui.window.harness import FakeModel, Harness
from tests.unit.features.models import machines


async def test_choosing_a_model_leads_from_an_empty_chat_to_an_answer(harness: Harness, fake_model: FakeModel) -> None:
    gate = asyncio.Event()
    fake_model.pulls[R1_14B] = ScriptedPull(gate, size=8_988_112_040)
    await opened(harness)
    assert harness.window.windowTitle().startswith("Models")
    best = row(harness, "14b")
    assert words(best, "bestModel")
    assert words(best, "verdict") == "Fits"
    harness.program.models.library.guide.set_context(16_384)
    button(best, "getModel").click()
    await harness.until(lambda: words(best, "pullProgress").startswith("4.5 GB of 9.0 GB"))
    gate.set()
    await harness.until(lambda: button(best, "chatWithModel").isVisible())
    button(best, "chatWithModel").click()
    await harness.until(lambda: harness.window._models.chosen and harness.window._models.chosen.ref.model_id == R1_14B)
    assert not page(harness).isVisible()
    await harness.until(harness.edit.isVisible)
    QTest.keyClicks(harness.edit, "Hi")
    harness.click("sendButton")
    await harness.until(lambda: harness.answer() == "Yes.")
    asked = fake_model.asked[-1]
    assert asked["model"] == R1_14B
    assert asked["options"] == {"temperature": 0.6, "top_p": 0.95, "num_ctx": 16_384}


@pytest.mark.parametrize(
    "nonsense", [b"null", b"[]", b'{"models": 7}', b"<html></html>", b'{"models": [{}, 3, {"name": ""}]}']
)
async def test_a_server_that_begins_to_list_nonsense_leaves_the_guide_whole(
    harness: Harness, fake_model: FakeModel, nonsense: bytes
) -> None:
    await opened(harness)
    before = fake_model.server.script
    fake_model.server.script = lambda request: [reply(nonsense)] if request.path == "/api/tags" else before(request)
    button(harness.window, "refreshAllModels").click()
    await harness.until(lambda: words(page(harness), "noOllama") or nonsense.startswith(b'{"models": ['))
    assert len(page(harness)._rows) == 8
    fake_model.server.script = before
    button(harness.window, "refreshAllModels").click()
    await harness.until(lambda: not words(page(harness), "noOllama"))


async def test_a_model_got_in_a_terminal_is_noticed_on_coming_back_to_the_window(
    harness: Harness, fake_model: FakeModel
) -> None:
    await opened(harness)
    await harness.until(lambda: button(row(harness, "14b"), "getModel").isVisible())
    await harness.until(lambda: not page(harness)._tasks._running)  # it has looked
    elsewhere = QLabel("A terminal")
    elsewhere.show()
    elsewhere.activateWindow()
    await harness.until(lambda: not harness.window.isActiveWindow())
    before = fake_model.server.script
    tags = {"models": [{"name": R1_14B, "model": R1_14B, "size": 9_000_000_000, "details": {}}]}
    fake_model.server.script = lambda request: [reply(tags)] if request.path == "/api/tags" else before(request)
    harness.window.activateWindow()
    await harness.until(lambda: button(row(harness, "14b"), "chatWithModel").isVisible())
    fake_model.server.script = before
    elsewhere.activateWindow()
    await harness.until(lambda: not harness.window.isActiveWindow())
    harness.window.activateWindow()
    await harness.until(lambda: button(row(harness, "14b"), "getModel").isVisible())
    elsewhere.close()
    elsewhere.deleteLater()


async def test_the_list_of_models_says_how_each_fits(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.pulls["deepseek-r1:7b"] = ScriptedPull()
    await opened(harness)
    button(row(harness, "7b"), "getModel").click()
    await harness.until(button(row(harness, "7b"), "chatWithModel").isVisible)
    QTest.keyClick(page(harness), Qt.Key.Key_Escape)
    harness.window._picker.open_popup()
    await harness.until(lambda: "fits on GPU" in listed(harness).get("deepseek-r1:7b", ""))
    assert "graphics" not in listed(harness)["thinker:8b"]  # its build is not known


def listed(harness: Harness) -> dict[str, str]:
    """The details of each model in the picker's list."""
    return {each.name: each.details for group in harness.window._picker._groups for each in group.models}


async def test_another_context_gives_another_verdict_and_sum(harness: Harness) -> None:
    await opened(harness)
    best = row(harness, "14b")
    button(best, "showSum").click()
    assert "8192 tokens" in words(best, "sum").replace(",", "")
    segments = {each.text(): each for each in page(harness)._contexts.findChildren(QAbstractButton)}
    assert list(segments) == ["4K", "8K", "16K", "32K", "64K", "128K"]
    segments["32K"].click()
    await harness.until(lambda: "on GPU" in words(best, "verdict"))
    assert "32768 tokens" in words(best, "sum").replace(",", "")
    assert not words(best, "bestModel")


async def test_it_is_reached_from_the_palette_and_read_by_keyboard(harness: Harness) -> None:
    harness.program.models.library.guide._read_machine = lambda: machines.RTX_4070
    command = next(each for each in harness.window.commands() if each.id == "guide")
    command.run()
    await whole(harness)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QAbstractButton)
    assert focused.text() == "8K"
    QTest.keyClick(focused, Qt.Key.Key_Right)
    assert harness.program.models.library.guide.context == 16_384
    shown = [each for each in page(harness).findChildren(QAbstractButton) if each.isVisible()]
    names = [each.accessibleName() or each.text() for each in shown]
    assert all(names)
    assert "deepseek-r1:8b, Fits" in row(harness, "8b").accessibleName()


async def test_what_does_not_fit_offers_a_server_instead(harness: Harness) -> None:
    await opened(harness)
    big = row(harness, "671b")
    assert words(big, "verdict") == "Too large"
    assert not button(big, "getModel").isVisible()
    button(big, "addServerForModel").click()
    await harness.until(lambda: not page(harness).isVisible())
    assert harness.window.findChild(ProvidersTab).isVisible()


async def test_where_the_disk_is_full_nothing_can_be_got(harness: Harness) -> None:
    await opened(harness, replace(machines.RTX_4070, disk_free=10**9))
    seven = row(harness, "7b")
    assert not button(seven, "getModel").isEnabled()
    assert "disk" in words(seven, "remark")
    assert not button(row(harness, "671b"), "getModelAnyway").isVisible()


async def test_what_the_disk_seems_too_small_for_can_be_got_all_the_same(
    harness: Harness, fake_model: FakeModel
) -> None:
    """Ollama may keep its models where we do not see it."""
    fake_model.pulls["deepseek-r1:7b"] = ScriptedPull(size=4_683_075_271)
    await opened(harness, replace(machines.RTX_4070, disk_free=10**9))
    button(row(harness, "7b"), "getModelAnyway").click()
    await harness.until(button(row(harness, "7b"), "chatWithModel").isVisible)


async def test_what_is_not_known_is_not_guessed(harness: Harness) -> None:
    await opened(harness, Machine())
    await harness.until(lambda: {words(each, "verdict") for each in page(harness)._rows} == {"Unknown"})


async def test_the_guide_opened_without_ollama_says_what_to_do(
    open_harness: Callable[[], Awaitable[Harness]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    harness = await open_harness()
    harness.program.models.library.guide._read_machine = lambda: machines.RTX_4070
    harness.window._router.show_models("get-more")
    await whole(harness)
    await harness.until(lambda: words(page(harness), "noOllama"))
    assert not button(row(harness, "7b"), "getModel").isEnabled()
    await harness.until(lambda: words(row(harness, "14b"), "bestModel"))
    harness.program.servers.doctor.get()._read = lambda: doctor_steps.INSTALLED
    button(page(harness), "guideDoctor").click()
    await harness.until(lambda: doctor_steps.card(harness) and doctor_steps.at_rest(harness))
    assert doctor_steps.head(harness).endswith("127.0.0.1:9")
    assert page(harness).isVisible(), "it is told in place"
    QTest.keyClick(harness.window.focusWidget(), Qt.Key.Key_Escape)
    await harness.until(lambda: doctor_steps.card(harness) is None)
    assert page(harness).isVisible()


async def test_a_name_typed_in_the_picker_waits_in_the_guide_and_says_what_stands_in_its_way(
    open_harness: Callable[[], Awaitable[Harness]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    harness = await open_harness()
    harness.program.models.library.guide._read_machine = lambda: machines.RTX_4070
    harness.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    search = harness.part("modelSearch")
    QTest.keyClicks(search, "qwen3:4b")
    QTest.keyClick(search, Qt.Key.Key_Return)
    await whole(harness)
    await harness.until(lambda: isinstance(harness.window.focusWidget(), QLineEdit))
    name = harness.window.focusWidget()
    await harness.until(lambda: name.text() == "qwen3:4b")
    QTest.keyClick(name, Qt.Key.Key_Return)
    harness.program.servers.doctor.get()._read = lambda: doctor_steps.INSTALLED
    button(harness.window, "nameDoctor").click()
    await harness.until(lambda: doctor_steps.card(harness) and doctor_steps.at_rest(harness))
    assert page(harness).isVisible()


async def test_an_ollama_without_models_leads_from_the_doctor_to_the_guide(
    harness: Harness, fake_model: FakeModel
) -> None:
    harness.program.servers.doctor.get()._read = lambda: doctor_steps.INSTALLED
    fake_model.server.script = scripted_ollama(models=()).script
    harness.window._steps.doctor.open_for_server("ollama")
    await harness.until(lambda: doctor_steps.card(harness) and doctor_steps.at_rest(harness))
    await harness.until(
        lambda: not any(model.ref.server_id == "ollama" for model in harness.program.servers.models.all())
    )
    doctor_steps.click(harness, "remedy.choose_model")
    await harness.until(lambda: harness.window.findChild(Recommendations) and page(harness).isVisible())
