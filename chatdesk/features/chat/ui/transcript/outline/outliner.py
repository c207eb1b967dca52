"""Finds the lines of the outline and keeps them up to date: questions at once, headings in slices, what streams as it comes."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, Signal

from chatdesk.features.chat.ui.transcript.messages.answer_item import AnswerItem
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.outline.entries import (
    QUESTION,
    heading_entries,
    may_have_headings,
    question_entry,
)
from chatdesk.features.chat.ui.transcript.outline.outline_model import OutlineModel
from chatdesk.features.chat.ui.transcript.page.layout.changed_blocks import first_difference
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.layout.parsed_blocks import parsed_blocks
from chatdesk.kernel.chat.message import Role
from chatdesk.rendering.markdown.blocks import Block
from chatdesk.rendering.markdown.bounded_parser import CHARACTERS
from chatdesk.ui_kit.text.sliced_work import SlicedWork


class Outliner(QObject):
    """Works only between `begin` and `end`: while somebody sees the outline. `progressed` when lines may have come."""

    progressed = Signal()

    def __init__(self, document: Document, model: OutlineModel, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._model = model
        self._work = SlicedWork(self)
        self._work.progressed.connect(self.progressed)
        self._growing: tuple[int, Sequence[Block]] = (-1, ())
        """The answer that streams and the blocks it had."""

    @property
    def working(self) -> bool:
        """Whether there are answers still to be looked at."""
        return self._work.active

    def begin(self, first: int) -> None:
        """Outline the chat there is now, beginning with the answers from a message on."""
        self._growing = (-1, ())
        document = self._document
        self._model.show([question_entry(index, document.message(index).text) for index in document.questions])
        count = len(document)
        self._work.start(self._look_at((*range(first, count), *range(min(first, count)))))

    def end(self) -> None:
        """Forget the outline."""
        self._work.stop()
        self._growing = (-1, ())
        self._model.show(())

    def message_changed(self, index: int) -> None:
        """Take note that a message is another or new."""
        message = self._document.message(index)
        item = self._document.known(index)
        if message.role is Role.USER:
            self._model.replace(index, QUESTION, (question_entry(index, message.text),))
        elif isinstance(item, AnswerItem):
            self._take_blocks(index, item.blocks(TEXT), grows=item.streaming)
        else:
            for _ in self._look_at((index,)):
                pass

    def _look_at(self, indexes: Sequence[int]) -> Iterator[None]:
        for index in indexes:
            message = self._document.message(index)
            if message.role is Role.USER or not may_have_headings(message.text[:CHARACTERS]):
                yield
                continue
            for blocks in parsed_blocks(self._document, index, TEXT, message.text):
                if blocks is not None:
                    self._model.replace(index, 0, tuple(heading_entries(index, blocks)))
                yield

    def _take_blocks(self, index: int, blocks: Sequence[Block], *, grows: bool) -> None:
        """Replace the lines of what changed: with an answer that streams that is its end."""
        growing, before = self._growing
        first = first_difference(before, blocks) if growing == index else 0
        self._model.replace(index, first, tuple(heading_entries(index, blocks, first)))
        self._growing = (index, tuple(blocks)) if grows else (-1, ())
