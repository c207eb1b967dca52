"""A warm-up of the layout code out of sight, once, while a server works on its first answer.

The first use of each font, script, table or emoji takes milliseconds. Together they delayed the first frame of a fast
answer.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import QObject, QRect, Qt, SignalInstance
from PySide6.QtGui import QPainter, QPixmap

from chatdesk.features.chat.ui.transcript.blocks.block_column import BlockColumn
from chatdesk.features.chat.ui.transcript.blocks.block_layout import BlockPaint
from chatdesk.features.chat.ui.transcript.blocks.markdown_blocks import answer_blocks
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.messages.answer_item import AnswerItem
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.features.chat.ui.transcript.work_counters import WorkCounters
from chatdesk.ui_kit.text.sliced_work import SlicedWork

_SAMPLES = (
    "{0} **{0}** *{0}* `{0}` [{0}](#)",
    "## {0} `{0}`",
    "### {0}",
    "- {0}\n- **{0}**\n\n1. {0}",
    "> {0}",
    "| {0} | **{0}** |\n|---|---|\n| `{0}` | {0} |",
    "```\n{0}\n```",
)
_SAMPLE_TEXTS = ("Words 123", "中文，字。", "→ ≤ ✓", "😀")
"""The scripts most answers are written in that have fonts of their own."""
_WIDTH, _HEIGHT = 400, 200


class LayoutWarmUp(QObject):
    """Runs the warm-up while the first answer is pending.

    `page` returns the current page context; `changed` carries a message index.
    """

    def __init__(
        self, document: Document, page: Callable[[], PageContext], changed: SignalInstance, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._page = page
        self._work = SlicedWork(self)
        self._changed = changed
        self._changed.connect(self._on_changed)
        self._started = False

    @property
    def active(self) -> bool:
        """Whether the warm-up is running."""
        return self._work.active

    def _on_changed(self, index: int) -> None:
        """Start with the first pending answer, and end when its text begins to arrive."""
        item = self._document.loaded_item(index)
        if not isinstance(item, AnswerItem) or not item.streaming:
            return
        if not item.waiting:
            self._work.stop()
            self._changed.disconnect(self._on_changed)
        elif not self._started:
            self._started = True
            self._work.start(_warm_up(self._page()))


def _warm_up(page: PageContext) -> Iterator[None]:
    """Parse, lay out and paint samples, with a pause after each step."""
    canvas = QPixmap(_WIDTH, _HEIGHT)
    canvas.fill(Qt.GlobalColor.transparent)
    column = BlockColumn(replace(page, counters=WorkCounters()), TextStyle())
    column.set_width(_WIDTH)
    for sample in _SAMPLE_TEXTS:
        for sample_text in _SAMPLES:
            column.replace(0, answer_blocks(sample_text.format(sample)))
            yield
            column.lay_out_all()
            yield
            painter = QPainter(canvas)
            column.paint(painter, BlockPaint(QRect(0, 0, _WIDTH, _HEIGHT), 0), None)
            painter.end()
            yield
