"""The transcript speaks the language of the moment."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from chatdesk.features.chat.ui.transcript.controls import Verb
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import short_chat


class Backwards(QTranslator):
    """A language that is English backwards."""

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        named = "{" in source  # backwards it would be no placeholder
        return source[::-1] if context in {"TranscriptTexts", "MessageEditor"} and not named else source


@pytest.fixture
def backwards(qapp: QApplication) -> Iterator[Backwards]:
    translator = Backwards()
    yield translator
    QCoreApplication.removeTranslator(translator)
    QGuiApplication.processEvents()


def test_another_language_is_spoken_at_once(reader: Reader, backwards: Backwards) -> None:
    reader.show(short_chat())
    before, place = reader.look(), reader.scroll
    assert reader.control(1, Verb.COPY_CODE).caption == "Copy"
    QCoreApplication.installTranslator(backwards)
    QGuiApplication.processEvents()
    assert reader.control(1, Verb.COPY_CODE).caption == "ypoC"
    assert reader.control(1, Verb.REGENERATE).name == "etarenegeR"
    assert reader.view.accessibleName() == "tahC"
    assert reader.look() != before
    assert reader.scroll == place
    QCoreApplication.removeTranslator(backwards)
    QGuiApplication.processEvents()
    assert reader.control(1, Verb.COPY_CODE).caption == "Copy"
