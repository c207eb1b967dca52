"""Pictures that go to the model: sent, edited, queued, looked at, and left out with a word where they cannot be seen."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.chat.ui.transcript.page.actions.message_editing import MessageEditor
from chatdesk.features.chat.ui.transcript.page.pictures.picture_viewer import PictureViewer
from chatdesk.kernel.chat.pictures import picture_format
from chatdesk.ui_kit.forms.notice import Notice
from tests.gui.features.chat.transcript.sample_pictures import picture
from tests.gui.window.desk import Desk, Speaker
from tests.gui.window.pictures.hands import attach, names, notice, sent_pictures, with_exif


async def test_a_model_that_cannot_see_is_not_asked_and_the_next_step_is_there(
    desk: Desk, speaker: Speaker, file: Path
) -> None:
    desk.choose_model("blind")
    await attach(desk, file)
    assert notice(desk) == "blind:1b does not support pictures."
    desk.ask("What is this?")
    await desk.until(lambda: "Nothing was sent." in notice(desk))
    assert notice(desk).startswith("blind:1b does not support pictures. Nothing was sent. Choose a model with vision")
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


@pytest.mark.parametrize("count", [1, 2])
async def test_a_question_that_was_held_back_is_sent_without_its_pictures_by_one_click(
    desk: Desk, speaker: Speaker, file: Path, tmp_path: Path, count: int
) -> None:
    other = tmp_path / "dog.png"
    other.write_bytes(picture(64, 64))
    desk.choose_model("blind")
    await attach(desk, *[file, other][:count])
    desk.press(Qt.Key.Key_Return)
    await desk.until(lambda: "Nothing was sent." in notice(desk))
    assert desk.window.findChild(QAbstractButton, "noticeOther") is None  # nothing would be left to be sent
    desk.ask("What is this?")
    await desk.until(lambda: desk.window.findChild(QAbstractButton, "noticeOther"))
    button = desk.window.findChild(QAbstractButton, "noticeOther")
    assert button.text() == ("Send without the picture" if count == 1 else "Send without the pictures")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await desk.until(lambda: len(speaker.asked) == 1)
    await desk.until(lambda: desk.answer() == "Yes.")
    assert speaker.asked[0]["messages"][-1] == {"role": "user", "content": "What is this?"}
    assert (desk.edit.text(), names(desk), notice(desk)) == ("", [], "")


async def test_a_history_with_pictures_goes_to_a_blind_model_without_them_and_that_is_told(
    desk: Desk, speaker: Speaker, file: Path
) -> None:
    await attach(desk, file)
    await desk.ask_and_wait("What is this?")
    desk.choose_model("blind")
    await desk.ask_and_wait("And now?")
    assert [message.get("images") for message in speaker.asked[-1]["messages"]] == [None] * 3
    assert desk.toast()[:2] == ["blind:1b cannot see the pictures in this chat", "The pictures were not sent."]


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
    assert desk.toast()[0] == "Some pictures in this chat are missing or damaged"


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


async def test_a_screen_reader_hears_which_pictures_a_question_has(desk: Desk, file: Path) -> None:
    await attach(desk, file)
    await desk.ask_and_wait("What is this?")
    message = QAccessible.queryAccessibleInterface(desk.transcript).child(0)
    assert message.text(QAccessible.Text.Name) == "You: Picture: my cat.png\nWhat is this?"
