"""Frame around a prompt editor with the background of code. Clicking anywhere in it focuses the editor."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.presets.ui.editor.prompt.prompt_edit import PromptEdit
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_field


class PromptField(QWidget):
    """`edit` is the editor. With `grows`, it is as high as its text; otherwise it scrolls within the given height."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None, *, grows: bool = False) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._min_height = 0
        self.edit = PromptEdit(appearance, self, grows=grows)
        self.edit.focus_changed.connect(self.update)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.edit)
        if grows:
            self._layout.addStretch(1)  # its minimum height may exceed its text
        self.setFocusProxy(self.edit)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        appearance.bind(self._restyle)

    def set_min_height(self, height: int) -> None:
        """Set the minimum height."""
        self._min_height = height
        self.updateGeometry()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        inside = theme.length("hair")  # the margin of the text itself
        side, above = theme.length("m") - inside, theme.length("s") - inside
        self._layout.setContentsMargins(side, above, theme.length("xs") if not self._grows else side, above)
        self.update()

    @property
    def _grows(self) -> bool:
        return self.edit.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, self._min_height))

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(0, self._min_height))

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.edit.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        state = ControlState(enabled=self.isEnabled(), focused=self.edit.hasFocus())
        draw_field(QPainter(self), self._appearance.theme, QRectF(self.rect()), state, invalid=False, ground="sunken")
