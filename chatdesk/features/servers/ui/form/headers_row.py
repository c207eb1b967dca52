"""The row of a server's extra headers: hidden while they are typed, and once saved never shown again, for any of them may be a key."""

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

# Extra request headers as the user writes them, "Name: value", one a line, and back: of values that are kept,
# only that they are.

KEPT = "•••"
"""Stands for a value that is kept. No value can be it: they are plain ASCII."""
_LINE = re.compile(r"\s*([A-Za-z0-9!#$%&'*+.^_`|~-]+)\s*:\s*([\t\x20-\x7e]*?|•+)\s*")
"""RFC 9110, section 5: a name is a token; we take values of plain ASCII only."""


@dataclass(frozen=True, slots=True)
class HeaderLines:
    """`wrong_line` is the first one that is no header; empty if all are."""

    headers: tuple[Header, ...] = ()
    wrong_line: str = ""


def name_and_value(line: str) -> tuple[str, str]:
    """Return what a line names and what that is; two empty texts for a line that is no header."""
    match = _LINE.fullmatch(line)
    return (match[1], match[2]) if match else ("", "")


def parse_header_lines(text: str, kept: Iterable[Header] = ()) -> HeaderLines:
    """Return the headers in a text; empty lines do not count, and of two with one name the last. `kept` are those whose values are."""
    saved = {header.name.lower(): header for header in kept}
    headers: dict[str, Header] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        name, value = name_and_value(line)
        is_kept = value.startswith("•")
        if not name or (is_kept and name.lower() not in saved):
            return HeaderLines(wrong_line=line.strip())
        headers.pop(name.lower(), None)
        headers[name.lower()] = saved[name.lower()] if is_kept else Header(name, value)
    return HeaderLines(tuple(headers.values()))


def header_text(headers: Iterable[Header]) -> str:
    """Return the headers of a saved server as lines."""
    return "\n".join(f"{header.name}: {KEPT}" for header in headers)


# Hides the values of headers while they are typed: only the line one is at can be read, and all of them on
# demand.
#
# What is hidden stays here until the field is shown again, and nowhere else: not in the document, nor in its
# undo history.


class HeaderMask(QObject):
    """Follows where the keyboard is in `edit`. A name that stands twice is left as it is: its lines could not be told apart."""

    changed = Signal()
    """Whether there is anything to show may be otherwise now."""

    def __init__(self, edit: QPlainTextEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._values: dict[str, str] = {}
        """What was typed and is hidden, by name in small letters."""
        self._shown = False
        self._at = -1
        edit.installEventFilter(self)
        edit.cursorPositionChanged.connect(self._follow)

    @property
    def has_values(self) -> bool:
        """Whether a value was typed that is not saved, hidden or not."""
        return any(self._typed(block) for block in self._blocks())

    @property
    def shown(self) -> bool:
        """Whether all of them can be read."""
        return self._shown

    def set_shown(self, *, shown: bool) -> None:
        """Let all of them be read, or only the line one is at."""
        self._shown = shown
        self._apply()

    def text(self) -> str:
        """Return what stands in the field with what is hidden in it."""
        return "\n".join(self._whole(block.text()) for block in self._blocks())

    def forget(self) -> None:
        """Forget what was typed: it is saved, or given up."""
        self._values.clear()
        self._shown = False
        self._edit.document().clearUndoRedoStacks()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide the line one was at when the keyboard goes elsewhere."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self._at = -1
            self._apply()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        line = self._edit.textCursor().blockNumber()
        if line != self._at and self._edit.hasFocus():
            self._at = line
            self._apply()

    def _apply(self) -> None:
        names = [name.lower() for block in self._blocks() if (name := name_and_value(block.text())[0])]
        here = self._edit.textCursor().blockNumber() if self._edit.hasFocus() else -1
        was_blocked = self._edit.blockSignals(True)  # what is typed is the same
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
                self._write(block, KEPT)
        self._edit.blockSignals(was_blocked)
        self.changed.emit()

    def _write(self, block: QTextBlock, value: str) -> None:
        """Put a value in the place of the one in a line. The cursor stays in its line, and nothing can be undone."""
        cursor = QTextCursor(block)
        start = block.text().index(":") + 1
        cursor.setPosition(block.position() + start)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(f" {value}")
        self._edit.document().clearUndoRedoStacks()

    def _whole(self, line: str) -> str:
        name, value = name_and_value(line)
        hidden = self._values.get(name.lower()) if value.startswith("•") else None
        return line if hidden is None else f"{name}: {hidden}"

    def _typed(self, block: QTextBlock) -> bool:
        name, value = name_and_value(self._whole(block.text()))
        return bool(name and value) and not value.startswith("•")

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self._edit.document().firstBlock()
        while block.isValid():
            yield block
            block = block.next()


class HeadersRow(Translated, FormRow):
    """What is wrong is said when it is to be saved."""

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
        self._mask.changed.connect(self._offer_to_show)
        self._kept: tuple[Header, ...] = ()
        self._place: SecretLocation | None = None
        self._moved = False
        self._left = False
        self._field.edit.textChanged.connect(self._on_edited)
        self._retranslate()

    def text(self) -> str:
        return self._mask.text()

    def show_saved(self, headers: tuple[Header, ...]) -> None:
        """Show which headers are saved, and forget what was typed, the undo history too."""
        self._kept = headers
        self._moved = False
        self.set_saved_elsewhere(None)
        self._mask.forget()
        self._field.set_text(header_text(headers))
        self._field.edit.document().clearUndoRedoStacks()
        self._show_text()

    def follow(self, before: str, headers: tuple[Header, ...]) -> None:
        """Show which headers are saved now, where what stands there was `before`; what was typed stays."""
        if self.text() == before:
            self.show_saved(headers)
            return
        self._kept = headers
        if header_text(headers) != before:
            self.set_saved_elsewhere(", ".join(header.name for header in headers))
        self._show_text()

    def set_place(self, place: SecretLocation | None) -> None:
        """Say where the values are."""
        self._place = place
        self._show_text()

    def set_left_behind(self, *, left: bool) -> None:
        """Say whether the keyring still has a secret, of a header or of the proxy, that the server has no longer."""
        self._left = left
        self._show_text()

    def set_moved(self, *, moved: bool) -> None:
        """Say whether the form has another address than the values belong to."""
        self._moved = moved
        self._show_text()

    def clear_problem(self) -> None:
        """Say nothing of what was wrong."""
        self.set_problem("")
        self._field.set_invalid(invalid=False)

    def check(self) -> bool:
        """Say what is wrong, go there, and return whether nothing is."""
        wrong_line = parse_header_lines(self.text(), self._kept).wrong_line
        if not wrong_line:
            return True
        name, colon, value = wrong_line.partition(":")
        shown = f"{name}: …" if colon and value.strip("• ") else wrong_line
        self.show_problem(self.tr("Use the form “Name: value” instead of “{line}”.").format(line=shown))
        return False

    def show_problem(self, words: str) -> None:
        """Say what is wrong, and go there."""
        self.set_problem(words)
        self._field.set_invalid(invalid=True)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self) -> None:
        self._offer_to_show()
        self._show_text()
        self.edited.emit()

    def _offer_to_show(self) -> None:
        self._show.setVisible(self._mask.has_values)
        self._show.setChecked(self._mask.shown)

    def _show_text(self) -> None:
        hint = self.tr("One per line. Values are stored only in the system keyring, like API keys.")
        warning = ""
        if self._kept and self._place is SecretLocation.THIS_RUN:
            hint = self.tr("No system keyring was found. The values are kept only until you quit Chatdesk.")
        elif self._kept and self._place is SecretLocation.FILE:
            warning = self.tr(
                "An earlier version saved the values in a file, and they could not be moved to the system keyring "
                "yet. They still work. Chatdesk tries again the next time it starts."
            )
        if self._left:
            warning = self.tr(
                "A value that you removed could not be deleted from the system keyring. It is no longer sent. "
                "Chatdesk tries again the next time it starts."
            )
        if self._moved and KEPT in self.text():
            warning = self.tr("The saved values belong to the old address. Enter them again to use them here.")
        self.set_labels(self.tr("Headers"), hint)
        self.set_warning(warning)

    def _retranslate(self) -> None:
        self._field.edit.setAccessibleName(self.tr("Extra headers"))
        self._field.edit.setPlaceholderText(self.tr("Name: value"))
        self._show.set_name(self.tr("Show values"))
        self._show_text()
