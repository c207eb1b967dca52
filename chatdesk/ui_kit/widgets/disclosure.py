"""A button that expands and collapses the content below it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button, ButtonKind


class Disclosure(QWidget):
    """An expandable area. Add the content to `content`, a layout."""

    opened = Signal()

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._button = Button(appearance, "", ButtonKind.PLAIN, self, icon="chevron-right", small=True)
        self._button.setObjectName(name)
        self._button.set_folds()
        self._button.toggled.connect(self._show)
        self._holder = QWidget(self)
        self._holder.hide()
        self.content = QVBoxLayout(self._holder)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._button)
        self._layout.addWidget(self._holder)
        appearance.bind(self._restyle)

    @property
    def is_open(self) -> bool:
        """Whether the content is shown."""
        return self._button.isChecked()

    def set_labels(self, text: str) -> None:
        """Set the label."""
        self._button.setText(text)

    def open(self) -> None:
        """Expand the content."""
        self._button.setChecked(True)

    def close_content(self) -> None:
        """Collapse the content."""
        self._button.setChecked(False)

    def _show(self, checked: bool) -> None:
        self._button.set_icon("chevron-down" if checked else "chevron-right")
        self._holder.setVisible(checked)
        if checked:
            self.opened.emit()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.length("s"))
        self.content.setContentsMargins(0, 0, 0, theme.length("s"))
        self.content.setSpacing(theme.length("s"))
