"""Tab bar above the panel with one tab for each open artifact of the chat. The presenter decides what a tab shows."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import overlay_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painting import draw_box, draw_line
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize

_MAX_WIDTH = 200
_MIN_WIDTH = 120
_CLOSE_BUTTON_SIDE = QTabBar.ButtonPosition.RightSide


@dataclass(frozen=True, slots=True)
class PageTab:
    """A tab, identified by `key`. A page that is `unloaded` was unloaded and restarts when its tab is selected."""

    key: str
    title: str
    unloaded: bool = False


class PageTabs(Translated, QTabBar):
    """Hidden if there is only one tab. Arrow keys move between tabs; Delete and middle click close one."""

    chosen = Signal(str)
    close_requested = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("previewTabs")
        self._appearance = appearance
        self._tabs: tuple[PageTab, ...] = ()
        self._pressed = -1
        self._concealed = False
        self.setDocumentMode(True)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setUsesScrollButtons(True)
        self.setMouseTracking(True)
        self.currentChanged.connect(self._current_changed)
        appearance.bind(self._restyle)
        self.hide()

    def show_tabs(self, tabs: Sequence[PageTab], current: str) -> None:
        """Show these tabs and select the current one. Existing tabs keep their position and the keyboard focus."""
        before, self._tabs = self._tabs, tuple(tabs)
        self.blockSignals(True)
        if [tab.key for tab in before] != [tab.key for tab in tabs]:
            while self.count() > len(tabs):
                self.removeTab(self.count() - 1)
            while self.count() < len(tabs):
                self.setTabButton(self.addTab(""), _CLOSE_BUTTON_SIDE, self._new_close_button())
            for button in self.findChildren(QToolButton):
                button.raise_()
        for index, tab in enumerate(tabs):
            self._update_tab(index, tab)
            if tab.key == current:
                self.setCurrentIndex(index)
        self.blockSignals(False)
        self.conceal(concealed=self._concealed)
        self.update()

    def conceal(self, *, concealed: bool) -> None:
        """Hide the tabs temporarily, or show them again."""
        self._concealed = concealed
        self.setVisible(len(self._tabs) > 1 and not concealed)

    def _new_close_button(self) -> IconButton:
        cross = IconButton(self._appearance, "x", self, size=IconButtonSize.CHIP)
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the Delete key does the same
        cross.clicked.connect(lambda: self._close(self._index_of(cross)))
        return cross

    def _index_of(self, cross: QWidget) -> int:
        return next((index for index in range(self.count()) if self.tabButton(index, _CLOSE_BUTTON_SIDE) is cross), -1)

    def _update_tab(self, index: int, tab: PageTab) -> None:
        self.setTabText(index, tab.title.replace("&", "&&"))
        unloaded = self.tr("{title} (unloaded to save memory; restarts when opened)").format(title=tab.title)
        name = unloaded if tab.unloaded else tab.title
        self.setTabToolTip(index, name)
        self.setAccessibleTabName(index, name)
        cross = self.tabButton(index, _CLOSE_BUTTON_SIDE)
        if isinstance(cross, IconButton):
            cross.set_name(self.tr("Close “{title}”").format(title=tab.title), shortcut="Del")

    def _current_changed(self, index: int) -> None:
        if 0 <= index < len(self._tabs):
            self.chosen.emit(self._tabs[index].key)

    def _close(self, index: int) -> None:
        if 0 <= index < len(self._tabs):
            self.close_requested.emit(self._tabs[index].key)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFont(theme.font("ui"))
        self.setPalette(make_palette(theme, "frame"))
        self.setIconSize(QSize(0, 0))
        self.setFixedHeight(theme.length("button") + theme.length("s"))
        for button, icon in zip(self.findChildren(QToolButton), ("chevron-left", "chevron-right"), strict=False):
            button.setArrowType(Qt.ArrowType.NoArrow)
            side = theme.length("icon.ui")
            ratio = self.devicePixelRatioF()
            button.setIcon(theme.icons.pixmap(icon, theme.color("textSecondary"), side, ratio))
            button.setIconSize(QSize(side, side))
            button.setAutoRaise(True)
            button.setAutoFillBackground(True)  # they cover the last tab
            button.setBackgroundRole(QPalette.ColorRole.Window)
        self.updateGeometry()
        self.update()

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt's name
        """Return the size for the title in bold, within limits."""
        theme = self._appearance.theme
        text_width = QFontMetrics(theme.font("ui", strong=True)).horizontalAdvance(self._title(index))
        width = text_width + theme.length("size.tag") + 3 * theme.length("m")
        narrowest, widest = (round(limit * theme.scale) for limit in (_MIN_WIDTH, _MAX_WIDTH))
        return QSize(min(max(width, narrowest), widest), self.height())

    def minimumTabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt's name
        """Return the size below which the bar scrolls instead of truncating titles further."""
        narrowest = round(_MIN_WIDTH * self._appearance.theme.scale)
        return QSize(min(narrowest, self.tabSizeHint(index).width()), self.height())

    def _title(self, index: int) -> str:
        return self._tabs[index].title if index < len(self._tabs) else ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("frame"))
        draw_line(painter, self.rect().bottomLeft().toPointF(), self.width(), theme.color("borderSubtle"))
        for index in range(self.count()):
            self._draw(painter, index)

    def _draw(self, painter: QPainter, index: int) -> None:
        theme = self._appearance.theme
        current = index == self.currentIndex()
        gap = theme.length("xs")
        rect = self.tabRect(index).adjusted(gap // 2, gap, -(gap // 2), -gap)
        box, radius = QRectF(rect), theme.length("radius.small")
        hovered = rect.contains(self.mapFromGlobal(self.cursor().pos())) and self.underMouse()
        if current:
            border = "accentBorder" if theme.scheme.high_contrast else "borderSubtle"
            draw_box(painter, box, radius, theme.color("raised"), theme.color(border))
        elif hovered and (overlay := overlay_color(theme, ControlState(hovered=True))):
            draw_box(painter, box, radius, fill=overlay)
        if current and self.hasFocus():
            width = theme.stroke("focus")
            inside = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
            draw_box(painter, inside, radius, border=theme.color("focus"), width=width)
        font = theme.font("ui", strong=current)
        unloaded = self._tabs[index].unloaded
        painter.setFont(font)
        painter.setPen(theme.color("text" if current else "textTertiary" if unloaded else "textSecondary"))
        title_rect = self._title_rect(index, rect)
        cut = QFontMetrics(font).elidedText(self._title(index), Qt.TextElideMode.ElideRight, title_rect.width())
        painter.drawText(title_rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, cut)

    def _title_rect(self, index: int, rect: QRect) -> QRect:
        """Return the rectangle of a title: up to the close button, on whichever side Qt has placed it."""
        theme = self._appearance.theme
        margin, gap = theme.length("s"), theme.length("xs")
        cross = self.tabButton(index, _CLOSE_BUTTON_SIDE).geometry()
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            return rect.adjusted(cross.right() + gap - rect.left(), 0, -margin, 0)
        return rect.adjusted(margin, 0, cross.left() - gap - rect.right(), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._close(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember the tab that was pressed with the middle button."""
        if event.button() is Qt.MouseButton.MiddleButton:
            self._pressed = self.tabAt(event.position().toPoint())
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close the tab on a middle click."""
        if event.button() is Qt.MouseButton.MiddleButton:
            if self.tabAt(event.position().toPoint()) == self._pressed:
                self._close(self._pressed)
            self._pressed = -1
        else:
            super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ignore the wheel: scrolling must not start a page."""
        event.ignore()

    def _retranslate(self) -> None:
        for index, tab in enumerate(self._tabs):
            self._update_tab(index, tab)
