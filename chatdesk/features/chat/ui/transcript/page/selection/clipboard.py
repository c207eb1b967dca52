"""Puts what is selected where other programs find it: the clipboard, the primary selection of X11, a drag.

What is put there is `selected_text.py`.
"""

from collections.abc import Mapping

from PySide6.QtCore import QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QClipboard, QDrag, QGuiApplication
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.transcript.formula_source import FormulaSource
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.page_surface import PageSurface
from chatdesk.features.chat.ui.transcript.page.selection.copied_pictures import CopiedPictures
from chatdesk.features.chat.ui.transcript.page.selection.formula_images import FormulaImages
from chatdesk.features.chat.ui.transcript.page.selection.late_data import LateData, put_on_clipboard
from chatdesk.features.chat.ui.transcript.page.selection.selected_text import CopiedSelection
from chatdesk.features.chat.ui.transcript.place import Selection
from chatdesk.ui_kit.code.highlighters import NewHighlighter
from chatdesk.ui_kit.pictures.picture_store import PictureStore
from chatdesk.ui_kit.text.sliced_work import SlicedWork

_MOST_OFFERED = 200
"""Messages beyond which a selection is not offered at once to the middle mouse button: a click would have to wait for it."""


class Clipboard(QObject):
    """`colors` are the CSS colours of code on paper, by the names of `TokenKind`. What is drawn and dragged out of `widget` comes here."""

    copied = Signal()

    def __init__(
        self,
        document: Document,
        surface: PageSurface,
        colors: Mapping[str, str],
        formulas: FormulaSource,
        pictures: PictureStore,
        new_highlighter: NewHighlighter,
        widget: QWidget,
    ) -> None:
        super().__init__(widget)
        self._widget = widget
        self._surface = surface
        self._document = document
        self._colors = colors
        self._formulas = formulas
        self._pictures = pictures
        self._new_highlighter = new_highlighter
        self._preparing = SlicedWork(self)
        surface.drawn.connect(self.offer)
        surface.drag_begun.connect(self._drag)

    def copy(self, selection: Selection) -> None:
        """Copy. It is there at once; what would hold up whoever pastes it is made in slices, or when it is asked for."""
        found = self._copied(selection)
        self._preparing.start(found.prepare(lambda language: self._new_highlighter(language) is not None))
        if not found.is_known_empty:
            put_on_clipboard(mime_of(found))
            self.copied.emit()

    def selected_text(self) -> str:
        """Return what is selected, as plain text."""
        selection = self._surface.selection()
        return "" if selection is None or selection.is_empty else self._copied(selection).text()

    def copy_selection(self) -> bool:
        """Copy what is selected; false if nothing is."""
        selection = self._surface.selection()
        if selection is None or selection.is_empty:
            return False
        self.copy(selection)
        return True

    def offer(self) -> None:
        """Offer the selection to the middle mouse button, where the system has that."""
        selection = self._surface.selection()
        if selection is None or selection.is_empty or not QGuiApplication.clipboard().supportsSelection():
            return
        if selection.end.message - selection.start.message < _MOST_OFFERED:
            words = LateData({"text/plain": self._copied(selection).text})
            put_on_clipboard(words, QClipboard.Mode.Selection)

    def _drag(self) -> None:
        if selection := self._surface.selection():
            drag = QDrag(self._widget)
            drag.setMimeData(mime_of(self._copied(selection)))
            drag.exec(Qt.DropAction.CopyAction)

    def _copied(self, selection: Selection) -> CopiedSelection:
        math, pictures = FormulaImages(self._formulas).html, CopiedPictures(self._pictures)
        return CopiedSelection(self._document, selection, self._colors, math, pictures)


def mime_of(found: CopiedSelection) -> QMimeData:
    """Return what was copied in all its forms."""
    forms = {"text/plain": found.text, "text/markdown": found.markdown}
    return LateData(forms | ({"text/html": found.html} if found.has_looks else {}))
