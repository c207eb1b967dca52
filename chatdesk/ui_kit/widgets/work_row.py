"""How far something is that takes its time, and the button that ends it."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import ProgressBar


class WorkRow(QWidget):
    """`show_work` before, `set_share` while it goes on."""

    cancelled = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = ""
        self._words = Label(appearance, "ui", "text", self)
        self._bar = ProgressBar(appearance, parent=self)
        self._cancel = Button(appearance, "", ButtonKind.OUTLINED, self)
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.cancelled)
        words = QVBoxLayout()
        words.setSpacing(appearance.theme.length("s"))
        words.addWidget(self._words)
        words.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(appearance.theme.length("l"))
        row.addLayout(words, 1)
        row.addWidget(self._cancel)
        self._retranslate()

    def show_work(self, words: str) -> None:
        """Say what begins; how far it is, is not known yet."""
        self._work = words
        self._bar.setAccessibleName(words)
        self.set_share(0.0)
        self.show()
        self._cancel.setFocus()

    def set_share(self, share: float) -> None:
        """Show how much is done, from 0 to 1."""
        percent = self.tr("{percent}%").format(percent=round(share * 100)) if share else ""
        self._words.set_text(" ".join(part for part in (self._work, percent) if part))
        self._bar.set_fraction(share)

    def _retranslate(self) -> None:
        self._cancel.setText(self.tr("Cancel"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
