"""One way on when the chats cannot be opened: what it does in words, and the button that does it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.button import Button, ButtonKind
from chatdesk.ui.theme.icon_label import IconLabel
from chatdesk.ui.theme.label import Label


class RecoveryChoice(QWidget):
    """A row of the card. Enter in the window never chooses it: only its button does."""

    chosen = Signal()

    def __init__(self, appearance: Appearance, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel(appearance, icon, "textSecondary", self)
        self._title = Label(appearance, "label", "text", self, wrap=True)
        self._help = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._button = Button(appearance, "", ButtonKind.OUTLINED, self)
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self.chosen)
        words = QVBoxLayout()
        words.setSpacing(appearance.theme.length("hair"))
        words.addWidget(self._title)
        words.addWidget(self._help)
        row = QHBoxLayout(self)
        row.setContentsMargins(*[appearance.theme.length("l")] * 4)
        row.setSpacing(appearance.theme.length("m"))
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self._button)

    def set_words(self, title: str, explanation: str, button: str) -> None:
        """Say what it does, what that means, and what the button is called."""
        self._title.set_text(title)
        self._help.set_text(explanation)
        self._button.setText(button)
        self._button.setAccessibleDescription(f"{title} {explanation}")

    def recommend(self, *, best: bool) -> None:
        """Make it the one next step, or one among others."""
        self._button.set_kind(ButtonKind.FILLED if best else ButtonKind.OUTLINED)
