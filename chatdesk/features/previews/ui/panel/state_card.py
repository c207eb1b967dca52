"""What is seen in the page's place while no page runs: why, and the ways on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label


class StateCard(QWidget):
    """`chosen` carries the key of a button. The first button is the next step."""

    chosen = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = IconLabel(appearance, "info", "textTertiary", self, size="xxl")
        self._title = Label(appearance, "label", "text", self, wrap=True)
        self._title.setObjectName("stateTitle")
        self._reason = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._reason.setObjectName("stateReason")
        for label in (self._title, self._reason):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._buttons = QHBoxLayout()
        self._column = QVBoxLayout()
        self._column.addStretch(2)
        self._column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addWidget(self._title)
        self._column.addWidget(self._reason)
        self._column.addLayout(self._buttons)
        self._column.addStretch(3)
        self._layout = QHBoxLayout(self)
        self._layout.addStretch(1)
        self._layout.addLayout(self._column, 6)
        self._layout.addStretch(1)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def show_state(
        self, icon: str, color: str, title: str, reason: str, buttons: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Say what is the case; buttons are key and words."""
        self._icon.set_icon(icon, color)
        self._title.set_text(title)
        self._reason.set_text(reason)
        self.setAccessibleName(f"{title}. {reason}")
        while item := self._buttons.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._buttons.addStretch(1)
        for place, (key, words) in enumerate(buttons):
            kind = ButtonKind.OUTLINED if place else ButtonKind.FILLED
            button = Button(self._appearance, words, kind, self)
            button.setObjectName(f"state.{key}")
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._buttons.addWidget(button)
            button.show()
        self._buttons.addStretch(1)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setSpacing(theme.length("s"))
        self._buttons.setSpacing(theme.length("s"))
        self._buttons.setContentsMargins(0, theme.length("s"), 0, 0)
