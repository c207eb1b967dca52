"""Row for a server's extra headers. Values are masked while typing, and never shown after saving, since any may be a key."""

import re
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from chatdesk.features.servers.services.server_secrets import SecretLocation
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.server import Header
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.lines_edit import LinesEdit
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.icon_button import IconButton

# Extra request headers as text, "Name: value" on one line each, and parsing. For saved values, only their existence is shown.

SAVED_VALUE = "•••"
"""Placeholder for a saved value. It cannot be confused with a value, because values are plain ASCII."""
_LINE = re.compile(r"\s*([A-Za-z0-9!#$%&'*+.^_`|~-]+)\s*:\s*([\t\x20-\x7e]*?|•+)\s*")
"""RFC 9110, section 5: a name is a token; values are limited to plain ASCII."""


@dataclass(frozen=True, slots=True)
class HeaderLines:
    """Result of parsing. `wrong_line` is the first invalid line; empty if there is none."""

    headers: tuple[Header, ...] = ()
    wrong_line: str = ""


def name_and_value(line: str) -> tuple[str, str]:
    """Return the name and the value of a line; two empty texts for an invalid line."""
    match = _LINE.fullmatch(line)
    return (match[1], match[2]) if match else ("", "")


def parse_header_lines(text: str, stored: Iterable[Header] = ()) -> HeaderLines:
    """Return the headers in a text. Empty lines are ignored, and the last of equal names applies. `stored` are those with saved values."""
    saved = {header.name.lower(): header for header in stored}
    headers: dict[str, Header] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        name, value = name_and_value(line)
        is_saved = value.startswith("•")
        if not name or (is_saved and name.lower() not in saved):
            return HeaderLines(wrong_line=line.strip())
        headers.pop(name.lower(), None)
        headers[name.lower()] = saved[name.lower()] if is_saved else Header(name, value)
    return HeaderLines(tuple(headers.values()))


def header_text(headers: Iterable[Header]) -> str:
    """Return the headers of a saved server as lines."""
    return "\n".join(f"{header.name}: {SAVED_VALUE}" for header in headers)


# Masks the values of headers during input: only the current line is readable, or all of them on request.
# Masked values exist only in this object until they are shown again, neither in the document nor in its undo history.


class HeaderMask(QObject):
    """Masks the lines of `edit` other than the current one. Repeated names are not masked, since their lines are indistinguishable."""

    changed = Signal()
    """`has_values` may have changed."""

    def __init__(self, edit: QPlainTextEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._values: dict[str, str] = {}
        """Masked values by lower-case name."""
        self._shown = False
        self._current_line = -1
        edit.installEventFilter(self)
        edit.cursorPositionChanged.connect(self._follow)

    @property
    def has_values(self) -> bool:
        """Whether there are unsaved values, masked or not."""
        return any(self._has_value(block) for block in self._blocks())

    @property
    def shown(self) -> bool:
        """Whether all values are readable."""
        return self._shown

    def set_shown(self, *, shown: bool) -> None:
        """Show all values, or only the current line."""
        self._shown = shown
        self._apply()

    def text(self) -> str:
        """Return the text including the masked values."""
        return "\n".join(self._unmasked(block.text()) for block in self._blocks())

    def forget(self) -> None:
        """Discard the typed values after saving or cancelling."""
        self._values.clear()
        self._shown = False
        self._edit.document().clearUndoRedoStacks()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Mask the current line when the focus leaves the field."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self._current_line = -1
            self._apply()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        line = self._edit.textCursor().blockNumber()
        if line != self._current_line and self._edit.hasFocus():
            self._current_line = line
            self._apply()

    def _apply(self) -> None:
        names = [name.lower() for block in self._blocks() if (name := name_and_value(block.text())[0])]
        here = self._edit.textCursor().blockNumber() if self._edit.hasFocus() else -1
        was_blocked = self._edit.blockSignals(True)  # the unmasked text does not change
        for block in self._blocks():
            name, value = name_and_value(block.text())
            if not name or names.count(name.lower()) > 1:
                continue
            hidden = value.startswith("•")
            if self._shown or block.blockNumber() == here:
                if hidden and name.lower() in self._values:
                    self._write(block, self._values.pop(name.lower()))
            elif value and not hidden:
                self._values[name.lower()] = value
                self._write(block, SAVED_VALUE)
        self._edit.blockSignals(was_blocked)
        self.changed.emit()

    def _write(self, block: QTextBlock, value: str) -> None:
        """Replace the value of a line. The cursor stays in its line, and the undo history is cleared."""
        cursor = QTextCursor(block)
        start = block.text().index(":") + 1
        cursor.setPosition(block.position() + start)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(f" {value}")
        self._edit.document().clearUndoRedoStacks()

    def _unmasked(self, line: str) -> str:
        name, value = name_and_value(line)
        hidden = self._values.get(name.lower()) if value.startswith("•") else None
        return line if hidden is None else f"{name}: {hidden}"

    def _has_value(self, block: QTextBlock) -> bool:
        name, value = name_and_value(self._unmasked(block.text()))
        return bool(name and value) and not value.startswith("•")

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self._edit.document().firstBlock()
        while block.isValid():
            yield block
            block = block.next()


class HeadersRow(Translated, FormRow):
    """Headers row. Errors are shown when it is saved."""

    edited = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        self._field = LinesEdit(appearance)
        self._field.edit.setObjectName("serverHeaders")
        self._field.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self._mask = HeaderMask(self._field.edit)
        self._show = IconButton(appearance, "eye")
        self._show.setCheckable(True)
        self._show.setObjectName("showHeaders")
        both = QWidget()
        beside = QHBoxLayout(both)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(appearance.theme.length("s"))
        beside.addWidget(self._field, 1)
        beside.addWidget(self._show, 0, Qt.AlignmentFlag.AlignTop)
        both.setFocusProxy(self._field)
        super().__init__(appearance, both, parent)
        self._show.clicked.connect(lambda shown: self._mask.set_shown(shown=shown))
        self._mask.changed.connect(self._update_show_button)
        self._saved: tuple[Header, ...] = ()
        self._location: SecretLocation | None = None
        self._moved = False
        self._has_stale_secrets = False
        self._field.edit.textChanged.connect(self._on_edited)
        self._retranslate()

    def text(self) -> str:
        return self._mask.text()

    def show_saved(self, headers: tuple[Header, ...]) -> None:
        """Show the saved headers, and discard the input including the undo history."""
        self._saved = headers
        self._moved = False
        self.set_saved_elsewhere(None)
        self._mask.forget()
        self._field.set_text(header_text(headers))
        self._field.edit.document().clearUndoRedoStacks()
        self._show_text()

    def follow(self, before: str, headers: tuple[Header, ...]) -> None:
        """Show newly saved headers if the field contains `before`; otherwise the input stays."""
        if self.text() == before:
            self.show_saved(headers)
            return
        self._saved = headers
        if header_text(headers) != before:
            self.set_saved_elsewhere(", ".join(header.name for header in headers))
        self._show_text()

    def set_location(self, location: SecretLocation | None) -> None:
        """Show where the values are stored."""
        self._location = location
        self._show_text()

    def set_stale_secrets(self, *, left: bool) -> None:
        """Show whether the keyring still contains a removed secret of a header or the proxy."""
        self._has_stale_secrets = left
        self._show_text()

    def set_moved(self, *, moved: bool) -> None:
        """Show whether the form has another address than the one the values belong to."""
        self._moved = moved
        self._show_text()

    def clear_problem(self) -> None:
        """Remove the error message."""
        self.set_problem("")
        self._field.set_invalid(invalid=False)

    def check(self) -> bool:
        """Show and focus an error; return whether there is none."""
        wrong_line = parse_header_lines(self.text(), self._saved).wrong_line
        if not wrong_line:
            return True
        name, colon, value = wrong_line.partition(":")
        shown = f"{name}: …" if colon and value.strip("• ") else wrong_line
        self.show_problem(self.tr("Use the form “Name: value” instead of “{line}”.").format(line=shown))
        return False

    def show_problem(self, text: str) -> None:
        """Show an error, and focus the field."""
        self.set_problem(text)
        self._field.set_invalid(invalid=True)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self) -> None:
        self._update_show_button()
        self._show_text()
        self.edited.emit()

    def _update_show_button(self) -> None:
        self._show.setVisible(self._mask.has_values)
        self._show.setChecked(self._mask.shown)

    def _show_text(self) -> None:
        hint = self.tr("One per line. Values are stored only in the system keyring, like API keys.")
        warning = ""
        if self._saved and self._location is SecretLocation.THIS_RUN:
            hint = self.tr("No system keyring was found. The values are kept only until you quit Chatdesk.")
        elif self._saved and self._location is SecretLocation.FILE:
            warning = self.tr(
                "An earlier version saved the values in a file, and they could not be moved to the system keyring "
                "yet. They still work. Chatdesk tries again the next time it starts."
            )
        if self._has_stale_secrets:
            warning = self.tr(
                "A value that you removed could not be deleted from the system keyring. It is no longer sent. "
                "Chatdesk tries again the next time it starts."
            )
        if self._moved and SAVED_VALUE in self.text():
            warning = self.tr("The saved values belong to the old address. Enter them again to use them here.")
        self.set_labels(self.tr("Headers"), hint)
        self.set_warning(warning)

    def _retranslate(self) -> None:
        self._field.edit.setAccessibleName(self.tr("Extra headers"))
        self._field.edit.setPlaceholderText(self.tr("Name: value"))
        self._show.set_name(self.tr("Show values"))
        self._show_text()
