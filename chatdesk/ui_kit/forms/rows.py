"""Layouts for form rows: side by side or stacked, wrapping, and in a card with separators."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.icon_label import IconTile
from chatdesk.ui_kit.widgets.label import Label

# Two parts of a row, side by side or, if the row is too narrow, stacked.


class StackingRow(QWidget):
    """A row with a `start` and an `end` widget in reading order.

    With `start_width` (px at 100 %), the start has this width and the end gets the rest; otherwise the end takes the width it needs, and is
    put below if less than `least_start` (px at 100 %; by default what wrapped text needs) is left for the start.
    """

    stacked_changed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        start: QWidget,
        end: QWidget,
        parent: QWidget | None = None,
        *,
        start_width: int = 0,
        least_start: int = 0,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._start = start
        self._end = end
        self._start_width = start_width
        self._least_start = least_start
        self._arranged: tuple[bool, int, int] | None = None
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(start, 0 if start_width else 1)
        self._layout.addWidget(end, 1 if start_width else 0)
        appearance.bind(self._arrange)

    @property
    def stacked(self) -> bool:
        """Whether the end is below the start."""
        return self._layout.direction() is QBoxLayout.Direction.TopToBottom

    def _arrange(self) -> None:
        theme = self._appearance.theme
        start = round(self._start_width * theme.scale)
        # A start with word wrap needs less than its size hint; a third of the settings column is wide enough to read.
        least = start or round(self._least_start * theme.scale) or theme.length("settingsColumn") // 3
        end = theme.length("settingsColumn") // 3 if start else self._end.sizeHint().width()
        stacked = 0 < self.width() < least + end + theme.length("l")
        spacing = theme.length("xs" if stacked else "l")
        if self._arranged == (stacked, spacing, start):
            return  # setting it again would request a layout, which calls this again: an endless loop
        self._arranged = (stacked, spacing, start)
        changed = stacked != self.stacked
        direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(direction)
        self._layout.setSpacing(spacing)
        if start:
            self._start.setMinimumWidth(0 if stacked else start)
            self._start.setMaximumWidth(16_777_215 if stacked else start)
        alignment = Qt.AlignmentFlag.AlignLeading if stacked else Qt.AlignmentFlag.AlignVCenter
        self._layout.setAlignment(self._end, Qt.AlignmentFlag(0) if start else alignment)
        if changed:
            self.stacked_changed.emit()

    def event(self, event: QEvent) -> bool:
        """Rearrange when the size hints change, for example in another language."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


# Widgets side by side, in as many lines as needed.


_UNLIMITED = 1 << 20
"""A width in which everything fits into one line."""


class WrappingRow(QWidget):
    """A row that wraps. Each widget has the size of its hint, but is never wider than the row. Tab moves in the order of addition."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._parts: list[QWidget] = []
        self._last: QWidget | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        appearance.changed.connect(self.arrange)

    def add(self, widget: QWidget) -> None:
        """Add a widget at the end."""
        widget.setParent(self)
        self._parts.append(widget)

    def set_last(self, widget: QWidget | None) -> None:
        """Place one of the widgets at the far end of the last line, and last in the tab order; None for none."""
        self._last = widget
        others = [part for part in self._parts if part is not widget]
        if widget and others:
            QWidget.setTabOrder(others[-1], widget)
        self.arrange()

    def clear(self) -> None:
        """Remove and delete all widgets."""
        self._last = None
        for widget in self._parts:
            widget.hide()
            widget.deleteLater()
        self._parts = []

    def arrange(self) -> None:
        """Update the layout after a widget was shown or its text changed."""
        for widget, geometry in self._geometries(self.width()):
            widget.setGeometry(geometry)
        self.updateGeometry()

    def _geometries(self, width: int) -> Iterator[tuple[QWidget, QRect]]:
        gap = self._appearance.theme.length("s")
        x = y = line = 0
        parts = [part for part in self._parts if part is not self._last]
        for widget in (*parts, self._last) if self._last else parts:
            if widget.isHidden():
                continue
            size = widget.sizeHint()
            size.setWidth(min(size.width(), max(width, 1)))
            if x and x + size.width() > width:
                x, y, line = 0, y + line + gap, 0
            if widget is self._last and width < _UNLIMITED:
                x = max(x, width - size.width())
            left = width - x - size.width() if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else x
            yield widget, QRect(left, y, size.width(), size.height())
            x += size.width() + gap
            line = max(line, size.height())

    def sizeHint(self) -> QSize:
        geometries = [geometry for _, geometry in self._geometries(_UNLIMITED)]
        width = sum(geometry.width() for geometry in geometries) + self._appearance.theme.length("s") * max(
            0, len(geometries) - 1
        )
        return QSize(width, max((geometry.height() for geometry in geometries), default=0))

    def minimumSizeHint(self) -> QSize:
        """Return the height for the current width; the minimum width is 0."""
        return QSize(0, self.heightForWidth(self.width()))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((geometry.bottom() + 1 for _, geometry in self._geometries(width)), default=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()


# A card of rows with separators between them.


class RowCard(Card):
    """A card of rows. Rows have their own margins. On a sheet, the `fill` is "page", because the sheet itself is "raised"."""

    def __init__(
        self,
        appearance: Appearance,
        parent: QWidget | None = None,
        *,
        fill: str = "raised",
        border: str = "borderSubtle",
    ) -> None:
        super().__init__(appearance, parent, fill=fill, border=border)
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def add_row(self, row: QWidget) -> None:
        """Add a row at the end."""
        self._rows.append(row)
        self._column.addWidget(row)

    def remove_row(self, row: QWidget) -> None:
        """Remove and delete a row."""
        self._rows.remove(row)
        self._column.removeWidget(row)  # now: until it is deleted, it would shift what is inserted
        row.hide()
        row.deleteLater()
        self.update()

    @property
    def has_rows(self) -> bool:
        """Whether a row is shown."""
        return any(not row.isHidden() for row in self._rows)

    def insert_row(self, position: int, row: QWidget) -> None:
        """Insert a row, or move one that is there."""
        if row in self._rows:
            self._rows.remove(row)
            self._column.removeWidget(row)
        self._rows.insert(position, row)
        self._column.insertWidget(position, row)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        color = self._appearance.theme.color("borderSubtle")
        for row in [row for row in self._rows if not row.isHidden()][1:]:
            draw_line(painter, QPointF(0, row.geometry().top()), self.width(), color)


# A row for such a card: texts and buttons.


class ActionRow(QWidget):
    """A row with a title, a caption with the object name `name`, and buttons; with an icon before them if one is given."""

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None, *, icon: str = "") -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._title = Label(appearance, "ui", "text", wrap=True)
        self._caption = Label(appearance, "caption", "textTertiary", wrap=True)
        self._caption.setObjectName(name)
        self._row_buttons: list[Button] = []
        self._controls: list[QWidget] = []
        text = QWidget(self)
        self._text_layout = QVBoxLayout(text)
        self._text_layout.addStretch(1)
        self._text_layout.addWidget(self._title)
        self._text_layout.addWidget(self._caption)
        self._text_layout.addStretch(1)
        self._buttons = QWidget(self)
        self._buttons_layout = QHBoxLayout(self._buttons)
        self._layout = QHBoxLayout(self)
        if icon:
            self._layout.addWidget(IconTile(appearance, icon, self), 0, Qt.AlignmentFlag.AlignVCenter)
        self._layout.addWidget(StackingRow(appearance, text, self._buttons, self), 1)
        appearance.bind(self._restyle)

    def add_button(self, name: str, icon: str, action: Callable[[], object]) -> Button:
        """Add a button and return it; its owner sets the text."""
        button = Button(self._appearance, "", icon=icon)
        button.setObjectName(name)
        button.clicked.connect(action)
        self._buttons_layout.addWidget(button)
        self._row_buttons.append(button)
        self._describe()
        return button

    def add_control(self, control: QWidget) -> None:
        """Add a switch or another control after the buttons; its name is the title."""
        self._buttons_layout.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        self._controls.append(control)
        self._describe()

    def set_texts(self, title: str, caption: str) -> None:
        """Change the texts, which also describe the buttons and controls: "Show…" alone says nothing to a screen reader."""
        self._title.set_text(title)
        self._caption.set_text(caption)
        self._describe()

    def _describe(self) -> None:
        title, caption = self._title.text(), self._caption.text()
        for button in self._row_buttons:
            button.setAccessibleDescription(" · ".join(filter(None, (title, caption))))
        for control in self._controls:  # named by the title
            control.setAccessibleDescription(caption)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._text_layout.setContentsMargins(0, 0, 0, 0)
        self._text_layout.setSpacing(0)
        self._buttons_layout.setContentsMargins(0, 0, 0, 0)
        self._buttons_layout.setSpacing(theme.length("s"))
        self.setMinimumHeight(theme.length("rowSetting"))
        side, top = theme.length("l"), theme.length("s")
        self._layout.setContentsMargins(side, top, side, top)
        self._layout.setSpacing(theme.length("m"))
