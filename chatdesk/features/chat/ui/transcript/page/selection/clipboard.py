"""Copying the selection to the clipboard, the primary selection of X11 and drag and drop.

`selected_text.py` creates the content.
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
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.page_surface import PageSurface
from chatdesk.features.chat.ui.transcript.page.selection.copied_pictures import CopiedPictures
from chatdesk.features.chat.ui.transcript.page.selection.selected_text import CopiedSelection
from chatdesk.features.chat.ui.transcript.text_position import UNENDING, Selection, TextPosition
from chatdesk.rendering.formulas.typeset.typeset_formula import TypesetFormula
from chatdesk.ui_kit.code.highlighters import NewHighlighter
from chatdesk.ui_kit.pictures.picture_store import PictureStore
from chatdesk.ui_kit.text.sliced_work import SlicedWork


class LazyMimeData(QMimeData):
    """MIME data created on demand, since most copied data is pasted in one format or never.

    `makers` create the data by format, each at most once. They may be called when everything else is gone.
    """

    def __init__(self, makers: Mapping[str, Callable[[], str]]) -> None:
        super().__init__()
        self._forms = tuple(makers)
        self._makers = dict(makers)

    def formats(self) -> list[str]:
        """Return the available formats."""
        return [*self._forms]

    def retrieveData(self, mimetype: str, preferred: QMetaType | QMetaType.Type) -> object:  # noqa: N802 - Qt's own name
        if make := self._makers.pop(mimetype, None):
            self._set_data(mimetype, _safe_result(make))
        return super().retrieveData(mimetype, preferred)

    def _set_data(self, form: str, data: str) -> None:
        if form == "text/html":
            self.setHtml(data)  # Qt ignores HTML given as bytes in the same process
        else:
            self.setData(form, data.encode("utf-8", "replace"))

    def complete(self) -> QMimeData:
        """Return a copy with all data created, which no longer needs Python."""
        data = QMimeData()
        for form in self.formats():
            data.setData(form, self.data(form))
        return data


def _safe_result(make: Callable[[], str]) -> str:
    """Return the created data, or nothing on failure: an exception here would end the program instead of reaching the error handler."""
    try:
        return make()
    except Exception:  # noqa: BLE001 - reported like any unhandled exception
        sys.excepthook(*sys.exc_info())
        return ""


def put_on_clipboard(data: QMimeData, mode: QClipboard.Mode = QClipboard.Mode.Clipboard) -> None:
    """Put data on the clipboard, and complete it at exit: clipboard content can outlive the program."""
    QGuiApplication.clipboard().setMimeData(data, mode)
    atexit.unregister(complete_clipboard)
    atexit.register(complete_clipboard)


def complete_clipboard() -> None:
    """Create the data that has not been requested. Qt requests it, and destroys it, when Python is gone."""
    if not QGuiApplication.instance():
        return
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        data = clipboard.mimeData(mode)
        if isinstance(data, LazyMimeData):
            clipboard.setMimeData(data.complete(), mode)


# Formulas are pasted into other programs as pictures, because LibreOffice shows MathML in HTML as a row of letters.
# Only typeset formulas are drawn, which includes all that were visible; others are pasted as source.

_FONT_SIZE = 16
"""The default font size in CSS px."""
_PIXEL_RATIO = 3
"""Pixels per CSS px: sharp in print."""
_MAX_SIZE = 2_000
"""CSS px. Larger formulas stay source text."""
_MAX_FORMULAS = 2_000
"""The maximum number of drawn formulas per copy: 0.5 MB of HTML for a paper full of them."""


class FormulaImages:
    """The formula pictures of one copy. Each formula is drawn once, however often it occurs."""

    def __init__(self, source: FormulaSource) -> None:
        self._source = source
        self._drawn: dict[FormulaKey, str] = {}

    def html(self, latex: str, displayed: bool) -> str:
        """Return a formula as an image with its LaTeX as the alternative text; empty if it is not typeset."""
        key = FormulaKey(latex, displayed=displayed)
        if key not in self._drawn:
            formula = self._source.cached(key) if len(self._drawn) < _MAX_FORMULAS else None
            self._drawn[key] = _with_tag(formula, latex) if isinstance(formula, TypesetFormula) else ""
        return self._drawn[key]


def _with_tag(formula: TypesetFormula, latex: str) -> str:
    image = _image(formula, latex)
    return f"{image}&emsp;{_image(formula.tag, '')}" if image and formula.tag else image


def _image(formula: TypesetFormula, latex: str) -> str:
    picture = FormulaPicture(formula, _FONT_SIZE * SIZE)
    # Whole pixels on all sides and one more: lines may extend slightly beyond the given size.
    width, height, depth = ceil(picture.width) + 2, ceil(picture.height) + 1, ceil(picture.depth) + 1
    if max(width, height + depth) > _MAX_SIZE:
        return ""
    image = QImage(width * _PIXEL_RATIO, (height + depth) * _PIXEL_RATIO, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_PIXEL_RATIO, _PIXEL_RATIO)
    font = QFont()
    font.setPixelSize(_FONT_SIZE)
    picture.paint(painter, 1, height, QColor(Qt.GlobalColor.black), font)
    painter.end()
    # LibreOffice aligns pictures only on the baseline or centred: choose whichever is closer.
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


_MAX_PRIMARY_MESSAGES = 200
"""The number of messages beyond which a selection is not put into the primary selection: a click would have to wait for it."""


class Clipboard(QObject):
    """Copies selections.

    `colors` are the CSS colours of code on paper, by the names of `TokenKind`; drags start from `widget`.
    """

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
        surface.selection_finished.connect(self.offer)
        surface.drag_requested.connect(self._drag)

    def copy(self, selection: Selection) -> None:
        """Copy a selection. It is available at once; expensive formats are created in slices or on request."""
        found = self._copied(selection)
        self._preparing.start(found.prepare(lambda language: self._new_highlighter(language) is not None))
        if not found.is_known_empty:
            put_on_clipboard(mime_of(found))
            self.copied.emit()

    def copy_message(self, index: int) -> None:
        """Copy the message at `index` without its reasoning, in all formats."""
        self.copy(Selection(TextPosition(index, TEXT, 0, 0), TextPosition(index, TEXT, UNENDING, UNENDING)))

    def selected_text(self) -> str:
        """Return the selection as plain text."""
        selection = self._surface.selection()
        return "" if selection is None or selection.is_empty else self._copied(selection).text()

    def copy_selection(self) -> bool:
        """Copy the selection; return False if nothing is selected."""
        selection = self._surface.selection()
        if selection is None or selection.is_empty:
            return False
        self.copy(selection)
        return True

    def offer(self) -> None:
        """Put the selection into the primary selection, for the middle mouse button, if the system has one."""
        selection = self._surface.selection()
        if selection is None or selection.is_empty or not QGuiApplication.clipboard().supportsSelection():
            return
        if selection.end.message - selection.start.message < _MAX_PRIMARY_MESSAGES:
            data = LazyMimeData({"text/plain": self._copied(selection).text})
            put_on_clipboard(data, QClipboard.Mode.Selection)

    def _drag(self) -> None:
        if selection := self._surface.selection():
            drag = QDrag(self._widget)
            drag.setMimeData(mime_of(self._copied(selection)))
            drag.exec(Qt.DropAction.CopyAction)

    def _copied(self, selection: Selection) -> CopiedSelection:
        math, pictures = FormulaImages(self._formulas).html, CopiedPictures(self._pictures)
        return CopiedSelection(self._document, selection, self._colors, math, pictures)


def mime_of(found: CopiedSelection) -> QMimeData:
    """Return the copied selection in all formats."""
    forms = {"text/plain": found.text, "text/markdown": found.markdown}
    return LazyMimeData(forms | ({"text/html": found.html} if found.has_html else {}))
