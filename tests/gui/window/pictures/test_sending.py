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
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.pictures.attach_steps import attach, drop, names, notice, sent_pictures, with_exif


def strip_buttons(harness: Harness) -> list[str]:
    found = harness.window.findChild(Notice, "composerNotice")
    return [button.text() for button in found.findChildren(QAbstractButton) if button.isVisible()]


def strip_button(harness: Harness, text: str) -> QAbstractButton:
    found = harness.window.findChild(Notice, "composerNotice")
    return next(button for button in found.findChildren(QAbstractButton) if button.text() == text)


async def test_enter_moves_to_the_strip_if_the_model_cannot_see_and_its_button_opens_the_models(
    harness: Harness, fake_model: FakeModel, file: Path
) -> None:
    harness.choose_model("blind")
    await attach(harness, file)
    assert notice(harness) == "blind:1b does not support pictures."
    assert strip_buttons(harness) == ["Use a model with vision…"]  # nothing would be left without the picture
    harness.type("What is this?")
    assert set(strip_buttons(harness)) == {"Send without the picture", "Use a model with vision…"}
    send = harness.part("sendButton")
    assert (send.isEnabled(), send.toolTip()) == (False, "blind:1b does not support pictures.")
    harness.press(Qt.Key.Key_Return)
    use = strip_button(harness, "Use a model with vision…")
    assert harness.window.focusWidget() is use
    harness.press(Qt.Key.Key_Space, where=use)
    assert harness.part("modelSearch").isVisible()
    harness.part("modelSearch").window().close()
    assert (harness.edit.text(), names(harness), fake_model.asked) == ("What is this?", ["my cat.png"], [])
    harness.choose_model("seer")
    assert notice(harness) == ""
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: len(fake_model.asked) == 1)
    assert len(sent_pictures(fake_model)) == 1


@pytest.mark.parametrize("count", [1, 2])
async def test_one_click_sends_the_question_without_its_pictures(
    harness: Harness, fake_model: FakeModel, file: Path, tmp_path: Path, count: int
) -> None:
    other = tmp_path / "dog.png"
    other.write_bytes(picture(64, 64))
    harness.choose_model("blind")
    await attach(harness, *[file, other][:count])
    harness.type("What is this?")
    name = "Send without the picture" if count == 1 else "Send without the pictures"
    QTest.mouseClick(strip_button(harness, name), Qt.MouseButton.LeftButton)
    await harness.until(lambda: len(fake_model.asked) == 1)
    await harness.until(lambda: harness.answer() == "Yes.")
    assert fake_model.asked[0]["messages"][-1] == {"role": "user", "content": "What is this?"}
    assert (harness.edit.text(), names(harness), notice(harness)) == ("", [], "")


async def test_enter_while_a_picture_is_read_sends_it_once_it_is_there(
    harness: Harness, fake_model: FakeModel, file: Path
) -> None:
    harness.type("What is this?")
    drop(harness, file)
    harness.press(Qt.Key.Key_Return)
    assert fake_model.asked == []
    await harness.until(lambda: len(fake_model.asked) == 1)
    assert len(sent_pictures(fake_model)) == 1


async def test_enter_while_a_file_is_read_that_is_no_picture_sends_nothing(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    harness.type("What is this?")
    drop(harness, broken)
    harness.press(Qt.Key.Key_Return)
    await harness.until(harness.toast)
    await harness.until(lambda: names(harness) == [] and harness.part("sendButton").isEnabled())
    assert (harness.edit.text(), fake_model.asked) == ("What is this?", [])


async def test_a_history_with_pictures_goes_to_a_blind_model_without_them_and_that_is_reported(
    harness: Harness, fake_model: FakeModel, file: Path
) -> None:
    await attach(harness, file)
    await harness.ask_and_wait("What is this?")
    harness.choose_model("blind")
    await harness.ask_and_wait("And now?")
    assert [message.get("images") for message in fake_model.asked[-1]["messages"]] == [None] * 3
    assert harness.toast()[:2] == ["blind:1b cannot see the pictures in this chat", "The pictures were not sent."]


async def test_an_edited_question_keeps_its_pictures_and_lets_one_be_taken_off(
    harness: Harness, fake_model: FakeModel, file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "dog.png"
    other.write_bytes(picture(64, 64))
    await attach(harness, file, other)
    await harness.ask_and_wait("What is this?")
    harness.transcript.edit_last_question()
    editor = harness.window.findChild(MessageEditor)
    assert [each.name for each in editor.attachments()] == ["my cat.png", "dog.png"]
    cross = next(
        button for button in editor.findChildren(QAbstractButton) if button.accessibleName() == "Remove my cat.png"
    )
    cross.click()
    editor._accept_text()
    await harness.until(lambda: len(fake_model.asked) == 2)
    await harness.until(lambda: not harness.streaming())
    (data,) = sent_pictures(fake_model)
    assert QImage.fromData(data).width() == 64
    assert [each.name for each in harness.transcript.document.message(0).pictures] == ["dog.png"]
    harness.transcript.sibling_requested.emit(harness.transcript.document.message(0).id, -1)
    await harness.until(lambda: len(harness.transcript.document.message(0).pictures) == 2)


async def test_an_edited_question_is_held_back_from_a_model_that_cannot_see_as_a_new_one_is(
    harness: Harness, fake_model: FakeModel, file: Path
) -> None:
    await attach(harness, file)
    await harness.ask_and_wait("What is this?")
    harness.choose_model("blind")
    harness.press(Qt.Key.Key_Up)
    editor = harness.window.findChild(MessageEditor)
    strip = editor.findChild(Notice, "editNotice")
    choose, send = sorted(strip.findChildren(QAbstractButton), key=QAbstractButton.text)
    assert strip.text() == "blind:1b does not support pictures."
    assert (choose.text(), send.text()) == ("Choose a model…", "Send without the picture")
    harness.press(Qt.Key.Key_Return, where=harness.window.focusWidget())
    assert harness.window.focusWidget() is choose
    assert harness.toast() == []
    harness.press(Qt.Key.Key_Space, where=choose)
    assert harness.part("modelSearch").isVisible()
    harness.part("modelSearch").window().close()
    harness.choose_model("seer")
    assert not strip.isVisible()
    harness.choose_model("blind")
    assert strip.isVisible()
    QTest.mouseClick(send, Qt.MouseButton.LeftButton)
    await harness.until(lambda: len(fake_model.asked) == 2)
    await harness.until(lambda: not harness.streaming())
    assert fake_model.asked[1]["messages"] == [{"role": "user", "content": "What is this?"}]


async def test_the_strip_of_an_edited_question_is_as_high_as_its_line(
    harness: Harness, fake_model: FakeModel, file: Path
) -> None:
    await attach(harness, file)
    await harness.ask_and_wait("What is this?")
    harness.choose_model("blind")
    harness.press(Qt.Key.Key_Up)
    editor = harness.window.findChild(MessageEditor)
    strip = editor.findChild(Notice, "editNotice")
    await harness.until(lambda: strip.height() == strip.minimumHeight())
    assert editor.height() == editor.heightForWidth(editor.width())


async def test_discarded_changes_come_back_with_the_pictures_that_were_left(harness: Harness, file: Path) -> None:
    await attach(harness, file)
    await harness.ask_and_wait("What is this?")
    harness.transcript.edit_last_question()
    editor = harness.window.findChild(MessageEditor)
    next(b for b in editor.findChildren(QAbstractButton) if b.accessibleName() == "Remove my cat.png").click()
    editor.cancelled.emit()
    await harness.until(harness.toast)
    harness.click_toast()
    editors = [each for each in harness.window.findChildren(MessageEditor) if each.isVisible()]
    assert editors[-1].attachments() == ()
    editors[-1].cancelled.emit()
    harness.transcript.edit_last_question()
    editors = [each for each in harness.window.findChildren(MessageEditor) if each.isVisible()]
    assert len(editors[-1].attachments()) == 1


async def test_the_queue_gives_pictures_back_to_be_edited(harness: Harness, fake_model: FakeModel, file: Path) -> None:
    end = asyncio.Event()
    fake_model.says("A", end, "B")
    harness.ask("First")
    await harness.until(harness.streaming)
    await attach(harness, file)
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: harness.queued() == ["my cat.png"])
    assert names(harness) == []
    harness.chat_page.composer.queue_edit_requested.emit(0)
    assert names(harness) == ["my cat.png"]
    assert harness.queued() == []
    end.set()
    await harness.until(lambda: not harness.streaming())


async def test_a_click_opens_the_viewer_and_arrows_step_through(harness: Harness, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "dog.png"
    other.write_bytes(picture(64, 48))
    await attach(harness, file, other)
    await harness.ask_and_wait("What is this?")
    control = harness.control(Verb.VIEW_PICTURE, 0)
    assert control.name == "View picture: my cat.png"
    QTest.mouseClick(harness.transcript.viewport(), Qt.MouseButton.LeftButton, pos=control.rect.center())
    viewer = harness.window.findChild(PictureViewer)
    assert viewer.windowTitle() == "my cat.png"
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Right)
    assert viewer.windowTitle() == "dog.png"
    await harness.until(lambda: viewer.canvas._image.size().toTuple() == (64, 48))
    QTest.keyClick(viewer.canvas, Qt.Key.Key_Right)
    assert viewer.windowTitle() == "my cat.png"
    QTest.keyClick(viewer.canvas, Qt.Key.Key_PageUp)
    assert viewer.windowTitle() == "dog.png"
    viewer.close()


async def test_nothing_moves_when_the_pictures_appear(harness: Harness, file: Path) -> None:
    await attach(harness, file)
    await harness.ask_and_wait("What is this?")
    height = harness.transcript.document.height
    source = harness.transcript.document[0].own_pictures[0].image
    harness.transcript.viewport().grab()
    await harness.until(lambda: any(key[0] == source for key in harness.transcript.pictures._images))
    harness.transcript.viewport().grab()
    assert harness.transcript.document.height == height


async def test_a_file_that_is_gone_leaves_a_word_in_its_place_and_the_model_is_asked_without_it(
    harness: Harness, fake_model: FakeModel, file: Path, home: Path
) -> None:
    await attach(harness, file)
    await harness.ask_and_wait("What is this?")
    for path in (home / "attachments").rglob("*"):
        if path.is_file():
            path.unlink()
    height = harness.transcript.document.height
    harness.transcript.pictures._images.clear()
    source = harness.transcript.document[0].own_pictures[0].image
    harness.transcript.viewport().grab()
    await harness.until(lambda: harness.transcript.pictures.info(source).failure is not None)
    assert harness.transcript.document.height == height
    await harness.ask_and_wait("And now?")
    assert "images" not in fake_model.asked[-1]["messages"][0]
    assert harness.toast()[0] == "Some pictures in this chat are missing or damaged"


async def test_the_place_a_photo_was_taken_at_never_leaves(
    harness: Harness, fake_model: FakeModel, tmp_path: Path, home: Path
) -> None:
    photo = with_exif(picture(2600, 1300, "JPEG"), b"GPS 52.5200N 13.4050E")
    (tmp_path / "photo.jpg").write_bytes(photo)
    await attach(harness, tmp_path / "photo.jpg")
    await harness.ask_and_wait("Where is this?")
    (data,) = sent_pictures(fake_model)
    assert picture_format(data) == "jpeg"
    assert b"GPS" not in data
    assert b"Exif" not in data
    assert QImage.fromData(data).size().toTuple() == (2048, 1024)
    stored = [path.read_bytes() for path in (home / "attachments").rglob("*") if path.is_file()]
    assert photo in stored


async def test_a_screen_reader_hears_which_pictures_a_question_has(harness: Harness, file: Path) -> None:
    await attach(harness, file)
    await harness.ask_and_wait("What is this?")
    message = QAccessible.queryAccessibleInterface(harness.transcript).child(0)
    assert message.text(QAccessible.Text.Name) == "You: Picture: my cat.png\nWhat is this?"
