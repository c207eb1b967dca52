"""Button, IconButton, ToggleChip and Switch: what one presses."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.chip import ToggleChip
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.switch import Switch
from tests.fakes.fixed_preferences import FixedPreferences


@pytest.fixture
def stage(qtbot: QtBot, appearance: Appearance) -> QWidget:
    """A window that is the page."""
    stage = QWidget()
    qtbot.addWidget(stage)
    stage.show()
    return stage


@pytest.mark.parametrize(
    ("kind", "ground"),
    [
        (ButtonKind.FILLED, "accent"),
        (ButtonKind.DANGER, "dangerFill"),
        (ButtonKind.OUTLINED, "raised"),
        (ButtonKind.PLAIN, "page"),
    ],
)
def test_a_button_has_the_ground_of_its_kind(
    stage: QWidget, appearance: Appearance, kind: ButtonKind, ground: str
) -> None:
    button = shown(stage, Button(appearance, "Save", kind))
    assert inside(button) == appearance.theme.color(ground)
    appearance.set_scheme("dark")
    QApplication.processEvents()
    assert inside(button) == appearance.theme.color(ground)


def test_a_button_shows_what_the_pointer_does(stage: QWidget, appearance: Appearance) -> None:
    for kind in ButtonKind:
        button = shown(stage, Button(appearance, "Save", kind))
        looks = [inside(button)]
        button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        looks.append(inside(button))
        button.setDown(True)
        looks.append(inside(button))
        assert len({look.name() for look in looks}) == 3, kind


def test_a_disabled_button_keeps_its_size_and_does_nothing(stage: QWidget, appearance: Appearance) -> None:
    button = shown(stage, Button(appearance, "Save", ButtonKind.FILLED))
    size = button.sizeHint()
    button.setEnabled(False)
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    assert button.sizeHint() == size
    assert inside(button) == appearance.theme.color("bubble")


def test_a_button_is_as_wide_as_its_words_and_icon(qtbot: QtBot, appearance: Appearance) -> None:
    plain = Button(appearance, "Get")
    iconic = Button(appearance, "Get", icon="download")
    small = Button(appearance, "Get", small=True)
    for button in (plain, iconic, small):
        qtbot.addWidget(button)
    assert iconic.sizeHint().width() - plain.sizeHint().width() == 24
    assert (plain.sizeHint().height(), small.sizeHint().height()) == (32, 28)
    plain.setText("Get it now")
    assert plain.sizeHint().width() > iconic.sizeHint().width()
    assert plain.minimumSizeHint() == plain.sizeHint()


def test_a_button_can_become_another(stage: QWidget, appearance: Appearance) -> None:
    button = shown(stage, Button(appearance, "Send"))
    button.set_kind(ButtonKind.FILLED)
    button.set_icon("arrow-up")
    button.resize(button.sizeHint())
    assert inside(button) == appearance.theme.color("accent")
    assert button.font().weight() == QFont.Weight.DemiBold


def test_an_icon_button_tells_its_name_and_key(qtbot: QtBot, appearance: Appearance) -> None:
    button = IconButton(appearance, "copy", name="Copy answer")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("Copy answer", "Copy answer")
    button.set_name("Copy answer", shortcut="Ctrl+Shift+C")
    assert button.accessibleName() == "Copy answer"
    assert button.toolTip().startswith("Copy answer  ")
    assert button.toolTip().endswith("C")


@pytest.mark.parametrize(
    ("size", "side"), [(IconButtonSize.BAR, 32), (IconButtonSize.ROW, 28), (IconButtonSize.CHIP, 20)]
)
def test_an_icon_button_is_a_square(qtbot: QtBot, appearance: Appearance, size: IconButtonSize, side: int) -> None:
    button = IconButton(appearance, "copy", name="Copy", size=size)
    qtbot.addWidget(button)
    assert button.sizeHint() == QSize(side, side)
    appearance.set_zoom(200)
    assert button.sizeHint() == QSize(2 * side, 2 * side)


def test_an_icon_button_changes_icon_kind_and_state(stage: QWidget, appearance: Appearance) -> None:
    button = shown(stage, IconButton(appearance, "arrow-up", name="Send", kind=ButtonKind.FILLED))
    send = button.grab().toImage()
    button.set_icon("play")
    button.set_kind(ButtonKind.OUTLINED)
    assert button.grab().toImage() != send
    button.setCheckable(True)
    button.setChecked(True)
    button.set_kind(ButtonKind.PLAIN)
    assert inside(button) == appearance.theme.color("accentSoft")


@pytest.mark.parametrize("make", ["button", "icon", "chip", "switch"])
def test_everything_that_is_pressed_can_be_pressed_with_the_space_bar(
    qtbot: QtBot, appearance: Appearance, make: str
) -> None:
    control: QAbstractButton = {
        "button": lambda: Button(appearance, "Save"),
        "icon": lambda: IconButton(appearance, "copy", name="Copy"),
        "chip": lambda: ToggleChip(appearance, "Think", "lightbulb"),
        "switch": lambda: Switch(appearance, "Use it"),
    }[make]()
    qtbot.addWidget(control)
    assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert control.accessibleName() or control.text()
    with qtbot.waitSignal(control.clicked):
        QTest.keyClick(control, Qt.Key.Key_Space)
    outline, radius = control.focus_outline()
    assert outline.toRect() == control.rect()
    assert radius > 0


def test_a_toggle_chip_is_tinted_while_it_is_on(stage: QWidget, appearance: Appearance) -> None:
    chip = shown(stage, ToggleChip(appearance, "Think", "lightbulb"))
    assert inside(chip) == appearance.theme.color("page")
    chip.setChecked(True)
    assert inside(chip) == appearance.theme.color("accentSoft")
    assert chip.sizeHint().height() == 28


def test_a_switch_slides_and_comes_to_rest(qtbot: QtBot, stage: QWidget, appearance: Appearance) -> None:
    switch = shown(stage, Switch(appearance, "Use it"))
    assert inside(switch, x=18) == appearance.theme.color("page")
    switch.setChecked(True)
    qtbot.waitUntil(lambda: inside(switch, x=26) == appearance.theme.color("onAccent"))
    assert inside(switch, x=6) == appearance.theme.color("accent")


def test_a_switch_jumps_if_nothing_may_move(
    stage: QWidget, appearance: Appearance, preferences: FixedPreferences
) -> None:
    preferences.set(reduced_motion=True)
    switch = shown(stage, Switch(appearance, "Use it"))
    switch.setChecked(True)
    assert inside(switch, x=26) == appearance.theme.color("onAccent")
    switch.setChecked(False)
    assert inside(switch, x=26) == appearance.theme.color("page")


def shown(stage: QWidget, control: QAbstractButton) -> QAbstractButton:
    """Show it on the stage at its own size."""
    control.setParent(stage)
    control.setGeometry(QRect(QPoint(40, 40), control.sizeHint()))  # away from where the pointer is said to be
    control.show()
    return control


def inside(control: QWidget, x: int = 6) -> QColor:
    """Colour near the left edge, at half the height."""
    image = control.window().grab().toImage()
    return image.pixelColor(control.pos() + QPoint(x, control.height() // 2))


def test_a_chip_in_a_narrow_row_leaves_the_end_of_its_text_out(appearance: Appearance, stage: QWidget) -> None:
    chip = shown(stage, ToggleChip(appearance, "Reasoning: Automatic", "lightbulb"))
    whole = chip.grab().toImage()
    chip.resize(chip.width() - 40, chip.height())
    begin = whole.rect().adjusted(0, 0, -whole.width() // 2, 0)
    assert chip.grab().toImage().copy(begin) == whole.copy(begin)
    assert chip.minimumSizeHint().width() < chip.width()


@pytest.mark.parametrize("text", ["Reasoning", "Reasoning: Automatic", "Off", "推理"])
def test_a_chip_of_its_own_size_shows_its_whole_text(appearance: Appearance, stage: QWidget, text: str) -> None:
    chip = shown(stage, ToggleChip(appearance, text, "lightbulb"))
    whole = chip.grab().toImage()
    chip.resize(chip.width() + 40, chip.height())
    begin = whole.rect().adjusted(0, 6, -appearance.theme.length("m"), -6)  # without the round end
    assert chip.grab().toImage().copy(begin) == whole.copy(begin)
