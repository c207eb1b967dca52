"""A sheet: a dialog inside the window that keeps the keyboard, goes as it came, and always fits."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import shadow_margin
from chatdesk.ui_kit.widgets.button import ButtonKind
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind
from tests.fakes.fixed_preferences import FixedPreferences

Make = Callable[..., Sheet]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    """Has one field, which has the keyboard."""
    window = QWidget()
    window.resize(1000, 800)
    QVBoxLayout(window).addWidget(QLineEdit(window))
    window.show()
    window.activateWindow()
    field = window.findChild(QLineEdit)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def sheet(appearance: Appearance, window: QWidget) -> Sheet:
    """A question with three buttons."""
    sheet = Sheet(appearance, window, SheetKind.QUESTION, "Two answers are being written")
    sheet.body.addWidget(Label(appearance, "ui", "textSecondary", text="They go on. " * 20, wrap=True))
    for text, kind in (
        ("Cancel", ButtonKind.PLAIN),
        ("Stop and quit", ButtonKind.OUTLINED),
        ("Keep working", ButtonKind.FILLED),
    ):
        button = sheet.add_button(text, kind)
        button.clicked.connect(sheet.cancel if kind is ButtonKind.PLAIN else sheet.leave)
    return sheet


def named(sheet: Sheet, text: str) -> QPushButton:
    return next(button for button in sheet.findChildren(QPushButton) if button.text() == text)


def panel(sheet: Sheet) -> QWidget:
    return sheet.findChild(Label).parentWidget()


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def test_a_question_begins_at_its_filled_button_and_enter_presses_it(
    qtbot: QtBot, sheet: Sheet, window: QWidget
) -> None:
    sheet.open()
    assert named(sheet, "Keep working").hasFocus()
    with qtbot.waitSignal(named(sheet, "Keep working").clicked):
        press(Qt.Key.Key_Return)
    assert not sheet.isVisible()
    assert window.findChild(QLineEdit).hasFocus()


def test_enter_presses_the_button_that_has_the_keyboard(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.open()
    press(Qt.Key.Key_Backtab)
    with qtbot.waitSignal(named(sheet, "Stop and quit").clicked):
        press(Qt.Key.Key_Return)


def test_tab_goes_round_inside_in_the_order_of_reading(sheet: Sheet) -> None:
    field = QLineEdit()
    sheet.body.addWidget(field)
    sheet.open(field)
    seen = []
    for _ in range(5):
        focused = QApplication.focusWidget()
        seen.append(focused.text() if isinstance(focused, QPushButton) else "field")
        press(Qt.Key.Key_Tab)
    assert seen == ["field", "Cancel", "Stop and quit", "Keep working", "field"]


def test_nothing_below_can_take_the_keyboard(sheet: Sheet, window: QWidget) -> None:
    sheet.open()
    window.findChild(QLineEdit).setFocus()
    assert named(sheet, "Keep working").hasFocus()


def test_of_two_sheets_the_upper_one_has_the_keyboard_and_gives_it_back(
    appearance: Appearance, sheet: Sheet, window: QWidget
) -> None:
    sheet.open()
    upper = Sheet(appearance, window, SheetKind.QUESTION, "Quit?")
    yes = upper.add_button("Yes", ButtonKind.FILLED)
    upper.open()
    named(sheet, "Cancel").setFocus()
    assert yes.hasFocus()
    press(Qt.Key.Key_Escape)
    assert sheet.isVisible()
    assert named(sheet, "Keep working").hasFocus()


def test_the_keyboard_returns_to_the_window_if_another_one_had_it(appearance: Appearance, window: QWidget) -> None:
    """As the dialog that chooses a file, which is deleted soon after it closes."""
    dialog = QWidget()
    field = QLineEdit(dialog)
    dialog.show()
    dialog.activateWindow()
    field.setFocus()
    assert QTest.qWaitForWindowActive(dialog)
    sheet = Sheet(appearance, window, SheetKind.FORM, "Choose files")
    sheet.open()
    delete(dialog)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    sheet.cancel()
    assert window.findChild(QLineEdit).hasFocus()


def test_a_widget_that_had_the_keyboard_may_be_deleted_meanwhile(sheet: Sheet, window: QWidget) -> None:
    sheet.open()
    delete(window.findChild(QLineEdit))
    sheet.cancel()
    assert not sheet.isVisible()


def test_escape_and_the_scrim_dismiss_it_but_the_scrim_no_more_once_something_has_begun(
    appearance: Appearance, window: QWidget
) -> None:
    dismissed = []
    for has_begun, close in ((False, press_scrim), (False, press_escape), (True, press_scrim), (True, press_escape)):
        sheet = Sheet(appearance, window, SheetKind.REPORT, "Import")
        sheet.dismissed.connect(lambda: dismissed.append(1))
        sheet.open()
        if has_begun:
            sheet.start()
        close(sheet)
        dismissed.append(sheet.isVisible())
        sheet.leave()
    assert dismissed == [1, False, 1, False, True, 1, False]


def press_scrim(sheet: Sheet) -> None:
    QTest.mouseClick(sheet.childAt(5, 5), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))


def press_escape(_sheet: Sheet) -> None:
    press(Qt.Key.Key_Escape)


def test_keys_of_the_window_do_nothing_below_it_but_quitting_works(sheet: Sheet, window: QWidget) -> None:
    done = []
    for keys in ("Ctrl+N", "Del", "Ctrl+Q"):
        QShortcut(QKeySequence(keys), window, lambda keys=keys: done.append(keys))
    sheet.open()
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Delete)
    press(Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert done == ["Ctrl+Q"]
    sheet.leave()
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert done == ["Ctrl+Q", "Ctrl+N"]


def test_it_is_a_dialog_named_by_its_heading(sheet: Sheet) -> None:
    sheet.open()
    interface = QAccessible.queryAccessibleInterface(sheet)
    assert interface.role() is QAccessible.Role.Dialog
    assert interface.text(QAccessible.Text.Name) == "Two answers are being written"
    sheet.set_heading("One answer is being written")
    assert interface.text(QAccessible.Text.Name) == "One answer is being written"


def test_it_stands_in_the_middle_as_high_as_what_is_in_it(
    qtbot: QtBot, appearance: Appearance, sheet: Sheet, window: QWidget
) -> None:
    sheet.open()
    margin = shadow_margin(appearance.theme)
    seen = panel(sheet).geometry().adjusted(margin, margin, -margin, -margin)
    assert (seen.width(), seen.left(), seen.top()) == (480, 260, 200)
    sheet.body.addWidget(Label(appearance, "ui", "text", text="More. " * 60, wrap=True))
    qtbot.waitUntil(lambda: panel(sheet).height() > seen.height() + 2 * margin)
    window.resize(600, 500)
    QApplication.processEvents()
    assert panel(sheet).geometry().center().x() == pytest.approx(300, abs=1)


@pytest.mark.parametrize("zoom", [100, 200])
def test_in_a_small_window_it_keeps_its_distance_and_scrolls_and_its_buttons_stay_in_sight(
    appearance: Appearance, sheet: Sheet, window: QWidget, zoom: int
) -> None:
    appearance.set_zoom(zoom)
    window.resize(560, 480)
    sheet.body.addWidget(Label(appearance, "ui", "text", text="More. " * 600, wrap=True))
    sheet.open()
    QApplication.processEvents()
    margin, edge = shadow_margin(appearance.theme), appearance.theme.length("m")
    seen = panel(sheet).geometry().adjusted(margin, margin, -margin, -margin)
    assert window.rect().adjusted(edge, edge, -edge, -edge).contains(seen)
    assert seen.height() == 480 - 2 * edge
    for text in ("Cancel", "Stop and quit", "Keep working"):
        button = named(sheet, text)
        place = button.rect().translated(button.mapTo(window, QPoint()))
        assert seen.contains(place), text
        assert button.width() == button.sizeHint().width()


def test_a_form_has_a_cross_and_a_way_back_only_if_there_is_a_step_before(
    qtbot: QtBot, appearance: Appearance, window: QWidget
) -> None:
    sheet = Sheet(appearance, window, SheetKind.FORM, "Import")
    sheet.open()
    back, cross = sheet.findChildren(IconButton)
    assert (back.isVisible(), cross.isVisible()) == (False, True)
    sheet.set_back(shown=True)
    assert (back.accessibleName(), cross.accessibleName()) == ("Back", "Close")
    with qtbot.waitSignal(sheet.back_requested):
        back.click()
    with qtbot.waitSignal(sheet.dismissed):
        cross.click()


def test_it_appears_at_once_where_nothing_may_move(
    appearance: Appearance, preferences: FixedPreferences, sheet: Sheet
) -> None:
    preferences.set(reduced_motion=True)
    sheet.open()
    assert sheet.graphicsEffect() is None


def test_it_fades_in_and_is_then_painted_directly(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.open()
    assert sheet.graphicsEffect() is not None
    qtbot.waitUntil(lambda: sheet.graphicsEffect() is None)


def test_a_sheet_that_is_gone_leaves_the_widgets_of_the_window_usable(
    qtbot: QtBot, sheet: Sheet, window: QWidget
) -> None:
    area = QScrollArea(window)
    area.show()
    viewport = area.viewport()
    sheet.open()
    press(Qt.Key.Key_Tab)
    sheet.cancel()
    qtbot.waitUntil(lambda: not isValid(sheet))
    assert isValid(viewport)
    assert viewport.parentWidget() is area


def test_a_foot_without_buttons_takes_no_room(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.open()
    height = panel(sheet).height()
    buttons = [named(sheet, text) for text in ("Cancel", "Stop and quit", "Keep working")]
    for button in buttons:
        button.hide()
    qtbot.waitUntil(lambda: panel(sheet).height() < height)
    assert sheet.foot.isHidden()
    buttons[0].show()
    sheet.foot.fit()
    qtbot.waitUntil(lambda: panel(sheet).height() == height)


@pytest.mark.parametrize("close", [Sheet.cancel, Sheet.leave])
def test_however_it_is_closed_it_says_so_once(sheet: Sheet, close: Callable[[Sheet], None]) -> None:
    ends: list[str] = []
    sheet.closed.connect(lambda: ends.append("closed"))
    sheet.dismissed.connect(lambda: ends.append("dismissed"))
    sheet.open()
    close(sheet)
    close(sheet)
    assert ends == (["closed", "dismissed"] if close is Sheet.cancel else ["closed"])
