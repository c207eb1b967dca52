"""Long texts are pasted: they stay in the message until the user turns them into an attachment, and undo brings them back."""

import asyncio
import json

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest

from chatdesk.features.chat.ui.composer.pasted_text import file_ending_of, free_name
from chatdesk.kernel.settings.declarations import ATTACH_LONG_TEXT
from chatdesk.ui_kit.forms.notice import Notice
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.heartbeat import Heartbeat
from tests.gui.window.pictures.attach_steps import names, paste

LONG = "\n".join(f"{number}. A promise of the year 2025." for number in range(120))
CONTROL = Qt.KeyboardModifier.ControlModifier


def strip(harness: Harness) -> Notice | None:
    found = harness.window.findChild(Notice, "pastedText")
    return found if found and found.isVisible() else None


def paste_text(harness: Harness, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    paste(harness)


async def turn_into_attachment(harness: Harness) -> None:
    found = strip(harness)
    assert found
    found.focus()
    QTest.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Space)
    await harness.until(lambda: names(harness))


async def test_a_long_text_stays_in_the_message_and_can_be_attached(harness: Harness, fake_model: FakeModel) -> None:
    harness.type("What was promised? ")
    paste_text(harness, LONG)
    assert harness.edit.text() == "What was promised? " + LONG
    found = strip(harness)
    assert found
    assert str(len(LONG)) in found.text()
    await turn_into_attachment(harness)
    assert names(harness) == ["Pasted text.txt"]
    assert harness.edit.text() == "What was promised? "
    assert strip(harness) is None
    assert harness.edit.hasFocus()
    await harness.ask_and_wait("In short.")
    sent = fake_model.asked[-1]["messages"][-1]["content"]
    assert LONG in sent
    assert sent.endswith("In short.")


async def test_a_short_text_is_only_pasted(harness: Harness) -> None:
    paste_text(harness, "word " * 400)
    assert harness.edit.text() == "word " * 400
    assert strip(harness) is None
    paste_text(harness, "many short lines\n" * 40)
    assert strip(harness)


async def test_what_is_typed_around_the_text_stays(harness: Harness) -> None:
    harness.type("Before ")
    paste_text(harness, LONG)
    harness.type(" after")
    await turn_into_attachment(harness)
    assert harness.edit.text() == "Before  after"


async def test_undo_brings_the_text_back_and_redo_attaches_it_again(harness: Harness) -> None:
    harness.type("Read this: ")
    paste_text(harness, LONG)
    await turn_into_attachment(harness)
    harness.press(Qt.Key.Key_Z, CONTROL)
    assert harness.edit.text() == "Read this: " + LONG
    assert names(harness) == []
    harness.edit.redo()
    assert harness.edit.text() == "Read this: "
    assert names(harness) == ["Pasted text.txt"]
    harness.press(Qt.Key.Key_Z, CONTROL)
    harness.type("!")
    assert names(harness) == []
    assert harness.edit.text() == "Read this: " + LONG + "!"


async def test_sending_is_not_taken_for_undo(harness: Harness, fake_model: FakeModel) -> None:
    paste_text(harness, LONG)
    await turn_into_attachment(harness)
    await harness.ask_and_wait("First")
    assert LONG in fake_model.asked[-1]["messages"][-1]["content"]
    harness.type("Second")
    assert names(harness) == []


async def test_the_offer_goes_with_the_text(harness: Harness) -> None:
    paste_text(harness, LONG)
    assert strip(harness)
    harness.press(Qt.Key.Key_Z, CONTROL)
    assert strip(harness) is None
    paste_text(harness, LONG)
    harness.window.findChild(Notice, "pastedText").other_acted.emit()
    assert strip(harness) is None
    assert harness.edit.text() == LONG


async def test_it_is_attached_at_once_if_that_is_set(harness: Harness) -> None:
    harness.program.settings.set(ATTACH_LONG_TEXT, value=True)
    harness.type("Read this: ")
    paste_text(harness, LONG)
    await harness.until(lambda: names(harness) == ["Pasted text.txt"])
    assert harness.edit.text() == "Read this: "
    harness.press(Qt.Key.Key_Z, CONTROL)
    assert harness.edit.text() == "Read this: " + LONG
    assert names(harness) == []


async def test_a_message_sent_at_once_waits_for_its_text(harness: Harness, fake_model: FakeModel) -> None:
    harness.program.settings.set(ATTACH_LONG_TEXT, value=True)
    harness.type("Read this.")
    paste_text(harness, LONG)
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: fake_model.asked)
    sent = fake_model.asked[-1]["messages"][-1]["content"]
    assert sent.endswith("Read this.")
    assert sent.count(LONG) == 1


async def test_a_text_that_cannot_be_attached_stays(harness: Harness) -> None:
    text = "0123456789\n" * 400_000
    paste_text(harness, text)
    await harness.until(lambda: strip(harness))
    strip(harness).acted.emit()
    await harness.until(harness.toast)
    assert "Pasted text.txt" in harness.toast()[0]
    assert harness.edit.text() == text


async def test_ten_megabytes_are_pasted_without_a_stall(harness: Harness) -> None:
    text = "\n".join(f"{number} " + "word " * 15 for number in range(125_000))
    QGuiApplication.clipboard().setText(text)
    with Heartbeat() as heartbeat:
        paste(harness)
        await harness.until(lambda: strip(harness))
        await asyncio.sleep(1)  # until the draft was saved
    assert harness.edit.text() == text
    harness.press(Qt.Key.Key_Z, CONTROL)
    assert harness.edit.text() == ""
    assert heartbeat.longest < 0.1


async def test_the_text_is_complete_while_it_is_inserted_and_after_each_change(harness: Harness) -> None:
    text = "\n".join(f"line {number}" for number in range(20_000))
    harness.type("before ")
    paste_text(harness, text)
    assert harness.edit.isReadOnly()
    assert harness.edit.text() == f"before {text}"
    await harness.until(lambda: not harness.edit.isReadOnly())
    assert harness.edit.text() == f"before {text}"
    harness.type(" after")
    assert harness.edit.text() == f"before {text} after"
    harness.edit.set_text("")
    assert harness.edit.text() == ""


async def test_only_the_words_of_a_web_page_are_pasted(harness: Harness) -> None:
    data = QMimeData()
    data.setHtml('<p>Seen</p><p style="display:none">hidden</p><img src="https://example.org/pixel.png">')
    data.setText("Seen")
    data.setImageData(QImage(5, 5, QImage.Format.Format_RGB32))
    QGuiApplication.clipboard().setMimeData(data)
    paste(harness)
    assert harness.edit.text() == "Seen"
    assert names(harness) == []


async def test_files_copied_in_a_file_manager_are_attached(harness: Harness, tmp_path) -> None:
    paths = [tmp_path / "notes.md", tmp_path / "Ä b.txt"]
    for path in paths:
        path.write_text(path.name, "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    data.setText("\n".join(map(str, paths)))
    QGuiApplication.clipboard().setMimeData(data)
    paste(harness)
    await harness.until(lambda: names(harness) == ["notes.md", "Ä b.txt"])
    assert harness.edit.text() == ""


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("import os\n\ndef main() -> None:\n    print(os.name)\n", "py"),
        ("# Title\n\nWords.\n\n- one\n- two\n", "md"),
        ("a,b,c\n1,2,3\n4,5,6\n", "csv"),
        ("a\tb\n1\t2\n3\t4\n", "tsv"),
        (json.dumps({"a": [1, 2]}), "json"),
        ("<!DOCTYPE html>\n<p>Source</p>\n", "txt"),
        ("Dear reader, this is a letter.\nIt has lines, and commas.\nIt is plain.", "txt"),
        ("", "txt"),
    ],
)
def test_the_name_says_what_it_is_where_that_is_clear(text: str, ending: str) -> None:
    assert file_ending_of(text) == ending


def test_names_are_not_given_twice() -> None:
    assert free_name("Pasted text", "txt", {"Pasted text.txt", "Pasted text 2.txt"}) == "Pasted text 3.txt"
