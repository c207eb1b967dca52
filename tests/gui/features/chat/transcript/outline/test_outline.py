"""The outline: what stands in it, where one is, and where it leads."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.transcript.outline.outline_model import may_have_headings
from chatdesk.features.chat.ui.transcript.outline.outline_panel import OutlinePanel
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.stream_events import TextDelta
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import answer, full_chat, question

LONG = "# First\n\n" + "Words. " * 800 + "\n\n## Second **bold**\n\n" + "Words. " * 800 + "\n\nThird\n=====\n\nThe end."


@pytest.fixture
def outline(reader: Reader) -> Iterator[OutlinePanel]:
    holder = QWidget()
    panel = reader.view.new_outline(holder)
    panel.resize(264, 600)
    holder.show()
    yield panel
    holder.close()
    holder.deleteLater()


def lines(outline: OutlinePanel) -> list[str]:
    while outline.outline_updater.working:
        QCoreApplication.processEvents()
    return ["  " * entry.level + entry.text for entry in outline._model.entries]


def current_row(outline: OutlinePanel) -> str:
    return lines(outline)[outline.list.current_row].strip()


def click(outline: OutlinePanel, row: int) -> None:
    rect = outline.list.visualRect(outline._model.index(row, 0))
    QTest.mouseClick(outline.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def test_questions_and_headings_stand_in_their_order(reader: Reader, outline: OutlinePanel) -> None:
    reader.show([question("What is\nthis?"), answer(LONG, 1), question("And now?", 2), answer("Nothing.", 3)])
    assert lines(outline) == ["What is this?", "  First", "    Second bold", "  Third", "And now?"]


def test_a_question_is_read_without_the_marks_around_its_code(reader: Reader, outline: OutlinePanel) -> None:
    reader.show([question("What is wrong?\n\n```py\nx = 1\n```\nTell me."), question("```\nonly code\n```", 1)])
    assert lines(outline) == ["What is wrong? x = 1 Tell me.", "only code"]


def test_an_answer_that_streams_adds_its_headings(reader: Reader, outline: OutlinePanel) -> None:
    reader.show([question("Tell me")])
    reader.view.add_message(answer("", 1, state=MessageState.STREAMING))
    reader.view.grow("m1", (TextDelta("# One\n\nWords\n\n## Tw"),))
    assert lines(outline) == ["Tell me", "  One", "    Tw"]
    reader.view.grow("m1", (TextDelta("o\n\nMore\n"),))
    assert lines(outline) == ["Tell me", "  One", "    Two"]
    reader.view.grow("m1", (TextDelta("===\n"),))
    assert lines(outline) == ["Tell me", "  One", "    Two", "  More"]
    reader.view.change_message(answer("# One\n\nWords\n\n## Two\n\nMore\n===\n", 1))
    reader.view.add_message(question("Next", 2))
    assert lines(outline) == ["Tell me", "  One", "    Two", "  More", "Next"]


def test_what_streams_without_headings_changes_no_row(reader: Reader, outline: OutlinePanel) -> None:
    reader.show([question("Tell me"), answer("# Old", 1)])
    reader.view.add_message(question("Again", 2))
    reader.view.add_message(answer("", 3, state=MessageState.STREAMING))
    reader.view.grow("m3", (TextDelta("# One\n\n"),))
    changes: list[str] = []
    outline._model.rowsInserted.connect(lambda: changes.append("inserted"))
    outline._model.rowsRemoved.connect(lambda: changes.append("removed"))
    outline._model.modelReset.connect(lambda: changes.append("reset"))
    for _ in range(50):
        reader.view.grow("m3", (TextDelta("Some words.\n\n"),))
    assert changes == []


def test_a_click_leads_there_and_the_place_is_shown(reader: Reader, outline: OutlinePanel) -> None:
    reader.show([question("What?"), answer(LONG, 1), question("And now?", 2), answer(LONG, 3)])
    assert lines(outline)[5] == "  First"
    click(outline, 2)
    assert current_row(outline) == "Second bold"
    assert 0 < reader.place_of(1, "Second bold").y() < reader.view.viewport().height() // 3
    click(outline, 4)
    assert reader.rect(2).top() == 24
    assert current_row(outline) in {"And now?", "First"}


def test_enter_leads_there_too(reader: Reader, outline: OutlinePanel) -> None:
    reader.show([question("What?"), answer(LONG, 1), question("And now?", 2), answer(LONG, 3)])
    lines(outline)
    outline.list.setCurrentIndex(outline._model.index(1, 0))
    QTest.keyClick(outline.list, Qt.Key.Key_Down)
    QTest.keyClick(outline.list, Qt.Key.Key_Return)
    assert current_row(outline) == "Second bold"


def test_the_keyboard_begins_where_one_is_reading(reader: Reader, outline: OutlinePanel) -> None:
    reader.show([question("What?"), answer(LONG, 1), question("And now?", 2), answer(LONG, 3)])
    lines(outline)
    reader.view.verticalScrollBar().setValue(0)
    outline.window().activateWindow()
    outline.list.clearFocus()
    outline.list.setFocus(Qt.FocusReason.TabFocusReason)
    assert outline.list.currentIndex().row() == outline.list.current_row == 1
    reader.view.verticalScrollBar().setValue(reader.view.verticalScrollBar().maximum())
    assert outline.list.currentIndex().row() == 1  # somebody is in the list: it stays


def test_the_place_follows_the_reader(reader: Reader, outline: OutlinePanel) -> None:
    reader.show([question("What?"), answer(LONG, 1), question("And now?", 2), answer(LONG, 3)])
    lines(outline)
    assert current_row(outline) == "Third"
    reader.view.verticalScrollBar().setValue(0)
    assert current_row(outline) in {"What?", "First"}


def test_another_chat_has_another_outline(reader: Reader, outline: OutlinePanel) -> None:
    reader.show(full_chat())
    assert "    Heading two" in lines(outline)
    reader.show([question("Only this", 0, "other")])
    assert lines(outline) == ["Only this"]
    reader.view.clear()
    assert lines(outline) == []


def test_a_hidden_outline_does_nothing(reader: Reader, outline: OutlinePanel) -> None:
    outline.hide()
    reader.show(full_chat())
    assert lines(outline) == []
    outline.show()
    assert len(lines(outline)) > 5


def test_only_answers_that_may_have_headings_are_parsed(make_reader: Callable[..., Reader]) -> None:
    assert may_have_headings("text\n## Heading")
    assert may_have_headings("> 1. # Heading")
    assert may_have_headings("Heading\n---")
    assert not may_have_headings("C# is #1, they say")


def test_ten_thousand_messages_are_outlined_in_slices(reader: Reader, outline: OutlinePanel) -> None:
    chat = [
        question(f"Question {number}", number) if number % 2 == 0 else answer("Plain words.", number)
        for number in range(10_000)
    ]
    reader.show(chat)
    parsed = reader.view.counters.messages_parsed
    assert len(lines(outline)) == 5_000
    assert reader.view.counters.messages_parsed == parsed
