"""Completion list at the text cursor. The keyboard focus stays in the editor, which passes on the arrow keys."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from chatdesk.features.presets.ui.editor.variables.variable_names import VariableName
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_menu_panel, draw_text
from chatdesk.ui_kit.style.painting import draw_lit_row, shadow_margin

_MAX_ROWS = 8
_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class CompletionList(QWidget):
    """Overlay in the window of the editor. `chosen` carries a name."""

    chosen = Signal(str)

    def __init__(self, appearance: Appearance, editor: QWidget) -> None:
        super().__init__(editor)
        self._appearance = appearance
        self._editor = editor
        self._names: tuple[VariableName, ...] = ()
        self._current = 0
        self._top = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        appearance.changed.connect(self.hide)

    @property
    def current(self) -> str:
        """The name that Enter inserts."""
        return self._names[self._current].name

    @property
    def names(self) -> tuple[str, ...]:
        """The offered names."""
        return tuple(each.name for each in self._names)

    def show_names(self, names: Sequence[VariableName], cursor: QRect) -> None:
        """Show these names at the text cursor, which is given in the coordinates of the editor; hide the list if there are none."""
        if not names:
            self.hide()
            return
        if tuple(names) != self._names or not self.isVisible():
            self._names, self._current, self._top = tuple(names), 0, 0
        self._place(cursor)
        self.show()
        self.raise_()
        self._announce()

    def step(self, by: int) -> None:
        """Move to another row, wrapping around."""
        self._current = (self._current + by) % len(self._names)
        self._top = min(max(self._top, self._current - _MAX_ROWS + 1), self._current)
        self._announce()
        self.update()

    def _announce(self) -> None:
        chosen = self._names[self._current]
        text = f"{chosen.name}, {chosen.note}" if chosen.note else chosen.name
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._editor, text))

    def _place(self, cursor: QRect) -> None:
        window = self._editor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        theme = self._appearance.theme
        margin, pad = shadow_margin(theme), theme.length("xs")
        height = min(len(self._names), _MAX_ROWS) * theme.length("rowMenu") + 2 * pad
        notes = max(QFontMetrics(theme.font("caption")).horizontalAdvance(each.note) for each in self._names)
        width = min(self._name_width + notes + 3 * theme.length("m") + 2 * pad, window.width())
        corner = self._editor.mapTo(window, cursor.bottomLeft()) + QPoint(-theme.length("m"), pad)
        if corner.y() + height > window.height():
            corner.setY(self._editor.mapTo(window, cursor.topLeft()).y() - pad - height)
        left = max(0, min(corner.x(), window.width() - width))
        self.setGeometry(QRect(left, corner.y(), width, height).adjusted(-margin, -margin, margin, margin))
        self.update()

    @property
    def _name_width(self) -> int:
        metrics = QFontMetrics(self._appearance.theme.font("ui"))
        widest = max(metrics.horizontalAdvance(each.name) for each in self._names)
        return min(widest + 1, self._appearance.theme.length("sidebarMin"))

    def _row_rect(self, row: int) -> QRectF:
        theme = self._appearance.theme
        around, height = shadow_margin(theme) + theme.length("xs"), theme.length("rowMenu")
        return QRectF(around, around + row * height, self.width() - 2 * around, height)

    def _row_at(self, position: QPoint) -> int | None:
        rows = range(min(len(self._names), _MAX_ROWS))
        return next((self._top + row for row in rows if self._row_rect(row).contains(position)), None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        draw_menu_panel(painter, theme, QRectF(self.rect()), shadow_margin(theme), theme.length("radius.control"))
        for row, each in enumerate(self._names[self._top : self._top + _MAX_ROWS]):
            rect = self._row_rect(row)
            if self._top + row == self._current:
                draw_lit_row(painter, theme, rect)
            inside = rect.adjusted(theme.length("s"), 0, -theme.length("s"), 0)
            self._draw_row(painter, inside, each)

    def _draw_row(self, painter: QPainter, rect: QRectF, each: VariableName) -> None:
        theme = self._appearance.theme
        name_width = self._name_width
        name, note = QRectF(rect), QRectF(rect)
        name.setWidth(name_width)
        note.setLeft(rect.left() + name_width + theme.length("m"))
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            name.moveRight(rect.right())
            note.moveLeft(rect.left())
        alignment = self.style().visualAlignment(self.layoutDirection(), _START)
        for text_rect, text, role, color in (
            (name, each.name, "ui", "accentText"),
            (note, each.note, "caption", "textTertiary"),
        ):
            painter.setFont(theme.font(role))
            cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(text_rect.width()))
            draw_text(painter, text_rect, cut, theme.color(color), alignment)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        if row is not None and row != self._current:
            self._current = row
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        if row is not None:
            self._current = row
            self.chosen.emit(self.current)
