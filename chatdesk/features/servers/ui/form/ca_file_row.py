"""The row of the file of authorities that are believed for a server besides the system's."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button


class AuthoritiesRow(FormRow):
    """A path can be typed or chosen. There is no way to believe everybody."""

    edited = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        both = QWidget()
        self._path = TextField(appearance, "", both, mono=True)
        self._path.edit.setObjectName("serverAuthorities")
        self._choose = Button(appearance, "")
        self._choose.setObjectName("chooseAuthorities")
        self._inside = QHBoxLayout(both)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.addWidget(self._path, 1)
        self._inside.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignTop)
        super().__init__(appearance, both, parent)
        self._inside.setSpacing(appearance.theme.length("s"))
        self._path.changed.connect(self.edited)
        self._choose.clicked.connect(self._ask)
        self._retranslate()

    def text(self) -> str:
        """Return the path as it was typed."""
        return self._path.text().strip()

    def set_text(self, path: str) -> None:
        """Show what is saved."""
        self._path.set_text(path)

    def set_file_problem(self, sentence: str) -> None:
        """Say what is wrong with the file; nothing if it is empty."""
        self._path.set_error(sentence)

    def focus_field(self) -> None:
        """Go to the path."""
        self._path.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - start-up time: PySide makes a class when it is asked for

        begin = Path(self.text()).parent if self.text() else Path.home()
        dialog = QFileDialog(self, self.tr("Choose a CA file"), str(begin))
        dialog.setObjectName("authoritiesDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        certificates, all_files = self.tr("Certificates"), self.tr("All files")
        dialog.setNameFilters([f"{certificates} (*.pem *.crt *.cer)", f"{all_files} (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._path.set_text)
        dialog.open()

    def _retranslate(self) -> None:
        self.set_words(
            self.tr("CA file"),
            self.tr("Certificate authorities to trust for this server besides the system's, as a PEM file."),
        )
        self._path.set_name(self.tr("CA file"))
        self._path.set_placeholder(self.tr("Only the system's"))
        self._choose.setText(self.tr("Choose…"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
