"""The rows of what a person writes down of a server: names of its models, or of its deployments, and the version of its API."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.kernel.servers.server import Protocol, Vendor
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.lines_edit import LinesEdit
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance

WRITTEN_ONLY = "written_models_only"
"""Quirk of a vendor: only names that are written down can be asked."""


class NamesRow(QWidget):
    """Each row is there for whom it concerns only."""

    edited = Signal()

    def __init__(self, appearance: Appearance, vendor: Vendor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._are_deployments = WRITTEN_ONLY in vendor.quirks
        self._names = LinesEdit(appearance, lines=2)
        self._names.edit.setObjectName("serverModels")
        self._names_row = FormRow(appearance, self._names)
        self._version = TextField(appearance, "", mono=True, placeholder=vendor.api_version)
        self._version.edit.setObjectName("serverApiVersion")
        self._version_row = FormRow(appearance, self._version)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(appearance.theme.length("m"))
        self._column.addWidget(self._names_row)
        self._column.addWidget(self._version_row)
        self._names_row.setVisible(vendor.protocol is Protocol.OPENAI)
        self._version_row.setVisible(bool(vendor.api_version))
        self._names.edit.textChanged.connect(self.edited)
        self._version.changed.connect(self.edited)
        self._retranslate()

    def names(self) -> str:
        """Return the names as they were typed, one a line."""
        return self._names.text()

    def version(self) -> str:
        """Return the version that was typed; empty for the usual one."""
        return self._version.text().strip()

    def show_values(self, names: str, version: str) -> None:
        """Show what is saved."""
        self._names.set_text(names)
        self._version.set_text(version)

    def follow(self, before: tuple[str, str], now: tuple[str, str]) -> None:
        """Show names and version that were saved elsewhere, where what stands there was `before`."""
        if (self._names.text(), self._version.text()) == before:
            self.show_values(*now)

    def clear_problem(self) -> None:
        """Say nothing of what was wrong."""
        self._names_row.set_problem("")
        self._names.set_invalid(invalid=False)

    def check(self) -> bool:
        """Say what is missing, and return whether nothing is."""
        if self._names.text().strip() or not self._are_deployments:
            return True
        self._names_row.set_problem(self.tr("Write down at least one: the server does not list them."))
        self._names.set_invalid(invalid=True)
        self._names.go_to_line(0)
        return False

    def _retranslate(self) -> None:
        if self._are_deployments:
            label, hint = self.tr("Deployments"), self.tr("The names of your deployments, one per line.")
        else:
            label, hint = self.tr("Models"), self.tr("One name per line, if the server does not list them itself.")
        self._names.edit.setAccessibleName(label)
        self._names_row.set_words(label, hint)
        self._version.set_name(self.tr("API version"))
        self._version_row.set_words(self.tr("API version"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
