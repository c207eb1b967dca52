"""The keyboard focus: the tab order of widgets that are created later than those they precede, and whether the user is still at an area."""

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


def keeps_focus(area: QWidget) -> bool:
    """Return whether the user is still at a visible area: the focus of its window is inside, or at nothing visible.

    Work that has waited for a server or a file asks this before it moves the focus. The user may have gone elsewhere meanwhile, and Qt
    even gives the focus to a widget of a page that is hidden, whose buttons would then be pressed unseen.
    """
    focused: QWidget | None = area.window().focusWidget()
    is_elsewhere = (
        focused is not None and focused.isVisible() and focused is not area.window() and not area.isAncestorOf(focused)
    )
    return area.isVisible() and (focused is area or not is_elsewhere)
