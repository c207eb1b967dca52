"""The menu of the desk: opening a file, emptying the desk, undo."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.features.translation.services.translation_desk import TranslationDesk
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.live_icon import live_icon

Act = Callable[[], object]


def open_desk_menu(
    appearance: Appearance,
    under: QWidget,
    desk: TranslationDesk,
    open_file: Act,
    anew: Act,
    clear: Act,
    undo: Act,
    redo: Act,
) -> None:
    """Open it under its button; it lives until it is closed."""
    menu = QMenu(under.window())
    menu.setObjectName("deskActions")
    menu.aboutToHide.connect(menu.deleteLater)

    def add(icon: str, words: str, act: Act, keys: str = "", *, enabled: bool = True) -> None:
        action: QAction = menu.addAction(live_icon(appearance, icon, "textSecondary"), words)
        action.triggered.connect(lambda _checked: act())
        action.setEnabled(enabled)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)

    translate = QCoreApplication.translate
    add("file-up", translate("TranslationDesk", "Open a text file…"), open_file)
    add("undo-2", translate("TranslationDesk", "Undo"), undo, "Ctrl+Z", enabled=desk.can_undo)
    add("rotate-cw", translate("TranslationDesk", "Redo"), redo, "Ctrl+Shift+Z", enabled=desk.can_redo)
    menu.addSeparator()
    has_results = any(row.result for row in desk.document.rows)
    add("refresh-cw", translate("TranslationDesk", "Translate everything again"), anew, enabled=has_results)
    has_text = any(row.segment.text for row in desk.document.rows)
    add("trash-2", translate("TranslationDesk", "Empty the desk"), clear, enabled=has_text)
    menu.popup(under.mapToGlobal(under.rect().bottomLeft()))
