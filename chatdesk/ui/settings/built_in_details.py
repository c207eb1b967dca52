"""What is said of the built-in model: there is nothing to set."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.ui.settings.result_strip import ResultStrip
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.button import Button
from chatdesk.ui.theme.label import Label


class BuiltInDetails(QWidget):
    """Its model, when it runs, and a test of whether it could."""

    test_requested = Signal()
    test_cancelled = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._model = Label(appearance, "ui", "text", wrap=True)
        self._about = Label(appearance, "ui", "textSecondary", wrap=True)
        self._test = Button(appearance, "")
        self._test.setObjectName("testServer")
        self.result = ResultStrip(appearance, self._test, self)
        """What a test found."""
        self.result.test_requested.connect(self.test_requested)
        self.result.cancelled.connect(self.test_cancelled)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for part in (self._model, self._about, self.result, self._test):
            self._layout.addWidget(part)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    def set_model(self, facts: str) -> None:
        """Show the model's name and size; nothing if it is not known."""
        self._model.set_text(facts)
        self._model.setVisible(bool(facts))

    def _restyle(self) -> None:
        self._layout.setSpacing(self._appearance.theme.length("m"))

    def _retranslate(self) -> None:
        self._about.set_text(
            self.tr(
                "It starts when a chat needs it and ends with Chatdesk. It is small: good for a first try, short answers in"
                " English. Nothing leaves this computer."
            )
        )
        self._test.setText(self.tr("Test"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
