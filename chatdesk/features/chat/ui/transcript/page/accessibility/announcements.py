"""Announcements for screen readers: finished sentences of a streaming answer at a limited rate, and the results of key presses.

`accessibility.py` has what screen readers request themselves.
"""

import re
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.transcript.blocks.block_text import BOX, text_of
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_ranges import formulas_of
from chatdesk.features.chat.ui.transcript.blocks.pictures.picture_texts import picture_name
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.page.accessibility.spoken_text import spoken_text
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.texts import TranscriptTexts
from chatdesk.rendering.markdown.blocks import Block, Code, Formula, Heading, Paragraph, Table

_ANNOUNCE_INTERVAL = 2_000
"""Milliseconds between two announcements, about the time it takes to speak a sentence.

Sentences finished meanwhile are joined.
"""
_SENTENCE_END = re.compile(r"[.!?…:;](?=[\s\"'”’)\]])|[。！？；：…]|\n")

_FORMULA_START = re.compile(r"\$|\\[(\[]")


class Announcements(QObject):
    """Announces changes to screen readers.

    `enabled` is whether streaming answers are read out. Idle while no screen reader is active.
    """

    def __init__(
        self, document: Document, texts: TranscriptTexts, listens: Callable[[], bool], widget: QWidget
    ) -> None:
        super().__init__(widget)
        self.enabled = True
        self._document = document
        self._texts = texts
        self._is_reader_active = listens
        self._widget = widget
        self._message_id = ""
        self._announced = (0, 0)
        """The block and the offset in its text up to which the answer was announced."""
        self._timer = QTimer(self, interval=_ANNOUNCE_INTERVAL, singleShot=True)
        self._timer.timeout.connect(self._announce_finished)

    def announce(self, text: str) -> None:
        """Announce a text immediately."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._widget, text))

    def announce_formula(self, latex: str) -> None:
        """Announce a formula that the text cursor has reached, where it counts as one character."""
        self.announce(self._texts.formula(latex))

    def announce_arrow_keys(self, with_cursor: bool) -> None:
        """Announce what the arrow keys do now."""
        self.announce(self._texts.caret_on if with_cursor else self._texts.caret_off)

    def grown(self, message_id: str) -> None:
        """Schedule an announcement for a grown answer."""
        if not (self.enabled and self._is_reader_active()):
            return
        if message_id != self._message_id:
            self._message_id, self._announced = message_id, (0, 0)
        if not self._timer.isActive():
            self._timer.start()

    def finished(self, message_id: str) -> None:
        """Announce the rest of a finished answer, even an incomplete sentence."""
        if message_id == self._message_id:
            self._timer.stop()
            self._announce(" ".join((self._collect(whole=True), *self._pictures())))
            self._message_id = ""

    def forget(self) -> None:
        """Cancel announcements about the previous messages."""
        self._timer.stop()
        self._message_id = ""

    def _announce_finished(self) -> None:
        if self._widget.isVisible():
            self._announce(self._collect(whole=False))

    def _announce(self, text: str) -> None:
        if text.strip():
            self.announce(text.strip())

    def _pictures(self) -> list[str]:
        """Return the names of the answer's pictures."""
        index = self._document.index(self._message_id)
        spans = self._document[index].own_pictures if index is not None else ()
        return [self._texts.picture(picture_name(span)) for span in spans]

    def _collect(self, *, whole: bool) -> str:
        """Return the finished text that has not been announced, examining only the blocks from there on."""
        index = self._document.index(self._message_id)
        column = self._document[index].column(TEXT) if index is not None else None
        blocks = column.blocks if column else ()
        found = []
        block, offset = self._announced
        while block < len(blocks):
            is_last = block == len(blocks) - 1 and not whole
            text = _spoken_text(blocks[block], self._texts)
            end = _last_sentence_end(blocks[block], text) if is_last else len(text)
            if end > offset:
                found.append(text[offset:end])
                offset = end
            if is_last:
                break
            block, offset = block + 1, 0
        self._announced = (block, offset)
        return " ".join(found)


def _spoken_text(block: Block, texts: TranscriptTexts) -> str:
    """Return the spoken text of a block. Code and tables are only named: they are hard to follow by ear."""
    match block:
        case Code():
            return texts.code_block(block.language, block.text.count("\n"))
        case Table():
            return texts.table_of(len(block.rows), len(block.alignments))
        case _:
            return spoken_text(text_of(block), formulas_of(block), texts).text.replace(BOX, "")


def _last_sentence_end(block: Block, text: str) -> int:
    if isinstance(block, Code | Table | Formula):
        return 0  # still growing; named once it is complete
    text = text[: _open_formula_start(block, text)]
    return max((found.end() for found in _SENTENCE_END.finditer(text)), default=0)


def _open_formula_start(block: Block, text: str) -> int:
    """Return the start of a possibly incomplete formula, whose spoken text will change; otherwise the length of the text."""
    last = block.spans[-1] if isinstance(block, Paragraph | Heading) and block.spans else None
    if last is None or last.formula:
        return len(text)
    found = _FORMULA_START.search(last.text)
    return len(text) - len(last.text) + found.start() if found else len(text)
