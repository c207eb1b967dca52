"""Card with the log of the engine, that is llama.cpp's output. It scrolls along while the end is visible; with search, copy and save."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QShowEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.card import Card, Rule
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label

Since = Callable[[int], tuple[int, list[str]]]

_TICK = 300  # ms
_MAX_LINES = 5000
_LINES_PER_TICK = 400
"""Maximum number of lines added at once; the others follow with the next tick."""
_MAX_MARKS = 500
"""Maximum number of marked matches, counted from the end of the log."""
_VISIBLE_LINES = 14


class EngineLogCard(Translated, Card):
    """Log view. `since` returns the total number of lines, and those after a given number; it is called only while the card is visible."""

    save_requested = Signal(str)
    """The complete log."""

    def __init__(self, appearance: Appearance, since: Since, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._since = since
        self._read_lines = 0
        self._waiting: list[str] = []
        self._marks: list[QTextCursor] = []
        self._mark = -1
        self._title = Label(appearance, "label", "text")
        self._search = TextField(appearance, "", icon="search")
        self._search.edit.setObjectName("searchLog")
        self._search.changed.connect(lambda _text: self._find())
        self._search.edit.installEventFilter(self)
        self._count = Label(appearance, "caption", "textTertiary")
        self._copy = self._icon("copy", "copyLog", self._copy_all)
        self._save = self._icon("download", "saveLog", lambda: self.save_requested.emit(self.text()))
        self._view = QPlainTextEdit(self)
        self._view.setObjectName("engineLog")
        self._view.setReadOnly(True)
        self._view.setUndoRedoEnabled(False)
        self._view.setMaximumBlockCount(_MAX_LINES)
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setTabChangesFocus(True)
        self._empty_label = Label(appearance, "ui", "textTertiary", wrap=True)
        self._bar = QHBoxLayout()
        self._bar.addWidget(self._title)
        self._bar.addStretch(1)
        self._bar.addWidget(self._count)
        self._bar.addWidget(self._search, 2)
        self._bar.addWidget(self._copy)
        self._bar.addWidget(self._save)
        self._rule = Rule(appearance, self)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addLayout(self._bar)
        self._column.addWidget(self._empty_label)
        self._column.addWidget(self._rule)
        self._column.addWidget(self._view)
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self._poll)
        self._retranslate()
        appearance.bind(self._restyle)
        self._show_parts()

    def text(self) -> str:
        """Return all lines, including those about to be added."""
        return "\n".join((*self._view.toPlainText().splitlines(), *self._waiting))

    def _poll(self) -> None:
        self._read_lines, new = self._since(self._read_lines)
        self._waiting += new
        if not self._waiting:
            return
        now, self._waiting = self._waiting[:_LINES_PER_TICK], self._waiting[_LINES_PER_TICK:]
        bar = self._view.verticalScrollBar()
        follows = bar.value() >= bar.maximum() - 1
        self._view.appendPlainText("\n".join(now))
        if follows:
            bar.setValue(bar.maximum())
        self._show_parts()
        if self._search.text():
            self._find(scroll=False)

    def _find(self, *, scroll: bool = True) -> None:
        """Mark the matches, and go to the last one, because the latest problem is usually the one of interest."""
        text, current = self._search.text(), self._current()
        found: list[QTextCursor] = []
        cursor = QTextCursor(self._view.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        while text and len(found) < _MAX_MARKS:
            cursor = self._view.document().find(text, cursor, QTextDocument.FindFlag.FindBackward)
            if cursor.isNull():
                break
            found.append(QTextCursor(cursor))
        self._marks = found[::-1]
        positions = [mark.selectionStart() for mark in self._marks]
        self._mark = positions.index(current) if not scroll and current in positions else len(positions) - 1
        self._show_marks(scroll=scroll)

    def _current(self) -> int | None:
        """Return the current position of the selected match; None for none. It changes when lines are dropped at the top."""
        return self._marks[self._mark].selectionStart() if 0 <= self._mark < len(self._marks) else None

    def _step(self, step: int) -> None:
        if self._marks:
            self._mark = (self._mark + step) % len(self._marks)
            self._show_marks(scroll=True)

    def _show_marks(self, *, scroll: bool) -> None:
        theme = self._appearance.theme
        selections = []
        for number, cursor in enumerate(self._marks):
            selection = QTextEdit.ExtraSelection()
            looks = QTextCharFormat()
            looks.setBackground(theme.color("findCurrent" if number == self._mark else "findHit"))
            looks.setForeground(theme.color("text"))
            selection.cursor, selection.format = cursor, looks
            selections.append(selection)
        self._view.setExtraSelections(selections)
        if scroll and 0 <= self._mark < len(self._marks):
            cursor_at_mark = QTextCursor(self._marks[self._mark])
            cursor_at_mark.setPosition(cursor_at_mark.selectionStart())
            self._view.setTextCursor(cursor_at_mark)
            self._view.centerCursor()
        text = ""
        if self._search.text():
            all_of_them = self.tr("{number} of {count}")
            sentence = self.tr("{number} of the last {count}") if len(self._marks) == _MAX_MARKS else all_of_them
            text = sentence.format(number=self._mark + 1, count=len(self._marks))
        self._count.set_text(text if self._marks else self.tr("Not found") if text else "")

    def _copy_all(self) -> None:
        QGuiApplication.clipboard().setText(self.text())

    def _show_parts(self) -> None:
        empty = self._view.document().isEmpty()
        for part in (self._view, self._rule, self._search, self._count, self._copy, self._save):
            part.setVisible(not empty)
        self._empty_label.setVisible(empty)

    def _icon(self, icon: str, name: str, act: Callable[[], object]) -> IconButton:
        button = IconButton(self._appearance, icon, self, size=IconButtonSize.ROW)
        button.setObjectName(name)
        button.clicked.connect(act)
        return button

    def _restyle(self) -> None:
        theme = self._appearance.theme
        large, small = theme.length("l"), theme.length("s")
        self._column.setContentsMargins(1, 1, 1, theme.length("card"))  # inside the border and its rounded corners
        self._bar.setContentsMargins(large, theme.length("m"), theme.length("m"), theme.length("m"))
        self._bar.setSpacing(small)
        self._empty_label.setContentsMargins(large, 0, large, large)
        self._search.setMaximumWidth(theme.length("settingsColumn") // 3)
        self._view.setFont(theme.font("code"))
        self._view.setPalette(make_palette(theme, "sunken"))
        self._view.document().setDocumentMargin(theme.length("m"))
        self._view.setFixedHeight(_VISIBLE_LINES * self._view.fontMetrics().lineSpacing() + 2 * theme.length("m"))

    def _retranslate(self) -> None:
        self._title.set_text(self.tr("Log"))
        self._search.set_name(self.tr("Search log"))
        self._search.set_placeholder(self.tr("Search log"))
        self._copy.set_name(self.tr("Copy log"))
        self._save.set_name(self.tr("Save log"))
        self._view.setAccessibleName(self.tr("Engine log"))
        self._empty_label.set_text(
            self.tr("The engine's output appears here after it has run. It contains no text from your chats.")
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go to the next or previous match with Enter; clear the search with Esc."""
        if watched is self._search.edit and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
            if event.key() == Qt.Key.Key_Escape and self._search.text():
                self._search.set_text("")
                return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Poll for new lines while visible."""
        super().showEvent(event)
        self._poll()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
