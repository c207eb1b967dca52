"""The row of a server's time-outs: how long it may take to connect, and how long it may keep silent. In seconds."""

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from chatdesk.features.servers.ui.form.advanced_draft import WrongSeconds, seconds_of
from chatdesk.kernel.servers.server_connection import CONNECT_SECONDS, SILENCE_SECONDS
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label

_FIELD_WIDTH = 96  # px at 100 %


class PatienceRow(FormRow):
    """An empty field leaves it to the program."""

    edited = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        both = QWidget()
        self._connect = TextField(appearance, "", both)
        self._connect.edit.setObjectName("serverConnectSeconds")
        self._silence = TextField(appearance, "", both)
        self._silence.edit.setObjectName("serverSilenceSeconds")
        self._connect_unit, self._silence_unit = (Label(appearance, "ui", "textSecondary", wrap=True) for _ in range(2))
        self._grid = QGridLayout(both)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for line, (field, unit) in enumerate(
            ((self._connect, self._connect_unit), (self._silence, self._silence_unit))
        ):
            field.edit.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
            unit.setBuddy(field)
            self._grid.addWidget(field, line, 0)
            self._grid.addWidget(unit, line, 1)
        self._grid.setColumnStretch(1, 1)
        super().__init__(appearance, both, parent)
        self._connect.changed.connect(self.edited)
        self._silence.changed.connect(self.edited)
        appearance.changed.connect(self._resize)
        self._resize()
        self._retranslate()

    def texts(self) -> tuple[str, str]:
        """Return what was typed: to connect, to keep silent."""
        return self._connect.text().strip(), self._silence.text().strip()

    def set_texts(self, connect: str, silence: str) -> None:
        """Show what is saved."""
        self._connect.set_text(connect)
        self._silence.set_text(silence)

    def check(self) -> bool:
        """Say what is wrong, and return whether nothing is. Goes to the first field that is wrong."""
        wrong = []
        for field, bounds in ((self._connect, CONNECT_SECONDS), (self._silence, SILENCE_SECONDS)):
            try:
                seconds_of(field.text(), bounds)
            except WrongSeconds:
                wrong.append((field, bounds))
        if wrong:
            field, bounds = wrong[0]
            least, most = map(QLocale().toString, bounds)
            self.set_problem(self.tr("Seconds from {least} to {most}, or nothing.").format(least=least, most=most))
            field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def _resize(self) -> None:
        theme = self._appearance.theme
        for field in (self._connect, self._silence):
            field.setFixedWidth(round(_FIELD_WIDTH * theme.scale))
        self._grid.setHorizontalSpacing(theme.length("s"))
        self._grid.setVerticalSpacing(theme.length("xs"))

    def _retranslate(self) -> None:
        self.set_words(
            self.tr("Time-outs"), self.tr("A large model may keep silent for minutes before its first word.")
        )
        self._connect_unit.set_text(self.tr("s to connect"))
        self._silence_unit.set_text(self.tr("s without a word"))
        self._connect.set_name(self.tr("Seconds to connect"))
        self._silence.set_name(self.tr("Seconds without a word"))
        for field in (self._connect, self._silence):
            field.set_placeholder(self.tr("usual"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
