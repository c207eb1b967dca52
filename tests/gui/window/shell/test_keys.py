"""The keys of the window, pressed where a person writes."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.kernel.settings.declarations import SIDEBAR_OPEN, ZOOM
from tests.gui.window.harness import FakeModel, Harness

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEYS = Qt.Key


async def test_ctrl_b_hides_the_sidebar_and_shows_it(harness: Harness) -> None:
    harness.press(KEYS.Key_B, CONTROL)
    assert not harness.part("sidebar").isVisible()
    assert harness.program.window_state.get(SIDEBAR_OPEN) is False
    harness.press(KEYS.Key_B, CONTROL)
    assert harness.part("sidebar").isVisible()


async def test_ctrl_k_searches_even_with_the_sidebar_hidden_and_esc_leads_back(harness: Harness) -> None:
    harness.press(KEYS.Key_B, CONTROL)
    harness.press(KEYS.Key_K, CONTROL)
    search = harness.part("searchChats")
    assert search.hasFocus()
    harness.press(KEYS.Key_Escape, where=search)
    assert harness.edit.hasFocus()


async def test_typing_anywhere_writes_a_message(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("First")
    harness.transcript.setFocus()
    harness.press(KEYS.Key_H, where=harness.transcript)
    assert harness.edit.hasFocus()
    assert harness.edit.text() == "h"


async def test_tab_goes_around_the_whole_window_the_messages_before_the_composer(
    harness: Harness, fake_model: FakeModel
) -> None:
    await harness.ask_and_wait("First")
    around: list[QWidget | None] = []
    for _ in range(40):
        harness.press(KEYS.Key_Tab, where=harness.window.focusWidget())
        around.append(harness.window.focusWidget())
        if around[-1] is harness.edit:
            break
    names = list(dict.fromkeys(widget.objectName() or type(widget).__name__ for widget in around if widget))
    assert around[-1] is harness.edit
    assert {"newChat", "searchChats", "conversationList", "settingsPage", "sidebarToggle", "modelPicker"} <= set(names)
    assert names[-2:] == ["TranscriptView", "message"]
    harness.press(KEYS.Key_Backtab, SHIFT, where=harness.edit)
    assert harness.window.focusWidget() is harness.transcript


async def test_the_keyboard_goes_from_the_outline_back_to_the_composer(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("First")
    harness.press(KEYS.Key_L, CONTROL | SHIFT)
    outline = harness.window.focusWidget()
    assert outline is not harness.edit
    harness.press(KEYS.Key_L, CONTROL | SHIFT, where=outline)
    assert harness.window.focusWidget() is harness.edit


async def test_ctrl_tab_goes_through_the_chats(harness: Harness, fake_model: FakeModel) -> None:
    for text in ("One", "Two", "Three"):
        harness.press(KEYS.Key_N, CONTROL)
        await harness.ask_and_wait(text)
    harness.press(KEYS.Key_Tab, CONTROL)
    await harness.until(lambda: harness.title() == "Two")
    harness.press(KEYS.Key_Tab, CONTROL | SHIFT)
    await harness.until(lambda: harness.title() == "Three")
    assert harness.edit.hasFocus()


async def test_ctrl_shift_c_copies_the_last_answer(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("The **last** answer\n\n```\ncode\n```\n")
    await harness.ask_and_wait("First")
    harness.press(KEYS.Key_C, CONTROL | SHIFT)
    assert QApplication.clipboard().text() == "The **last** answer\n\n```\ncode\n```\n"
    harness.press(KEYS.Key_Semicolon, CONTROL | SHIFT)
    assert QApplication.clipboard().text() == "code\n"


async def test_zoom_goes_up_down_and_back(harness: Harness) -> None:
    harness.press(KEYS.Key_Plus, CONTROL)
    assert harness.program.settings.get(ZOOM) == 110
    harness.press(KEYS.Key_Minus, CONTROL)
    harness.press(KEYS.Key_Minus, CONTROL)
    assert harness.program.settings.get(ZOOM) == 90
    harness.press(KEYS.Key_0, CONTROL)
    assert harness.program.settings.get(ZOOM) == 100


async def test_settings_open_and_esc_closes_them(harness: Harness) -> None:
    harness.press(KEYS.Key_Comma, CONTROL)
    page = harness.router.currentWidget()
    assert page.isVisible()
    harness.press(KEYS.Key_Escape, where=page)
    assert not page.isVisible()
    assert harness.edit.hasFocus()


async def test_a_key_about_the_chat_does_nothing_while_the_settings_hide_it(
    harness: Harness, fake_model: FakeModel
) -> None:
    await harness.ask_and_wait("First")
    harness.press(KEYS.Key_Comma, CONTROL)
    harness.press(KEYS.Key_R, CONTROL, where=harness.window)
    for _ in range(5):
        assert len(await harness.program.chat.chat.messages(harness.chat())) == 2


@pytest.mark.parametrize("key", [KEYS.Key_N, KEYS.Key_K])
async def test_from_the_settings_keys_lead_back_to_the_chats(harness: Harness, key: Qt.Key) -> None:
    harness.press(KEYS.Key_Comma, CONTROL)
    harness.press(key, CONTROL, where=harness.window)
    assert not harness.router.hides_chats


async def test_tab_goes_through_the_title_row_in_reading_order(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("First")
    start = harness.part("sidebarToggle")
    start.setFocus()
    seen = ["sidebarToggle"]
    while seen[-1] != "outlineToggle" and len(seen) < 10:
        harness.press(KEYS.Key_Tab, where=harness.window.focusWidget())
        seen.append(harness.window.focusWidget().objectName())
    places = [harness.part(name).mapTo(harness.window, QPoint(0, 0)).x() for name in seen]
    assert {"modelPicker", "chatSettingsToggle", "outlineToggle"} <= set(seen)
    assert places == sorted(places)
