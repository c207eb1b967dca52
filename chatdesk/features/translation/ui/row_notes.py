"""Notes below the result of a row: its status, its problems, and buttons for possible actions."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label


@dataclass(frozen=True, slots=True)
class Note:
    """Sentence with an icon and its colour. `action` is the label of its button; `action_id` is the requested action."""

    text: str
    icon: str = "triangle-alert"
    color: str = "warning"
    action: str = ""
    action_id: str = ""


class _Line(QWidget):
    """Widget for one note."""

    acted = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._action_id = ""
        self._icon = IconLabel(appearance, "info", "textSecondary", self, size="icon.small")
        self._text_label = Label(appearance, "caption", "textSecondary", self, wrap=True)
        self.button = Button(appearance, "", ButtonKind.PLAIN, self, small=True, ink="accentText")
        self.button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.button.clicked.connect(lambda: self.acted.emit(self._action_id))

    def show_note(self, note: Note) -> None:
        self._icon.set_icon(note.icon, note.color)
        self._text_label.set_text(note.text)
        self._action_id = note.action_id
        self.button.setText(note.action)
        self.button.setAccessibleDescription(note.text)
        self.button.setVisible(bool(note.action))

    def lay_out(self, width: int) -> int:
        """Lay out the parts and return the height."""
        theme = self._appearance.theme
        icon, gap = theme.length("icon.small"), theme.length("xs")
        button = self.button.sizeHint() if not self.button.isHidden() else None
        left = icon + gap
        beside = button.width() + gap if button else 0
        text_width = max(width - left - beside, theme.length("section"))
        height = self._text_label.heightForWidth(text_width)
        whole = max(height, button.height() if button else theme.line("caption"))
        line = theme.line("caption")
        self._icon.setGeometry(0, (whole - height) // 2 + (line - icon) // 2, icon, icon)
        self._text_label.setGeometry(left, (whole - height) // 2, text_width, height)
        if button:
            # The button directly follows a short text.
            used = (
                min(text_width, self._text_label.fontMetrics().horizontalAdvance(self._text_label.text()))
                if height <= line
                else text_width
            )
            self.button.setGeometry(left + used + gap, (whole - button.height()) // 2, button.width(), button.height())
        return whole


class RowNotes(QWidget):
    """Notes of one row. Widgets are created on demand and reused."""

    acted = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._lines: list[_Line] = []
        self._notes: tuple[Note, ...] = ()

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show the notes below each other."""
        notes = tuple(notes)
        if notes == self._notes:
            return
        self._notes = notes
        while len(self._lines) < len(notes):
            line = _Line(self._appearance, self)
            line.acted.connect(self.acted)
            self._lines.append(line)
        for number, line in enumerate(self._lines):
            shown = number < len(notes)
            if shown:
                line.show_note(notes[number])
            line.setVisible(shown)

    def text(self) -> str:
        """Return the text of all notes for screen readers."""
        return " ".join(note.text for note in self._notes)

    def buttons(self) -> list[Button]:
        """Return the visible buttons from top to bottom."""
        shown = self._lines[: len(self._notes)]
        return [line.button for line in shown if not line.button.isHidden()]

    def lay_out(self, width: int) -> int:
        """Lay out the notes and return the height."""
        top = 0
        for line in self._lines[: len(self._notes)]:
            height = line.lay_out(width)
            line.setGeometry(0, top, width, height)
            top += height
        return top
