"""The menu of what can be done with a model or a server."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.features.models.ui.page.model_actions import PageAction
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.live_icon import live_icon
from chatdesk.ui_kit.style.menu_painter import DANGER_PROPERTY


class ActionMenu(QMenu):
    """Lives until it is closed."""

    def __init__(self, appearance: Appearance, actions: Sequence[PageAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("modelActions")
        before: PageAction | None = None
        for each in actions:
            if before and before.section is not each.section:
                self.addSeparator()
            before = each
            ink = "danger" if each.danger else "textSecondary"
            action = self.addAction(live_icon(appearance, each.icon, ink), each.words.replace("&", "&&"))
            action.setObjectName(each.key)
            action.setShortcut(QKeySequence(each.keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setShortcutVisibleInContextMenu(True)
            action.setEnabled(each.enabled)
            action.setProperty(DANGER_PROPERTY, each.danger)
            action.triggered.connect(lambda _checked=False, act=each.act: act())
