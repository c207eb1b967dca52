"""Puts what is selected where other programs find it: the clipboard, the primary selection of X11, a drag.

What is put there is `selected_text.py`.
"""

import atexit
import sys
from collections.abc import Callable, Mapping
from html import escape
from math import ceil

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMetaType, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QClipboard, QColor, QDrag, QFont, QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.services.request.formulas import FormulaKey
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_picture import FormulaPicture
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_pictures import SIZE
from chatdesk.features.chat.ui.transcript.formula_source import FormulaSource
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.page_surface import PageSurface
from chatdesk.features.chat.ui.transcript.page.selection.copied_pictures import CopiedPictures
from chatdesk.features.chat.ui.transcript.page.selection.selected_text import CopiedSelection
from chatdesk.features.chat.ui.transcript.text_position import Selection
from chatdesk.rendering.formulas.typeset.typeset_formula import TypesetFormula
from chatdesk.ui_kit.code.highlighters import NewHighlighter
from chatdesk.ui_kit.pictures.picture_store import PictureStore
from chatdesk.ui_kit.text.sliced_work import SlicedWork

# Data for other programs that is made when somebody asks for it: most of what is copied is pasted in one
# form, or never.


class LazyMimeData(QMimeData):
    """`makers` return what there is, by form; each is called once at most. They may be called when all else is gone."""

    def __init__(self, makers: Mapping[str, Callable[[], str]]) -> None:
        super().__init__()
        self._forms = tuple(makers)
        self._makers = dict(makers)

    def formats(self) -> list[str]:
        """Return in which forms it can be had."""
        return [*self._forms]

    def retrieveData(self, mimetype: str, preferred: QMetaType | QMetaType.Type) -> object:  # noqa: N802 - Qt's own name
        if make := self._makers.pop(mimetype, None):
            self._keep(mimetype, _made(make))
        return super().retrieveData(mimetype, preferred)

    def _keep(self, form: str, made: str) -> None:
        if form == "text/html":
            self.setHtml(made)  # Qt reads no HTML out of bytes that were made here
        else:
            self.setData(form, made.encode("utf-8", "replace"))

    def complete(self) -> QMimeData:
        """Return the same with all of it made, which needs no Python to be asked."""
        data = QMimeData()
        for form in self.formats():
            data.setData(form, self.data(form))
        return data


def _made(make: Callable[[], str]) -> str:
    """Return what is made; if that fails, nothing: out of here an error would end the program, not reach whoever handles errors."""
    try:
        return make()
    except Exception:  # noqa: BLE001 - told like any other that nobody handles
        sys.excepthook(*sys.exc_info())
        return ""


def put_on_clipboard(data: QMimeData, mode: QClipboard.Mode = QClipboard.Mode.Clipboard) -> None:
    """Put data where other programs find it, for as long as they find anything there: some outlives this program."""
    QGuiApplication.clipboard().setMimeData(data, mode)
    atexit.unregister(complete_clipboard)
    atexit.register(complete_clipboard)


def complete_clipboard() -> None:
    """Make what nobody has asked for so far. Qt asks again, and destroys the data, when Python is gone."""
    if not QGuiApplication.instance():
        return
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        data = clipboard.mimeData(mode)
        if isinstance(data, LazyMimeData):
            clipboard.setMimeData(data.complete(), mode)


# Formulas as pictures in what is pasted into other programs. LibreOffice shows MathML in HTML as letters in a
# row.
#
# Only those are drawn that have been set before, as all have that were on the screen; of the others the
# source is pasted.

_LETTERS = 16
"""CSS px: the size of letters where nothing else is said."""
_SHARPNESS = 3
"""Pixels to a CSS px: sharp in print."""
_LARGEST = 2_000
"""CSS px. A larger formula stays as it was written."""
_MOST = 2_000
"""Formulas of one copy that are drawn: 0.5 MB of HTML in a paper full of them."""


class FormulaImages:
    """For one copy. Each formula is drawn once, however often it is there."""

    def __init__(self, source: FormulaSource) -> None:
        self._source = source
        self._drawn: dict[FormulaKey, str] = {}

    def html(self, latex: str, displayed: bool) -> str:
        """Return a formula as a picture with its LaTeX as the words for it; empty if it is not set."""
        key = FormulaKey(latex, displayed=displayed)
        if key not in self._drawn:
            outline = self._source.known(key) if len(self._drawn) < _MOST else None
            self._drawn[key] = _with_tag(outline, latex) if isinstance(outline, TypesetFormula) else ""
        return self._drawn[key]


def _with_tag(outline: TypesetFormula, latex: str) -> str:
    image = _image(outline, latex)
    return f"{image}&emsp;{_image(outline.tag, '')}" if image and outline.tag else image


def _image(outline: TypesetFormula, latex: str) -> str:
    picture = FormulaPicture(outline, _LETTERS * SIZE)
    # Whole pixels on all sides, and one more: lines may reach a little beyond what is told.
    width, height, depth = ceil(picture.width) + 2, ceil(picture.height) + 1, ceil(picture.depth) + 1
    if max(width, height + depth) > _LARGEST:
        return ""
    image = QImage(width * _SHARPNESS, (height + depth) * _SHARPNESS, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_SHARPNESS, _SHARPNESS)
    font = QFont()
    font.setPixelSize(_LETTERS)
    picture.paint(painter, 1, height, QColor(Qt.GlobalColor.black), font)
    painter.end()
    # LibreOffice knows only pictures on the line, or with their middle there: whichever is nearer to what is right.
    middle = ' align="middle"' if height < 3 * depth else ""
    return (
        f'<img src="data:image/png;base64,{_png(image)}" alt="{escape(latex)}" width="{width}" height="{height + depth}"'
        f'{middle} style="vertical-align:-{depth}px">'
    )


def _png(image: QImage) -> str:
    written = QByteArray()
    buffer = QBuffer(written)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return written.toBase64().toStdString()


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
            words = LazyMimeData({"text/plain": self._copied(selection).text})
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
    return LazyMimeData(forms | ({"text/html": found.html} if found.has_looks else {}))
