"""The context meter in the composer's row of tools: how full the context of the model is. Its card says what for."""

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFontMetrics, QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from chatdesk.features.chat.ui.context.context_texts import about, exact_count
from chatdesk.kernel.context.context_plan import ContextUse
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.errors.context_wordings import size_name
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_menu_panel, draw_text
from chatdesk.ui_kit.style.painting import draw_box, shadow_margin
from chatdesk.ui_kit.text.counts import listed, rounded_tokens
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label

_BAR_WIDTH = 48
_CARD_WIDTH = 256
_CARD_BAR = 6
_DOT = 8
_PIXEL_ROW = 24
"""Pixels at 100 %."""
_WARNING, _DANGER = 0.8, 0.95
"""Shares of the context from which the meter changes its colour and says so."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the context in the card: its colour token, its name and its rounded number of tokens."""

    color: str
    name: str
    tokens: int


# The texts of the meter and its card.


def parts_of(use: ContextUse) -> tuple[_Part, ...]:
    """Return the parts that are not zero. The largest one takes the rounding error, so that they add up to the total."""
    translate = QCoreApplication.translate
    counts = [use.instructions, use.history, use.documents, use.pictures, use.draft]
    largest = counts.index(max(counts))
    shown = [rounded_tokens(count) for count in counts]
    shown[largest] += rounded_tokens(use.tokens) - sum(shown)
    parts = (
        _Part("textSecondary", translate("ContextMeter", "Instructions"), shown[0]),
        _Part("accentBorder", translate("ContextMeter", "Chat so far"), shown[1]),
        _Part("accent", translate("ContextMeter", "Documents"), shown[2]),
        _Part("accent", translate("ContextMeter", "Pictures"), shown[3]),
        _Part("success", translate("ContextMeter", "This message"), shown[4]),
        _Part("borderDefault", translate("ContextMeter", "Reserved for the answer"), use.reserved),
    )
    return tuple(part for part in parts if part.tokens)


def card_heading(use: ContextUse) -> str:
    """Return the total."""
    if use.context_length is None:
        return QCoreApplication.translate("ContextMeter", "About {used} tokens").format(used=about(use.tokens))
    text = QCoreApplication.translate("ContextMeter", "About {used} of {room} tokens")
    return text.format(used=about(use.tokens), room=exact_count(use.context_length))


def spoken_use(use: ContextUse) -> str:
    """Return the total and the parts in one line, for screen readers."""
    parts = listed(f"{part.name} {exact_count(part.tokens)}" for part in parts_of(use))
    return f"{card_heading(use)}: {parts}"


def level_text(use: ContextUse) -> str:
    """Return what the colour of the meter says; empty as long as there is plenty of space."""
    if not use.fits:
        return QCoreApplication.translate("ContextMeter", "The context window is too small for this chat.")
    match level_of(use):
        case "danger":
            return QCoreApplication.translate("ContextMeter", "The context window is full.")
        case "warning":
            return QCoreApplication.translate("ContextMeter", "The context window is almost full.")
        case _:
            return ""


def _short(tokens: int) -> str:
    """Return a number of tokens in thousands, in the units of context sizes: 63K for 64,500."""
    return f"{round(tokens / 1024)}K" if tokens >= 10 * 1024 else about(tokens)


def level_of(use: ContextUse) -> str:
    """Return the colour token for the fill level: `danger` also if no answer fits any more."""
    share = use.share or 0.0
    if not use.fits or share >= _DANGER:
        return "danger"
    return "warning" if share >= _WARNING else "accent"


class ContextMeter(Translated, QProgressBar):
    """A bar, with numbers beside it once the context is nearly full. The card opens while it has the pointer or the focus.

    If the length of the context is unknown, there are only numbers.
    """

    def __init__(self, appearance: Appearance, above: QWidget) -> None:
        """Create a meter whose card opens above the widget `above`, at its end, or below the meter if there is no space."""
        super().__init__()
        self._appearance = appearance
        self._above = above
        self._use = ContextUse()
        self._card: ContextCard | None = None
        self.setObjectName("contextMeter")
        self.setTextVisible(False)
        self.setRange(0, 100)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        appearance.bind(self._restyle)

    def show_use(self, use: ContextUse) -> None:
        """Show how the context is used."""
        if use != self._use:
            self._use = use
            self._retranslate()

    @property
    def words(self) -> str:
        """The numbers beside the bar; empty as long as there is plenty of space."""
        use = self._use
        if use.context_length is None:
            return self.tr("about {count} tokens").format(count=about(use.tokens))
        if level_of(use) == "accent":
            return ""
        return f"{_short(use.tokens)} / {size_name(use.context_length)}"

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the outline of the focus ring, and its radius."""
        return QRectF(self.rect()), self._appearance.theme.length("radius.small")

    def _retranslate(self) -> None:
        self.setAccessibleName(spoken_use(self._use))
        self.setAccessibleDescription(level_text(self._use))
        self.setValue(round(100 * min(1.0, self._use.share or 0.0)))
        self.updateGeometry()
        self.update()
        if self._card and self._card.isVisible():
            self._open_card()

    def _restyle(self) -> None:
        self.setFont(self._appearance.theme.font("caption"))
        self.updateGeometry()
        self.update()

    @property
    def _bar_width(self) -> int:
        return round(_BAR_WIDTH * self._appearance.theme.scale) if self._use.context_length else 0

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        width, text = self._bar_width, self.words
        if text:
            width += QFontMetrics(self.font()).horizontalAdvance(text) + (theme.length("s") if width else 0)
        return QSize(width + 2 * theme.length("xs"), theme.length("buttonSmall"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = self._appearance.theme, QPainter(self)
        side, level, mirrored = theme.length("xs"), level_of(self._use), self.isRightToLeft()
        height = theme.length("xs")
        bar = QRectF(side, (self.height() - height) / 2, self._bar_width, height)
        if mirrored:
            bar.moveRight(self.width() - side)
        if self._use.context_length:
            border = theme.color("borderControl") if theme.scheme.high_contrast else None
            draw_box(painter, bar, height / 2, theme.color("borderDefault"), border)
            filled = QRectF(bar)
            filled.setWidth(max(height, bar.width() * min(1.0, self._use.share or 0.0)))
            if mirrored:
                filled.moveRight(bar.right())
            draw_box(painter, filled, height / 2, theme.color(level))
        if self.words:
            painter.setFont(self.font())
            color = theme.color("textTertiary" if level == "accent" else level)
            area = QRectF(self.rect()).adjusted(side, 0, -side, 0)
            at_end = Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
            draw_text(painter, area, self.words, color, at_end | Qt.AlignmentFlag.AlignVCenter)

    def _open_card(self) -> None:
        if self._card is None:
            self._card = ContextCard(self._appearance, self.window())
        self._card.show_use(self._use)
        theme, size = self._appearance.theme, self._card.sizeHint().expandedTo(self._card.minimumSize())
        margin, corner = shadow_margin(theme), self._above.mapTo(self.window(), QPoint(0, 0))
        start, end = corner.x() - margin, corner.x() + self._above.width() + margin - size.width()
        top = corner.y() + margin - theme.length("l") - size.height()
        if top + margin < 0:  # the quick window has its composer at the top
            below = self.mapTo(self.window(), QPoint(0, self.height())).y() - margin + theme.length("xs")
            top = max(-margin, min(below, self.window().height() + margin - size.height()))
        self._card.setGeometry(start if self.isRightToLeft() else end, top, size.width(), size.height())
        self._card.show()
        self._card.raise_()

    def _close_card(self) -> None:
        if self._card and not self.hasFocus() and not self.underMouse():
            self._card.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._open_card()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._close_card()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._open_card()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._close_card()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._card:
            self._card.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the card with Escape."""
        if event.key() == Qt.Key.Key_Escape and self._card and self._card.isVisible():
            self._card.hide()
        else:
            super().keyPressEvent(event)


class ContextUseView(QWidget):
    """How the context is used: the total, a bar in parts, and a row for each part that is not zero."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._total = Label(appearance, "ui", "text", self, strong=True)
        self._total.setObjectName("contextTotal")
        self._percent = Label(appearance, "ui", "textSecondary", self)
        self._bar = _PartsBar(appearance, self)
        self._level = Label(appearance, "caption", "warning", self, wrap=True)
        self._level.setObjectName("contextLevel")
        self._rows: list[_Row] = []
        self._head = QHBoxLayout()
        self._head.addWidget(self._total)
        self._head.addStretch(1)
        self._head.addWidget(self._percent)
        self._grid = QGridLayout()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._head)
        self._column.addWidget(self._bar)
        self._column.addWidget(self._level)
        self._column.addLayout(self._grid)
        appearance.bind(self._restyle)

    def show_use(self, use: ContextUse) -> None:
        """Show how the context is used."""
        parts, level = parts_of(use), level_of(use)
        self.setAccessibleName(spoken_use(use))
        self._total.set_text(card_heading(use))
        self._percent.set_text(QLocale().toString(round(100 * (use.share or 0))) + QLocale().percent())
        self._percent.set_color("textSecondary" if level == "accent" else level)
        for label in (self._percent, self._bar):
            label.setVisible(use.context_length is not None)
        self._bar.show_parts(parts, use.context_length or 0)
        self._level.set_text(level_text(use))
        self._level.set_color(level if level != "accent" else "text")
        self._level.setVisible(level != "accent")
        while len(self._rows) < len(parts):
            row = _Row(self._appearance, self)
            self._grid.addWidget(row, len(self._rows), 0)
            self._rows.append(row)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(parts))
            if number < len(parts):
                row.show_part(parts[number])
        self._column.activate()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setSpacing(theme.length("s"))
        self._grid.setVerticalSpacing(0)
        self._head.setSpacing(theme.length("l"))


class ContextCard(QWidget):
    """The card of the meter. It takes neither focus nor pointer."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setObjectName("contextCard")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._view = ContextUseView(appearance, self)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._view)
        appearance.bind(self._restyle)

    def show_use(self, use: ContextUse) -> None:
        """Show how the context is used."""
        self._view.show_use(use)
        self._column.activate()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        pad = shadow_margin(theme) + theme.length("l")
        self._column.setContentsMargins(pad, pad - theme.length("xs"), pad, pad - theme.length("xs"))
        self.setMinimumWidth(round(_CARD_WIDTH * theme.scale) + 2 * shadow_margin(theme))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        draw_menu_panel(QPainter(self), theme, QRectF(self.rect()), shadow_margin(theme), theme.length("card"))


class _PartsBar(QWidget):
    """The bar in parts, with gaps of 1 px."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._parts: tuple[_Part, ...] = ()
        self._context_length = 0
        appearance.bind(self._restyle)

    def show_parts(self, parts: tuple[_Part, ...], context_length: int) -> None:
        self._parts, self._context_length = parts, context_length
        self.update()

    def _restyle(self) -> None:
        self.setFixedHeight(round(_CARD_BAR * self._appearance.theme.scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = self._appearance.theme, QPainter(self)
        radius, whole = self.height() / 2, max(self._context_length, sum(part.tokens for part in self._parts), 1)
        draw_box(painter, QRectF(self.rect()), radius, theme.color("bubble"))
        left = 0.0
        for part in self._parts:
            width = max(float(self.height()) / 2, self.width() * part.tokens / whole)
            area = QRectF(left, 0, min(width - 1, self.width() - left), self.height())
            if self.isRightToLeft():
                area.moveRight(self.width() - left)
            draw_box(painter, area, min(radius, area.width() / 2, theme.length("mark")), theme.color(part.color))
            left += width


class _Row(QWidget):
    """A row of the card: a dot in the colour of the part, its name and its tokens."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._part = _Part("text", "", 0)
        appearance.bind(self._restyle)

    def show_part(self, part: _Part) -> None:
        self._part = part
        self.update()

    def _restyle(self) -> None:
        self.setFont(self._appearance.theme.font("ui"))
        self.setFixedHeight(round(_PIXEL_ROW * self._appearance.theme.scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter, rect, size = QPainter(self), QRectF(self.rect()), round(_DOT * theme.scale)
        mirrored = self.isRightToLeft()
        dot = QRectF(rect.width() - size if mirrored else 0, (rect.height() - size) / 2, size, size)
        draw_box(painter, dot, theme.length("mark"), theme.color(self._part.color))
        painter.setFont(self.font())
        gap = size + theme.length("s")
        name = rect.adjusted(0, 0, -gap, 0) if mirrored else rect.adjusted(gap, 0, 0, 0)
        start, end = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if mirrored:
            start, end = end, start
        middle = Qt.AlignmentFlag.AlignVCenter
        draw_text(painter, name, self._part.name, theme.color("text"), start | middle)
        draw_text(painter, rect, exact_count(self._part.tokens), theme.color("textSecondary"), end | middle)
