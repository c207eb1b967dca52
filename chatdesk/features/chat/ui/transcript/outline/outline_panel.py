"""The outline as a panel: its head, its list, and a sentence when there is nothing. It works only while it is seen."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.outline.entries import Entry
from chatdesk.features.chat.ui.transcript.outline.outline_list import OutlineList
from chatdesk.features.chat.ui.transcript.outline.outline_model import OutlineModel
from chatdesk.features.chat.ui.transcript.outline.outliner import Outliner
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.layout.page_scroller import PageScroller
from chatdesk.features.chat.ui.transcript.place import ColumnPlace
from chatdesk.ui_kit.lists.height_index import NOWHERE
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label


class OutlinePanel(QWidget):
    """`chosen` with the place to go to; `closed` when one is done with it."""

    chosen = Signal(Entry)
    closed = Signal()

    def __init__(self, appearance: Appearance, document: Document, scroller: PageScroller, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("outline")
        self._appearance = appearance
        self._document = document
        self._scroller = scroller
        self._model = OutlineModel(self)
        self._outliner = Outliner(document, self._model, self)
        self._outliner.progressed.connect(self.follow)
        self._title = Label(appearance, "label", "text", self)
        self._close = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._close.clicked.connect(self.closed)
        self._empty = Label(appearance, "ui", "textTertiary", self, wrap=True)
        self.list = OutlineList(appearance, self._model, self)
        self.list.chosen.connect(self._choose)
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._close)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self._empty)
        self._layout.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        self._model.rowsInserted.connect(self._show_emptiness)
        self._model.rowsRemoved.connect(self._show_emptiness)
        self._model.modelReset.connect(self._show_emptiness)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()
        self._show_emptiness()

    @property
    def outliner(self) -> Outliner:
        """What fills the list."""
        return self._outliner

    def chat_changed(self) -> None:
        """Outline other messages."""
        if self.isVisible():
            self._outliner.begin(max(0, self._document.at(self._scroller.value)))

    def message_changed(self, index: int) -> None:
        """Outline what has come of a message."""
        if self.isVisible():
            self._outliner.message_changed(index)
            self.follow()

    def follow(self) -> None:
        """Show which line one is at: the last that begins above a third of the view, at the end the last of all."""
        if not self.isVisible():
            return
        height = self._scroller.view_height
        y = self._scroller.value + (height if self._scroller.at_end else height // 3)
        index = self._document.at(y)
        if index < 0 or not self._model.entries:
            self.list.set_place(-1)
            return
        rows = self._model.rows_of(index)
        above = [row for row in rows if self._height_of(self._model.entries[row]) <= y]
        self.list.set_place(above[-1] if above else rows.start - 1)

    def _height_of(self, entry: Entry) -> int:
        top = self._document.top(entry.message)
        if entry.is_question:
            return top
        item = self._document.known(entry.message)
        rect = item.line_rect(TEXT, ColumnPlace(entry.block, 0)) if item else None
        return top + rect.top() if rect else NOWHERE

    def _choose(self, row: int) -> None:
        self.chosen.emit(self._model.entries[row])

    def _show_emptiness(self) -> None:
        self._empty.setVisible(not self._model.entries)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        inset = theme.length("s")
        self._head.setContentsMargins(theme.length("l"), inset, inset, inset)
        self._empty.setContentsMargins(theme.length("l"), inset, theme.length("l"), 0)
        self._layout.setContentsMargins(1, 0, 0, inset)
        self.update()

    def _retranslate(self) -> None:
        self._title.set_text(self.tr("Outline"))
        self.list.setAccessibleName(self.tr("Outline"))
        self._close.set_name(self.tr("Close the outline"))
        self._empty.set_text(self.tr("Questions and headings of the chat will be listed here."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc leave."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to work."""
        super().showEvent(event)
        self.chat_changed()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget everything: nobody looks."""
        super().hideEvent(event)
        self._outliner.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and the line at its side."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("sidebar"))
        left = 0 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else self.width() - 1
        painter.fillRect(left, 0, 1, self.height(), theme.color("borderSubtle"))
