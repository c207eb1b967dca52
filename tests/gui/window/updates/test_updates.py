"""Newer versions, looked for by the window: only where a person switched that on, and reported once."""

from PySide6.QtGui import QDesktopServices

from chatdesk.features.updates.domain.updates import NewestVersion, UpdateProblem
from chatdesk.features.updates.ui.update_presenter import UpdatePresenter
from chatdesk.kernel.settings.declarations import ANNOUNCED_UPDATE, CHECK_UPDATES
from tests.fakes.scripted_updates import PLACE, ScriptedUpdates
from tests.gui.window.harness import Harness

NEWER = NewestVersion("99.0", is_newer=True)


def presenter(harness: Harness, updates: ScriptedUpdates) -> UpdatePresenter:
    harness.program.updates._value = updates
    return harness.window.findChild(UpdatePresenter)


async def test_a_start_does_not_even_load_who_would_ask(harness: Harness) -> None:
    assert harness.program.updates.created is None


async def test_it_asks_nobody_while_it_is_off(harness: Harness) -> None:
    updates = ScriptedUpdates(answer=NEWER)
    presenter(harness, updates).check()
    await harness.window._tasks.finish()
    assert updates.asked == 0
    assert harness.toast() == []


async def test_a_newer_version_is_reported_once_and_opened_by_a_click(harness: Harness, monkeypatch) -> None:
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    updates = ScriptedUpdates(answer=NEWER)
    looking = presenter(harness, updates)
    harness.program.settings.set(CHECK_UPDATES, value=True)
    looking.check()
    await harness.until(harness.toast)
    assert "Chatdesk 99.0 is available" in harness.toast()
    harness.click_toast()
    assert opened == [PLACE.page]
    assert harness.program.settings.get(ANNOUNCED_UPDATE) == "99.0"
    looking.check()
    await harness.until(lambda: updates.asked == 2)
    assert harness.toast() == []


async def test_what_fails_and_what_is_not_newer_is_not_reported(harness: Harness) -> None:
    updates = ScriptedUpdates()
    harness.program.settings.set(CHECK_UPDATES, value=True)
    for answer in (NewestVersion("0.0.1", is_newer=False), *UpdateProblem):
        updates.answer = answer
        presenter(harness, updates).check()
    await harness.until(lambda: updates.asked == 1 + len(UpdateProblem))
    assert harness.toast() == []


async def test_nothing_is_asked_twice_a_day(harness: Harness) -> None:
    updates = ScriptedUpdates(is_due=False)
    harness.program.settings.set(CHECK_UPDATES, value=True)
    presenter(harness, updates).check()
    assert updates.asked == 0
