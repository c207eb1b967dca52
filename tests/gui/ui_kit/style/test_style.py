import ast

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QSlider,
    QSpinBox,
    QStyle,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.focus_ring import FocusRing
from chatdesk.ui_kit.style.painters import DANGER_PROPERTY
from chatdesk.ui_kit.style.painting import ring_reach, shadow_margin
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from tests.fakes.fixed_preferences import FixedPreferences
from tests.gui.ui_kit.widgets.component_sheet import ComponentSheet, make_menu, make_popup
from tests.gui.wheel import turn_wheel
from tests.paths import PACKAGE

UI = PACKAGE / "ui"
HTML = "<b>not bold</b> <img src='file:///etc/passwd'>"


@pytest.fixture
def form(qtbot: QtBot, appearance: Appearance) -> QWidget:
    """Two buttons, a check box and a line edit, shown, with the focus on none of them."""
    form = QWidget()
    qtbot.addWidget(form)
    layout = QVBoxLayout(form)
    for control in (
        Button(appearance, "One", ButtonKind.OUTLINED, form),
        Button(appearance, "Two", ButtonKind.FILLED, form),
        QCheckBox("Three", form),
        QLineEdit(form),
    ):
        layout.addWidget(control)
    form.show()
    qtbot.waitExposed(form)
    form.activateWindow()
    form.setFocus()
    return form


def test_another_scheme_repaints_with_its_colours(form: QWidget, appearance: Appearance) -> None:
    filled = form.findChildren(Button)[1]
    for scheme in ("light", "dark", "light"):
        appearance.set_scheme(scheme)
        QApplication.processEvents()
        assert pixel(form, QPoint(1, 1)) == appearance.theme.color("page")
        assert pixel(filled, QPoint(6, filled.height() // 2)) == appearance.theme.color("accent")


def test_the_focus_ring_appears_on_tab(form: QWidget, appearance: Appearance) -> None:
    one, two = form.findChildren(Button)
    assert rings(form) == []
    QTest.keyClick(form, Qt.Key.Key_Tab)
    assert one.hasFocus()
    reach = ring_reach(appearance.theme)
    assert [ring.geometry() for ring in rings(form)] == [one.geometry().adjusted(-reach, -reach, reach, reach)]
    edge = one.geometry().center() - QPoint(0, one.height() // 2 + reach - 1)
    assert pixel(form, edge) == appearance.theme.color("focus")
    QTest.keyClick(one, Qt.Key.Key_Tab)
    assert [ring.geometry().center() for ring in rings(form)] == [two.geometry().center()]


def test_enter_presses_the_focused_button_once(form: QWidget) -> None:
    one, two = form.findChildren(Button)
    check = form.findChild(QCheckBox)
    pressed: list[str] = []
    one.clicked.connect(lambda: pressed.append("one"))
    two.clicked.connect(lambda: pressed.append("two"))
    for control, key in (
        (one, Qt.Key.Key_Return),
        (two, Qt.Key.Key_Enter),
        (check, Qt.Key.Key_Return),
        (one, Qt.Key.Key_Space),
    ):
        control.setFocus()
        QTest.keyClick(control, key)
    QTest.keyClick(one, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)  # another key
    assert pressed == ["one", "two", "one"]
    assert check.isChecked()


def test_the_focus_ring_does_not_appear_on_a_click(form: QWidget) -> None:
    QTest.keyClick(form, Qt.Key.Key_Tab)
    two = form.findChildren(Button)[1]
    click(two)
    assert two.hasFocus()
    assert rings(form) == []


def test_the_focus_ring_follows_its_control_and_goes_with_it(form: QWidget, qtbot: QtBot) -> None:
    QTest.keyClick(form, Qt.Key.Key_Tab)
    one = form.findChildren(Button)[0]
    one.move(one.pos() + QPoint(30, 5))
    assert rings(form)[0].geometry().center() == one.geometry().center()
    one.hide()
    qtbot.waitUntil(lambda: one not in [ring.parentWidget() for ring in rings(form)])
    assert all(ring.geometry().center() != one.geometry().center() for ring in rings(form))


def test_the_focus_ring_is_whole_where_the_container_is_tight(form: QWidget, appearance: Appearance) -> None:
    tight = QWidget(form)
    button = Button(appearance, "Four", ButtonKind.OUTLINED, tight)
    button.move(0, 0)
    button.resize(button.sizeHint())
    tight.setGeometry(30, 20, button.width(), button.height())
    tight.show()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Backtab)
    QTest.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
    assert button.hasFocus()
    reach = ring_reach(appearance.theme)
    assert [ring.parentWidget() for ring in rings(form)] == [form]
    assert rings(form)[0].geometry() == tight.geometry().adjusted(-reach, -reach, reach, reach)
    tight.move(50, 60)
    assert rings(form)[0].geometry() == tight.geometry().adjusted(-reach, -reach, reach, reach)


def test_the_focus_ring_scrolls_with_its_control(form: QWidget, appearance: Appearance) -> None:
    area, content = QScrollArea(form), QWidget()
    content.resize(200, 900)
    first, second = (Button(appearance, text, ButtonKind.OUTLINED, content) for text in ("Five", "Six"))
    second.move(0, 100)
    area.setWidget(content)
    area.setGeometry(0, 0, 220, 200)
    area.show()
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    reach = ring_reach(appearance.theme)
    for scrolled in (0, 80):
        area.verticalScrollBar().setValue(scrolled)
        (ring,) = rings(form)
        assert ring.parentWidget() is area.viewport()
        assert ring.mapTo(form, QPoint(reach, reach)) == second.mapTo(form, QPoint(0, 0))


def test_a_ring_that_leaves_hears_of_nothing_more(form: QWidget, appearance: Appearance) -> None:
    one = form.findChildren(Button)[0]
    ring = FocusRing(appearance, one)
    place = ring.geometry()
    ring.leave()
    one.move(one.pos() + QPoint(30, 5))
    appearance.set_scheme("dark")
    assert (ring.geometry(), ring.isVisible()) == (place, False)


def test_a_field_has_no_ring_but_a_thicker_border(form: QWidget, appearance: Appearance) -> None:
    field = form.findChild(QLineEdit)
    middle = QPoint(1, field.height() // 2)
    assert pixel(field, middle) == appearance.theme.color("page")
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert rings(form) == []
    assert pixel(field, middle) == appearance.theme.color("accent")


def test_controls_have_the_heights_of_the_tokens_at_every_zoom(form: QWidget, appearance: Appearance) -> None:
    combo = QComboBox(form)
    for zoom, height in ((100, 32), (150, 48), (200, 64)):
        appearance.set_zoom(zoom)
        QApplication.processEvents()
        controls = [*form.findChildren(Button), form.findChild(QLineEdit), combo]
        assert {control.sizeHint().height() for control in controls} == {height}


def test_a_combo_box_has_room_for_its_longest_words(qtbot: QtBot, appearance: Appearance) -> None:
    combo = QComboBox()
    qtbot.addWidget(combo)
    combo.addItems(["Off", "Always when the system is dark"])
    combo.setCurrentIndex(1)
    combo.resize(combo.sizeHint())
    frame = combo.style().pixelMetric(QStyle.PixelMetric.PM_ComboBoxFrameWidth)
    text = combo.fontMetrics().horizontalAdvance(combo.currentText())
    assert combo.width() >= text + appearance.theme.length("m") + appearance.theme.length("button") + frame


def test_menus_have_rows_of_32_px_and_open_where_one_clicks(form: QWidget, appearance: Appearance) -> None:
    menu = make_menu(appearance, form)
    place = form.mapToGlobal(QPoint(20, 20))
    menu.popup(place)
    margin = shadow_margin(appearance.theme)
    rows = [menu.actionGeometry(action).height() for action in menu.actions() if not action.isSeparator()]
    assert set(rows) == {32}
    assert menu.pos() + QPoint(margin, margin) == place
    image = menu.grab().toImage()
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(menu.rect().center().x(), margin + 2) == appearance.theme.color("raised")
    menu.close()


def test_a_dangerous_row_is_red(form: QWidget, appearance: Appearance) -> None:
    menu = QMenu(form)
    menu.addAction("Delete")
    assert not has_color(menu, appearance.theme.color("danger"))
    menu.actions()[0].setProperty(DANGER_PROPERTY, True)
    assert has_color(menu, appearance.theme.color("danger"))


def test_a_scroll_bar_grows_under_the_pointer_and_has_no_buttons(qtbot: QtBot, appearance: Appearance) -> None:
    bar = QScrollBar(Qt.Orientation.Vertical)
    qtbot.addWidget(bar)
    bar.resize(bar.sizeHint().width(), 200)
    bar.setRange(0, 300)
    bar.setPageStep(100)
    assert bar.width() == 12
    assert thumb_width(bar) == 6
    bar.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    assert thumb_width(bar) == 8
    first = bar.grab().toImage().pixelColor(6, 5)
    bar.setValue(300)
    assert bar.grab().toImage().pixelColor(6, 195) == first


def test_the_page_of_a_scroll_bar_is_where_one_clicks(qtbot: QtBot, appearance: Appearance) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    inside = QWidget()
    inside.resize(100, 2000)
    area.setWidget(inside)
    area.resize(200, 200)
    area.show()
    bar = area.verticalScrollBar()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(6, bar.height() - 4))
    assert bar.value() == bar.pageStep()


def test_labels_tooltips_and_message_boxes_show_html_as_it_is_written(form: QWidget, appearance: Appearance) -> None:
    label = QLabel(HTML, form)
    label.show()
    assert label.textFormat() is Qt.TextFormat.PlainText
    box = QMessageBox(QMessageBox.Icon.Question, "Title", HTML, parent=form)
    box.setInformativeText(HTML)
    box.open()
    assert {part.textFormat() for part in box.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    box.close()
    QToolTip.showText(form.mapToGlobal(QPoint(5, 5)), HTML, form)
    tip = next(window for window in QApplication.topLevelWidgets() if window.inherits("QTipLabel"))
    assert isinstance(tip, QLabel)
    assert (tip.text(), tip.textFormat()) == (HTML, Qt.TextFormat.PlainText)
    QToolTip.hideText()


def test_nobody_makes_a_label_that_guesses_what_its_text_is() -> None:
    """Label is always plain; QLabel by itself guesses, and its text may come from a model."""
    offenders = [
        f"{file.relative_to(UI)}:{node.lineno}"
        for file in UI.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "QLabel"
    ]
    assert offenders == []


def test_the_default_button_of_a_dialog_is_the_filled_one(qtbot: QtBot, appearance: Appearance) -> None:
    button = QPushButton("OK")
    qtbot.addWidget(button)
    button.setDefault(True)
    assert has_color(button, appearance.theme.color("accent"))
    button.setDefault(False)
    assert not has_color(button, appearance.theme.color("accent"))


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("high_contrast", [False, True])
def test_every_component_can_be_drawn_in_every_scheme_at_once(
    qtbot: QtBot, appearance: Appearance, preferences: FixedPreferences, dark: bool, high_contrast: bool
) -> None:
    sheet = ComponentSheet(appearance)
    qtbot.addWidget(sheet)
    sheet.show()
    sheet.show_states()
    preferences.set(dark=dark, high_contrast=high_contrast)
    appearance.set_zoom(125)
    QApplication.processEvents()
    assert pixel(sheet, QPoint(2, 2)) == appearance.theme.color("page")
    popup = make_popup(appearance, sheet)
    popup.open_below(sheet)
    assert has_color(popup, appearance.theme.color("raised"))
    popup.close()
    nameless = [
        control
        for control in sheet.findChildren(QWidget)
        if control.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(control, QScrollArea | QScrollBar | QMenu)
        and not (control.accessibleName() or getattr(control, "text", str)())
        and control.parentWidget() is sheet
    ]
    assert nameless == []


def rings(form: QWidget) -> list[FocusRing]:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [ring for ring in form.findChildren(FocusRing) if ring.isVisible()]


def click(control: QWidget) -> None:
    """Click through the window, so that Qt knows of a pressed mouse button."""
    window = control.window().windowHandle()
    place = control.mapTo(control.window(), control.rect().center())
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def pixel(widget: QWidget, place: QPoint) -> QColor:
    return widget.grab().toImage().pixelColor(place)


def has_color(widget: QWidget, color: QColor) -> bool:
    image = widget.grab().toImage()
    return any(image.pixelColor(x, y) == color for x in range(image.width()) for y in range(image.height()))


def thumb_width(bar: QScrollBar) -> int:
    """Count the pixels of the thumb across the bar, which are darker than the ones beside it."""
    image = bar.grab().toImage()
    row = [image.pixelColor(x, 16).lightness() for x in range(image.width())]
    return sum(lightness < max(row) - 20 for lightness in row)


def test_the_wheel_changes_only_a_focused_number_and_scrolls_the_page_otherwise(
    qtbot: QtBot, appearance: Appearance
) -> None:
    page, content = QScrollArea(), QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(content)
    choice, number, slider = QComboBox(), QSpinBox(value=5), QSlider(value=5)
    choice.addItems(["small", "medium", "large"])
    for control in (choice, number, slider):
        layout.addWidget(control)
    layout.addSpacing(3000)
    page.setWidget(content)
    page.resize(300, 300)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()

    def values() -> tuple[str, int, int]:
        return choice.currentText(), number.value(), slider.value()

    for control in (choice, number, slider):
        control.clearFocus()
        before = page.verticalScrollBar().value()
        turn_wheel(control, -120)
        assert page.verticalScrollBar().value() > before
    assert values() == ("small", 5, 5)
    for control in (choice, number, slider):
        control.setFocus()
        qtbot.waitUntil(control.hasFocus)
        turn_wheel(control, -120)
    assert values() == ("small", 4, 2)  # a slider moves three steps, as the system says
