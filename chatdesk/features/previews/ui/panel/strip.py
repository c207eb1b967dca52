"""A line above the page with something to decide: the page does not answer, it wants the pointer, it said something."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label


class Strip(QWidget):
    """`acted` is its button; without words for it there is none. The cross only takes the strip away.

    Where a no is an answer of its own, a second button says it in place of the cross: `declined`.
    """

    acted = Signal()
    declined = Signal()

    def __init__(self, appearance: Appearance, icon: str, color: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._ground = f"{color}Soft" if color in {"warning", "danger"} else "accentSoft"
        self._icon = IconLabel(appearance, icon, color, self)
        self._words = Label(appearance, "ui", "text", self, wrap=True)
        self._no = Button(appearance, "", ButtonKind.PLAIN, self, small=True)
        self._no.clicked.connect(self._decline)
        self._button = Button(appearance, "", parent=self, small=True)
        self._button.clicked.connect(self._act)
        self._cross = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._cross.clicked.connect(self.hide)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._said, self._ways = QHBoxLayout(), QHBoxLayout()
        self._said.addWidget(self._icon)
        self._said.addWidget(self._words, 1)
        self._ways.addStretch(1)
        for part in (self._no, self._button, self._cross):
            self._ways.addWidget(part)
        self._layout.addLayout(self._said, 1)
        self._layout.addLayout(self._ways)
        self.hide()
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    def show_words(self, words: str, button: str = "", no: str = "") -> None:
        """Say something, what the button does, and how to say no to it."""
        self._words.set_text(words)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._no.setText(no)
        self._no.setVisible(bool(no))
        self._cross.setVisible(not no)
        self._restyle()
        self.setAccessibleName(words)
        self.show()

    def _act(self) -> None:
        self.hide()
        self.acted.emit()

    def _decline(self) -> None:
        self.hide()
        self.declined.emit()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        margin = theme.length("xs")
        # The cross is larger than what is seen of it.
        end = margin if self._cross.isVisibleTo(self) else theme.length("m")
        height = theme.length("s") if self._no.isVisibleTo(self) else margin
        self._layout.setContentsMargins(theme.length("l"), height, end, height)
        for layout in (self._layout, self._said, self._ways):
            layout.setSpacing(theme.length("s"))
        self._arrange()
        self.update()

    def _arrange(self) -> None:
        """Put two buttons below the words where these would take more than two lines beside them."""
        margins = self._layout.contentsMargins()
        beside = self._ways.sizeHint().width() + self._icon.sizeHint().width() + 3 * self._layout.spacing()
        room = self.width() - beside - margins.left() - margins.right()
        words = QFontMetrics(self._appearance.theme.font("ui")).horizontalAdvance(self._words.text())
        below = self._no.isVisibleTo(self) and 2 * room < words
        direction = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(direction)

    def _retranslate(self) -> None:
        self._cross.set_name(self.tr("Close"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the line under it."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color(self._ground))
        painter.setPen(theme.color("borderSubtle"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
