"""A transcript on the screen, and a reader in front of it who clicks, types and looks."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of
from chatdesk.features.chat.ui.transcript.controls import Control, Verb
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.features.chat.ui.transcript.text_position import ColumnPosition
from chatdesk.features.chat.ui.transcript.texts import TranscriptTexts
from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
from chatdesk.features.chat.ui.transcript.work_counters import WorkCounters
from chatdesk.kernel.chat.message import Message
from chatdesk.ui_kit.code.highlighters import Highlighters, new_highlighter
from chatdesk.ui_kit.pictures.picture_store import PictureStore
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text import utf16
from tests.gui.features.chat.transcript.sample_chat import describe


@dataclass
class Clock:
    """Stands still until a test moves it."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Reader:
    """What a person does with the view."""

    view: TranscriptView
    clock: Clock
    signals: list[tuple[object, ...]] = field(default_factory=list)

    def show(self, messages: Sequence[Message], positions: dict[str, tuple[int, int]] | None = None) -> None:
        self.view.show_path(messages, positions or {})
        self.read()

    def read(self, turn: Callable[[], object] = QCoreApplication.processEvents) -> None:
        """Let long messages be read to their end, turn by turn of the loop."""
        while self.view.document.is_parsing:
            turn()

    def controls(self, index: int) -> list[Control]:
        """What can be pressed of a message, in the view's coordinates, with the pointer over it."""
        self.point_at(index)
        return self.view.controls_of(index)

    def control(self, index: int, verb: Verb) -> Control:
        found = [control for control in self.controls(index) if control.command.verb is verb]
        assert found, f"message {index} has no {verb}"
        return found[0]

    def click_control(self, index: int, verb: Verb) -> None:
        self.click(self.control(index, verb).rect.center())

    def click(self, point: QPoint, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, modifier, point)

    def drag(self, start: QPoint, end: QPoint) -> None:
        viewport = self.view.viewport()
        QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        QTest.mouseMove(viewport, (start + end) / 2)
        QTest.mouseMove(viewport, end)
        QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)

    def point_at(self, index: int) -> None:
        # From somewhere else: a pointer that is there already does not move.
        QTest.mouseMove(self.view.viewport(), QPoint(1, 1))
        QTest.mouseMove(self.view.viewport(), self.rect(index).center())

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.view, key, modifier)

    def rect(self, index: int) -> QRect:
        """Where a message is in the view."""
        document, geometry = self.view.document, self.view.page_geometry
        top = document.top(index)
        return geometry.to_view(QRect(0, top, geometry.column[1], document.bottom(index) - top))

    def place_of(self, index: int, text: str) -> QPoint:
        """Where some words of a message's text are in the view: the middle of their first letter's line."""
        document, geometry = self.view.document, self.view.page_geometry
        item = document[index]
        for placed in item.columns():
            for number, block in enumerate(placed.column.blocks):
                before, found, _ = text_of(block).partition(text)
                if not found:
                    continue
                offset = utf16.units(before)
                rect = placed.column.line_rect(ColumnPosition(number, offset)).translated(placed.origin)
                y = rect.center().y() + document.top(index)
                for x in range(rect.left(), placed.shown.right()):
                    at = document.position_at(x, y)
                    if at is not None and (at.part, at.block, at.offset) == (placed.part, number, offset):
                        return geometry.to_view(QRect(x, y, 1, 1)).topLeft()
        pytest.fail(f"{text!r} is not to be seen")

    def wheel(self, steps: int) -> None:
        """Turn the wheel, and let the page glide to its end; up is positive."""
        self.turn_wheel(steps)
        began, self.clock.now = self.clock.now, self.clock.now + 1
        self.view._wheel._glide_step()
        self.clock.now = began

    def turn_wheel(self, steps: float) -> None:
        """Turn the wheel by so many notches, or parts of one."""
        middle = QPointF(self.view.viewport().rect().center())
        event = QWheelEvent(
            middle,
            self.view.viewport().mapToGlobal(middle),
            QPoint(),
            QPoint(0, round(120 * steps)),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QGuiApplication.sendEvent(self.view.viewport(), event)

    def look(self) -> QImage:
        """What is on the screen."""
        return self.view.viewport().grab().toImage()

    @property
    def scroll(self) -> int:
        return self.view.verticalScrollBar().value()

    @property
    def at_end(self) -> bool:
        bar = self.view.verticalScrollBar()
        return bar.value() == bar.maximum()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make_reader(
    qtbot: QtBot, appearance: Appearance, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Reader]]:
    # Code has its colours at once, so that two pictures of it can be compared.
    monkeypatch.setattr(Highlighters, "new", lambda _self, language: new_highlighter(language))
    views: list[QWidget] = []

    def make(width: int = 860, height: int = 640) -> Reader:
        view = TranscriptView(appearance, describe, clock=clock)
        reader = Reader(view, clock)
        view.resize(width, height)
        view.show()
        views.append(view)
        for name in (
            "regenerate_requested",
            "continue_requested",
            "edit_requested",
            "answer_edit_requested",
            "edit_discarded",
            "sibling_requested",
            "delete_requested",
            "branch_requested",
            "quote_requested",
            "regenerate_with_requested",
            "link_activated",
            "action_requested",
            "save_requested",
            "message_word_requested",
            "preview_requested",
        ):
            getattr(view, name).connect(lambda *values, name=name: reader.signals.append((name, *values)))
        return reader

    yield make
    for view in views:
        view.close()
        view.deleteLater()


@pytest.fixture
def reader(make_reader: Callable[..., Reader]) -> Reader:
    return make_reader()


@pytest.fixture
def page(qapp: object, appearance: Appearance) -> PageContext:
    """What everything on a page shares, without a view."""
    return PageContext(appearance.theme, TranscriptTexts(), WorkCounters(), PictureStore(appearance), lambda: None)
