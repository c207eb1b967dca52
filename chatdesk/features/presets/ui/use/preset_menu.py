"""Menu of the preset chip of a chat."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.live_icon import live_icon


class PresetMenu(QMenu):
    """Deleted on close. `has_form`: the preset has variables."""

    change_chosen = Signal()
    fill_in_chosen = Signal()
    edit_chosen = Signal()
    save_chosen = Signal()
    remove_chosen = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget, *, has_form: bool) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("presetMenu")
        text = self.tr("Fill in or view prompt") if has_form else self.tr("View prompt")
        self._add("list-plus", text).triggered.connect(self.fill_in_chosen)
        self._add("square-slash", self.tr("Another preset…")).triggered.connect(self.change_chosen)
        self._add("library", self.tr("Show in library")).triggered.connect(self.edit_chosen)
        self._add("plus", self.tr("Save chat as preset…")).triggered.connect(self.save_chosen)
        self.addSeparator()
        self._add("x", self.tr("Remove")).triggered.connect(self.remove_chosen)

    def _add(self, icon: str, text: str) -> QAction:
        return self.addAction(live_icon(self._appearance, icon, "textSecondary"), text)
