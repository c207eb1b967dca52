"""Buttons that switch or unfold something, as a screen reader finds them."""

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.chip import ToggleChip
from chatdesk.ui_kit.widgets.disclosure import Disclosure
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.switch import Switch

ROLE = QAccessible.Role


@pytest.fixture
def window(appearance: Appearance, qtbot: QtBot) -> QWidget:
    """A window with one of each; "plain" is no toggle."""
    window = QWidget()
    disclosure = Disclosure(appearance, "fold")
    disclosure.set_labels("More")
    buttons = {
        "icon": IconButton(appearance, "outline", name="Outline"),
        "text": Button(appearance, "Pre&view"),
        "chip": ToggleChip(appearance, "Reasoning", "lightbulb"),
        "switch": Switch(appearance, "Enabled"),
        "plain": IconButton(appearance, "x", name="Close"),
    }
    layout = QVBoxLayout(window)
    for name, button in buttons.items():
        button.setObjectName(name)
        if name in {"icon", "text"}:
            button.setCheckable(True)
        layout.addWidget(button)
    layout.addWidget(disclosure)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    return window


def accessible(window: QWidget, name: str) -> QAccessibleInterface:
    button = window.findChild(QAbstractButton, name)
    assert button is not None
    return QAccessible.queryAccessibleInterface(button)


@pytest.mark.parametrize(
    ("name", "role", "text"),
    [
        ("icon", ROLE.Button, "Outline"),
        ("text", ROLE.Button, "Preview"),
        ("chip", ROLE.Button, "Reasoning"),
        ("switch", ROLE.Switch, "Enabled"),
        ("fold", ROLE.Button, "More"),
        ("plain", ROLE.Button, "Close"),
    ],
)
def test_no_button_is_a_check_box(window: QWidget, name: str, role: QAccessible.Role, text: str) -> None:
    assert accessible(window, name).role() is role
    assert accessible(window, name).text(QAccessible.Text.Name) == text


@pytest.mark.parametrize("name", ["icon", "text", "chip", "switch"])
def test_a_toggle_is_pressed_or_not(window: QWidget, name: str) -> None:
    button = window.findChild(QAbstractButton, name)
    assert (accessible(window, name).state().checkable, accessible(window, name).state().checked) == (True, False)
    button.click()
    assert accessible(window, name).state().checked


def test_a_button_that_is_no_toggle_cannot_be_checked(window: QWidget) -> None:
    assert not accessible(window, "plain").state().checkable


def test_a_button_that_unfolds_is_expanded_or_collapsed(window: QWidget) -> None:
    state = accessible(window, "fold").state()
    assert (state.expandable, state.expanded, state.collapsed, state.checkable) == (True, False, True, False)
    window.findChild(QAbstractButton, "fold").click()
    state = accessible(window, "fold").state()
    assert (state.expandable, state.expanded, state.collapsed) == (True, True, False)


def test_a_screen_reader_presses_and_focuses_a_toggle(window: QWidget) -> None:
    button = window.findChild(QAbstractButton, "icon")
    actions = accessible(window, "icon").actionInterface()
    assert actions.pressAction() in actions.actionNames()
    actions.doAction(actions.pressAction())
    assert button.isChecked()
    actions.doAction(actions.setFocusAction())
    assert button.hasFocus()
    button.setEnabled(False)
    assert accessible(window, "icon").actionInterface().actionNames() == []


def test_a_focused_toggle_says_so(window: QWidget) -> None:
    window.findChild(QAbstractButton, "icon").setFocus()
    assert accessible(window, "icon").state().focused
    assert not accessible(window, "chip").state().focused


def test_a_toggle_made_after_it_was_connected_is_no_check_box(window: QWidget) -> None:
    button = window.findChild(QAbstractButton, "plain")
    button.clicked.connect(lambda: None)
    button.setCheckable(True)
    button.setFocus()
    assert accessible(window, "plain").role() is ROLE.Button
