"""The HTML that models write, through the whole window: sections that fold, keys, breaks in cells."""

import asyncio
from collections.abc import Awaitable, Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from tests.gui.window.harness import FakeModel, Harness

CONTROL = Qt.KeyboardModifier.ControlModifier
BEGIN = "Press <kbd>Ctrl</kbd>.\n\n<details>\n<summary>The steps</summary>\n\n"
REST = "First, wait.\n\n</details>\n\nThat is all."


def shown(harness: Harness) -> list[str]:
    """The words of the blocks of the last answer that are not folded."""
    document = harness.transcript.document
    column = document[len(document) - 1].column(TEXT) if len(document) else None
    return [
        "".join(span.text for span in getattr(block, "spans", ()))
        for number, block in enumerate(column.blocks if column else ())
        if column and not column.is_hidden(number)
    ]


async def test_a_section_is_read_while_it_streams_and_folded_when_the_chat_is_opened_again(
    harness: Harness, fake_model: FakeModel, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    go_on = asyncio.Event()
    fake_model.says(BEGIN, "First, ", go_on, REST.removeprefix("First, "))
    harness.ask("How?")
    await harness.until(lambda: shown(harness)[-1:] == ["First,"])
    go_on.set()
    await harness.until(lambda: not harness.streaming())
    assert shown(harness) == ["Press Ctrl.", "The steps", "First, wait.", "That is all."]

    await harness.close()
    again = await open_harness()
    assert shown(again) == ["Press Ctrl.", "The steps", "That is all."]

    again.click_control(Verb.FOLD_SECTION)
    assert shown(again) == ["Press Ctrl.", "The steps", "First, wait.", "That is all."]


async def test_find_opens_a_folded_section_and_copy_has_the_whole_source(
    harness: Harness, fake_model: FakeModel
) -> None:
    fake_model.says(BEGIN + REST)
    await harness.ask_and_wait("How?")
    harness.click_control(Verb.FOLD_SECTION)
    assert "First, wait." not in shown(harness)

    harness.press(Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(harness.part("findField"), "wait")
    await harness.until(lambda: "First, wait." in shown(harness))

    harness.click_control(Verb.COPY)
    assert QGuiApplication.clipboard().text() == BEGIN + REST
