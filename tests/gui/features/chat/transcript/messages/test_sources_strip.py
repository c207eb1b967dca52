"""What an answer is based on, under it: opened, selected, heard, followed; all of it plain text."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.transcript.controls import Control, Verb
from chatdesk.kernel.chat.message import Message, MessageState, Source, SourcesPart
from chatdesk.kernel.chat.stream_events import SourcesFound, TextDelta
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import answer, question

GUIDE = Source(1, "Rome.pdf", "Open at **8**.\n<b>Tickets</b> at the gate.", "City guides", "", 0.98)
PAGE = Source(2, "A page", "", "", "https://a.example/page")
BOTH = Source(3, "Another", "It says so.", "", "https://b.example")
NAMELESS = Source(4, "", "Only words.")
ALL = (GUIDE, PAGE, BOTH, NAMELESS)


def based_on(*sources: Source, text: str = "So.", state: MessageState = MessageState.COMPLETE) -> Message:
    said = answer(text, state=state)
    return replace(said, parts=(*said.parts, SourcesPart(sources))) if sources else said


def lines(reader: Reader) -> list[Control]:
    wanted = {Verb.FOLD_SOURCES, Verb.FOLD_SOURCE, Verb.OPEN_SOURCE, Verb.ALL_SOURCES}
    return [control for control in reader.controls(1) if control.command.verb in wanted and control.caption]


def open_source(reader: Reader, number: int) -> None:
    (line,) = (each for each in lines(reader) if each.command.block == number and each.command.verb is Verb.FOLD_SOURCE)
    reader.click(line.rect.center())


def shown(reader: Reader) -> list[str]:
    item = reader.view.document[1]
    return [block.spans[0].text for part in range(3, 60) if (column := item.column(part)) for block in column.blocks]


def test_each_has_a_line_with_its_number_title_collection_and_score(reader: Reader) -> None:
    reader.show([question("Go"), based_on(*ALL)])
    assert [(line.caption, line.note) for line in lines(reader)] == [
        ("4 sources", ""),
        ("1. Rome.pdf", "City guides · score 0.98"),
        ("2. A page", ""),
        ("3. Another", ""),
        ("4. Untitled", ""),
    ]


def test_a_passage_is_opened_and_folded_and_nothing_in_it_is_markdown(reader: Reader) -> None:
    reader.show([question("Go"), based_on(*ALL)])
    height = reader.view.document[1].height
    open_source(reader, 0)
    assert shown(reader) == ["Open at **8**.\n<b>Tickets</b> at the gate."]
    assert reader.view.document[1].height > height
    open_source(reader, 0)
    assert (shown(reader), reader.view.document[1].height) == ([], height)


def test_the_list_folds_and_a_long_one_is_short_at_first(reader: Reader) -> None:
    reader.show([question("Go"), based_on(*(Source(number, f"Source {number}", "x") for number in range(1, 31)))])
    assert [line.caption for line in lines(reader)][-2:] == ["5. Source 5", "Show all"]
    reader.click_control(1, Verb.ALL_SOURCES)
    reader.view.verticalScrollBar().setValue(0)
    assert reader.view.document[1].sources.height > 30 * 20
    reader.click(lines(reader)[0].rect.center())
    assert [line.caption for line in lines(reader)] == ["30 sources"]


def test_a_link_goes_to_who_judges_it_and_is_opened_by_nothing_else(reader: Reader) -> None:
    reader.show([question("Go"), based_on(*ALL)])
    reader.click(lines(reader)[2].rect.center())
    assert reader.signals[-1] == ("link_activated", "https://a.example/page", "A page")
    (button,) = (each for each in reader.controls(1) if each.command.verb is Verb.OPEN_SOURCE and not each.caption)
    reader.click(button.rect.center())
    assert reader.signals[-1] == ("link_activated", "https://b.example", "Another")


def test_a_passage_can_be_selected_and_copied(reader: Reader) -> None:
    reader.show([question("Go"), based_on(*ALL)])
    open_source(reader, 0)
    start, end = reader.place_of(1, "Tickets"), reader.place_of(1, "at the gate")
    reader.drag(start, QPoint(end.x(), start.y()))
    reader.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Tickets</b> "
    before = reader.look()
    reader.click(reader.place_of(1, "So."))
    assert reader.look() != before  # what is selected there is painted so


def test_all_of_it_is_heard(reader: Reader) -> None:
    reader.show([question("Go"), based_on(*ALL)])
    open_source(reader, 0)
    message = QAccessible.queryAccessibleInterface(reader.view).child(1)
    names = [message.child(index).text(QAccessible.Text.Name) for index in range(message.childCount())]
    assert "Source 1: Rome.pdf · City guides · score 0.98" in names
    assert "Open Another in the browser" in names
    assert any("Tickets" in message.child(index).textInterface().text(0, 99) for index in range(message.childCount())
               if message.child(index).textInterface())  # fmt: skip


def test_the_keyboard_opens_one(reader: Reader, qtbot: QtBot) -> None:
    qtbot.waitActive(reader.view)
    reader.show([question("Go"), based_on(GUIDE)])
    reader.view.setFocus(Qt.FocusReason.TabFocusReason)
    reader.view._focus.set_message(1)
    reader.press(Qt.Key.Key_Tab)
    reader.press(Qt.Key.Key_Tab)
    assert reader.view.focused_control.command.verb is Verb.FOLD_SOURCE
    reader.press(Qt.Key.Key_Return)
    assert shown(reader)


def test_they_come_when_the_answer_is_whole(reader: Reader) -> None:
    reader.show([question("Go"), answer("", state=MessageState.STREAMING)])
    reader.view.grow("m1", (TextDelta("So."), SourcesFound((GUIDE,))))
    assert lines(reader) == []
    reader.view.change_message(based_on(GUIDE))
    assert [line.caption for line in lines(reader)] == ["1 sources", "1. Rome.pdf"]
    open_source(reader, 0)
    reader.view.change_message(replace(based_on(GUIDE), usage=None))
    assert shown(reader)  # what a person opened stays open


@pytest.mark.parametrize(
    "hostile", ["<img src=x onerror=1>", "a\u202eb\x00c\nd", "x" * 5_000, "![p](https://e.example/p.png)"]
)
def test_hostile_words_are_words_on_one_line(reader: Reader, hostile: str) -> None:
    reader.show([question("Go"), based_on(Source(1, hostile, hostile, hostile, "javascript:alert(1)"))])
    line = lines(reader)[1]
    assert line.rect.right() <= reader.view.viewport().width()
    assert not {"\n", "\x00", "\u202e"} & {*line.caption, *line.note, *line.name}
    open_source(reader, 0)
    item = reader.view.document[1]
    assert not any(span.image or span.link for block in item.column(3).blocks for span in block.spans)
