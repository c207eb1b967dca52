"""A person who looks for words in a chat."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of
from chatdesk.features.chat.ui.transcript.text_position import TextPosition
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.features.chat.transcript.conftest import Reader


class Finding:
    """A person who looks for words."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.view = reader.view
        self.find = reader.view._finding()
        self.view.activateWindow()

    def look_for(self, query: str) -> None:
        self.view.open_find_bar()
        self.field.setText(query)
        self.wait()

    def wait(self) -> None:
        """Let the search come to its end."""
        while self.find.finder.searching:
            QCoreApplication.processEvents()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.field, key, modifier)

    @property
    def field(self) -> QLineEdit:
        found = self.view.findChild(QLineEdit, "findField")
        assert found is not None
        return found

    @property
    def count(self) -> str:
        found = self.view.findChild(Label, "findCount")
        assert found is not None
        return found.text()

    @property
    def is_open(self) -> bool:
        return self.field.isVisible()

    def current(self) -> tuple[int, str]:
        """The message of the current hit and what it says, by the marks that are painted."""
        hit = self.find.current
        assert hit is not None
        marks = self.find.marks_of(hit.message)[hit.part][hit.block]
        assert marks.current == (hit.start, hit.end)
        return hit.message, self.text(hit.message, hit.part, hit.block)[hit.start : hit.end]

    def text(self, message: int, part: int, block: int) -> str:
        return text_of(self.view.document[message].blocks(part)[block])

    def y(self) -> int:
        """Where in the view the current hit's line is."""
        hit = self.find.current
        assert hit is not None
        rect = self.view.document.line_rect(TextPosition(hit.message, hit.part, hit.block, hit.start))
        return self.view.page_geometry.to_view(rect).center().y()

    def is_seen(self) -> bool:
        return 0 < self.y() < self.view.viewport().height()


@pytest.fixture
def finding(reader: Reader) -> Iterator[Finding]:
    yield Finding(reader)
    reader.view._find.close()
