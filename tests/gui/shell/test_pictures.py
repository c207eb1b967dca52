"""Pictures from hand to model: pasted, dropped, chosen, kept in drafts, sent, edited, and refused with a sentence."""

import asyncio
import os
import sys
from base64 import b64decode
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog

from chatdesk.domain.message import ImagePart
from chatdesk.domain.pictures import picture_format
from chatdesk.ui.pictures.picture_chip import PictureChip
from chatdesk.ui.settings.notice import Notice
from chatdesk.ui.transcript.controls import Verb
from chatdesk.ui.transcript.page.message_editor import MessageEditor
from chatdesk.ui.transcript.page.picture_viewer import PictureViewer
from tests.fakes.scripted_models import ScriptedModel, scripted_ollama
from tests.gui.shell.desk import Desk, Speaker
from tests.gui.transcript.sample_pictures import bomb, picture

SEER = ScriptedModel("seer:4b", ("completion", "vision"))
BLIND = ScriptedModel("blind:1b", ("completion",), loaded=False)


@pytest.fixture
async def speaker(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Speaker]:
    """An Ollama with a model that sees, which is chosen, and one that does not."""
    speaker = Speaker()
    async with scripted_ollama(speaker.answer, (SEER, BLIND)) as speaker.server:
        monkeypatch.setenv("OLLAMA_HOST", speaker.server.url)
        yield speaker


def chips(desk: Desk) -> list[PictureChip]:
    composer = desk.window._page.composer
    return [chip for chip in composer.findChildren(PictureChip) if not chip.isHidden()]


def names(desk: Desk) -> list[str]:
    return [chip.picture.name for chip in chips(desk) if chip.picture]


def pictures(desk: Desk) -> tuple[ImagePart, ...]:
    return desk.window._page.composer.pictures()


def drop(desk: Desk, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place = QPoint(400, 200)
    entering = QDragEnterEvent(place, copy, data, left, none)
    QApplication.sendEvent(desk.window._page, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(desk.window._page, QDropEvent(QPointF(place), copy, data, left, none))


def paste(desk: Desk) -> None:
    desk.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def sent_pictures(speaker: Speaker, turn: int = -1) -> list[bytes]:
    return [b64decode(image) for image in speaker.asked[-1]["messages"][turn].get("images", [])]


def notice(desk: Desk) -> str:
    found = desk.window.findChild(Notice, "composerNotice")
    return found.text() if found and found.isVisible() else ""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "my cat.png"
    path.write_bytes(picture())
    return path


async def attach(desk: Desk, *paths: Path) -> None:
    before = len(pictures(desk))
    drop(desk, *paths)
    await desk.until(lambda: len(pictures(desk)) == before + len(paths))


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
    desk.window._new_chat()
    assert names(desk) == []


async def test_each_chat_has_its_own_pictures(desk: Desk, file: Path) -> None:
    await desk.ask_and_wait("First")
    await attach(desk, file)
    desk.window._new_chat()
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
    assert sentence == "pipe.png is not a file, but a folder or a device. Nothing was read."
    assert more == "program.png is not a PNG, JPEG, WebP or GIF picture, whatever its name says."


async def test_a_bomb_is_refused_in_a_sentence(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "bomb.png").write_bytes(bomb())
    drop(desk, tmp_path / "bomb.png")
    await desk.until(desk.toast)
    assert desk.toast()[0] == "bomb.png has more than 50 megapixels. Make it smaller first."
    assert chips(desk) == []


async def test_a_message_takes_ten(desk: Desk, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.png" for number in range(12)]
    for number, path in enumerate(paths):
        path.write_bytes(picture(20 + number, 20))
    drop(desk, *paths)
    await desk.until(lambda: len(pictures(desk)) == 10)
    await desk.until(desk.toast)
    assert desk.toast()[0] == "A message takes 10 pictures. Send the others with the next one."


async def test_a_model_that_cannot_see_is_not_asked_and_the_next_step_is_there(
    desk: Desk, speaker: Speaker, file: Path
) -> None:
    desk.choose_model("blind")
    await attach(desk, file)
    assert notice(desk) == "blind:1b cannot see pictures."
    desk.ask("What is this?")
    await desk.until(desk.toast)
    assert desk.toast()[0] == "blind:1b cannot see pictures."
    assert speaker.asked == []
    assert (desk.edit.text(), names(desk)) == ("What is this?", ["my cat.png"])
    desk.window.findChild(Notice, "composerNotice").acted.emit()
    assert desk.part("modelSearch").isVisible()
    desk.part("modelSearch").window().close()
    desk.choose_model("seer")
    assert notice(desk) == ""
    desk.press(Qt.Key.Key_Return)
    await desk.until(lambda: len(speaker.asked) == 1)
    assert len(sent_pictures(speaker)) == 1


async def test_a_history_with_pictures_goes_to_a_blind_model_without_them_and_that_is_told(
    desk: Desk, speaker: Speaker, file: Path
) -> None:
    await attach(desk, file)
    await desk.ask_and_wait("What is this?")
    desk.choose_model("blind")
    await desk.ask_and_wait("And now?")
    assert [message.get("images") for message in speaker.asked[-1]["messages"]] == [None] * 3
    assert desk.toast()[:2] == ["blind:1b cannot see the pictures in this chat", "It was asked without them."]


async def test_an_edited_question_keeps_its_pictures_and_lets_one_be_taken_off(
    desk: Desk, speaker: Speaker, file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "dog.png"
    other.write_bytes(picture(64, 64))
    await attach(desk, file, other)
    await desk.ask_and_wait("What is this?")
    desk.transcript.edit_last_question()
    editor = desk.window.findChild(MessageEditor)
    assert [each.name for each in editor.pictures()] == ["my cat.png", "dog.png"]
    cross = next(
        button for button in editor.findChildren(QAbstractButton) if button.accessibleName() == "Remove my cat.png"
    )
    cross.click()
    editor._accept_text()
    await desk.until(lambda: len(speaker.asked) == 2)
    await desk.until(lambda: not desk.streaming())
    (data,) = sent_pictures(speaker)
    assert QImage.fromData(data).width() == 64
    assert [each.name for each in desk.transcript.document.message(0).pictures] == ["dog.png"]
    desk.transcript.sibling_requested.emit(desk.transcript.document.message(0).id, -1)
    await desk.until(lambda: len(desk.transcript.document.message(0).pictures) == 2)


async def test_discarded_changes_come_back_with_the_pictures_that_were_left(desk: Desk, file: Path) -> None:
    await attach(desk, file)
    await desk.ask_and_wait("What is this?")
    desk.transcript.edit_last_question()
    editor = desk.window.findChild(MessageEditor)
    next(b for b in editor.findChildren(QAbstractButton) if b.accessibleName() == "Remove my cat.png").click()
    editor.cancelled.emit()
    await desk.until(desk.toast)
    desk.click_toast()
    editors = [each for each in desk.window.findChildren(MessageEditor) if each.isVisible()]
    assert editors[-1].pictures() == ()
    editors[-1].cancelled.emit()
    desk.transcript.edit_last_question()
    editors = [each for each in desk.window.findChildren(MessageEditor) if each.isVisible()]
    assert len(editors[-1].pictures()) == 1


async def test_the_queue_gives_pictures_back_to_be_edited(desk: Desk, speaker: Speaker, file: Path) -> None:
    end = asyncio.Event()
    speaker.says("A", end, "B")
    desk.ask("First")
    await desk.until(desk.streaming)
    await attach(desk, file)
    desk.press(Qt.Key.Key_Return)
    await desk.until(lambda: desk.queued() == ["my cat.png"])
    assert names(desk) == []
    desk.window._page.composer.queue_edit_requested.emit(0)
    assert names(desk) == ["my cat.png"]
    assert desk.queued() == []
    end.set()
    await desk.until(lambda: not desk.streaming())


async def test_a_click_opens_the_viewer_and_arrows_step_through(desk: Desk, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "dog.png"
    other.write_bytes(picture(64, 48))
    await attach(desk, file, other)
    await desk.ask_and_wait("What is this?")
    control = desk.control(Verb.VIEW_PICTURE, 0)
    assert control.name == "View picture: my cat.png"
    QTest.mouseClick(desk.transcript.viewport(), Qt.MouseButton.LeftButton, pos=control.rect.center())
    viewer = desk.window.findChild(PictureViewer)
    assert viewer.windowTitle() == "my cat.png"
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Right)
    assert viewer.windowTitle() == "dog.png"
    await desk.until(lambda: viewer.canvas._image.size().toTuple() == (64, 48))
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Right)
    assert viewer.windowTitle() == "my cat.png"
    QTest.keyClick(viewer.canvas, Qt.Key.Key_PageUp)
    assert viewer.windowTitle() == "dog.png"
    viewer.close()


async def test_nothing_moves_when_the_pictures_appear(desk: Desk, file: Path) -> None:
    await attach(desk, file)
    await desk.ask_and_wait("What is this?")
    height = desk.transcript.document.height
    source = desk.transcript.document[0].own_pictures[0].image
    desk.transcript.viewport().grab()
    await desk.until(lambda: any(key[0] == source for key in desk.transcript.pictures._images))
    desk.transcript.viewport().grab()
    assert desk.transcript.document.height == height


async def test_a_file_that_is_gone_leaves_a_word_in_its_place_and_the_model_is_asked_without_it(
    desk: Desk, speaker: Speaker, file: Path, home: Path
) -> None:
    await attach(desk, file)
    await desk.ask_and_wait("What is this?")
    for path in (home / "attachments").rglob("*"):
        if path.is_file():
            path.unlink()
    height = desk.transcript.document.height
    desk.transcript.pictures._images.clear()
    source = desk.transcript.document[0].own_pictures[0].image
    desk.transcript.viewport().grab()
    await desk.until(lambda: desk.transcript.pictures.look(source).failure is not None)
    assert desk.transcript.document.height == height
    await desk.ask_and_wait("And now?")
    assert "images" not in speaker.asked[-1]["messages"][0]
    assert desk.toast()[0] == "Some pictures of this chat are gone or damaged"


async def test_the_place_a_photo_was_taken_at_never_leaves(
    desk: Desk, speaker: Speaker, tmp_path: Path, home: Path
) -> None:
    photo = with_exif(picture(2600, 1300, "JPEG"), b"GPS 52.5200N 13.4050E")
    (tmp_path / "photo.jpg").write_bytes(photo)
    await attach(desk, tmp_path / "photo.jpg")
    await desk.ask_and_wait("Where is this?")
    (data,) = sent_pictures(speaker)
    assert picture_format(data) == "jpeg"
    assert b"GPS" not in data
    assert b"Exif" not in data
    assert QImage.fromData(data).size().toTuple() == (2048, 1024)
    kept = [path.read_bytes() for path in (home / "attachments").rglob("*") if path.is_file()]
    assert photo in kept


def with_exif(jpeg: bytes, words: bytes) -> bytes:
    record = b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0" + words
    return jpeg[:2] + b"\xff\xe1" + (len(record) + 2).to_bytes(2, "big") + record + jpeg[2:]


async def test_a_screen_reader_hears_which_pictures_a_question_has(desk: Desk, file: Path) -> None:
    await attach(desk, file)
    await desk.ask_and_wait("What is this?")
    message = QAccessible.queryAccessibleInterface(desk.transcript).child(0)
    assert message.text(QAccessible.Text.Name) == "You: Picture: my cat.png\nWhat is this?"
