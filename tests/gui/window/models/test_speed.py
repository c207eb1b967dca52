"""How fast a model is, from the palette and the chat's settings: measured, shown, kept, stopped. By clicks."""

import asyncio
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from chatdesk.app.program import Program
from chatdesk.features.models.domain.model_list import ModelEntry, ModelOrder, key_of
from chatdesk.features.models.domain.speed_check import SpeedProgress
from chatdesk.features.models.ui.page.models_page import ModelsPage
from chatdesk.features.models.ui.page.row_words import row_details
from chatdesk.features.models.ui.speed.speed_dialog import SpeedDialog
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.window.desk import Desk, Speaker
from tests.gui.window.models_desk import button, click_row, models, open_models_page
from tests.unit.features.models import machines


def dialog(desk: Desk) -> SpeedDialog | None:
    found = [each for each in desk.window.findChildren(SpeedDialog) if each.isVisible()]
    return found[0] if found else None


def words(desk: Desk, name: str) -> str:
    shown = dialog(desk)
    found = shown.findChild(Label, name) if shown else None
    return found.text() if found and found.isVisible() else ""


def click(desk: Desk, name: str) -> None:
    shown = dialog(desk)
    found = shown.findChild(QAbstractButton, name) if shown else None
    assert found is not None, name
    found.click()


def be_on(program: Program, machine: Machine) -> None:
    program.model_library.guide._read_machine = lambda: machine


def from_palette(desk: Desk) -> Callable[[], object]:
    commands = desk.window.commands()
    return next(command for command in commands if command.id == "speed").run


async def opened(desk: Desk) -> None:
    be_on(desk.program, machines.RTX_4070)
    from_palette(desk)()
    await desk.until(lambda: dialog(desk) is not None)


async def test_a_model_is_measured_and_what_came_of_it_is_kept(desk: Desk, speaker: Speaker) -> None:
    await opened(desk)
    assert words(desk, "speedAbout")
    click(desk, "measureSpeed")
    await desk.until(lambda: words(desk, "speedValue0"))
    assert words(desk, "speedValue0") == "50.0 tokens/s", "three tokens in 60 ms, as the server says"
    assert "median of 3 runs" in words(desk, "speedWhere")
    assert "RTX 4070" in words(desk, "speedWhere")
    assert len(speaker.asked) == 4
    click(desk, "closeSpeed")
    await desk.until(lambda: dialog(desk) is None)
    from_palette(desk)()
    await desk.until(lambda: words(desk, "speedValue0") == "50.0 tokens/s")


async def test_the_chats_settings_lead_there_too(desk: Desk, speaker: Speaker) -> None:
    be_on(desk.program, machines.RTX_4070)
    desk.window._chat_settings.toggle()
    button = desk.window.findChild(QAbstractButton, "speedOfModel")
    assert button is not None
    button.click()
    await desk.until(lambda: dialog(desk) is not None)


async def test_measuring_can_be_stopped_and_tried_again(desk: Desk, speaker: Speaker) -> None:
    assert speaker.server is not None
    gate = asyncio.Event()
    speaker.says("a", gate)
    await opened(desk)
    click(desk, "measureSpeed")
    await desk.until(lambda: len(speaker.asked) > 0)
    shown = dialog(desk)
    assert shown is not None
    shown._work.cancelled.emit()
    await desk.until(lambda: len(speaker.server.disconnects) > 0 and shown._measure.isVisible())
    gate.set()
    click(desk, "measureSpeed")
    await desk.until(lambda: words(desk, "speedValue0"))


async def test_a_failure_is_told_in_words(desk: Desk, speaker: Speaker) -> None:
    speaker.says(error="out of memory")
    await opened(desk)
    click(desk, "measureSpeed")
    shown = dialog(desk)
    assert shown is not None
    await desk.until(shown._failure.isVisible)
    assert "reported an internal error" in shown._failure.text()


async def test_closing_ends_the_measuring(desk: Desk, speaker: Speaker) -> None:
    server = speaker.server
    assert server is not None
    speaker.says("a", asyncio.Event())
    await opened(desk)
    click(desk, "measureSpeed")
    await desk.until(lambda: len(speaker.asked) > 0)
    shown = dialog(desk)
    assert shown is not None
    desk.press(Qt.Key.Key_Escape, where=shown)
    await desk.until(lambda: len(server.disconnects) > 0)


async def test_the_page_of_models_leads_there_too(desk: Desk, speaker: Speaker) -> None:
    be_on(desk.program, machines.RTX_4070)
    desk.click("modelsPage")
    await desk.until(lambda: desk.window._models_page._presenter)
    presenter = desk.window._models_page._presenter
    assert presenter is not None
    key = key_of("ollama", "thinker:8b")
    await desk.until(lambda: any(action.key == "speed" for action in presenter._actions_of(key)))
    next(action for action in presenter._actions_of(key) if action.key == "speed").act()
    await desk.until(lambda: dialog(desk) is not None)
    click(desk, "measureSpeed")
    await desk.until(lambda: words(desk, "speedValue0"))
    assert {asked["model"] for asked in speaker.asked} == {"thinker:8b"}, "not the one that the chat asks"


async def test_what_was_measured_stands_in_list_and_details_and_is_measured_again_there(
    desk: Desk, speaker: Speaker
) -> None:
    be_on(desk.program, machines.RTX_4070)
    page = await open_models_page(desk)
    click_row(page, "scripted:1b")
    section = page.model_pane.speed
    await desk.until(lambda: section.isVisible() and section._measure.text() == "Measure")
    assert section.facts.words() == {}
    assert section._where.text() == "Not measured yet."
    for runs in (4, 8):
        page.model_pane.ensureWidgetVisible(section)
        button(section, "measureModel").click()
        await desk.until(lambda count=runs: len(speaker.asked) == count)
        await desk.until(lambda: words(desk, "speedValue0"))
        click(desk, "closeSpeed")
        await desk.until(lambda: dialog(desk) is None)
    await desk.until(lambda: section._measure.text() == "Measure again")
    facts = section.facts.words()
    assert facts["Writing"].startswith("50.0 tokens/s")
    assert {"Reading the question", "First token"} <= facts.keys()
    assert "RTX 4070" in section._where.text()
    assert "median of 3 runs" in section._where.text()
    await desk.until(lambda: "50 tokens/s" in row_details(fresh_entry(page), grouped=True))
    page.column.order_chosen.emit(ModelOrder.SPEED, True)
    await desk.until(lambda: models(page)[0] == "scripted:1b")


async def test_what_another_machine_was_measured_at_is_told_as_such(desk: Desk, speaker: Speaker) -> None:
    be_on(desk.program, machines.MAC_16)
    speeds = desk.program.model_library.speed_checks
    await speeds.measure(ModelRef("ollama", "scripted:1b"), lambda _progress: None)
    be_on(desk.program, machines.RTX_4070)
    page = await open_models_page(desk)
    click_row(page, "scripted:1b")
    await desk.until(lambda: "M" in page.model_pane.speed._where.text() and page.model_pane.speed.facts.words())
    assert fresh_entry(page).speed is None, "in the list it would be taken for the speed here"


def fresh_entry(page: ModelsPage) -> ModelEntry:
    entry = next(row for row in page.column.list.rows.all() if row.name == "scripted:1b")
    assert isinstance(entry, ModelEntry)
    return entry


async def test_a_check_that_reads_slowly_does_not_take_back_what_is_measured(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    speeds, gate = desk.program.model_library.speed_checks, asyncio.Event()
    monkeypatch.setattr(speeds, "load", gate.wait)
    await opened(desk)
    shown = dialog(desk)
    assert shown is not None
    shown.show_progress(SpeedProgress(2, 4, is_cold=False))
    gate.set()
    running = desk.window._tasks._running
    await desk.until(lambda: not any(task.get_name() == "read the speed checks" for task in running))
    assert shown.is_measuring


async def test_a_closed_check_reads_on_no_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = asyncio.Event()

    async def endless() -> None:
        begun.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(desk.program.model_library.speed_checks, "load", endless)
    desk.window._steps.measure_chosen()
    await desk.until(lambda: dialog(desk) and begun.is_set())
    shown = dialog(desk)
    assert shown is not None
    shown.close()
    running = desk.window._tasks._running
    await desk.until(lambda: not any(task.get_name() == "read the speed checks" for task in running))
