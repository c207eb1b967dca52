"""The meter below the text: how full the context is, as colour, in words and in the card."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.composer.context_meter import ContextMeter, level_of
from chatdesk.kernel.context.context_plan import ContextUse
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.features.chat.composer.conftest import Writer

CALM = ContextUse(instructions=210, history=2_080, pictures=3_120, reserved=2_048, context_length=8_192)


def meter(writer: Writer) -> ContextMeter | None:
    found = writer.composer.findChild(ContextMeter)
    return found if found and found.isVisible() else None


def card(writer: Writer) -> QWidget | None:
    found = writer.window.findChild(QWidget, "contextCard")
    return found if found and found.isVisible() else None


def label(writer: Writer, name: str) -> str:
    shown = card(writer)
    found = shown.findChild(Label, name) if shown else None
    return found.text().replace(",", "") if found and found.isVisible() else ""


def shown_meter(writer: Writer, use: ContextUse) -> ContextMeter:
    writer.composer.show_context(use)
    found = meter(writer)
    assert found
    return found


def test_there_is_no_meter_until_there_is_something_to_show(writer: Writer) -> None:
    writer.composer.show_context(None)
    assert meter(writer) is None
    shown_meter(writer, CALM)
    writer.composer.show_context(None)
    assert meter(writer) is None


@pytest.mark.parametrize(
    ("tokens", "level", "expected"),
    [
        (0, "accent", ""),
        (7_999, "accent", ""),
        (8_000, "warning", "8000 / 10000"),
        (9_499, "warning", "9500 / 10000"),
        (9_500, "danger", "9500 / 10000"),
        (64_500, "danger", "63K / 10000"),
    ],
)
def test_from_80_percent_it_warns_and_from_95_it_is_full_also_in_words(
    writer: Writer, tokens: int, level: str, expected: str
) -> None:
    use = ContextUse(history=tokens, context_length=10_000)
    assert level_of(use) == level
    shown = shown_meter(writer, use)
    assert shown.words.replace(",", "") == expected
    assert bool(shown.accessibleDescription()) is bool(expected)


def test_a_context_without_room_for_an_answer_is_full(writer: Writer) -> None:
    use = ContextUse(history=3_100, reserved=1_024, context_length=4_096)
    assert level_of(use) == "danger"
    assert shown_meter(writer, use).accessibleDescription() == "The context window is too small for this chat."


def test_an_unknown_context_is_reported_in_tokens_only(writer: Writer) -> None:
    assert shown_meter(writer, ContextUse(history=1_234)).words.replace(",", "") == "about 1200 tokens"


def test_its_name_is_one_sentence_with_all_parts(writer: Writer) -> None:
    name = shown_meter(writer, CALM).accessibleName().replace(",", "")
    assert name == (
        "About 5400 of 8192 tokens: Instructions 210 Chat so far 2100 Pictures 3090 Reserved for the answer 2048"
    )


def test_the_focus_opens_the_card_and_escape_closes_it(writer: Writer) -> None:
    shown = shown_meter(writer, CALM)
    assert card(writer) is None
    shown.setFocus(Qt.FocusReason.TabFocusReason)
    assert label(writer, "contextTotal") == "About 5400 of 8192 tokens"
    assert label(writer, "contextLevel") == ""
    shown.show_use(ContextUse(history=9_600, context_length=10_000))
    assert label(writer, "contextTotal") == "About 9600 of 10000 tokens"
    assert label(writer, "contextLevel") == "The context window is full."
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert card(writer) is None
    writer.composer.focus()
    shown.setFocus(Qt.FocusReason.TabFocusReason)
    assert card(writer)
    writer.composer.focus()
    assert card(writer) is None


def test_the_pointer_opens_the_card_above_the_composer(writer: Writer) -> None:
    shown = shown_meter(writer, CALM)
    QTest.mouseMove(shown, QPoint(5, 5))
    writer.qtbot.waitUntil(lambda: card(writer) is not None)
    opened = card(writer)
    assert opened
    frame = writer.composer.mapTo(writer.window, QPoint(0, 0))
    assert opened.geometry().bottom() <= frame.y() + 12  # but for its shadow
    assert opened.geometry().right() <= writer.window.width() + 12
    QTest.mouseMove(writer.edit, QPoint(5, 5))
    writer.qtbot.waitUntil(lambda: card(writer) is None)


def test_a_click_leaves_the_focus_in_the_text(writer: Writer) -> None:
    shown = shown_meter(writer, CALM)
    writer.qtbot.mouseClick(shown, Qt.MouseButton.LeftButton)
    assert writer.composer.has_focus()


def test_tab_reaches_it_before_send(writer: Writer) -> None:
    shown = shown_meter(writer, CALM)
    writer.type("x")
    reached, widget = [], writer.edit.nextInFocusChain()
    while widget is not writer.edit:
        reached.append(widget)
        widget = widget.nextInFocusChain()
    assert reached.index(shown) < reached.index(writer.button("sendButton"))


def test_the_card_opens_below_a_composer_at_the_top_of_its_window(writer: Writer) -> None:
    layout = writer.window.layout()
    layout.insertWidget(0, writer.composer)
    layout.activate()
    shown = shown_meter(writer, CALM)
    shown.setFocus(Qt.FocusReason.TabFocusReason)
    opened = card(writer)
    assert opened
    assert opened.y() + 12 >= shown.mapTo(writer.window, QPoint(0, shown.height())).y()
    assert opened.geometry().bottom() <= writer.window.height() + 12


def test_a_screen_reader_gets_a_progress_bar_with_its_value(writer: Writer) -> None:
    interface = QAccessible.queryAccessibleInterface(shown_meter(writer, CALM))
    assert interface.role() is QAccessible.Role.ProgressBar
    assert interface.valueInterface().currentValue() == 66
