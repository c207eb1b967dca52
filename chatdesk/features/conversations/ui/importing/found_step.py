"""First step of the import: the programs whose data are on this computer, and a place for files; and how to export from a program."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.conversations.importing.foreign_chat import Program
from chatdesk.features.conversations.services.files.program_data import Access, ProgramData
from chatdesk.features.conversations.ui.importing.drop_target import ImportDropTarget
from chatdesk.features.conversations.ui.importing.import_texts import export_steps, known_formats, program_name
from chatdesk.ui_kit.forms.rows import ActionRow, RowCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.label import Label

_ICONS = {Access.READABLE: "message-square", Access.RUNNING: "layers", Access.EXPORT: "hard-drive"}


class FoundStep(Translated, QWidget):
    """The first step. Nothing is read before one of its signals."""

    look_requested = Signal(ProgramData)
    check_requested = Signal()
    """Look again which programs are running."""
    help_requested = Signal(object)
    """Show how to export from this `Program`."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._rows: list[tuple[ActionRow, Button, ProgramData]] = []
        self._promise = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._found_heading = Label(appearance, "label", "text", self)
        self._card = RowCard(appearance, self, fill="page")
        self._file_heading = Label(appearance, "label", "text", self)
        self.drop_target = ImportDropTarget(appearance, self)
        self._formats = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (
            self._promise,
            self._found_heading,
            self._card,
            self._file_heading,
            self.drop_target,
            self._formats,
        ):
            self._column.addWidget(part)
        self.show_found(())
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def first_button(self) -> QWidget:
        """The button that takes the focus first."""
        return self._rows[0][1] if self._rows else self.drop_target.first_button

    def show_found(self, found: Sequence[ProgramData]) -> None:
        """Show the programs that are here."""
        focused = next((data.program for _, button, data in self._rows if button.hasFocus()), None)
        for row, _, _ in self._rows:
            self._card.remove_row(row)
        self._rows = []
        for data in found:
            row = ActionRow(self._appearance, "foundProgram", icon=_ICONS[data.access])
            button = row.add_button(f"found_{data.program}", "", partial(self._choose, data))
            if data.access is Access.RUNNING:
                button.set_icon("refresh-cw")
            elif data.access is Access.EXPORT:
                button.set_icon("circle-question-mark")
                button.set_kind(ButtonKind.PLAIN)
            self._card.add_row(row)
            self._rows.append((row, button, data))
            if data.program is focused:
                button.setFocus()
        for part in (self._found_heading, self._card, self._file_heading):
            part.setVisible(bool(found))
        self._retranslate()

    def _choose(self, data: ProgramData, _checked: bool = False) -> None:
        match data.access:
            case Access.READABLE:
                self.look_requested.emit(data)
            case Access.RUNNING:
                self.check_requested.emit()
            case Access.EXPORT:
                self.help_requested.emit(data.program)

    def _restyle(self) -> None:
        self._column.setSpacing(self._appearance.theme.length("m"))

    def _retranslate(self) -> None:
        self._promise.set_text(self.tr("Nothing is read before you choose, and nothing leaves this computer."))
        self._found_heading.set_text(self.tr("Found on this computer"))
        self._file_heading.set_text(self.tr("From a file or folder"))
        self._formats.set_text(known_formats())
        for row, button, data in self._rows:
            name = program_name(data.program)
            state, action = self._texts(data)
            row.set_texts(name, state)
            button.setText(action)
            button.setAccessibleName(f"{action}: {name}")

    def _texts(self, data: ProgramData) -> tuple[str, str]:
        name = program_name(data.program)
        match data.access:
            case Access.READABLE:
                return self.tr("Its chats are here"), self.tr("Look inside")
            case Access.RUNNING if data.program is Program.CHERRY_STUDIO:
                return self.tr("It is running. Quit it, or make a backup in it."), self.tr("Check again")
            case Access.RUNNING:
                return self.tr("It is running. Quit it first."), self.tr("Check again")
            case Access.EXPORT:
                text = self.tr("Only {program} can read what it keeps. Export in it first.")
                return text.format(program=name), self.tr("How to export")


class ExportHelp(Translated, QWidget):
    """How to export from a program, with a place for the file."""

    def __init__(self, appearance: Appearance, program: Program, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._program = program
        self._steps = [Label(appearance, "ui", "text", self, wrap=True) for _ in export_steps(program)]
        self.drop_target = ImportDropTarget(appearance, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (*self._steps, self.drop_target):
            self._column.addWidget(part)
        appearance.bind(self._restyle)
        self._retranslate()

    def _restyle(self) -> None:
        self._column.setSpacing(self._appearance.theme.length("m"))

    def _retranslate(self) -> None:
        for number, (label, text) in enumerate(zip(self._steps, export_steps(self._program), strict=True), 1):
            label.set_text(f"{number}. {text}")
