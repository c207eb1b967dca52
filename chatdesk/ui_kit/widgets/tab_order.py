"""The way of Tab where widgets are made later than those they stand before."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_before(container: QWidget, target: QWidget) -> None:
    """Let Tab go through everything in `container`, in the order it was made, and from there to `target`.

    Qt appends new widgets to the end of the window's way, wherever they stand.
    """
    window = container.window()
    before = target.previousInFocusChain()
    while before and before is not target and (container.isAncestorOf(before) or not _takes_tab(before, window)):
        before = before.previousInFocusChain()
    for widget in container.findChildren(QWidget):
        if before and _takes_tab(widget, window):
            QWidget.setTabOrder(before, widget)
            before = widget


def put_in_order(parts: Iterable[QWidget]) -> None:
    """Let Tab go through what is in `parts`, one part after the other; within one in the order it was put in.

    They are in one window. Qt's way is the order in which widgets came into it, with what is in them, which is not that of reading.
    """
    before: QWidget | None = None
    for part in parts:
        for widget in (part, *part.findChildren(QWidget)):
            if _takes_tab(widget, part.window()):
                if before:
                    QWidget.setTabOrder(before, widget)
                before = widget


def _takes_tab(widget: QWidget, window: QWidget) -> bool:
    # Lists that open over the window are windows of their own.
    return (
        widget.window() is window and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not widget.focusProxy()
    )
