"""The side panel of the chat: one place for its settings and its outline."""

from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from chatdesk.features.chat.ui.side_panel_frame import SidePanelFrame
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.scrim import Scrim
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.shell.test_screen_reader import expect_readable

Open = Callable[[], Awaitable[Harness]]


def frame(harness: Harness) -> SidePanelFrame:
    return harness.chat_page.side_panel


def panel(harness: Harness) -> QWidget:
    return harness.part("sidePanel")


def scrim_is_visible(harness: Harness) -> bool:
    scrim = frame(harness).findChild(Scrim, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert scrim is not None
    return scrim.isVisible()


def segment(harness: Harness, label: str) -> QAbstractButton:
    return next(each for each in harness.part("sidePanelPanes").findChildren(QAbstractButton) if each.text() == label)


async def test_outline_and_settings_take_turns_in_one_panel_without_a_veil(harness: Harness) -> None:
    harness.window.resize(1280, 820)
    await harness.ask_and_wait("Hi")
    harness.click("outlineToggle")
    assert harness.part("outline").isVisible()
    harness.click("chatSettingsToggle")
    assert (harness.part("chatSettings").isVisible(), harness.part("outline").isVisible()) == (True, False)
    assert (harness.part("chatSettingsToggle").isChecked(), harness.part("outlineToggle").isChecked()) == (True, False)
    segment(harness, "Outline").click()
    assert (harness.part("chatSettings").isVisible(), harness.part("outline").isVisible()) == (False, True)
    assert not scrim_is_visible(harness)
    assert (
        harness.transcript.mapTo(harness.window, QPoint(harness.transcript.width(), 0)).x()
        <= panel(harness).mapTo(harness.window, QPoint()).x()
    )


@pytest.mark.parametrize("toggle", ["chatSettingsToggle", "outlineToggle"])
async def test_escape_closes_what_was_opened_with_the_mouse_and_the_focus_returns(
    harness: Harness, toggle: str
) -> None:
    await harness.ask_and_wait("Hi")
    button = harness.part(toggle)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    focused = harness.window.focusWidget()
    assert focused is not None
    assert panel(harness).isAncestorOf(focused)
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert not panel(harness).isVisible()
    assert button.hasFocus()


async def test_escape_closes_it_from_the_chat_as_well_unless_an_answer_is_being_written(
    harness: Harness, fake_model: FakeModel
) -> None:
    await harness.ask_and_wait("Hi")
    harness.click("chatSettingsToggle")
    harness.edit.setFocus()
    harness.press(Qt.Key.Key_Escape)
    assert not panel(harness).isVisible()


async def test_its_button_and_its_cross_close_it(harness: Harness) -> None:
    await harness.ask_and_wait("Hi")
    harness.click("chatSettingsToggle")
    harness.click("chatSettingsToggle")
    assert not panel(harness).isVisible()
    harness.click("chatSettingsToggle")
    harness.click("closeSidePanel")
    assert not panel(harness).isVisible()
    assert not harness.part("chatSettingsToggle").isChecked()


async def test_in_a_narrow_window_it_lies_over_the_chat_and_a_click_beside_it_closes_it(harness: Harness) -> None:
    harness.window.resize(700, 600)
    await harness.ask_and_wait("Hi")
    harness.click("chatSettingsToggle")
    assert scrim_is_visible(harness)
    assert panel(harness).width() == 360
    assert harness.chat_page._chat.width() == frame(harness).width()
    QTest.mouseClick(
        frame(harness).findChild(Scrim), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, 5)
    )
    assert not panel(harness).isVisible()
    assert not scrim_is_visible(harness)


async def test_width_and_pane_are_remembered(open_harness: Open, fake_model: FakeModel) -> None:
    harness = await open_harness()
    harness.window.resize(1280, 820)
    await harness.ask_and_wait("Hi")
    harness.click("chatSettingsToggle")
    before = panel(harness).width()
    handle = frame(harness)._handle
    start = QPoint(handle.width() // 2, 100)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(handle, start - QPoint(60, 0))
    handle.dragged.emit(handle.mapToGlobal(start).x() - 60)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=start)
    width = panel(harness).width()
    assert width > before
    await harness.close()
    again = await open_harness()
    again.window.resize(1280, 820)
    assert again.part("chatSettings").isVisible()
    assert panel(again).width() == width


async def test_a_new_chat_has_no_outline(harness: Harness) -> None:
    await harness.ask_and_wait("Hi")
    harness.click("outlineToggle")
    harness.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert not panel(harness).isVisible()
    harness.click("chatSettingsToggle")
    assert not harness.part("sidePanelPanes").isVisible()
    assert "Chat settings" in [each.text() for each in panel(harness).findChildren(Label) if each.isVisible()]


async def test_the_first_row_of_the_outline_is_whole_after_it_has_followed_the_reader(
    harness: Harness, fake_model: FakeModel
) -> None:
    harness.window.resize(1280, 500)
    headings = "\n\n".join(f"## Heading {number}\n\nText." for number in range(40))
    fake_model.says(headings)
    await harness.ask_and_wait("Many headings")
    harness.click("outlineToggle")
    outline = harness.part("outline").list
    await harness.until(lambda: outline.model().rowCount() > 40)
    harness.edit.setFocus()
    bar, row = harness.transcript.verticalScrollBar(), outline.sizeHintForRow(0)
    positions = set()
    for share in (1.0, 0.7, 0.35, 0.9, 0.0):
        bar.setValue(round(bar.maximum() * share))
        positions.add(outline.verticalScrollBar().value())
        assert outline.verticalScrollBar().value() % row == 0
    assert len(positions) > 1


async def test_each_pane_can_be_read_by_a_screen_reader(harness: Harness) -> None:
    harness.window.resize(1280, 820)
    await harness.ask_and_wait("Hi")
    harness.click("outlineToggle")
    expect_readable(harness)
    harness.click("chatSettingsToggle")
    harness.click("advancedChatSettings")
    expect_readable(harness)
    harness.click("instructionsCard")
    await harness.until(lambda: harness.window.findChild(QWidget, "edit.chat"))
    expect_readable(harness)
