"""Form field for files that an application requires: selected, uploaded, and then shown by name."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.presets.ui.use.variable_field import VariableField
from chatdesk.kernel.chat.application import SentFile, files_as_text, sent_files
from chatdesk.kernel.presets.variable import Upload, Variable
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label


class UploadField(Translated, VariableField):
    """`choose` lets the user select files, uploads them, and sets the value, which is the text of the `SentFile`s."""

    submits_with_enter = False

    def __init__(
        self, appearance: Appearance, variable: Variable, parent: QWidget, choose: Callable[["UploadField"], None]
    ) -> None:
        self._button = Button(appearance, "", ButtonKind.OUTLINED, icon="paperclip")
        super().__init__(variable, self._button, parent)
        self._appearance = appearance
        self._files: tuple[SentFile, ...] = ()
        self._is_sending = False
        self._is_over_limit = False
        self.column.removeWidget(self._button)
        self._button.clicked.connect(lambda: choose(self))
        self._state = Label(appearance, "ui", "textSecondary", self, elide=True)
        self._rows = QVBoxLayout()
        self._shown: list[QWidget] = []
        row = QHBoxLayout()
        row.setSpacing(appearance.theme.length("s"))
        row.addWidget(self._button)
        row.addWidget(self._state, 1)
        self.column.addLayout(row)
        self.column.addLayout(self._rows)
        self._show()

    @property
    def upload(self) -> Upload:
        """The upload constraints."""
        assert self.variable.upload is not None  # noqa: S101 - created only for variables with an upload
        return self.variable.upload

    @property
    def remaining_files(self) -> int:
        """The number of files that can be added; 1 for a single file, which is replaced."""
        return self.upload.most - len(self._files) if self.upload.several else 1

    def value(self) -> str:
        """Return the uploaded files as text; empty if there are none."""
        return files_as_text(self._files)

    def set_value(self, value: str) -> None:
        """Show the files of a value."""
        files = sent_files(value)[: self.upload.most]
        if files != self._files:
            self._files = files
            self._show_files()
        self._show()

    def set_sending(self, *, sending: bool) -> None:
        """Show that a file is being uploaded."""
        self._is_sending = sending
        self._show()

    def show_limit(self) -> None:
        """Show that not all selected files were accepted."""
        self._is_over_limit = True
        self._show()

    def _remove(self, file: SentFile) -> None:
        self._files = tuple(each for each in self._files if each != file)
        self._is_over_limit = False
        self._show_files()
        self._show()
        self._button.setFocus()
        self.changed.emit()

    def _show_files(self) -> None:
        for row in self._shown:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._shown = [self._row_of(number, file) for number, file in enumerate(self._files)]
        for row in self._shown:
            self._rows.addWidget(row)

    def _row_of(self, number: int, file: SentFile) -> QWidget:
        row = QWidget(self)
        name = plain_line(file.name)
        remove = IconButton(self._appearance, "x", row, size=IconButtonSize.ROW)
        remove.setObjectName(f"remove_{self.variable.name}" + (f"_{number}" if number else ""))
        remove.set_name(self.tr("Remove {name}").format(name=name))
        remove.clicked.connect(lambda: self._remove(file))
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._appearance.theme.length("s"))
        layout.addWidget(Label(self._appearance, "ui", "text", row, text=name, elide=True), 1)
        layout.addWidget(remove)
        row.show()
        return row

    def _show(self) -> None:
        several, most = self.upload.several, self.upload.most
        alone = self.tr("Choose another…") if self._files else self.tr("Choose a file…")
        label = self.tr("Add files…") if several else alone
        self._button.setText(label)
        self._button.setAccessibleName(f"{plain_line(self.variable.title)}: {label}")
        self._button.setEnabled(not self._is_sending and self.remaining_files > 0)
        count = (
            self.tr("{count} of {most}").format(count=len(self._files), most=most) if several and self._files else ""
        )
        limit = self.tr("Maximum {most} files").format(most=most)
        self._state.set_text(self.tr("Sending…") if self._is_sending else limit if self._is_over_limit else count)

    def _retranslate(self) -> None:
        self._show_files()
        self._show()
