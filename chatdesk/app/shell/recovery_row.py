"""One way on when the chats cannot be opened: what it does in words, and the button that does it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_tile import IconTile
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.tag import Tag, TagKind


class RecoveryRow(QWidget):
    """A row of a card. With `strong` it is the one to look at first."""

    chosen = Signal()

    def __init__(
        self, appearance: Appearance, icon: str, parent: QWidget | None = None, *, strong: bool = False
    ) -> None:
        super().__init__(parent)
        self._title = Label(appearance, "label" if strong else "ui", "text", self, elide=True)
        self._tag = Tag(appearance, "", TagKind.SUCCESS, self)
        self._tag.hide()
        self._caption = Label(appearance, "caption", "textTertiary", self, elide=True)
        self.button = Button(appearance, "", ButtonKind.OUTLINED, self)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.chosen)
        theme = appearance.theme
        head = QHBoxLayout()
        head.setSpacing(theme.length("s"))
        head.addWidget(self._title)
        head.addWidget(self._tag)
        head.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(theme.length("hair"))
        words.addLayout(head)
        words.addWidget(self._caption)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.length("l"), theme.length("s"), theme.length("l"), theme.length("s"))
        row.setSpacing(theme.length("m"))
        row.addWidget(IconTile(appearance, icon, self))
        row.addLayout(words, 1)
        row.addWidget(self.button)
        self.setMinimumHeight(theme.length("size.rowModel") + theme.length("xs"))

    def set_words(self, title: str, caption: str, button: str, tag: str = "") -> None:
        """Say what it does, what that means, what the button is called, and what was found out about it."""
        self._title.set_text(title)
        self._caption.set_text(caption)
        self._tag.set_text(tag)
        self._tag.setVisible(bool(tag))
        self.button.setText(button)
        self.button.setAccessibleDescription(" · ".join(filter(None, (title, tag, caption))))

    def recommend(self, *, best: bool) -> None:
        """Make it the one next step, or one among others. Enter chooses the best one."""
        self.button.set_kind(ButtonKind.FILLED if best else ButtonKind.OUTLINED)
        self.button.setDefault(best)
