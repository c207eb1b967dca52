"""Who gets a key: the page what games need, the window its shortcuts, the panel Esc and the function keys; never two of them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest

from tests.preview.harness import Harness

_LISTENS = "<body><script>var keys = []; addEventListener('keydown', e => keys.push(e.key)); addEventListener('keyup', e => keys.push('-'))"
_PAGE = f"{_LISTENS}</script><input style='position:fixed;top:300px'>"


@pytest.fixture
def playing(harness: Harness) -> Harness:
    """The page has the keyboard."""
    harness.activateWindow()
    harness.open(_PAGE)
    harness.click(100, 100)
    harness.until_page("document.hasFocus()")
    return harness


def test_the_keys_of_games_go_to_the_page_and_do_not_scroll_the_chat(playing: Harness) -> None:
    playing.keys(
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Space,
        Qt.Key.Key_W,
        Qt.Key.Key_PageDown,
    )
    playing.until_page("keys.length === 14")
    names = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", " ", "w", "PageDown"]
    assert [key for key in playing.ask("keys") if key != "-"] == names
    assert playing.chat.verticalScrollBar().value() == 0


def test_esc_goes_to_the_panel_and_not_to_the_page(playing: Harness) -> None:
    pressed: list[bool] = []
    playing.host.escape_pressed.connect(lambda: pressed.append(True))
    playing.keys(Qt.Key.Key_Escape, Qt.Key.Key_A)
    playing.until_page("keys.includes('a') && keys.includes('-')")
    assert pressed == [True]
    assert "Escape" not in playing.ask("keys")


@pytest.mark.parametrize("key", [Qt.Key.Key_F5, Qt.Key.Key_F11, Qt.Key.Key_F12, Qt.Key.Key_F7])
def test_function_keys_are_offered_to_the_panel_first(playing: Harness, key: Qt.Key) -> None:
    offered: list[Qt.Key] = []

    def take(event: QKeyEvent) -> None:
        offered.append(Qt.Key(event.key()))
        event.setAccepted(event.key() != Qt.Key.Key_F7)

    playing.host.key_pressed.connect(take)
    playing.keys(key, Qt.Key.Key_A)
    playing.until_page("keys.includes('a')")
    assert offered == [key]
    assert ("F7" in playing.ask("keys")) == (key == Qt.Key.Key_F7)


@pytest.mark.parametrize("sequence", ["Ctrl+N", "Ctrl+W", "Ctrl+K", "Ctrl+,"])
def test_shortcuts_of_the_window_work_while_the_page_has_the_keyboard(playing: Harness, sequence: str) -> None:
    happened: list[bool] = []
    shortcut = QShortcut(QKeySequence(sequence), playing)
    shortcut.activated.connect(lambda: happened.append(True))
    combination = QKeySequence(sequence)[0]
    QTest.keyClick(playing.page_window(), combination.key(), combination.keyboardModifiers())
    playing.keys(Qt.Key.Key_A)
    playing.until_page("keys.includes('a')")
    assert happened == [True]


def test_what_edits_text_stays_in_the_page(playing: Harness) -> None:
    playing.click(50, 310)
    playing.until_page("document.activeElement.tagName === 'INPUT'")
    for letter in "abc":
        QTest.keyClick(playing.page_window(), letter)
    QTest.keyClick(playing.page_window(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    playing.keys(Qt.Key.Key_Backspace)
    playing.until_page("keys.includes('Backspace') && document.activeElement.value === ''")


def test_the_keyboard_comes_and_goes_by_signal(harness: Harness) -> None:
    received: list[bool] = []
    harness.host.focus_changed.connect(received.append)
    harness.activateWindow()
    harness.open(_PAGE)
    harness.click(100, 100)
    harness.until(lambda: received and received[-1], "the page to have the keyboard")
    harness.chat.setFocus()
    harness.until(lambda: not received[-1], "the chat to have it back")
