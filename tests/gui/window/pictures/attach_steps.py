"""What a person does with pictures in the window, and what is to be seen of them."""

from base64 import b64decode
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from chatdesk.kernel.chat.message import ImagePart
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.pictures.attachment_chips import AttachmentChip
from tests.gui.window.harness import FakeModel, Harness

MIDDLE = QPoint(600, 300)
_BY_MOUSE = (Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


def chips(harness: Harness) -> list[AttachmentChip]:
    composer = harness.chat_page.composer
    return [chip for chip in composer.findChildren(AttachmentChip) if not chip.isHidden()]


def names(harness: Harness) -> list[str]:
    return [chip.attachment.name for chip in chips(harness) if chip.attachment]


def pictures(harness: Harness) -> tuple[ImagePart, ...]:
    return harness.chat_page.composer.attachments()


def drag(harness: Harness, data: QMimeData, place: QPoint = MIDDLE) -> bool:
    """Drag content into the window, to a place in it; return whether it can be dropped there."""
    window = harness.window.windowHandle()
    for kind in (QDragEnterEvent, QDragMoveEvent):
        event = kind(place, *_BY_MOUSE[:1], data, *_BY_MOUSE[1:])
        QApplication.sendEvent(window, event)
    return event.isAccepted()


def drop_at(harness: Harness, data: QMimeData, place: QPoint = MIDDLE) -> None:
    QApplication.sendEvent(
        harness.window.windowHandle(), QDropEvent(QPointF(place), *_BY_MOUSE[:1], data, *_BY_MOUSE[1:])
    )


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(harness: Harness, *paths: Path) -> None:
    data = files(*paths)
    assert drag(harness, data)
    drop_at(harness, data)


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


def with_exif(jpeg: bytes, text: bytes) -> bytes:
    record = b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0" + text
    return jpeg[:2] + b"\xff\xe1" + (len(record) + 2).to_bytes(2, "big") + record + jpeg[2:]
