"""Up, down and remove, at the end of a section's head: shown while the pointer or the keyboard is in the section, reached always."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize


class SectionButtons(QWidget):
    """`move_wanted` carries -1 or 1."""

    move_wanted = Signal(int)
    remove_wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._up = _QuietButton(appearance, "arrow-up", self, size=IconButtonSize.ROW)
        self._up.setObjectName("moveSectionUp")
        self._up.clicked.connect(lambda: self.move_wanted.emit(-1))
        self._down = _QuietButton(appearance, "arrow-down", self, size=IconButtonSize.ROW)
        self._down.setObjectName("moveSectionDown")
        self._down.clicked.connect(lambda: self.move_wanted.emit(1))
        self._remove = _QuietButton(appearance, "trash-2", self, size=IconButtonSize.ROW)
        self._remove.setObjectName("removeSection")
        self._remove.clicked.connect(self.remove_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for button in self.tab_parts:
            layout.addWidget(button)

    def set_shown(self, *, shown: bool) -> None:
        """Draw them, or only keep their place."""
        for button in self.tab_parts:
            button.shown = shown
            button.update()

    def set_moves(self, *, up: bool, down: bool) -> None:
        """Say in which directions there is a way."""
        self._up.setEnabled(up)
        self._down.setEnabled(down)

    def set_section(self, name: str) -> None:
        """Name the section they act on."""
        self._up.set_name(self.tr("Move “{section}” up").format(section=name), "Alt+Up")
        self._down.set_name(self.tr("Move “{section}” down").format(section=name), "Alt+Down")
        self._remove.set_name(self.tr("Remove “{section}”").format(section=name))

    @property
    def tab_parts(self) -> tuple["_QuietButton", ...]:
        """The buttons, in the order of Tab."""
        return self._up, self._down, self._remove


class _QuietButton(IconButton):
    """An icon that is not drawn unless it is wanted; the keyboard finds it all the same."""

    shown = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it if it is shown."""
        if self.shown:
            super().paintEvent(event)
