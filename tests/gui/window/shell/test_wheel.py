"""The mouse wheel scrolls the pages of the window and changes nothing on them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QDateEdit, QSlider, QWidget

from chatdesk.system.folders import Folders
from tests.gui.wheel import turn_wheel
from tests.gui.window.harness import Harness
from tests.gui.window.presets.test_presets import choose

FORM = """\
+++
name = "All fields"

[[variables]]
name = "day"
kind = "date"
default = "2026-11-25"

[[variables]]
name = "speech"
kind = "choice"
choices = ["English", "German", "French"]
default = "German"

[[variables]]
name = "tone"
kind = "choice"
choices = ["formal", "friendly", "short"]
default = "friendly"
free = true
+++
{{day}} {{speech}} {{tone}}
"""


def value_of(control: QWidget) -> object:
    if isinstance(control, QComboBox):
        return control.currentText()
    return control.value() if isinstance(control, QSlider) else control.text()


def controls(harness: Harness) -> list[QWidget]:
    """What is visible and has a value that a wheel could change."""
    kinds = (QComboBox, QAbstractSpinBox, QSlider)
    return [each for kind in kinds for each in harness.window.findChildren(kind) if each.isVisible()]


PAGES: dict[str, Callable[[Harness], object]] = {
    "appearance settings": lambda harness: harness.window.show_settings("appearance"),
    "engine options": lambda harness: harness.router.show_models("here", "engine"),
    "presets": lambda harness: harness.window.show_presets("own:form"),
    "batch run": lambda harness: harness.router.show_page("batch", "own:form"),
    "translator": lambda harness: harness.router.show_page("translation"),
}


@pytest.fixture
async def with_form(harness: Harness) -> Harness:
    folder = Folders.locate().data / "presets"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "form.md").write_text(FORM, "utf-8")
    await harness.until(lambda: harness.program.presets.presets.loaded and harness.models.chosen)
    await harness.program.presets.presets.reload_changed()
    return harness


@pytest.mark.parametrize("page", PAGES)
async def test_the_wheel_changes_nothing_on_a_page(with_form: Harness, page: str) -> None:
    PAGES[page](with_form)
    await with_form.until(lambda: controls(with_form))
    focused = with_form.window.focusWidget()
    for control in controls(with_form):
        before = value_of(control)
        for notch in (120, -120, -120):
            turn_wheel(control, notch)
            assert value_of(control) == before, control.objectName()
    assert with_form.window.focusWidget() is focused


async def test_the_wheel_over_a_field_scrolls_the_page(with_form: Harness) -> None:
    with_form.window.resize(900, 480)
    with_form.router.show_models("here", "engine", "engine.context")
    await with_form.until(lambda: with_form.window.findChild(QComboBox, "engine.context"))
    control = with_form.part("engine.context")
    await with_form.until(lambda: not control.visibleRegion().isEmpty())
    before = control.mapTo(with_form.window, QPoint()).y()
    turn_wheel(control, -120)
    assert control.mapTo(with_form.window, QPoint()).y() < before


async def test_the_wheel_changes_no_field_of_a_preset_above_the_message(with_form: Harness) -> None:
    await choose(with_form, "all fields")
    await with_form.until(lambda: with_form.part("variable_day").isVisible())
    day = with_form.part("variable_day")
    assert isinstance(day, QDateEdit)
    with_form.edit.setFocus()
    for control in controls(with_form):
        turn_wheel(control)
    values = [value_of(with_form.part(f"variable_{name}")) for name in ("speech", "tone")]
    assert (day.date().toString(Qt.DateFormat.ISODate), *values) == ("2026-11-25", "German", "friendly")
