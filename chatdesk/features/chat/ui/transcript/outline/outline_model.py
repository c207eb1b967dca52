"""The list model of the outline. The entries of one message are replaced without touching the others."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from chatdesk.features.chat.ui.transcript.blocks.block_text import BOX, text_of
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Block, Heading

QUESTION = -1
"""The block of an entry that is a question."""
_MAX_LENGTH = 160
_HEADING = re.compile(r"^[ >\d.)*+-]*#{1,6}[ \t]|^[ >]*(?:=+|-+)[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,}).*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, order=True)
class OutlineEntry:
    """An entry for a question or a heading.

    `message` and `block` are indexes; `level` is 0 for a question, otherwise the heading's.
    """

    message: int
    block: int
    level: int
    text: str

    @property
    def is_question(self) -> bool:
        """Whether the entry is a question and not a heading."""
        return self.block == QUESTION


def question_entry(message: int, text: str) -> OutlineEntry:
    """Return the entry of a question, without code fences."""
    title = one_line(_FENCE.sub("", text[: 4 * _MAX_LENGTH]))
    return OutlineEntry(message, QUESTION, 0, title or one_line(text))


def heading_entries(message: int, blocks: Sequence[Block], first: int = 0) -> Iterator[OutlineEntry]:
    """Yield the entries of an answer's headings, starting at a block."""
    for index in range(first, len(blocks)):
        block = blocks[index]
        if isinstance(block, Heading) and block.joint is None and (title := one_line(text_of(block).replace(BOX, ""))):
            yield OutlineEntry(message, index, block.level, title)


def may_have_headings(source: str) -> bool:
    """Return quickly whether a source may have headings; there are no false negatives."""
    return _HEADING.search(source) is not None


def one_line(text: str) -> str:
    """Return the beginning of a text on one line."""
    title = " ".join(text[: 2 * _MAX_LENGTH].split())
    return title if len(title) <= _MAX_LENGTH else title[: _MAX_LENGTH - 1].rstrip() + "…"


_NOWHERE = QModelIndex()


class OutlineModel(QAbstractListModel):
    """The entries in the order of the chat."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entries: list[OutlineEntry] = []

    @property
    def entries(self) -> Sequence[OutlineEntry]:
        """All entries."""
        return self._entries

    def show(self, entries: Sequence[OutlineEntry]) -> None:
        """Set all entries."""
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def replace(self, message: int, block: int, entries: Sequence[OutlineEntry]) -> None:
        """Replace the entries of a message from a block on. Unchanged leading entries stay."""
        first, last = self._row(message, block), self._row(message + 1, QUESTION)
        same = 0
        while same < min(len(entries), last - first) and self._entries[first + same] == entries[same]:
            same += 1
        if first + same < last:
            self.beginRemoveRows(_NOWHERE, first + same, last - 1)
            del self._entries[first + same : last]
            self.endRemoveRows()
        if new := entries[same:]:
            self.beginInsertRows(_NOWHERE, first + same, first + same + len(new) - 1)
            self._entries[first + same : first + same] = new
            self.endInsertRows()

    def rows_of(self, message: int) -> range:
        """Return the rows of a message's entries."""
        return range(self._row(message, QUESTION), self._row(message + 1, QUESTION))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        shown = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}
        return self._entries[index.row()].text if shown and index.isValid() else None

    def _row(self, message: int, block: int) -> int:
        return bisect_left(self._entries, (message, block), key=lambda entry: (entry.message, entry.block))
