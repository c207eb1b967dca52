"""Pictures that went along with questions, in what is pasted elsewhere."""

import base64
import re
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.transcript.page.selection import copied_pictures
from chatdesk.features.chat.ui.transcript.page.selection.copied_pictures import CopiedPictures
from chatdesk.kernel.chat.message import ImagePart, Message, TextPart
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import answer, question
from tests.gui.features.chat.transcript.sample_pictures import picture

CONTROL = Qt.KeyboardModifier.ControlModifier
_IMAGE = re.compile(r'<p><img src="data:image/(\w+);base64,([^"]+)" alt="([^"]*)" width="(\d+)" height="(\d+)"></p>')
FILES = {"a" * 64: picture(40, 20), "b" * 64: picture(3_000, 1_500), "c" * 64: b"no picture"}


def part(letter: str, name: str, width: int = 40, height: int = 20) -> ImagePart:
    return ImagePart(letter * 64, "image/png", name, width, height, 100)


SMALL, LARGE, BROKEN = part("a", "small & nice.png"), part("b", "large.png", 3_000, 1_500), part("c", "broken.png")


def asked(*parts: ImagePart | TextPart) -> Message:
    return replace(question("Look"), parts=parts)


@pytest.fixture
def pictured(reader: Reader) -> Reader:
    reader.view.pictures.set_stored_reader(FILES.get)
    return reader


def copied(reader: Reader) -> QMimeData:
    reader.press(Qt.Key.Key_A, CONTROL)
    reader.press(Qt.Key.Key_C, CONTROL)
    return QGuiApplication.clipboard().mimeData()


def images(html: str) -> list[tuple[QImage, str, tuple[int, int]]]:
    return [
        (QImage.fromData(base64.b64decode(data)), name, (int(width), int(height)))
        for _, data, name, width, height in _IMAGE.findall(html)
    ]


def test_they_stand_above_the_words_of_their_question(pictured: Reader) -> None:
    pictured.show([asked(SMALL, TextPart("Look here")), answer("A cat.")])
    html = copied(pictured).html()
    ((image, name, size),) = images(html)
    assert (image.width(), image.height()) == size == (40, 20)
    assert name == "small &amp; nice.png"
    assert html.index("<img") < html.index("Look here") < html.index("A cat.")


def test_a_large_one_is_made_small_and_shown_no_wider_than_a_page(pictured: Reader) -> None:
    pictured.show([asked(LARGE, TextPart("Look")), answer("A cat.")])
    ((image, _, size),) = images(copied(pictured).html())
    assert (image.width(), image.height()) == (1_280, 640)
    assert size == (640, 320)


def test_a_question_without_words_brings_its_pictures(pictured: Reader) -> None:
    pictured.show([question("First"), asked(SMALL, LARGE), answer("Two cats.")])
    data = copied(pictured)
    assert [name for _, name, _ in images(data.html())] == ["small &amp; nice.png", "large.png"]
    assert data.text() == "First\n\nTwo cats."


def test_one_that_cannot_be_read_is_named(pictured: Reader) -> None:
    pictured.show([asked(BROKEN, part("d", "gone.png"), TextPart("Look")), answer("A cat.")])
    html = copied(pictured).html()
    assert "<p>[broken.png]</p>" in html
    assert "<p>[gone.png]</p>" in html
    assert "<img" not in html


def test_words_alone_bring_no_pictures(pictured: Reader) -> None:
    pictured.show([asked(SMALL, TextPart("Look here, please")), answer("A cat.")])
    pictured.drag(pictured.place_of(0, "here"), pictured.place_of(1, "cat"))
    pictured.press(Qt.Key.Key_C, CONTROL)
    html = QGuiApplication.clipboard().mimeData().html()
    assert "here, please" in html
    assert "<img" not in html


def test_they_are_made_on_another_thread_once_something_is_copied(
    pictured: Reader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    make = CopiedPictures._encode
    monkeypatch.setattr(
        CopiedPictures, "_encode", lambda self, source, data: (make(self, source, data), made.append(source))
    )
    pictured.show([asked(SMALL, TextPart("Look")), answer("A cat.")])
    data = copied(pictured)
    qtbot.waitUntil(lambda: len(made) == 1)
    assert len(images(data.html())) == 1
    assert len(made) == 1


def test_there_are_not_more_than_somebody_would_paste(pictured: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copied_pictures, "_MAX_PICTURES", 1)
    pictured.show([asked(SMALL, LARGE, TextPart("Look")), answer("A cat.")])
    html = copied(pictured).html()
    assert [name for _, name, _ in images(html)] == ["small &amp; nice.png"]
    assert "[large.png]" in html
