"""The field of a file that an application wants: chosen, sent there, and then known by its name."""

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.domain.application import SentFile
from chatdesk.domain.presets.variable import Upload, Variable
from chatdesk.ui.plain_line import plain_line
from chatdesk.ui.presets.variable_field import VariableField
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.button import Button
from chatdesk.ui.theme.button_kind import ButtonKind
from chatdesk.ui.theme.icon_button import IconButton, IconButtonSize
from chatdesk.ui.theme.label import Label


class UploadField(VariableField):
    """`choose` asks the person for a file, has it sent, and fills in where it is: the text of a `SentFile`."""

    def __init__(
        self, appearance: Appearance, variable: Variable, parent: QWidget, choose: Callable[["UploadField"], None]
    ) -> None:
        self._button = Button(appearance, "", ButtonKind.OUTLINED, icon="paperclip")
        super().__init__(variable, self._button, parent)
        self._file: SentFile | None = None
        self._is_sending = False
        self.column.removeWidget(self._button)
        self._name = Label(appearance, "ui", "text", self, elide=True)
        self._remove = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._remove.setObjectName(f"remove_{variable.name}")
        self._remove.clicked.connect(self._take_off)
        self._button.clicked.connect(lambda: choose(self))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(appearance.theme.length("s"))
        row.addWidget(self._button)
        row.addWidget(self._name, 1)
        row.addWidget(self._remove)
        self.column.addLayout(row)
        self._show()

    @property
    def upload(self) -> Upload:
        """What may be sent."""
        assert self.variable.upload is not None  # noqa: S101 - it is made for those only
        return self.variable.upload

    def value(self) -> str:
        """Return where the file is; nothing without one."""
        return self._file.as_text() if self._file else ""

    def set_value(self, value: str) -> None:
        """Show the file that this value tells of."""
        self._file = SentFile.from_text(value)
        self._show()

    def set_sending(self, *, sending: bool) -> None:
        """Say that the file is on its way."""
        self._is_sending = sending
        self._show()

    def _take_off(self) -> None:
        self._file = None
        self._show()
        self._button.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        name = plain_line(self._file.name) if self._file else ""
        self._button.setText(self.tr("Choose another…") if self._file else self.tr("Choose a file…"))
        self._button.setAccessibleName(f"{plain_line(self.variable.title)}: {self._button.text()}")
        self._button.setEnabled(not self._is_sending)
        self._name.set_text(self.tr("Sending…") if self._is_sending else name)
        self._remove.set_name(self.tr("Take {name} off").format(name=name))
        self._remove.setVisible(bool(self._file) and not self._is_sending)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)
