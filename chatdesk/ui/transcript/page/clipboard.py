"""Puts what is selected where other programs find it: the clipboard, the primary selection of X11, a drag.

What is put there is `selected_text.py`.
"""

import time
from collections.abc import Iterator, Mapping

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QClipboard, QDrag, QGuiApplication
from PySide6.QtWidgets import QWidget

from chatdesk.ui.transcript.page.document import Document
from chatdesk.ui.transcript.page.late_html import LateHtml, put_on_clipboard
from chatdesk.ui.transcript.page.page_surface import PageSurface
from chatdesk.ui.transcript.page.selected_text import Excerpt, excerpts, html_of, selected_text, whole
from chatdesk.ui.transcript.place import Selection

_AT_ONCE_SECONDS = 0.04
_AT_ONCE_PARTS = 4
"""So many are never put off: they are in sight, so their blocks are there already."""
_SLICE_SECONDS = 0.008
_MOST_OFFERED = 200
"""Messages beyond which a selection is not offered at once to the middle mouse button: it is told with each change."""


class Clipboard(QObject):
    """`colors` are the CSS colours of code on paper, by the names of `TokenKind`. What is drawn and dragged out of `widget` comes here."""

    copied = Signal()

    def __init__(self, document: Document, surface: PageSurface, colors: Mapping[str, str], widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._surface = surface
        self._document = document
        self._colors = colors
        self._parts: list[Excerpt] = []
        self._waiting: Iterator[Excerpt] = iter(())
        self._next_slice = QTimer(self, interval=0, singleShot=True)
        self._next_slice.timeout.connect(lambda: self._go_on(_SLICE_SECONDS))
        surface.drawn.connect(self.offer)
        surface.drag_begun.connect(self._drag)

    def copy(self, selection: Selection) -> None:
        """Copy; at once what is short, and in slices what would hold up the screen. `copied` tells when it is there."""
        self._parts = []
        self._waiting = excerpts(self._document, selection)
        self._go_on(_AT_ONCE_SECONDS)

    def copy_selection(self) -> bool:
        """Copy what is selected; false if nothing is."""
        selection = self._surface.selection()
        if selection is None or selection.is_empty:
            return False
        self.copy(selection)
        return True

    def forget(self) -> None:
        """Copy no further: other messages come."""
        self._next_slice.stop()
        self._waiting = iter(())

    def offer(self) -> None:
        """Offer the selection to the middle mouse button, where the system has that."""
        selection = self._surface.selection()
        clipboard = QGuiApplication.clipboard()
        if selection is None or selection.is_empty:
            return
        if clipboard.supportsSelection() and selection.end.message - selection.start.message < _MOST_OFFERED:
            clipboard.setText(selected_text(self._document, selection), QClipboard.Mode.Selection)

    def _drag(self) -> None:
        if selection := self._surface.selection():
            drag = QDrag(self._widget)
            drag.setMimeData(mime_of(whole(list(excerpts(self._document, selection))), self._colors))
            drag.exec(Qt.DropAction.CopyAction)

    def _go_on(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        for part in self._waiting:
            self._parts.append(part)
            if time.perf_counter() > end and len(self._parts) > _AT_ONCE_PARTS:
                self._next_slice.start()
                return
        self._next_slice.stop()
        found, self._parts = whole(self._parts), []
        if found.text or found.blocks:
            put_on_clipboard(mime_of(found, self._colors))
            self.copied.emit()


def mime_of(excerpt: Excerpt, colors: Mapping[str, str]) -> QMimeData:
    """Return an excerpt in all its forms."""
    data = LateHtml(lambda: html_of(excerpt, colors)) if excerpt.blocks else QMimeData()
    data.setText(excerpt.text)
    data.setData("text/markdown", excerpt.markdown.encode("utf-8", "replace"))
    return data
