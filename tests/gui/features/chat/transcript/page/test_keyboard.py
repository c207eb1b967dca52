"""Everything by keyboard."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
from chatdesk.ui_kit.style.appearance import Appearance
from tests.gui.features.chat.transcript.conftest import Clock, Reader
from tests.gui.features.chat.transcript.sample_chat import ANSWER, answer, describe, full_chat, question, short_chat


@pytest.fixture
def window(qtbot: QtBot, appearance: Appearance, clock: Clock) -> Iterator[tuple[QLineEdit, Reader, QLineEdit]]:
    """A transcript between two fields."""
    window = QWidget()
    before, after = QLineEdit(), QLineEdit()
    reader = Reader(TranscriptView(appearance, describe, clock=clock), clock)
    layout = QVBoxLayout(window)
    for widget in (before, reader.view, after):
        layout.addWidget(widget)
    window.resize(860, 760)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    yield before, reader, after
    window.close()
    window.deleteLater()


def focused(reader: Reader) -> tuple[int | None, Verb | None]:
    focus = reader.view._focus
    return focus.message, focus.command.verb if focus.command else None


def test_tab_comes_in_goes_along_the_controls_and_out_again(window: tuple[QLineEdit, Reader, QLineEdit]) -> None:
    before, reader, after = window
    reader.show([question("What?"), *short_chat()[1:]])
    before.setFocus()
    reader.view.setFocus(Qt.FocusReason.BacktabFocusReason)
    assert focused(reader) == (1, None)
    seen = []
    while reader.view.hasFocus():
        reader.press(Qt.Key.Key_Tab)
        seen.append(focused(reader)[1])
    assert seen[:-1] == [
        Verb.FOLD_REASONING,
        Verb.COPY_CODE,
        Verb.WRAP_CODE,
        Verb.SAVE_CODE,
        Verb.COPY,
        Verb.EDIT,
        Verb.REGENERATE,
        Verb.SAVE_WORD,
        Verb.MENU,
    ]
    assert after.hasFocus()


def test_shift_tab_goes_back_to_the_message_and_out(window: tuple[QLineEdit, Reader, QLineEdit]) -> None:
    before, reader, _ = window
    reader.show(short_chat())
    reader.view.setFocus(Qt.FocusReason.BacktabFocusReason)
    reader.press(Qt.Key.Key_Tab)
    reader.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert focused(reader) == (1, None)
    reader.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert before.hasFocus()


def test_arrows_go_from_message_to_message(window: tuple[QLineEdit, Reader, QLineEdit]) -> None:
    _, reader, _ = window
    reader.show(short_chat())
    reader.view.setFocus(Qt.FocusReason.BacktabFocusReason)
    reader.press(Qt.Key.Key_Up)
    assert focused(reader) == (0, None)
    reader.press(Qt.Key.Key_Up)
    assert focused(reader) == (0, None)
    reader.press(Qt.Key.Key_Down)
    assert focused(reader) == (1, None)


def test_arrows_walk_through_a_message_that_is_longer_than_the_view(
    window: tuple[QLineEdit, Reader, QLineEdit],
) -> None:
    _, reader, _ = window
    reader.show(full_chat())
    reader.view._focus.set_message(3)
    reader.view._keys._focus_message(3)
    before = reader.scroll
    reader.press(Qt.Key.Key_Down)
    assert focused(reader) == (3, None)
    assert reader.scroll == before + 3 * 24
    reader.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert focused(reader) == (4, None)


def test_the_focused_message_is_seen_and_ringed(
    window: tuple[QLineEdit, Reader, QLineEdit], appearance: Appearance
) -> None:
    _, reader, _ = window
    reader.show(full_chat())
    reader.view.setFocus(Qt.FocusReason.BacktabFocusReason)
    for _ in range(3):
        reader.press(Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    rect = reader.rect(focused(reader)[0] or 0)
    assert 0 <= rect.top() < reader.view.viewport().height()
    image = reader.look()
    middle = rect.center().y()
    row = {image.pixelColor(x, middle).name() for x in range(rect.left())}
    assert appearance.theme.color("focus").name() in row


def test_a_focus_that_came_by_the_mouse_has_no_ring(window: tuple[QLineEdit, Reader, QLineEdit]) -> None:
    _, reader, _ = window
    reader.show(short_chat())
    reader.view.setFocus(Qt.FocusReason.MouseFocusReason)
    assert focused(reader) == (None, None)


def test_enter_presses_the_focused_control(window: tuple[QLineEdit, Reader, QLineEdit]) -> None:
    _, reader, _ = window
    reader.show(short_chat())
    reader.view.setFocus(Qt.FocusReason.BacktabFocusReason)
    reader.press(Qt.Key.Key_Right)
    reader.press(Qt.Key.Key_Right)
    assert focused(reader) == (1, Verb.COPY_CODE)
    reader.press(Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text().startswith("def future_value")


def test_ctrl_c_copies_the_focused_message(window: tuple[QLineEdit, Reader, QLineEdit]) -> None:
    _, reader, _ = window
    reader.show(short_chat())
    reader.view.setFocus(Qt.FocusReason.BacktabFocusReason)
    reader.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == ANSWER


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Menu])
def test_enter_on_a_message_opens_its_menu(
    key: Qt.Key, window: tuple[QLineEdit, Reader, QLineEdit], qtbot: QtBot
) -> None:
    _, reader, _ = window
    reader.show(short_chat())
    reader.view.setFocus(Qt.FocusReason.BacktabFocusReason)
    reader.press(key)
    qtbot.waitUntil(lambda: bool(reader.view.viewport().findChildren(QMenu)))
    (menu,) = [menu for menu in reader.view.viewport().findChildren(QMenu) if menu.isVisible()]
    menu.close()


@pytest.mark.parametrize(
    ("key", "check"),
    [
        (Qt.Key.Key_Home, lambda before, after, last: after == 0),
        (Qt.Key.Key_PageUp, lambda before, after, last: before - after > 300),
        (Qt.Key.Key_End, lambda before, after, last: after == last),
    ],
)
def test_keys_scroll(key: Qt.Key, check: Callable[[int, int, int], bool], reader: Reader) -> None:
    reader.show(full_chat())
    before = reader.scroll
    reader.press(key)
    assert check(before, reader.scroll, reader.view.verticalScrollBar().maximum())


def test_a_key_that_says_nothing_here_goes_on_to_the_window(reader: Reader) -> None:
    reader.show(short_chat())
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier, "x")
    reader.view.keyPressEvent(event)
    assert not event.isAccepted()


LINKS = """See [one **page**](https://a.b/1) and https://a.b/2.

| a |
|---|
| [three](https://a.b/3) |

```py
x
```
"""


def test_tab_stops_at_links_in_reading_order_and_enter_follows_them(
    window: tuple[QLineEdit, Reader, QLineEdit],
) -> None:
    _, reader, _ = window
    reader.show([question("Go"), answer(LINKS)])
    reader.view.link_activated.connect(lambda *link: reader.signals.append(link))
    reader.view.setFocus(Qt.FocusReason.BacktabFocusReason)
    seen = []
    for _ in range(5):
        reader.press(Qt.Key.Key_Tab)
        control = reader.view.focused_control
        assert control is not None
        seen.append((control.command.verb, control.name))
        if control.command.verb is Verb.FOLLOW_LINK:
            reader.press(Qt.Key.Key_Return)

    assert [name for verb, name in seen if verb is Verb.FOLLOW_LINK] == ["one page", "https://a.b/2", "three"]
    assert seen[3][0] is Verb.COPY_CODE
    assert reader.signals == [
        ("https://a.b/1", "one page"),
        ("https://a.b/2", "https://a.b/2"),
        ("https://a.b/3", "three"),
    ]


def test_the_focused_link_has_a_ring(window: tuple[QLineEdit, Reader, QLineEdit]) -> None:
    _, reader, _ = window
    reader.show([question("Go"), answer(LINKS)])
    reader.view.setFocus(Qt.FocusReason.BacktabFocusReason)
    before = reader.look()
    reader.press(Qt.Key.Key_Tab)
    control = reader.view.focused_control
    assert control is not None
    left = reader.view.page_geometry.column[0]
    around = control.rect.translated(left, -reader.scroll).adjusted(-6, -6, 6, 6)

    assert reader.look().copy(around) != before.copy(around)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_section_is_unfolded_and_folded_by_key(window: tuple[QLineEdit, Reader, QLineEdit], key: Qt.Key) -> None:
    _, reader, _ = window
    reader.show([question("Go"), answer("<details><summary>Head</summary>\n\nwords\n</details>")])
    height = reader.view.document.height
    reader.view.setFocus(Qt.FocusReason.BacktabFocusReason)
    reader.press(Qt.Key.Key_Tab)
    assert focused(reader) == (1, Verb.FOLD_SECTION)

    reader.press(key)
    assert reader.view.document.height > height
    assert focused(reader) == (1, Verb.FOLD_SECTION)

    reader.press(key)
    assert reader.view.document.height == height
