"""Form field for a long text: typed, or inserted from the clipboard, the selection or a file.

A text that is too long for a layout within one frame is stored separately; only its beginning is shown, read-only.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QLocale, QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from chatdesk.features.presets.ui.use.variable_field import VariableField
from chatdesk.kernel.chat.attachments import ArrivingFile, ReadingProgress
from chatdesk.kernel.presets.variable import Variable, VariableKind
from chatdesk.ui_kit.forms.lines_edit import LinesEdit
from chatdesk.ui_kit.pictures.attachment_facts import reading_note
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.text.safe_text import bounded_text, plain_line
from chatdesk.ui_kit.text.utf16 import cut
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label

_MAX_VISIBLE_LINES = 4
"""Maximum visible lines before it scrolls."""
_MAX_EDITABLE_LENGTH = 100_000
_MAX_LINE_LENGTH = 5_000
"""Maximum characters of an editable text, and of its lines, which are laid out as a whole."""
_SHOWN_LENGTH = 1_000
"""Number of characters shown of a longer text."""


class LongTextField(Translated, VariableField):
    """Multi-line field with a button that inserts the clipboard, the selection or a file, depending on the kind."""

    submits_with_enter = False

    def __init__(
        self,
        appearance: Appearance,
        variable: Variable,
        parent: QWidget,
        choose_file: Callable[["LongTextField"], None],
        selected_text: Callable[[], str],
    ) -> None:
        self._edit = _Edit()
        self._frame = LinesEdit(appearance, lines=2, font="ui", edit=self._edit)
        super().__init__(variable, self._frame, parent)
        self._frame.setObjectName("")
        self._appearance = appearance
        self._choose_file = choose_file
        self._selected_text = selected_text
        self._full_text = ""
        """The full text if it is too long for the editor; otherwise empty."""
        self._stop: Callable[[], object] | None = None
        """Stops the reading of a file; None while none is read."""
        self._file = ArrivingFile(0, "")
        self._edit.setObjectName(f"variable_{variable.name}")
        self._edit.setAccessibleName(plain_line(variable.title))
        self._edit.setPlaceholderText(plain_line(variable.hint))
        self._silent = False
        self._edit.textChanged.connect(self._fit)
        self._edit.textChanged.connect(self._emit_changed)
        self._edit.long_text_pasted.connect(self.fetched)
        self._note = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._note.setObjectName("beginningShown")
        self._clear = Button(appearance, "", ButtonKind.OUTLINED, self, small=True)
        self._clear.setObjectName(f"clear_{variable.name}")
        self._clear.clicked.connect(lambda: self.fetched(""))
        self._fetch = Button(appearance, "", ButtonKind.OUTLINED, self, small=True)
        self._fetch.setObjectName(f"fetch_{variable.name}")
        self._fetch.clicked.connect(self._fetch_text)
        self._fetch.setVisible(variable.kind is not VariableKind.LONG_TEXT)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self._fetch)
        self._buttons.addWidget(self._clear)
        self._buttons.addStretch(1)
        self.column.addWidget(self._note)
        self.column.addLayout(self._buttons)
        appearance.bind(self._restyle)
        self._set_full_text("")
        self._retranslate()

    def value(self) -> str:
        """Return the text."""
        return self._full_text or self._edit.toPlainText()

    def set_value(self, value: str) -> None:
        """Show a text; an empty SELECTION variable is filled with the current selection."""
        if not value and self.variable.kind is VariableKind.SELECTION:
            value = self._selected_text()
        if value != self.value():
            self._silent = True
            self._show(value, self._edit.setPlainText)
            self._silent = False

    def fetched(self, text: str) -> None:
        """Show an inserted text, which the user can edit and undo."""
        self._silent = True
        self._show(text, self._replace)
        self._silent = False
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def begin_reading(self, name: str, stop: Callable[[], object]) -> None:
        """Show that a file is read. The button of the field calls `stop`."""
        self._stop, self._file = stop, ArrivingFile(0, name)
        self._retranslate()

    def show_progress(self, progress: ReadingProgress) -> None:
        """Show how far the file has been read."""
        self._file = replace(self._file, progress=progress)
        self._retranslate()

    def end_reading(self) -> None:
        """Show that no file is read any more."""
        self._stop = None
        self._retranslate()

    def _show(self, text: str, put: Callable[[str], None]) -> None:
        fits = len(text) <= _MAX_EDITABLE_LENGTH and max(map(len, text.split("\n"))) <= _MAX_LINE_LENGTH
        put(text if fits else bounded_text(text, _SHOWN_LENGTH))
        self._set_full_text("" if fits else text)

    def _replace(self, text: str) -> None:
        cursor = self._edit.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)

    def _set_full_text(self, full_text: str) -> None:
        self._full_text = full_text
        self._edit.setReadOnly(bool(full_text))
        self._clear.setVisible(bool(full_text))
        self._retranslate()

    def _fetch_text(self) -> None:
        if self._stop:
            self._stop()
            return
        match self.variable.kind:
            case VariableKind.CLIPBOARD:
                self.fetched(QGuiApplication.clipboard().text())
            case VariableKind.SELECTION:
                self.fetched(self._selected_text())
            case _:
                self._choose_file(self)

    def _emit_changed(self) -> None:
        if not self._silent:
            self.changed.emit()

    def _fit(self) -> None:
        lines = min(max(self._edit.document().lineCount(), 2), _MAX_VISIBLE_LINES)
        self._frame.set_lines(lines)

    def _restyle(self) -> None:
        self.column.setSpacing(self._appearance.theme.length("xs"))
        self._buttons.setSpacing(self._appearance.theme.length("s"))
        self._fit()

    def _retranslate(self) -> None:
        labels = {
            VariableKind.CLIPBOARD: self.tr("Paste"),
            VariableKind.SELECTION: self.tr("Use selection"),
            VariableKind.FILE: self.tr("Choose a file…"),
        }
        self._fetch.setText(self.tr("Stop") if self._stop else labels.get(self.variable.kind, ""))
        self._clear.setText(self.tr("Clear"))
        count = QLocale().toString(len(self._full_text))
        note = self.tr("{count} characters. Only the beginning is shown, but the full text is sent.").format(
            count=count
        )
        if not self._full_text:
            note = ""
        if self._stop:
            note = f"{plain_line(self._file.name)} · {reading_note(self._file)}"
        self._note.setVisible(bool(note))
        self._note.set_text(note)


class _Edit(QPlainTextEdit):
    """Text editor. If pasted text is too long for it, `long_text_pasted` carries the resulting full text."""

    long_text_pasted = Signal(str)

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text()
        if len(text) <= _MAX_LINE_LENGTH:
            super().insertFromMimeData(source)
            return
        cursor, full_text = self.textCursor(), self.toPlainText()
        self.long_text_pasted.emit(
            cut(full_text, 0, cursor.selectionStart()) + text + cut(full_text, cursor.selectionEnd())
        )
