"""Bar below an edited preset with the buttons to save and to discard the changes."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.label import Label


class SaveBar(Translated, QWidget):
    """Hidden if there are no changes."""

    discarded = Signal()
    saved = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._message = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._message.setObjectName("saveWords")
        self._discard = Button(appearance, "", parent=self)
        self._discard.setObjectName("discardPreset")
        self._discard.clicked.connect(self.discarded)
        self._save = Button(appearance, "", ButtonKind.FILLED, self)
        self._save.setObjectName("savePreset")
        self._save.clicked.connect(self.saved)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._message, 1)
        self._layout.addWidget(self._discard)
        self._layout.addWidget(self._save)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_state(self, text: str, save: str, *, possible: bool = True) -> None:
        """Show a message and the label of the save button; an empty label hides the bar."""
        self.setVisible(bool(save))
        self._message.set_text(text)
        self._message.set_color("textSecondary" if possible else "danger")
        self._save.setText(save)
        self._save.setEnabled(possible)

    @property
    def can_save(self) -> bool:
        """Whether there are changes that can be saved."""
        return not self.isHidden() and self._save.isEnabled()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side, pad = theme.length("xl"), theme.length("m")
        self._layout.setContentsMargins(side, pad + 1, side, pad)
        self._layout.setSpacing(theme.length("s"))
        self._layout.setAlignment(self._discard, Qt.AlignmentFlag.AlignVCenter)
        self.update()

    def _retranslate(self) -> None:
        self._discard.setText(self.tr("Discard"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_line(QPainter(self), QPointF(0, 0), self.width(), self._appearance.theme.color("borderSubtle"))
