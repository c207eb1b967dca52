"""The tab order of widgets that are created later than those they precede."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def insert_in_tab_order(container: QWidget, target: QWidget) -> None:
    """Insert everything in `container` into the tab order before `target`, in the order of creation.

    Qt appends new widgets to the end of the window's focus chain, regardless of their position.
    """
    window = container.window()
    before = target.previousInFocusChain()
    while before and before is not target and (container.isAncestorOf(before) or not _accepts_tab(before, window)):
        before = before.previousInFocusChain()
    for widget in container.findChildren(QWidget):
        if before and _accepts_tab(widget, window):
            QWidget.setTabOrder(before, widget)
            before = widget


def set_tab_order(parts: Iterable[QWidget]) -> None:
    """Set the tab order to the widgets in `parts`, one part after the other, in the order in which they were added.

    All must be in one window. Qt's focus chain is the order in which widgets were added to the window with their children, which differs
    from the reading order.
    """
    before: QWidget | None = None
    for part in parts:
        for widget in (part, *part.findChildren(QWidget)):
            if _accepts_tab(widget, part.window()):
                if before:
                    QWidget.setTabOrder(before, widget)
                before = widget


def _accepts_tab(widget: QWidget, window: QWidget) -> bool:
    # Popup lists are separate windows.
    return (
        widget.window() is window and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not widget.focusProxy()
    )
