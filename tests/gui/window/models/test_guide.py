"""From an empty chat to an answer of a model that was not there: the guide, a download, a chat."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from chatdesk.features.models.ui.guide.recommendations import Recommendations
from chatdesk.kernel.models.machine import Machine
from tests.fakes.scripted_models import ScriptedPull, scripted_ollama
from tests.fakes.scripted_server import reply
from tests.gui.window import doctor_steps
from tests.gui.window.desk import Desk, Speaker
from tests.gui.window.guide_hands import R1_14B, button, opened, page, row, whole, words
from tests.unit.features.models import machines


async def test_choosing_a_model_leads_from_an_empty_chat_to_an_answer(desk: Desk, speaker: Speaker) -> None:
    gate = asyncio.Event()
    speaker.pulls[R1_14B] = ScriptedPull(gate, size=8_988_112_040)
    await opened(desk)
    assert desk.window.windowTitle().startswith("Models")
    best = row(desk, "14b")
    assert words(best, "bestModel")
    assert words(best, "verdict") == "Fits"
    desk.program.model_library.guide.set_context(16_384)
    button(best, "getModel").click()
    await desk.until(lambda: words(best, "pullProgress").startswith("4.5 GB of 9.0 GB"))
    gate.set()
    await desk.until(lambda: button(best, "chatWithModel").isVisible())
    button(best, "chatWithModel").click()
    await desk.until(lambda: desk.window._models.chosen and desk.window._models.chosen.ref.model_id == R1_14B)
    assert not page(desk).isVisible()
    await desk.until(desk.edit.isVisible)
    QTest.keyClicks(desk.edit, "Hi")
    desk.click("sendButton")
    await desk.until(lambda: desk.answer() == "Yes.")
    asked = speaker.asked[-1]
    assert asked["model"] == R1_14B
    assert asked["options"] == {"temperature": 0.6, "top_p": 0.95, "num_ctx": 16_384}


@pytest.mark.parametrize(
    "nonsense", [b"null", b"[]", b'{"models": 7}', b"<html></html>", b'{"models": [{}, 3, {"name": ""}]}']
)
async def test_a_server_that_begins_to_list_nonsense_leaves_the_guide_whole(
    desk: Desk, speaker: Speaker, nonsense: bytes
) -> None:
    await opened(desk)
    before = speaker.server.script
    speaker.server.script = lambda request: [reply(nonsense)] if request.path == "/api/tags" else before(request)
    button(desk.window, "refreshAllModels").click()
    await desk.until(lambda: words(page(desk), "noOllama") or nonsense.startswith(b'{"models": ['))
    assert len(page(desk)._rows) == 8
    speaker.server.script = before
    button(desk.window, "refreshAllModels").click()
    await desk.until(lambda: not words(page(desk), "noOllama"))


async def test_a_model_got_in_a_terminal_is_noticed_on_coming_back_to_the_window(desk: Desk, speaker: Speaker) -> None:
    await opened(desk)
    await desk.until(lambda: button(row(desk, "14b"), "getModel").isVisible())
    await desk.until(lambda: not page(desk)._tasks._running)  # it has looked
    elsewhere = QLabel("A terminal")
    elsewhere.show()
    elsewhere.activateWindow()
    await desk.until(lambda: not desk.window.isActiveWindow())
    before = speaker.server.script
    tags = {"models": [{"name": R1_14B, "model": R1_14B, "size": 9_000_000_000, "details": {}}]}
    speaker.server.script = lambda request: [reply(tags)] if request.path == "/api/tags" else before(request)
    desk.window.activateWindow()
    await desk.until(lambda: button(row(desk, "14b"), "chatWithModel").isVisible())
    speaker.server.script = before
    elsewhere.activateWindow()
    await desk.until(lambda: not desk.window.isActiveWindow())
    desk.window.activateWindow()
    await desk.until(lambda: button(row(desk, "14b"), "getModel").isVisible())
    elsewhere.close()
    elsewhere.deleteLater()


async def test_the_list_of_models_says_how_each_fits(desk: Desk, speaker: Speaker) -> None:
    speaker.pulls["deepseek-r1:7b"] = ScriptedPull()
    await opened(desk)
    button(row(desk, "7b"), "getModel").click()
    await desk.until(button(row(desk, "7b"), "chatWithModel").isVisible)
    QTest.keyClick(page(desk), Qt.Key.Key_Escape)
    desk.window._picker.open_popup()
    await desk.until(lambda: "fits on GPU" in listed(desk).get("deepseek-r1:7b", ""))
    assert "graphics" not in listed(desk)["thinker:8b"]  # its build is not known


def listed(desk: Desk) -> dict[str, str]:
    """The details of each model in the picker's list."""
    return {each.name: each.details for group in desk.window._picker._groups for each in group.models}


async def test_another_context_gives_another_verdict_and_sum(desk: Desk) -> None:
    await opened(desk)
    best = row(desk, "14b")
    button(best, "showSum").click()
    assert "8192 tokens" in words(best, "sum").replace(",", "")
    segments = {each.text(): each for each in page(desk)._contexts.findChildren(QAbstractButton)}
    assert list(segments) == ["4K", "8K", "16K", "32K", "64K", "128K"]
    segments["32K"].click()
    await desk.until(lambda: "on GPU" in words(best, "verdict"))
    assert "32768 tokens" in words(best, "sum").replace(",", "")
    assert not words(best, "bestModel")


async def test_it_is_reached_from_the_palette_and_read_by_keyboard(desk: Desk) -> None:
    desk.program.model_library.guide._read_machine = lambda: machines.RTX_4070
    command = next(each for each in desk.window.commands() if each.id == "guide")
    command.run()
    await whole(desk)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QAbstractButton)
    assert focused.text() == "8K"
    QTest.keyClick(focused, Qt.Key.Key_Right)
    assert desk.program.model_library.guide.context == 16_384
    shown = [each for each in page(desk).findChildren(QAbstractButton) if each.isVisible()]
    names = [each.accessibleName() or each.text() for each in shown]
    assert all(names)
    assert "deepseek-r1:8b, Fits" in row(desk, "8b").accessibleName()


async def test_what_does_not_fit_offers_a_server_instead(desk: Desk) -> None:
    await opened(desk)
    big = row(desk, "671b")
    assert words(big, "verdict") == "Too large"
    assert not button(big, "getModel").isVisible()
    button(big, "addServerForModel").click()
    await desk.until(lambda: not page(desk).isVisible())
    assert desk.window.windowTitle().startswith("Settings")


async def test_where_the_disk_is_full_nothing_can_be_got(desk: Desk) -> None:
    await opened(desk, replace(machines.RTX_4070, disk_free=10**9))
    seven = row(desk, "7b")
    assert not button(seven, "getModel").isEnabled()
    assert "disk" in words(seven, "remark")
    assert not button(row(desk, "671b"), "getModelAnyway").isVisible()


async def test_what_the_disk_seems_too_small_for_can_be_got_all_the_same(desk: Desk, speaker: Speaker) -> None:
    """Ollama may keep its models where we do not see it."""
    speaker.pulls["deepseek-r1:7b"] = ScriptedPull(size=4_683_075_271)
    await opened(desk, replace(machines.RTX_4070, disk_free=10**9))
    button(row(desk, "7b"), "getModelAnyway").click()
    await desk.until(button(row(desk, "7b"), "chatWithModel").isVisible)


async def test_what_is_not_known_is_not_guessed(desk: Desk) -> None:
    await opened(desk, Machine())
    await desk.until(lambda: {words(each, "verdict") for each in page(desk)._rows} == {"Unknown"})


async def test_without_ollama_the_list_of_models_opens_instead(
    open_desk: Callable[[], Awaitable[Desk]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    desk = await open_desk()
    desk.click("step_guide")
    await desk.until(lambda: desk.window._picker._popup and desk.window._picker._popup.isVisible())
    assert desk.window.findChild(Recommendations) is None


async def test_the_guide_opened_without_ollama_says_what_to_do(
    open_desk: Callable[[], Awaitable[Desk]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    desk = await open_desk()
    desk.program.model_library.guide._read_machine = lambda: machines.RTX_4070
    desk.window._places.show_models("recommended")
    await whole(desk)
    await desk.until(lambda: words(page(desk), "noOllama"))
    assert not button(row(desk, "7b"), "getModel").isEnabled()
    await desk.until(lambda: words(row(desk, "14b"), "bestModel"))
    desk.program.doctor.get()._read = lambda: doctor_steps.INSTALLED
    button(page(desk), "guideDoctor").click()
    await desk.until(lambda: doctor_steps.card(desk) and doctor_steps.at_rest(desk))
    assert doctor_steps.head(desk).endswith("127.0.0.1:9")
    assert not page(desk).isVisible()


async def test_an_ollama_without_models_leads_from_the_doctor_to_the_guide(desk: Desk, speaker: Speaker) -> None:
    desk.program.doctor.get()._read = lambda: doctor_steps.INSTALLED
    speaker.server.script = scripted_ollama(models=()).script
    desk.window._places.doctor_wanted.emit("ollama")
    await desk.until(lambda: doctor_steps.card(desk) and doctor_steps.at_rest(desk))
    await desk.until(lambda: not any(model.ref.server_id == "ollama" for model in desk.program.models.all()))
    doctor_steps.click(desk, "remedy.choose_model")
    await desk.until(lambda: desk.window.findChild(Recommendations) and page(desk).isVisible())
