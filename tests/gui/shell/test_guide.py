"""From an empty chat to an answer of a model that was not there: the guide, a download, a chat."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from chatdesk.domain.model_fit.machine import Machine
from chatdesk.domain.pull_state import PullState
from chatdesk.domain.server import ServerConfig
from chatdesk.services.pulls import FreeSpace
from chatdesk.ui.guide.guide_page import GuidePage
from chatdesk.ui.guide.variant_row import VariantRow
from chatdesk.ui.shell.more_commands import ExtraCommand, more_commands
from chatdesk.ui.theme.label import Label
from tests.fakes.scripted_models import ScriptedPull
from tests.gui.shell.desk import Desk, Speaker
from tests.unit.domain.model_fit import machines

R1_14B = "deepseek-r1:14b"


def page(desk: Desk) -> GuidePage:
    found = desk.window.findChild(GuidePage)
    assert found is not None
    return found


def row(desk: Desk, size: str) -> VariantRow:
    return next(each for each in page(desk)._rows if each._size.text() == size)


def button(place: QWidget, name: str) -> QAbstractButton:
    found = place.findChild(QAbstractButton, name)
    assert found is not None
    return found


def words(place: QWidget, name: str) -> str:
    found = place.findChild(Label, name)
    return found.text() if found and found.isVisible() else ""


def free_space_of(machine: Machine) -> FreeSpace:
    async def space(_server: ServerConfig) -> int | None:
        return machine.disk_free

    return space


async def opened(desk: Desk, machine: Machine = machines.RTX_4070) -> None:
    guide = desk.program.guide.get()
    guide._read_machine = lambda: machine
    guide.pulls._free_space = free_space_of(machine)  # the tests' own disk may be small
    await desk.until(lambda: desk.program.models.was_asked)
    desk.click("step_guide")
    await whole(desk)


async def whole(desk: Desk) -> None:
    """Wait until the page is there with all of its rows: they come one after the other."""
    await desk.until(lambda: desk.window.findChild(GuidePage) and len(page(desk)._rows) == 8)


async def test_choosing_a_model_leads_from_an_empty_chat_to_an_answer(desk: Desk, speaker: Speaker) -> None:
    gate = asyncio.Event()
    speaker.pulls[R1_14B] = ScriptedPull(gate, size=8_988_112_040)
    await opened(desk)
    assert desk.window.windowTitle().startswith("Which model?")
    best = row(desk, "14b")
    assert words(best, "bestModel")
    assert words(best, "verdict") == "Fits"
    desk.program.guide.get().set_context(16_384)
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


async def test_a_download_is_paused_goes_on_and_is_left_off(desk: Desk, speaker: Speaker) -> None:
    speaker.pulls["deepseek-r1:7b"] = ScriptedPull(asyncio.Event(), size=4_683_075_271)
    await opened(desk)
    seven = row(desk, "7b")
    button(seven, "getModel").click()
    await desk.until(lambda: words(seven, "pullProgress").startswith("2.3 GB of 4.7 GB"))
    button(seven, "pausePull").click()
    await desk.until(lambda: words(seven, "pullProgress").startswith("Paused"))
    assert button(seven, "getModel").text() == "Go on"
    assert speaker.server is not None
    await desk.until(lambda: speaker.server.disconnects)
    button(seven, "getModel").click()
    await desk.until(lambda: button(seven, "pausePull").isVisible())
    button(seven, "cancelPull").click()
    await desk.until(lambda: button(seven, "getModel").isVisible() and button(seven, "getModel").text() == "Get")
    assert desk.program.guide.get().pulls.all() == ()


async def test_a_failure_is_told_in_words_with_another_try(desk: Desk, speaker: Speaker) -> None:
    speaker.pulls["deepseek-r1:8b"] = ScriptedPull(error="write /x/sha256-1: no space left on device")
    await opened(desk)
    eight = row(desk, "8b")
    button(eight, "getModel").click()
    await desk.until(lambda: "is full" in words(eight, "pullFailure"))
    assert button(eight, "getModel").text() == "Try again"
    speaker.pulls["deepseek-r1:8b"] = ScriptedPull()
    button(eight, "getModel").click()
    await desk.until(lambda: button(eight, "chatWithModel").isVisible())


async def test_a_model_is_got_by_its_name(desk: Desk, speaker: Speaker) -> None:
    gate = asyncio.Event()
    speaker.pulls["qwen3:latest"] = ScriptedPull(gate)
    await opened(desk)
    field = page(desk).findChild(QLineEdit, "modelName")
    assert field is not None
    await desk.until(lambda: field.isVisible() and page(desk)._others._can_get)
    assert not button(page(desk), "getNamedModel").isEnabled()
    QTest.keyClicks(field, " qwen3 ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    others = page(desk)._others
    await desk.until(lambda: words(others, "pullProgress").startswith("500"))
    assert field.text() == ""
    gate.set()
    await desk.until(lambda: button(others, "chatWithModel").isVisible())
    button(others, "chatWithModel").click()
    await desk.until(lambda: desk.window._models.chosen and desk.window._models.chosen.ref.model_id == "qwen3:latest")


async def test_a_name_that_nobody_knows_is_told(desk: Desk) -> None:
    await opened(desk)
    await desk.until(lambda: page(desk)._others._can_get)
    field = page(desk).findChild(QLineEdit, "modelName")
    assert field is not None
    QTest.keyClicks(field, "no-such:1b")
    button(page(desk), "getNamedModel").click()
    others = page(desk)._others
    await desk.until(lambda: words(others, "pullFailure").startswith("There is no model named no-such:1b"))
    button(others, "cancelPull").click()
    await desk.until(lambda: not words(others, "pullFailure"))


async def test_a_mistyped_name_is_offered_as_the_right_one(desk: Desk, speaker: Speaker) -> None:
    speaker.pulls["deepseek-r1:7b"] = ScriptedPull()
    await opened(desk)
    await desk.until(lambda: page(desk)._others._can_get)
    field = page(desk).findChild(QLineEdit, "modelName")
    assert field is not None
    QTest.keyClicks(field, "ollama run deepsek-r1:7b")
    QTest.keyClick(field, Qt.Key.Key_Return)
    others = page(desk)._others
    await desk.until(lambda: "Names like it: deepseek-r1:7b" in words(others, "pullFailure"))
    assert button(others, "getNearModel").text() == "Get deepseek-r1:7b"
    button(others, "getNearModel").click()
    await desk.until(button(row(desk, "7b"), "chatWithModel").isVisible)
    assert [pull.ref.model_id for pull in desk.program.guide.get().pulls.all()] == ["deepseek-r1:7b"]


@pytest.mark.parametrize("text", ["two words", "<b>x</b>", "\u202eqwen", "x" * 1900, "https://example.com/m.gguf"])
async def test_what_is_no_name_is_told_under_the_field_and_stays_in_it(desk: Desk, text: str) -> None:
    await opened(desk)
    await desk.until(lambda: page(desk)._others._can_get)
    field = page(desk).findChild(QLineEdit, "modelName")
    assert field is not None
    field.setText(text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert words(page(desk), "nameProblem")
    assert field.text() == text
    assert desk.program.guide.get().pulls.all() == ()
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert not words(page(desk), "nameProblem")


async def test_what_seems_not_to_fit_on_the_disk_can_be_got_anyway(desk: Desk, speaker: Speaker) -> None:
    gate = asyncio.Event()
    speaker.pulls["qwen3:latest"] = ScriptedPull(gate, size=8 * 10**9)
    await opened(desk, replace(machines.RTX_4070, disk_free=2 * 10**9))
    await desk.until(lambda: page(desk)._others._can_get)
    field = page(desk).findChild(QLineEdit, "modelName")
    assert field is not None
    QTest.keyClicks(field, "qwen3")
    QTest.keyClick(field, Qt.Key.Key_Return)
    others = page(desk)._others
    await desk.until(lambda: "4.0 GB are still to come, 2.0 GB are free" in words(others, "pullFailure"))
    gate.set()
    button(others, "getModelAnyway").click()
    await desk.until(button(others, "chatWithModel").isVisible)


async def test_a_download_shows_in_sidebar_and_title_whatever_is_open(desk: Desk, speaker: Speaker) -> None:
    gate = asyncio.Event()
    speaker.pulls["deepseek-r1:1.5b"] = ScriptedPull(gate, size=1_117_322_600)
    await opened(desk)
    button(row(desk, "1.5b"), "getModel").click()
    await desk.until(lambda: desk.window.windowTitle().startswith("50% · "))
    QTest.keyClick(page(desk), Qt.Key.Key_Escape)
    mark = button(desk.window, "downloadsPage")
    await desk.until(mark.isVisible)
    assert (mark.text(), mark.accessibleDescription()) == ("deepseek-r1:1.5b", "50%")
    desk.window.show_settings()
    assert desk.window.windowTitle().startswith("50% · Settings")
    desk.window._places.show_chats()
    mark.click()
    await desk.until(page(desk).isVisible)
    button(row(desk, "1.5b"), "pausePull").click()
    QTest.keyClick(page(desk), Qt.Key.Key_Escape)
    await desk.until(lambda: mark.isVisible() and mark.accessibleDescription() == "paused")
    assert "%" not in desk.window.windowTitle()
    desk.program.guide.get().pulls.cancel(desk.program.guide.get().pulls.all()[0].ref)
    await desk.until(lambda: not mark.isVisible())


async def test_a_download_goes_on_after_the_next_start(
    open_desk: Callable[[], Awaitable[Desk]], speaker: Speaker
) -> None:
    speaker.pulls["qwen3:latest"] = ScriptedPull(asyncio.Event())
    desk = await open_desk()
    await desk.until(lambda: desk.program.models.was_asked)
    desk.program.guide.get().get_named("qwen3")
    await desk.until(lambda: desk.window.windowTitle().startswith("50% · "))
    await desk.close()
    gate = asyncio.Event()
    speaker.pulls["qwen3:latest"] = ScriptedPull(gate)
    again = await open_desk()
    await again.until(lambda: "Downloads go on" in again.toast())
    await again.until(lambda: again.window.windowTitle().startswith("50% · "))
    gate.set()
    await again.until(lambda: "qwen3:latest is ready." in again.toast())
    assert again.toast()[-1] == "Chat with it"
    again.click_toast()
    await again.until(
        lambda: again.window._models.chosen and again.window._models.chosen.ref.model_id == "qwen3:latest"
    )


async def test_a_download_that_ends_elsewhere_is_told(desk: Desk, speaker: Speaker) -> None:
    gate = asyncio.Event()
    speaker.pulls["deepseek-r1:1.5b"] = ScriptedPull(gate)
    await opened(desk)
    button(row(desk, "1.5b"), "getModel").click()
    pulls = desk.program.guide.get().pulls
    await desk.until(lambda: any(pull.state is PullState.RUNNING for pull in pulls.all()))
    QTest.keyClick(page(desk), Qt.Key.Key_Escape)
    await desk.until(desk.edit.isVisible)
    gate.set()
    await desk.until(lambda: "deepseek-r1:1.5b is ready." in desk.toast())


async def test_the_list_of_models_says_how_each_fits(desk: Desk, speaker: Speaker) -> None:
    speaker.pulls["deepseek-r1:7b"] = ScriptedPull()
    await opened(desk)
    button(row(desk, "7b"), "getModel").click()
    await desk.until(button(row(desk, "7b"), "chatWithModel").isVisible)
    QTest.keyClick(page(desk), Qt.Key.Key_Escape)
    desk.window._picker.open_popup()
    await desk.until(lambda: "fits on graphics" in listed(desk).get("deepseek-r1:7b", ""))
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
    await desk.until(lambda: "on graphics" in words(best, "verdict"))
    assert "32768 tokens" in words(best, "sum").replace(",", "")
    assert not words(best, "bestModel")


async def test_it_is_reached_from_the_palette_and_read_by_keyboard(desk: Desk) -> None:
    desk.program.guide.get()._read_machine = lambda: machines.RTX_4070
    command = next(each for each in extra_commands(desk) if each.key == "guide")
    command.act()
    await whole(desk)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QAbstractButton)
    assert focused.text() == "8K"
    QTest.keyClick(focused, Qt.Key.Key_Right)
    assert desk.program.guide.get().context == 16_384
    shown = [each for each in page(desk).findChildren(QAbstractButton) if each.isVisible()]
    names = [each.accessibleName() or each.text() for each in shown]
    assert all(names)
    assert "deepseek-r1:8b, Fits" in row(desk, "8b").accessibleName()


def extra_commands(desk: Desk) -> tuple[ExtraCommand, ...]:
    window = desk.window
    return more_commands(
        window._program.settings, window._places, window.show_batch, window._chat, lambda: None, lambda: None
    )


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


async def test_what_is_not_known_is_not_guessed(desk: Desk) -> None:
    await opened(desk, Machine())
    assert {words(each, "verdict") for each in page(desk)._rows} == {"Not known"}


async def test_without_ollama_the_list_of_models_opens_instead(
    open_desk: Callable[[], Awaitable[Desk]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    desk = await open_desk()
    desk.click("step_guide")
    await desk.until(lambda: desk.window._picker._popup and desk.window._picker._popup.isVisible())
    assert desk.window.findChild(GuidePage) is None


async def test_the_guide_opened_without_ollama_says_what_to_do(
    open_desk: Callable[[], Awaitable[Desk]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    desk = await open_desk()
    desk.program.guide.get()._read_machine = lambda: machines.RTX_4070
    desk.window._places.show_guide()
    await whole(desk)
    await desk.until(lambda: words(page(desk), "noOllama"))
    assert not button(row(desk, "7b"), "getModel").isEnabled()
    await desk.until(lambda: words(row(desk, "14b"), "bestModel"))
