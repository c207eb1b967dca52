"""A progress bar, and a row with a progress bar and a cancel button."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_progress
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.label import Label

# The progress of a job, with a button to cancel it.


class WorkRow(Translated, QWidget):
    """A row for a job. Call `show_work` at its start and `set_share` with each progress."""

    cancelled = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = ""
        self._words = Label(appearance, "ui", "text", self)
        self._bar = ProgressBar(appearance, parent=self)
        self._cancel = Button(appearance, "", ButtonKind.OUTLINED, self)
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.cancelled)
        text = QVBoxLayout()
        text.setSpacing(appearance.theme.length("s"))
        text.addWidget(self._words)
        text.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(appearance.theme.length("l"))
        row.addLayout(text, 1)
        row.addWidget(self._cancel)
        self._retranslate()

    def show_work(self, text: str) -> None:
        """Show the description of a new job, with unknown progress."""
        self._work = text
        self._bar.setAccessibleName(text)
        self.set_share(0.0)
        self.show()
        self._cancel.setFocus()

    def set_share(self, share: float) -> None:
        """Show the completed share, from 0 to 1."""
        percent = self.tr("{percent}%").format(percent=round(share * 100)) if share else ""
        self._words.set_text(" ".join(part for part in (self._work, percent) if part))
        self._bar.set_fraction(share)

    def _retranslate(self) -> None:
        self._cancel.setText(self.tr("Cancel"))


_STEPS = 1000


class ProgressBar(QProgressBar):
    """A progress bar, 4 px high. The text next to it contains the number."""

    def __init__(self, appearance: Appearance, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._color = "accent"
        self.setRange(0, _STEPS)
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._restyle)

    def set_fraction(self, fraction: float) -> None:
        """Show a share from 0 to 1."""
        value = round(min(max(fraction, 0.0), 1.0) * _STEPS)
        if value != self.value():  # Qt repaints immediately, even if unchanged
            self.setValue(value)

    def set_color(self, token: str) -> None:
        """Change the colour: "warning", "danger". A text next to it must say the same."""
        self._color = token
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        return QSize(theme.length("section"), theme.length("xs"))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.theme.length("xxl"), self._appearance.theme.length("xs"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        height = min(self.height(), theme.length("xs"))
        track = QRectF(0, (self.height() - height) / 2, self.width(), height)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        draw_progress(QPainter(self), theme, track, self.value() / _STEPS, self._color, mirrored=mirrored)
