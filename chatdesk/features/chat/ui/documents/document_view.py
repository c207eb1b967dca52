"""The text of a document in the side panel, section by section; what is not sent is dimmed."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QLocale, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.chat.ui.side_panel_frame import Pane
from chatdesk.kernel.chat.message import DocumentPart, DocumentUnit, PassageRange
from chatdesk.kernel.documents.document_text import DocumentText, Section, numbers_in
from chatdesk.ui_kit.files.file_saver import FileSaver
from chatdesk.ui_kit.pictures.attachment_facts import document_facts
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.text.sliced_work import SlicedWork
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label

_PIECE = 4_000
"""Characters inserted at once: about 1 ms."""


class _Text(QPlainTextEdit):
    """The text. `source` returns what is added to a copy for the passage at a position."""

    def __init__(self, source: Callable[[int], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._source = source
        self.leaves_page_keys = False
        """Whether PageUp and PageDown are left to the view, because the document has sections."""
        self.setObjectName("documentText")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys that turn pages to the view."""
        if self.leaves_page_keys and event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the selected text with its source."""
        cursor, data = self.textCursor(), QMimeData()
        text = cursor.selectedText().replace("\N{PARAGRAPH SEPARATOR}", "\n").replace("\N{LINE SEPARATOR}", "\n")
        first = self.document().findBlock(cursor.selectionStart()).blockNumber()
        data.setText(f"{text}\n[{self._source(first)}]")
        return data


class DocumentView(Translated, Pane):
    """The view, with a head of its own."""

    closed = Signal()

    def __init__(
        self, appearance: Appearance, attachments: Attachments, files: FileSaver, tasks: Tasks, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("documentView")
        self._appearance = appearance
        self._attachments = attachments
        self._files = files
        self._tasks = tasks
        self._document: DocumentPart | None = None
        self._is_missing = False
        self._passage: PassageRange | None = None
        self._words: Sequence[str] = ()
        self._starts: list[int] = []
        """The first block of each section that is in the text already."""
        self._title = Label(appearance, "label", "text", self, elide=True)
        self._previous = IconButton(appearance, "chevron-left", self, size=IconButtonSize.ROW)
        self._place = Label(appearance, "ui", "text", self)
        self._place.setObjectName("documentPlace")
        self._next = IconButton(appearance, "chevron-right", self, size=IconButtonSize.ROW)
        self._close = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._close.setObjectName("closeDocument")
        self._sent = Label(appearance, "caption", "textSecondary", self, wrap=True)
        self._sent.setObjectName("documentSent")
        self._text = _Text(self._source_at, self)
        self._previous.clicked.connect(lambda: self.go(-1))
        self._next.clicked.connect(lambda: self.go(1))
        self._close.clicked.connect(self.closed)
        self._text.verticalScrollBar().valueChanged.connect(self._show_place)
        self._work = SlicedWork(self)
        self._work.progressed.connect(self._go_to_passage)
        self._work.progressed.connect(self._show_place)
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        for widget in (self._previous, self._place, self._next, self._close):
            self._head.addWidget(widget)
        self._line = QHBoxLayout()
        self._line.addWidget(self._sent, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head)
        layout.addLayout(self._line)
        layout.addWidget(self._text, 1)
        appearance.bind(self._restyle)
        self._retranslate()

    def focus(self) -> None:
        """Focus the text."""
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_document(
        self, document: DocumentPart, passage: PassageRange | None = None, words: Sequence[str] = ()
    ) -> None:
        """Show a document: at a passage, or where it was if it is shown already, or else from its beginning."""
        self._passage, self._words = passage, words
        if document == self._document and not self._is_missing:
            self._go_to_passage()
            return
        self._document, self._is_missing = document, False
        self._work.stop()
        self._text.clear()
        start = self._text.textCursor()
        start.setKeepPositionOnInsert(True)
        self._text.setTextCursor(start)
        self._starts = []
        self._retranslate()
        self._tasks.start(self._show_text(document), "show a document")

    def _go_to_passage(self) -> None:
        """Scroll to the section of the passage as soon as it is in the text."""
        if self._passage and self._passage.section <= len(self._starts):
            self.go(self._passage.section - 1 - self._section())
            self._passage = None

    def go(self, step: int) -> None:
        """Show the section that is `step` further."""
        wanted = self._section() + step
        if 0 <= wanted < len(self._starts):
            block = self._text.document().findBlockByNumber(self._starts[wanted])
            self._text.setTextCursor(QTextCursor(block))
            self._text.verticalScrollBar().setValue(block.firstLineNumber())

    async def _show_text(self, document: DocumentPart) -> None:
        text = await self._attachments.text_of(document)
        if document == self._document:
            self._is_missing = text is None
            self._retranslate()
            if text:
                self._work.start(self._insert(text, document.selected))

    def _insert(self, text: DocumentText, selected: str) -> Iterator[None]:
        """Insert the sections, and yield after each piece."""
        sent = set(numbers_in(selected, len(text.sections)))
        cursor = QTextCursor(self._text.document())
        for number, section in enumerate(text.sections, 1):
            cursor.movePosition(QTextCursor.MoveOperation.End)
            if number > 1:
                cursor.insertText("\n\n")
            self._starts.append(cursor.blockNumber())
            if text.unit is not DocumentUnit.NONE:
                cursor.insertText(self._heading(text.unit, number, section) + "\n", self._format("text", strong=True))
            look = self._format("text" if number in sent else "textTertiary")
            body = section.text.strip("\n")
            for start in range(0, len(body), _PIECE):
                cursor.insertText(body[start : start + _PIECE], look)
                yield
            yield

    def _format(self, color: str, *, strong: bool | None = None) -> QTextCharFormat:
        theme, found = self._appearance.theme, QTextCharFormat()
        found.setFont(theme.font("ui", strong=strong))
        found.setForeground(theme.color(color))
        return found

    def _heading(self, unit: DocumentUnit, number: int, section: Section) -> str:
        words = {
            DocumentUnit.PAGE: self.tr("Page {number}"),
            DocumentUnit.SHEET: self.tr("Sheet {number}"),
            DocumentUnit.SLIDE: self.tr("Slide {number}"),
            DocumentUnit.CHAPTER: self.tr("Chapter {number}"),
        }
        heading = words[unit].format(number=QLocale().toString(number))
        return f"{heading}: {plain_line(section.title)}" if section.title else heading

    def _section(self) -> int:
        """Return the index of the section at the top."""
        block = self._text.cursorForPosition(QPoint(1, 1)).blockNumber()
        return max(0, bisect_right(self._starts, block) - 1)

    def _source_at(self, block: int) -> str:
        """Return the name of the document, and the page at a block if it has pages."""
        document, number = self._document, max(1, bisect_right(self._starts, block))
        name = plain_line(document.name) if document else ""
        return f"{name} p. {number}" if document and document.unit is DocumentUnit.PAGE else name

    def _show_place(self) -> None:
        count, here = self._document.sections if self._document else 0, self._section()
        self._place.set_text(f"{QLocale().toString(here + 1)} / {QLocale().toString(count)}")
        self._text.leaves_page_keys = count > 1
        for widget in (self._previous, self._place, self._next):
            widget.setVisible(count > 1)
        self._previous.setEnabled(here > 0)
        self._next.setEnabled(here + 1 < len(self._starts))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the previous or next section."""
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if event.key() in steps and len(self._starts) > 1:
            self.go(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side, pad = theme.length("l"), theme.length("s")
        self._head.setContentsMargins(side, pad, theme.length("m"), pad)
        self._head.setSpacing(theme.length("xs"))
        self._line.setContentsMargins(side, 0, side, pad)
        self._title.setMinimumHeight(theme.length("button"))
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Base, theme.color("page"))
        palette.setColor(QPalette.ColorRole.Text, theme.color("text"))
        self._text.setPalette(palette)
        self._text.setFont(theme.font("ui"))
        self._text.document().setDocumentMargin(side)

    def _retranslate(self) -> None:
        document = self._document
        name = plain_line(document.name) if document else ""
        self._title.set_text(name)
        self.setAccessibleName(self.tr("Document {name}").format(name=name))
        self._text.setAccessibleName(name)
        self._previous.set_name(self.tr("Previous section"), shortcut="PgUp")
        self._next.set_name(self.tr("Next section"), shortcut="PgDown")
        self._close.set_name(self.tr("Close"), shortcut="Esc")
        if self._is_missing:
            self._sent.set_text(self.tr("The text of this document is missing. Attach the file again."))
        elif document:
            self._sent.set_text(self.tr("What is sent: {facts}").format(facts=document_facts(document)))
        self._show_place()
