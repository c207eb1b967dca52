"""A line that looks like the words it holds until one wants to change them: a preset's name, its description."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class InlineEdit(QLineEdit):
    """`role` and `color` are those of its words. Its frame is seen under the pointer and with the keyboard; Enter leaves it."""

    def __init__(self, appearance: Appearance, role: str, color: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._role = role
        self._color = color
        self.setFrame(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(lambda: self.setCursorPosition(0))  # its beginning is what is read
        appearance.changed.connect(self._restyle)
        self._restyle()

    def show_text(self, text: str) -> None:
        """Show other words from their beginning, unless they are these already."""
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFont(theme.font(self._role))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, theme.color(self._color))
        self.setPalette(palette)
        margin = theme.length("s") - 2  # Qt puts 2 px of its own before the text
        self.setTextMargins(margin, 0, margin, 0)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the height of a line with its frame."""
        theme = self._appearance.theme
        return QSize(theme.length("sidebarWidth"), theme.line(self._role) + theme.length("xs"))

    def minimumSizeHint(self) -> QSize:
        """Return little width."""
        return QSize(self._appearance.theme.length("section"), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave it with Enter."""
        if event.key() in _ENTER:
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame when it is of use."""
        theme = self._appearance.theme
        rect, radius = QRectF(self.rect()), theme.length("radius.small")
        painter = QPainter(self)
        if self.hasFocus():
            draw_box(painter, rect, radius, theme.color("page"), theme.color("accent"), theme.stroke("focus"))
        elif self.underMouse() and not self.isReadOnly():
            draw_box(painter, rect, radius, border=theme.color("borderDefault"))
        painter.end()
        super().paintEvent(event)
