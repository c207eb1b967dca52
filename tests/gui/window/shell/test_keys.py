"""The keys of the window, pressed where a person writes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.kernel.settings.declarations import SIDEBAR_OPEN, ZOOM
from tests.gui.window.desk import Desk, Speaker

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEYS = Qt.Key


async def test_ctrl_b_hides_the_sidebar_and_shows_it(desk: Desk) -> None:
    desk.press(KEYS.Key_B, CONTROL)
    assert not desk.part("sidebar").isVisible()
    assert desk.program.window_state.get(SIDEBAR_OPEN) is False
    desk.press(KEYS.Key_B, CONTROL)
    assert desk.part("sidebar").isVisible()


async def test_ctrl_k_searches_even_with_the_sidebar_hidden_and_esc_leads_back(desk: Desk) -> None:
    desk.press(KEYS.Key_B, CONTROL)
    desk.press(KEYS.Key_K, CONTROL)
    search = desk.part("searchChats")
    assert search.hasFocus()
    desk.press(KEYS.Key_Escape, where=search)
    assert desk.edit.hasFocus()


async def test_typing_anywhere_writes_a_message(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("First")
    desk.transcript.setFocus()
    desk.press(KEYS.Key_H, where=desk.transcript)
    assert desk.edit.hasFocus()
    assert desk.edit.text() == "h"


async def test_tab_goes_around_the_whole_window_the_messages_before_the_composer(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("First")
    around: list[QWidget | None] = []
    for _ in range(40):
        desk.press(KEYS.Key_Tab, where=desk.window.focusWidget())
        around.append(desk.window.focusWidget())
        if around[-1] is desk.edit:
            break
    names = list(dict.fromkeys(widget.objectName() or type(widget).__name__ for widget in around if widget))
    assert around[-1] is desk.edit
    assert {"newChat", "searchChats", "conversationList", "settingsPage", "sidebarToggle", "modelPicker"} <= set(names)
    assert names[-2:] == ["TranscriptView", "message"]
    desk.press(KEYS.Key_Backtab, SHIFT, where=desk.edit)
    assert desk.window.focusWidget() is desk.transcript


async def test_the_keyboard_goes_from_the_outline_back_to_the_composer(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("First")
    desk.press(KEYS.Key_L, CONTROL | SHIFT)
    outline = desk.window.focusWidget()
    assert outline is not desk.edit
    desk.press(KEYS.Key_L, CONTROL | SHIFT, where=outline)
    assert desk.window.focusWidget() is desk.edit


async def test_ctrl_tab_goes_through_the_chats(desk: Desk, speaker: Speaker) -> None:
    for words in ("One", "Two", "Three"):
        desk.press(KEYS.Key_N, CONTROL)
        await desk.ask_and_wait(words)
    desk.press(KEYS.Key_Tab, CONTROL)
    await desk.until(lambda: desk.title() == "Two")
    desk.press(KEYS.Key_Tab, CONTROL | SHIFT)
    await desk.until(lambda: desk.title() == "Three")
    assert desk.edit.hasFocus()


async def test_ctrl_shift_c_copies_the_last_answer(desk: Desk, speaker: Speaker) -> None:
    speaker.says("The **last** answer\n\n```\ncode\n```\n")
    await desk.ask_and_wait("First")
    desk.press(KEYS.Key_C, CONTROL | SHIFT)
    assert QApplication.clipboard().text() == "The **last** answer\n\n```\ncode\n```\n"
    desk.press(KEYS.Key_Semicolon, CONTROL | SHIFT)
    assert QApplication.clipboard().text() == "code\n"


async def test_zoom_goes_up_down_and_back(desk: Desk) -> None:
    desk.press(KEYS.Key_Plus, CONTROL)
    assert desk.program.settings.get(ZOOM) == 110
    desk.press(KEYS.Key_Minus, CONTROL)
    desk.press(KEYS.Key_Minus, CONTROL)
    assert desk.program.settings.get(ZOOM) == 90
    desk.press(KEYS.Key_0, CONTROL)
    assert desk.program.settings.get(ZOOM) == 100


async def test_settings_open_and_esc_closes_them(desk: Desk) -> None:
    desk.press(KEYS.Key_Comma, CONTROL)
    page = desk.window._places.currentWidget()
    assert page.isVisible()
    desk.press(KEYS.Key_Escape, where=page)
    assert not page.isVisible()
    assert desk.edit.hasFocus()


async def test_a_key_about_the_chat_does_nothing_while_the_settings_hide_it(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("First")
    desk.press(KEYS.Key_Comma, CONTROL)
    desk.press(KEYS.Key_R, CONTROL, where=desk.window)
    for _ in range(5):
        assert len(await desk.program.chat.messages(desk.chat())) == 2


@pytest.mark.parametrize("key", [KEYS.Key_N, KEYS.Key_K])
async def test_from_the_settings_keys_lead_back_to_the_chats(desk: Desk, key: Qt.Key) -> None:
    desk.press(KEYS.Key_Comma, CONTROL)
    desk.press(key, CONTROL, where=desk.window)
    assert not desk.window._places.hides_chats
