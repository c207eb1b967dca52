"""Pictures are pasted, dropped and chosen, kept in drafts, taken off again, and refused with a sentence."""

import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from tests.gui.features.chat.transcript.sample_pictures import bomb, picture
from tests.gui.window.desk import Desk, Speaker
from tests.gui.window.pictures.hands import attach, chips, drop, names, paste, pictures, sent_pictures


async def test_a_dropped_picture_goes_along_with_the_question(desk: Desk, speaker: Speaker, file: Path) -> None:
    await attach(desk, file)
    assert names(desk) == ["my cat.png"]
    await desk.ask_and_wait("What is this?")
    assert speaker.last_question() == "What is this?"
    (data,) = sent_pictures(speaker)
    assert QImage.fromData(data).size().toTuple() == (320, 200)
    assert chips(desk) == []
    question = desk.transcript.document.message(0)
    assert [part.name for part in question.pictures] == ["my cat.png"]


async def test_a_picture_is_pasted_as_pixels_or_as_a_file_of_any_kind(desk: Desk, speaker: Speaker, file: Path) -> None:
    clipboard = QGuiApplication.clipboard()
    image = QImage(50, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("green"))
    clipboard.setImage(image)
    paste(desk)
    await desk.until(lambda: len(pictures(desk)) == 1)
    data = QMimeData()
    data.setData("image/jpeg", picture(60, 30, "JPEG"))
    clipboard.setMimeData(data)
    paste(desk)
    await desk.until(lambda: len(pictures(desk)) == 2)
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(file))])
    clipboard.setMimeData(files)
    paste(desk)
    await desk.until(lambda: len(pictures(desk)) == 3)
    assert [(each.media_type, each.width, each.height) for each in pictures(desk)] == [
        ("image/png", 50, 40),
        ("image/jpeg", 60, 30),
        ("image/png", 320, 200),
    ]
    assert desk.edit.text() == ""


async def test_words_win_over_a_picture_of_them(desk: Desk) -> None:
    data = QMimeData()
    data.setText("cells")
    data.setImageData(QImage(5, 5, QImage.Format.Format_RGB32))
    QGuiApplication.clipboard().setMimeData(data)
    paste(desk)
    assert desk.edit.text() == "cells"
    assert chips(desk) == []


async def test_a_link_from_a_browser_is_pasted_as_words(desk: Desk) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/cat.png")])
    data.setText("https://example.org/cat.png")
    QGuiApplication.clipboard().setMimeData(data)
    paste(desk)
    assert desk.edit.text() == "https://example.org/cat.png"


async def test_files_are_chosen_in_a_dialog_that_nothing_waits_for(desk: Desk, file: Path) -> None:
    desk.click("attachButton")
    dialog = desk.window.findChild(QFileDialog, "attachDialog")
    assert dialog.isVisible()
    dialog.filesSelected.emit([str(file)])
    dialog.close()
    await desk.until(lambda: names(desk) == ["my cat.png"])


async def test_a_picture_can_be_taken_off_with_the_keyboard(desk: Desk, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "dog.jpeg"
    other.write_bytes(picture(100, 80, "JPEG"))
    await attach(desk, file, other)
    QTest.keyClick(desk.edit, Qt.Key.Key_Tab)
    cross = QGuiApplication.focusObject()
    assert isinstance(cross, QAbstractButton)
    assert cross.accessibleName() == "Remove my cat.png"
    QTest.keyClick(cross, Qt.Key.Key_Space)
    assert names(desk) == ["dog.jpeg"]
    cross = QGuiApplication.focusObject()
    assert cross.accessibleName() == "Remove dog.jpeg"
    QTest.keyClick(cross, Qt.Key.Key_Space)
    assert names(desk) == []
    assert desk.edit.hasFocus()


async def test_a_screen_reader_hears_what_goes_along(desk: Desk, file: Path) -> None:
    await attach(desk, file)
    (chip,) = chips(desk)
    assert chip.accessibleName().startswith("my cat.png, ")


async def test_a_draft_keeps_its_pictures_over_a_restart(
    speaker: Speaker, open_desk: Callable[[], Awaitable[Desk]], file: Path
) -> None:
    desk = await open_desk()
    await desk.ask_and_wait("Hello")
    await attach(desk, file)
    desk.type("half a thought")
    await desk.close()
    desk = await open_desk()
    assert names(desk) == ["my cat.png"]
    assert desk.edit.text() == "half a thought"
    desk.press(Qt.Key.Key_Return)
    await desk.until(lambda: len(speaker.asked) == 2)
    assert len(sent_pictures(speaker)) == 1


async def test_the_new_chat_keeps_its_words_and_pictures_over_a_restart(
    speaker: Speaker, open_desk: Callable[[], Awaitable[Desk]], file: Path
) -> None:
    desk = await open_desk()
    await attach(desk, file)
    desk.type("half a thought")
    await desk.close()
    desk = await open_desk()
    assert (desk.edit.text(), names(desk)) == ("half a thought", ["my cat.png"])
    desk.edit.clear()
    desk.press(Qt.Key.Key_Return)
    await desk.until(lambda: len(speaker.asked) == 1)
    await desk.until(lambda: not desk.streaming())
    assert desk.title() == "my cat.png"
    desk.window.navigation.new_chat()
    assert names(desk) == []


async def test_each_chat_has_its_own_pictures(desk: Desk, file: Path) -> None:
    await desk.ask_and_wait("First")
    await attach(desk, file)
    desk.window.navigation.new_chat()
    assert names(desk) == []
    desk.click_row("First")
    await desk.until(lambda: names(desk) == ["my cat.png"])


@pytest.mark.skipif(sys.platform == "win32", reason="no such files")
async def test_what_is_no_picture_is_refused_in_a_sentence_and_the_rest_goes_along(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "program.png").write_bytes(b"MZ\x90")
    drop(desk, tmp_path / "pipe.png", tmp_path / "program.png", file)
    await desk.until(lambda: names(desk) == ["my cat.png"])
    await desk.until(desk.toast)
    sentence, more = desk.toast()[:2]
    assert sentence == "pipe.png is a folder or a device, not a file."
    assert more == "This file type is not supported yet: program.png"


async def test_a_bomb_is_refused_in_a_sentence(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "bomb.png").write_bytes(bomb())
    drop(desk, tmp_path / "bomb.png")
    await desk.until(desk.toast)
    assert desk.toast()[0] == "bomb.png has more than 50 megapixels. Resize it, then try again."
    assert chips(desk) == []


async def test_a_message_takes_ten(desk: Desk, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.png" for number in range(12)]
    for number, path in enumerate(paths):
        path.write_bytes(picture(20 + number, 20))
    drop(desk, *paths)
    await desk.until(lambda: len(pictures(desk)) == 10)
    await desk.until(desk.toast)
    assert desk.toast()[0] == "A message can have at most 10 pictures. Send the rest in another message."
