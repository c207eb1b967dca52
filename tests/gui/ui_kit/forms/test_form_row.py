"""Rows of forms and cards: labels beside their fields, what a screen reader says of a button, and cards on sheets."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.rows import ActionRow, RowCard
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.segments import Segments
from chatdesk.ui_kit.widgets.switch import Switch


def middle(widget: QWidget, row: QWidget) -> int:
    return widget.mapTo(row, QPoint(0, widget.height() // 2)).y()


def field_of_kind(kind: str, appearance: Appearance) -> QWidget:
    if kind == "switch":
        return Switch(appearance, "Encryption")
    if kind == "text field":
        return TextField(appearance, "Address")
    segments = Segments(appearance, "Shared folder")
    segments.set_segments((("folder", "On this computer"), ("server", "WebDAV server")))
    return segments


@pytest.mark.parametrize("kind", ["switch", "text field", "segments"])
def test_a_label_is_at_the_height_of_its_field(kind: str, qtbot: QtBot, appearance: Appearance) -> None:
    field = field_of_kind(kind, appearance)
    row = FormRow(appearance, field)
    qtbot.addWidget(row)
    row.set_labels("Label", "A hint that is below the field.")
    row.resize(520, 120)
    row.show()
    label = next(each for each in row.findChildren(Label) if each.text() == "Label")
    qtbot.waitUntil(lambda: abs(middle(label, row) - middle(field, row)) <= 2)


def test_a_button_of_a_row_is_described_by_its_texts(qtbot: QtBot, appearance: Appearance) -> None:
    row = ActionRow(appearance, "caption")
    qtbot.addWidget(row)
    button, switch = row.add_button("show", "", lambda: None), Switch(appearance, "Diagnostics")
    row.add_control(switch)
    row.set_texts("Diagnostics", "Versions and sizes")
    assert button.accessibleDescription() == "Diagnostics · Versions and sizes"
    assert switch.accessibleDescription() == "Versions and sizes"
    row.set_texts("Diagnostics", "")
    assert (button.accessibleDescription(), switch.accessibleDescription()) == ("Diagnostics", "")


def test_a_card_on_a_sheet_has_the_colour_of_a_page(qtbot: QtBot, appearance: Appearance) -> None:
    appearance.set_scheme("dark")
    card = RowCard(appearance, fill="page")
    qtbot.addWidget(card)
    row = ActionRow(appearance, "caption")
    row.set_texts("Laptop", "Last change seen today")
    card.add_row(row)
    card.resize(400, 80)
    card.show()
    colour = card.grab().toImage().pixelColor(390, 40)
    assert colour == appearance.theme.color("page") != appearance.theme.color("raised")
