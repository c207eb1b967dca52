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
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.pictures.attach_steps import attach, chips, drop, names, paste, pictures, sent_pictures


async def test_a_dropped_picture_goes_along_with_the_question(
    harness: Harness, fake_model: FakeModel, file: Path
) -> None:
    await attach(harness, file)
    assert names(harness) == ["my cat.png"]
    await harness.ask_and_wait("What is this?")
    assert fake_model.last_question() == "What is this?"
    (data,) = sent_pictures(fake_model)
    assert QImage.fromData(data).size().toTuple() == (320, 200)
    assert chips(harness) == []
    question = harness.transcript.document.message(0)
    assert [part.name for part in question.attachments] == ["my cat.png"]


async def test_a_picture_is_pasted_as_pixels_or_as_a_file_of_any_kind(
    harness: Harness, fake_model: FakeModel, file: Path
) -> None:
    clipboard = QGuiApplication.clipboard()
    image = QImage(50, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("green"))
    clipboard.setImage(image)
    paste(harness)
    await harness.until(lambda: len(pictures(harness)) == 1)
    data = QMimeData()
    data.setData("image/jpeg", picture(60, 30, "JPEG"))
    clipboard.setMimeData(data)
    paste(harness)
    await harness.until(lambda: len(pictures(harness)) == 2)
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(file))])
    clipboard.setMimeData(files)
    paste(harness)
    await harness.until(lambda: len(pictures(harness)) == 3)
    assert [(each.media_type, each.width, each.height) for each in pictures(harness)] == [
        ("image/png", 50, 40),
        ("image/jpeg", 60, 30),
        ("image/png", 320, 200),
    ]
    assert harness.edit.text() == ""


async def test_words_win_over_a_picture_of_them(harness: Harness) -> None:
    data = QMimeData()
    data.setText("cells")
    data.setImageData(QImage(5, 5, QImage.Format.Format_RGB32))
    QGuiApplication.clipboard().setMimeData(data)
    paste(harness)
    assert harness.edit.text() == "cells"
    assert chips(harness) == []


async def test_a_link_from_a_browser_is_pasted_as_words(harness: Harness) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/cat.png")])
    data.setText("https://example.org/cat.png")
    QGuiApplication.clipboard().setMimeData(data)
    paste(harness)
    assert harness.edit.text() == "https://example.org/cat.png"


async def test_files_are_chosen_in_a_dialog_that_nothing_waits_for(harness: Harness, file: Path) -> None:
    harness.click("attachButton")
    dialog = harness.window.findChild(QFileDialog, "attachDialog")
    assert dialog.isVisible()
    dialog.filesSelected.emit([str(file)])
    dialog.close()
    await harness.until(lambda: names(harness) == ["my cat.png"])


async def test_a_picture_can_be_taken_off_with_the_keyboard(harness: Harness, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "dog.jpeg"
    other.write_bytes(picture(100, 80, "JPEG"))
    await attach(harness, file, other)
    QTest.keyClick(harness.edit, Qt.Key.Key_Tab)
    chip = QGuiApplication.focusObject()
    assert chip.accessibleName().startswith("my cat.png, ")
    QTest.keyClick(chip, Qt.Key.Key_Tab)
    cross = QGuiApplication.focusObject()
    assert isinstance(cross, QAbstractButton)
    assert cross.accessibleName() == "Remove my cat.png"
    QTest.keyClick(cross, Qt.Key.Key_Space)
    assert names(harness) == ["dog.jpeg"]
    assert QGuiApplication.focusObject().accessibleName() == "Remove dog.jpeg"
    QTest.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Backtab)
    QTest.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Delete)
    assert names(harness) == []
    assert harness.edit.hasFocus()


async def test_a_screen_reader_hears_what_goes_along(harness: Harness, file: Path) -> None:
    await attach(harness, file)
    (chip,) = chips(harness)
    assert chip.accessibleName().startswith("my cat.png, ")


async def test_a_draft_keeps_its_pictures_over_a_restart(
    fake_model: FakeModel, open_harness: Callable[[], Awaitable[Harness]], file: Path
) -> None:
    harness = await open_harness()
    await harness.ask_and_wait("Hello")
    await attach(harness, file)
    harness.type("half a thought")
    await harness.close()
    harness = await open_harness()
    assert names(harness) == ["my cat.png"]
    assert harness.edit.text() == "half a thought"
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: len(fake_model.asked) == 2)
    assert len(sent_pictures(fake_model)) == 1


async def test_the_new_chat_keeps_its_words_and_pictures_over_a_restart(
    fake_model: FakeModel, open_harness: Callable[[], Awaitable[Harness]], file: Path
) -> None:
    harness = await open_harness()
    await attach(harness, file)
    harness.type("half a thought")
    await harness.close()
    harness = await open_harness()
    assert (harness.edit.text(), names(harness)) == ("half a thought", ["my cat.png"])
    harness.edit.clear()
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: len(fake_model.asked) == 1)
    await harness.until(lambda: not harness.streaming())
    assert harness.title() == "my cat.png"
    harness.window.navigation.new_chat()
    assert names(harness) == []


async def test_each_chat_has_its_own_pictures(harness: Harness, file: Path) -> None:
    await harness.ask_and_wait("First")
    await attach(harness, file)
    harness.window.navigation.new_chat()
    assert names(harness) == []
    harness.click_row("First")
    await harness.until(lambda: names(harness) == ["my cat.png"])


@pytest.mark.skipif(sys.platform == "win32", reason="no such files")
async def test_what_is_no_picture_is_refused_in_a_sentence_and_the_rest_goes_along(
    harness: Harness, file: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "program.png").write_bytes(b"MZ\x90")
    drop(harness, tmp_path / "pipe.png", tmp_path / "program.png", file)
    await harness.until(lambda: names(harness) == ["my cat.png"])
    await harness.until(harness.toast)
    sentence, more = harness.toast()[:2]
    assert sentence == "pipe.png is a folder or a device, not a file."
    assert more == "program.png is not a picture or a document that can be read."


@pytest.mark.skipif(sys.platform == "win32", reason="no such files")
async def test_what_has_no_end_or_no_measure_is_refused_without_being_read(
    harness: Harness, file: Path, tmp_path: Path
) -> None:
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate(4 * 1024**3)  # has no content, and takes no space
    os.mkfifo(tmp_path / "pipe.txt")
    drop(
        harness, tmp_path / "zero.txt", tmp_path / "huge.txt", tmp_path / "pipe.txt", Path("//server/share/a.txt"), file
    )
    await harness.until(lambda: names(harness) == ["my cat.png"])
    await harness.until(harness.toast)
    message = "\n".join(harness.toast()[:2])
    assert all(name in message for name in ("zero.txt", "huge.txt", "pipe.txt"))


async def test_a_bomb_is_refused_in_a_sentence(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "bomb.png").write_bytes(bomb())
    drop(harness, tmp_path / "bomb.png")
    await harness.until(harness.toast)
    assert harness.toast()[0] == "bomb.png has more than 50 megapixels. Resize it, then try again."
    assert chips(harness) == []


async def test_a_message_takes_ten(harness: Harness, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.png" for number in range(12)]
    for number, path in enumerate(paths):
        path.write_bytes(picture(20 + number, 20))
    drop(harness, *paths)
    await harness.until(lambda: len(pictures(harness)) == 10)
    await harness.until(harness.toast)
    assert harness.toast()[0] == "A message can have at most 10 pictures. Send the rest in another message."
