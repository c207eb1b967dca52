"""The foot of a sheet: at the left a sentence or a plain button, at the right the buttons of the next step, the filled one last."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from chatdesk.ui_kit.forms.wrapping_row import WrappingRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.label import Label


class SheetFoot(QWidget):
    """One line of 56 px; where that is too narrow, the left part goes below the buttons."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.sentence = Label(appearance, "caption", "textTertiary", self, elide=True)
        self.sentence.hide()
        self._left, self._right = WrappingRow(appearance, self), WrappingRow(appearance, self)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.addWidget(self.sentence, 1)
        self._row.addWidget(self._left)
        self._row.addStretch(1)
        self._row.addWidget(self._right)
        appearance.changed.connect(self._arrange)
        self._arrange()

    def add(self, text: str, kind: ButtonKind, *, icon: str = "") -> Button:
        """Return a new button with these words. A plain one stands at the left, others at the right."""
        button = Button(self._appearance, text, kind, icon=icon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        (self._left if kind is ButtonKind.PLAIN else self._right).add(button)
        button.show()
        self._arrange()
        return button

    def say(self, words: str) -> None:
        """Show a sentence at the left; no words: none."""
        self.sentence.set_text(words)
        self.sentence.setVisible(bool(words))
        self._arrange()

    def fit(self) -> None:
        """Lay it out anew: the words of a button changed."""
        for row in (self._left, self._right):
            row.arrange()
        self._arrange()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        inner, edge = theme.length("s"), theme.length("m")
        plain = self._left.sizeHint().width()
        wanted = plain + self._right.sizeHint().width() + 2 * inner + edge
        narrow = wanted > self.width() > 0
        self._row.setContentsMargins(inner if plain and not narrow else theme.length("xl"), edge - 1, edge, edge)
        self._row.setSpacing(inner)
        self._row.setDirection(QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight)
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go below each other where it is narrow."""
        super().resizeEvent(event)
        self._arrange()
