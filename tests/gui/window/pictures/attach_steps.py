"""What a person does with pictures in the window, and what is to be seen of them."""

from base64 import b64decode
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from chatdesk.kernel.chat.message import ImagePart
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.pictures.attachment_chips import AttachmentChip
from tests.gui.window.harness import FakeModel, Harness


def chips(harness: Harness) -> list[AttachmentChip]:
    composer = harness.window._page.composer
    return [chip for chip in composer.findChildren(AttachmentChip) if not chip.isHidden()]


def names(harness: Harness) -> list[str]:
    return [chip.attachment.name for chip in chips(harness) if chip.attachment]


def pictures(harness: Harness) -> tuple[ImagePart, ...]:
    return harness.window._page.composer.attachments()


def drop(harness: Harness, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place = QPoint(400, 200)
    entering = QDragEnterEvent(place, copy, data, left, none)
    QApplication.sendEvent(harness.window._page, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(harness.window._page, QDropEvent(QPointF(place), copy, data, left, none))


def paste(harness: Harness) -> None:
    harness.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def sent_pictures(fake_model: FakeModel, turn: int = -1) -> list[bytes]:
    return [b64decode(image) for image in fake_model.asked[-1]["messages"][turn].get("images", [])]


def notice(harness: Harness) -> str:
    found = harness.window.findChild(Notice, "composerNotice")
    return found.text() if found and found.isVisible() else ""


async def attach(harness: Harness, *paths: Path) -> None:
    before = len(pictures(harness))
    drop(harness, *paths)
    await harness.until(lambda: len(pictures(harness)) == before + len(paths))


def with_exif(jpeg: bytes, words: bytes) -> bytes:
    record = b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0" + words
    return jpeg[:2] + b"\xff\xe1" + (len(record) + 2).to_bytes(2, "big") + record + jpeg[2:]
