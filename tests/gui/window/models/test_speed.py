"""How fast a model is, from the palette and the chat's settings: measured, shown, kept, stopped. By clicks."""

import asyncio
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from chatdesk.app.program import Program
from chatdesk.features.models.domain.model_list import ModelEntry, ModelOrder, key_of
from chatdesk.features.models.domain.speed_check import SpeedProgress
from chatdesk.features.models.ui.page.here_tab import HereTab
from chatdesk.features.models.ui.page.row_texts import row_details
from chatdesk.features.models.ui.speed.speed_sheet import SpeedSheet
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.models_harness import button, click_row, models, open_models_page
from tests.unit.features.models import machines


def dialog(harness: Harness) -> SpeedSheet | None:
    found = [each for each in harness.window.findChildren(SpeedSheet) if each.isVisible()]
    return found[0] if found else None


def text_of(harness: Harness, name: str) -> str:
    shown = dialog(harness)
    found = shown.findChild(Label, name) if shown else None
    return found.text() if found and found.isVisible() else ""


def click(harness: Harness, name: str) -> None:
    shown = dialog(harness)
    found = shown.findChild(QAbstractButton, name) if shown else None
    assert found is not None, name
    found.click()


def be_on(program: Program, machine: Machine) -> None:
    program.models.library.fits._read_machine = lambda: machine


def from_palette(harness: Harness) -> Callable[[], object]:
    commands = harness.window.commands()
    return next(command for command in commands if command.id == "speed").run


async def opened(harness: Harness) -> None:
    be_on(harness.program, machines.RTX_4070)
    from_palette(harness)()
    await harness.until(lambda: dialog(harness) is not None)


async def test_a_model_is_measured_and_what_came_of_it_is_kept(harness: Harness, fake_model: FakeModel) -> None:
    await opened(harness)
    assert text_of(harness, "speedAbout")
    click(harness, "measureSpeed")
    await harness.until(lambda: text_of(harness, "speedValue0"))
    assert text_of(harness, "speedValue0") == "50.0 tokens/s", "three tokens in 60 ms, as the server says"
    assert "median of 3 runs" in text_of(harness, "speedWhere")
    assert "RTX 4070" in text_of(harness, "speedWhere")
    assert len(fake_model.asked) == 4
    click(harness, "closeSpeed")
    await harness.until(lambda: dialog(harness) is None)
    from_palette(harness)()
    await harness.until(lambda: text_of(harness, "speedValue0") == "50.0 tokens/s")


async def test_the_chats_settings_lead_there_too(harness: Harness, fake_model: FakeModel) -> None:
    be_on(harness.program, machines.RTX_4070)
    harness.click("chatSettingsToggle")
    harness.click("advancedChatSettings")
    button = harness.window.findChild(QAbstractButton, "speedOfModel")
    assert button is not None
    button.click()
    await harness.until(lambda: dialog(harness) is not None)


async def test_measuring_can_be_stopped_and_tried_again(harness: Harness, fake_model: FakeModel) -> None:
    assert fake_model.server is not None
    gate = asyncio.Event()
    fake_model.says("a", gate)
    await opened(harness)
    click(harness, "measureSpeed")
    await harness.until(lambda: len(fake_model.asked) > 0)
    shown = dialog(harness)
    assert shown is not None
    shown._work.cancelled.emit()
    await harness.until(lambda: len(fake_model.server.disconnects) > 0 and shown._measure.isVisible())
    gate.set()
    click(harness, "measureSpeed")
    await harness.until(lambda: text_of(harness, "speedValue0"))


async def test_a_failure_is_explained(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says(error="out of memory")
    await opened(harness)
    click(harness, "measureSpeed")
    shown = dialog(harness)
    assert shown is not None
    await harness.until(shown._failure.isVisible)
    assert "reported an internal error" in shown._failure.text()


async def test_closing_ends_the_measuring(harness: Harness, fake_model: FakeModel) -> None:
    server = fake_model.server
    assert server is not None
    fake_model.says("a", asyncio.Event())
    await opened(harness)
    click(harness, "measureSpeed")
    await harness.until(lambda: len(fake_model.asked) > 0)
    shown = dialog(harness)
    assert shown is not None
    harness.press(Qt.Key.Key_Escape, where=shown)
    await harness.until(lambda: len(server.disconnects) > 0)


async def test_the_page_of_models_leads_there_too(harness: Harness, fake_model: FakeModel) -> None:
    be_on(harness.program, machines.RTX_4070)
    harness.click("modelsPage")
    await harness.until(lambda: harness.window._models_page.presenter)
    presenter = harness.window._models_page.presenter
    assert presenter is not None
    key = key_of("ollama", "thinker:8b")
    await harness.until(lambda: any(action.key == "speed" for action in presenter._actions_of(key)))
    next(action for action in presenter._actions_of(key) if action.key == "speed").act()
    await harness.until(lambda: dialog(harness) is not None)
    click(harness, "measureSpeed")
    await harness.until(lambda: text_of(harness, "speedValue0"))
    assert {asked["model"] for asked in fake_model.asked} == {"thinker:8b"}, "not the one that the chat asks"


async def test_what_was_measured_stands_in_list_and_details_and_is_measured_again_there(
    harness: Harness, fake_model: FakeModel
) -> None:
    be_on(harness.program, machines.RTX_4070)
    page = await open_models_page(harness)
    click_row(page, "scripted:1b")
    section = page.model_pane.speed
    await harness.until(lambda: section.isVisible() and section._measure.text() == "Measure")
    assert section.facts.texts() == {}
    assert section._where.text() == "Not measured yet."
    for runs in (4, 8):
        page.model_pane.ensureWidgetVisible(section)
        button(section, "measureModel").click()
        await harness.until(lambda count=runs: len(fake_model.asked) == count)
        await harness.until(lambda: text_of(harness, "speedValue0"))
        click(harness, "closeSpeed")
        await harness.until(lambda: dialog(harness) is None)
    await harness.until(lambda: section._measure.text() == "Measure again")
    facts = section.facts.texts()
    assert facts["Writing"].startswith("50.0 tokens/s")
    assert {"Reading the question", "First token"} <= facts.keys()
    assert "RTX 4070" in section._where.text()
    assert "median of 3 runs" in section._where.text()
    await harness.until(lambda: "50 tokens/s" in row_details(fresh_entry(page)))
    page.models.order_chosen.emit(ModelOrder.SPEED, True)
    await harness.until(lambda: models(page)[0] == "scripted:1b")


async def test_what_another_machine_was_measured_at_is_reported_as_such(
    harness: Harness, fake_model: FakeModel
) -> None:
    be_on(harness.program, machines.MAC_16)
    speeds = harness.program.models.library.speed_checks
    await speeds.measure(ModelRef("ollama", "scripted:1b"), lambda _progress: None)
    be_on(harness.program, machines.RTX_4070)
    page = await open_models_page(harness)
    click_row(page, "scripted:1b")
    await harness.until(lambda: "M" in page.model_pane.speed._where.text() and page.model_pane.speed.facts.texts())
    assert fresh_entry(page).speed is None, "in the list it would be taken for the speed here"


def fresh_entry(page: HereTab) -> ModelEntry:
    entry = next(row for row in page.models.list.rows.all() if row.name == "scripted:1b")
    assert isinstance(entry, ModelEntry)
    return entry


async def test_a_check_that_reads_slowly_does_not_take_back_what_is_measured(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    speeds, gate = harness.program.models.library.speed_checks, asyncio.Event()
    monkeypatch.setattr(speeds, "load", gate.wait)
    await opened(harness)
    shown = dialog(harness)
    assert shown is not None
    shown.show_progress(SpeedProgress(2, 4, is_cold=False))
    gate.set()
    running = harness.window._tasks._running
    await harness.until(lambda: not any(task.get_name() == "read the speed checks" for task in running))
    assert shown.is_measuring


async def test_a_closed_check_reads_on_no_more(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = asyncio.Event()

    async def endless() -> None:
        begun.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(harness.program.models.library.speed_checks, "load", endless)
    harness.next_steps.measure_chosen()
    await harness.until(lambda: dialog(harness) and begun.is_set())
    shown = dialog(harness)
    assert shown is not None
    shown.cancel()
    running = harness.window._tasks._running
    await harness.until(lambda: not any(task.get_name() == "read the speed checks" for task in running))
