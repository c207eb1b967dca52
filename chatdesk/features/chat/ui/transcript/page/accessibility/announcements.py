"""What a screen reader is told without being asked: an answer's sentences as they are finished, at a calm rate, and what a key did.

What it finds when it asks is `accessibility.py`.
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

_CALM = 2_000
"""Milliseconds between two announcements: about what it takes to say a sentence. What is finished meanwhile is said in one."""
_END_OF_SENTENCE = re.compile(r"[.!?…:;](?=[\s\"'”’)\]])|[。！？；：…]|\n")

_BEGIN_OF_FORMULA = re.compile(r"\$|\\[(\[]")


class Announcements(QObject):
    """`enabled`: whether answers are read out while they stream. Nothing is done for it while no screen reader listens."""

    def __init__(
        self, document: Document, words: TranscriptTexts, listens: Callable[[], bool], widget: QWidget
    ) -> None:
        super().__init__(widget)
        self.enabled = True
        self._document = document
        self._words = words
        self._listens = listens
        self._widget = widget
        self._message_id = ""
        self._said = (0, 0)
        """The block, and the characters of its text, up to which the answer was read out."""
        self._again = QTimer(self, interval=_CALM, singleShot=True)
        self._again.timeout.connect(self._say_finished)

    def say(self, words: str) -> None:
        """Say something at once."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._widget, words))

    def announce_formula(self, latex: str) -> None:
        """Say a formula that the text cursor has come to: to it the formula is one character."""
        self.say(self._words.formula(latex))

    def announce_arrow_keys(self, with_cursor: bool) -> None:
        """Say what arrow keys do from now on."""
        self.say(self._words.caret_on if with_cursor else self._words.caret_off)

    def grown(self, message_id: str) -> None:
        """Take note that an answer has grown."""
        if not (self.enabled and self._listens()):
            return
        if message_id != self._message_id:
            self._message_id, self._said = message_id, (0, 0)
        if not self._again.isActive():
            self._again.start()

    def finished(self, message_id: str) -> None:
        """Take note that no more of an answer comes: the rest of it is said, sentence or not."""
        if message_id == self._message_id:
            self._again.stop()
            self._say(" ".join((self._collect(to_the_end=True), *self._pictures())))
            self._message_id = ""

    def forget(self) -> None:
        """Say nothing more of what was shown."""
        self._again.stop()
        self._message_id = ""

    def _say_finished(self) -> None:
        if self._widget.isVisible():
            self._say(self._collect(to_the_end=False))

    def _say(self, words: str) -> None:
        if words.strip():
            self.say(words.strip())

    def _pictures(self) -> list[str]:
        """Return the names of the pictures of the answer."""
        index = self._document.index(self._message_id)
        spans = self._document[index].own_pictures if index is not None else ()
        return [self._words.picture(picture_name(span)) for span in spans]

    def _collect(self, *, to_the_end: bool) -> str:
        """Return what is finished and not said yet. Only blocks from there on are looked at."""
        index = self._document.index(self._message_id)
        column = self._document[index].column(TEXT) if index is not None else None
        blocks = column.blocks if column else ()
        found = []
        block, offset = self._said
        while block < len(blocks):
            is_last = block == len(blocks) - 1 and not to_the_end
            text = _spoken(blocks[block], self._words)
            end = _end_of_last_sentence(blocks[block], text) if is_last else len(text)
            if end > offset:
                found.append(text[offset:end])
                offset = end
            if is_last:
                break
            block, offset = block + 1, 0
        self._said = (block, offset)
        return " ".join(found)


def _spoken(block: Block, words: TranscriptTexts) -> str:
    """Return what is said of a block. Code and tables are only named: nobody can follow them being read out."""
    match block:
        case Code():
            return words.code_block(block.language, block.text.count("\n"))
        case Table():
            return words.table_of(len(block.rows), len(block.alignments))
        case _:
            return spoken_text(text_of(block), formulas_of(block), words).text.replace(BOX, "")


def _end_of_last_sentence(block: Block, text: str) -> int:
    if isinstance(block, Code | Table | Formula):
        return 0  # It still grows; it is named once it is whole.
    text = text[: _begin_of_open_formula(block, text)]
    return max((found.end() for found in _END_OF_SENTENCE.finditer(text)), default=0)


def _begin_of_open_formula(block: Block, text: str) -> int:
    """Return where a formula may begin that has not come in full, for its words will be others; else the end of the text."""
    last = block.spans[-1] if isinstance(block, Paragraph | Heading) and block.spans else None
    if last is None or last.formula:
        return len(text)
    found = _BEGIN_OF_FORMULA.search(last.text)
    return len(text) - len(last.text) + found.start() if found else len(text)
