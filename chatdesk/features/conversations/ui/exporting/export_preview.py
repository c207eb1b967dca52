"""The right side of the export sheet: the file as it will be, as pages or as text.

Pages are painted by the code that writes them.
"""

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from chatdesk.features.conversations.ui.exporting.pdf_file import Pages
from chatdesk.features.conversations.ui.exporting.sliced_steps import in_slices
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box, draw_line
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.text import utf16
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.segments import Segments
from chatdesk.ui_kit.widgets.spinner import Spinner

_AHEAD = 2
"""Pages that are painted before they are shown."""
_CACHED_PAGES = 8
"""Number of pages whose pictures are cached."""
_AT_ONCE = 10
"""Pages that are laid out before a waiting picture is painted."""
_NOTCH = 120
"""One step of a wheel, in eighths of a degree."""
_MAX_TEXT = 20_000
"""Characters of a text that are shown."""


class ExportPreview(Translated, QWidget):
    """The preview. Call `begin` whenever the choices change, then `show_pages` or `show_text`."""

    scheme_chosen = Signal(bool)
    """Another appearance of the page is wanted: dark or light."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._wanted = asyncio.Event()
        """Set when another page is to be painted."""
        self._pages: Pages | None = None
        self._images: dict[int, QImage] = {}
        self._number = 0
        self._turned = 0
        """What the wheel has turned since the last page, in eighths of a degree."""
        self._title = Label(appearance, "ui", "textSecondary", self)
        self._schemes = Segments(appearance, "", self)
        self._schemes.setObjectName("exportScheme")
        self._schemes.chosen.connect(lambda key: self.scheme_chosen.emit(key == "dark"))
        self._schemes.hide()
        self._position = Label(appearance, "ui", "textSecondary", self)
        self._position.setObjectName("exportPage")
        self._back = IconButton(appearance, "chevron-left", self)
        self._ahead = IconButton(appearance, "chevron-right", self)
        self._back.setObjectName("exportPageBack")
        self._ahead.setObjectName("exportPageAhead")
        self._back.clicked.connect(lambda: self.turn(-1))
        self._ahead.clicked.connect(lambda: self.turn(1))
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addStretch(1)
        for part in (self._schemes, self._back, self._position, self._ahead):
            self._head.addWidget(part)
        self._paper = _Paper(appearance, self._wanted.set, self)
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("exportText")
        self._text.setReadOnly(True)
        self._text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._text.hide()
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        for content in (self._paper, self._text):
            self._column.addWidget(content, 1)
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def is_dark(self) -> bool:
        """Whether the page is wanted as it is at night."""
        return self._schemes.key() == "dark"

    @property
    def page_count(self) -> int:
        """Number of the pages that are shown; 0 until it is known."""
        return self._pages.count if self._pages and self._pages.is_complete else 0

    def begin(self) -> None:
        """Forget what is shown: the choices have changed."""
        self._pages = None
        self._images.clear()
        self._paper.show_image(None)
        self._show_position()

    async def show_pages(self, pages: Pages, *, with_schemes: bool) -> None:
        """Show the pages of an export, with a choice between light and dark if wanted. Runs until it is cancelled."""
        self.begin()
        self._schemes.setVisible(with_schemes)
        self._text.hide()
        self._paper.show()
        self._pages = pages
        self._paper.set_shape(pages.format.height / pages.format.width)
        self._show_position()
        while True:
            self._wanted.clear()
            number = self._next_wanted()
            if number is not None:
                width = self._paper.image_width
                if image := await in_slices(pages.image(number, width)):
                    self._cache(number, image)
            elif not pages.is_complete:
                await in_slices(pages.lay_out(pages.count + _AT_ONCE))
            else:
                await self._wanted.wait()
            if pages.is_complete and self._number >= pages.count:
                self._number = pages.count - 1
            self._show_position()

    def show_text(self, text: str) -> None:
        """Show the beginning of a text."""
        self.begin()
        self._schemes.hide()
        self._paper.hide()
        self._text.show()
        self._text.setPlainText(utf16.paintable(text[:_MAX_TEXT]))

    def turn(self, step: int) -> None:
        """Show a page before or after the shown one, if there is one."""
        pages, target = self._pages, self._number + step
        if pages and target >= 0 and not (pages.is_complete and target >= pages.count):
            self._number = target
            self._paper.show_image(self._images.get(target))
            self._show_position()
            self._wanted.set()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn pages."""
        if self._pages is None:
            return
        self._turned += event.angleDelta().y()
        if steps := int(self._turned / _NOTCH):  # a touchpad sends many small parts of one
            self._turned -= steps * _NOTCH
            self.turn(-1 if steps > 0 else 1)
        event.accept()

    def _next_wanted(self) -> int | None:
        """Return the page to be painted next: the shown one, or one after it; None if they are all there."""
        pages, width = self._pages, self._paper.image_width
        for number in range(self._number, self._number + _AHEAD + 1):
            if pages is None or (pages.is_complete and number >= pages.count):
                return None
            known = self._images.get(number)
            if known is None or known.width() != width:
                return number
        return None

    def _cache(self, number: int, image: QImage) -> None:
        """Cache the picture of a page, and only those of pages near it."""
        self._images[number] = image
        for old in sorted(self._images, key=lambda each: abs(each - self._number))[_CACHED_PAGES:]:
            del self._images[old]
        if number == self._number:
            self._paper.show_image(image)

    def _show_position(self) -> None:
        number, pages = self._number + 1, self._pages
        is_complete, count = (pages.is_complete, pages.count) if pages else (False, 0)
        text = self.tr("Page {number} of {count}") if is_complete else self.tr("Page {number}")
        self._position.set_text(text.format(number=number, count=count) if pages else "")
        for button in (self._back, self._ahead):
            button.setVisible(pages is not None)
        self._back.setEnabled(self._number > 0)
        self._ahead.setEnabled(not is_complete or number < count)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setPalette(make_palette(theme, "sunken"))
        self._text.setFont(theme.font("code"))
        self._text.setPalette(make_palette(theme, "sunken"))
        edge = theme.length("l")
        self._column.setContentsMargins(edge, theme.length("s"), edge, theme.length("m"))
        self._column.setSpacing(theme.length("s"))
        self._head.setSpacing(theme.length("xs"))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = self._appearance.theme, QPainter(self)
        painter.fillRect(self.rect(), theme.color("sunken"))
        line = theme.color("borderSubtle")
        draw_line(painter, QPointF(0, 0), self.width(), line)
        draw_line(painter, QPointF(0, 0), self.height(), line, vertical=True)

    def _retranslate(self) -> None:
        self._title.set_text(self.tr("Preview"))
        self._back.set_name(self.tr("Previous page"))
        self._ahead.set_name(self.tr("Next page"))
        self._schemes.setAccessibleName(self.tr("Appearance"))
        self._schemes.set_segments([("light", self.tr("Light")), ("dark", self.tr("Dark"))])
        self._text.setAccessibleName(self.tr("Preview"))
        self._show_position()


class _Paper(QWidget):
    """A page on the ground of the preview. `resized` is called when pages have another size."""

    def __init__(self, appearance: Appearance, resized: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._resized = resized
        self._shape = 297 / 210
        self._image: QImage | None = None
        self._spinner = Spinner(appearance, "", self)
        appearance.changed.connect(self.update)

    @property
    def image_width(self) -> int:
        """The width of a page in pixels of the screen."""
        return max(1, round(self._area().width() * self.devicePixelRatioF()))

    def set_shape(self, shape: float) -> None:
        """Set the height of a page relative to its width."""
        self._shape = shape
        self.update()

    def show_image(self, image: QImage | None) -> None:
        """Show a page; white paper with a spinner for None."""
        self._image = image
        self._spinner.setVisible(image is None)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 560)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        hint = self._spinner.sizeHint()
        self._spinner.resize(hint)
        self._spinner.move((self.width() - hint.width()) // 2, (self.height() - hint.height()) // 2)
        self._resized()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, area = self._appearance.theme, self._area()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        draw_box(painter, area.adjusted(-1, -1, 1, 1).translated(0, 1), 2, theme.color("shadow"))
        if self._image is None:
            painter.fillRect(area, Qt.GlobalColor.white)
        else:
            painter.drawImage(area, self._image)
        draw_box(painter, area.adjusted(-1, -1, 1, 1), 1, border=theme.color("borderDefault"))

    def _area(self) -> QRectF:
        """Return the rectangle of the page: as large as possible, centred."""
        area = QRectF(self.rect()).adjusted(2, 2, -2, -3)
        width = max(1.0, min(area.width(), area.height() / self._shape))
        ratio = self.devicePixelRatioF()
        width = round(width * ratio) / ratio
        # On whole pixels of the screen, so that the edges of the page are sharp.
        corner = QPointF(round((area.center().x() - width / 2) * ratio) / ratio, area.top())
        return QRectF(corner.x(), corner.y(), width, round(width * self._shape * ratio) / ratio)
