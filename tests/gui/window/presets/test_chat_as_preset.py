"""A chat made a preset: the one that is shown, or any other from its menu in the sidebar."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu

from tests.gui.window.harness import FakeModel, Harness


async def test_a_chat_becomes_a_preset(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("Use {{braces}} as they are")
    harness.chat_presenter.presets.save_chat()
    await harness.until(lambda: harness.program.presets.presets.find("own:use-braces-as-they-are"))
    made = harness.program.presets.presets.find("own:use-braces-as-they-are")
    assert made.question == "Use {{{{braces}} as they are"
    assert made.variables == ()


async def test_a_chat_that_is_not_shown_becomes_a_preset_and_the_one_that_is_shown_stays(
    harness: Harness, fake_model: FakeModel
) -> None:
    await harness.ask_and_wait("The first chat")
    harness.click("newChat")
    await harness.ask_and_wait("The second chat")
    first = next(each.id for each in harness.program.chat.conversations.all() if each.title == "The first chat")
    harness.window._sidebar.menu_requested.emit([first], QPoint())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == "Save as preset…").trigger()
    menu.close()
    await harness.until(lambda: harness.program.presets.presets.find("own:the-first-chat"))
    assert harness.program.presets.presets.find("own:the-first-chat").question == "The first chat"
    await harness.until(lambda: harness.window._middle.shown == "presets")
    assert harness.chat() != first
