"""The row above the transcript, with the title of the chat, which opens its menu and can be renamed in place."""

from time import monotonic

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QStyle, QWidget

from chatdesk.features.chat.ui.side_panel_frame import SidePane
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.kernel.chat.conversation import MAX_CHAT_NAME_LENGTH
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.chip import Chip
from chatdesk.ui_kit.widgets.focus import set_tab_order
from chatdesk.ui_kit.widgets.icon_button import IconButton

_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down})
_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class TitleButton(QAbstractButton):
    """The title of a chat with a chevron; pressing it opens the menu of the chat. A double click renames the chat.

    The first press of a double click opens the menu, and the second one closes it. Without a menu it is only text.
    """

    menu_requested = Signal(QPoint)
    """Open the menu at this position on the screen, and announce it with `watch_menu`."""
    rename_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._pressed_at = 0.0
        """When the menu was opened with the mouse, in seconds."""
        self._menu: QMenu | None = None
        self.has_menu = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        appearance.bind(self._restyle)

    def set_title(self, title: str) -> None:
        """Show a title as plain text."""
        self.setText(plain_line(title))
        self.setAccessibleName(self.text())  # in the text of a button, Qt takes "&" for the mark of an access key
        self.setToolTip(self.text() if self._is_cut else "")
        self.updateGeometry()
        self.update()

    def set_has_menu(self, *, has_menu: bool) -> None:
        """Set whether pressing it opens a menu."""
        self.has_menu = has_menu
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if has_menu else Qt.FocusPolicy.NoFocus)
        self.updateGeometry()
        self.update()

    def watch_menu(self, menu: QMenu) -> None:
        """Handle the end of the menu that was opened here."""
        self._menu = menu
        menu.aboutToHide.connect(self._menu_closes)
        menu.aboutToHide.connect(self.update)

    def close_menu(self) -> None:
        """Close the menu, if it is open."""
        if self._menu:
            self._menu.close()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the rectangle for the focus ring and its radius."""
        return self._box, self._appearance.theme.length("radius.control")

    @property
    def _box(self) -> QRectF:
        """The visible part, which is as wide as the text needs."""
        rect = QRect(0, 0, min(self.sizeHint().width(), self.width()), self.height())
        return QRectF(QStyle.visualRect(self.layoutDirection(), self.rect(), rect))

    @property
    def _is_cut(self) -> bool:
        return self.sizeHint().width() > self.width()

    def _open_menu(self) -> None:
        self.menu_requested.emit(self.mapToGlobal(self._box.bottomLeft().toPoint()))

    def _menu_closes(self) -> None:
        """Rename if the menu is being closed by the second press of a double click."""
        self._menu = None
        is_second_press = monotonic() - self._pressed_at < QApplication.doubleClickInterval() / 1000
        is_here = self.rect().contains(self.mapFromGlobal(QCursor.pos()))
        if is_second_press and is_here and QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            QTimer.singleShot(0, self, self.rename_requested.emit)

    def _restyle(self) -> None:
        self.setFont(self._appearance.theme.font("label"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        chevron = theme.length("icon.ui") + theme.length("xs") if self.has_menu else 0
        text = QFontMetrics(self.font()).horizontalAdvance(self.text()) + 1
        return QSize(text + chevron + 2 * theme.length("s"), theme.length("button"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def hitButton(self, position: QPoint) -> bool:  # noqa: N802 - Qt's name
        return self.has_menu and self._box.contains(position.toPointF())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the menu at once, as menus do."""
        if event.button() is Qt.MouseButton.LeftButton and self.hitButton(event.position().toPoint()):
            self._pressed_at = monotonic()
            self._open_menu()
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.hitButton(event.position().toPoint()):
            self.rename_requested.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the same menu with the right button and the menu key."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard and self.has_menu:
            self._open_menu()
        elif self.hitButton(event.pos()):
            self.menu_requested.emit(event.globalPos())
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.has_menu and event.key() in (*_KEYS, Qt.Key.Key_Space):
            self._open_menu()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setToolTip(self.text() if self._is_cut else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        box, pad, size = self._box, theme.length("s"), theme.length("icon.ui")
        over = self._menu is not None or box.contains(self.mapFromGlobal(QCursor.pos()).toPointF())
        if self.has_menu and (self._menu is not None or (state.hovered and over)):
            radius = theme.length("radius.control")
            draw_box(painter, box, radius, fill=theme.color("hover"))
        text = box.adjusted(pad, 0, -pad - (size + theme.length("xs") if self.has_menu else 0), 0)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            text.moveRight(box.right() - pad)
        painter.setFont(self.font())
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(text.width()) + 1)
        draw_text(painter, text, shown, theme.color("text"), _LEFT)
        if self.has_menu:
            icon_rect = QRectF(box.right() - pad - size, box.top(), size, box.height())
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                icon_rect.moveLeft(box.left() + pad)
            draw_icon(painter, theme, "chevron-down", theme.color("textSecondary"), icon_rect, size)


class TitleField(QLineEdit):
    """The field for the title of a chat, in the font of the title. It grows with the text."""

    left = Signal(str, bool)
    """Carries the new title, empty for none, and whether the field was left with a key. Esc leaves it without a change."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setObjectName("titleField")
        self.setMaxLength(MAX_CHAT_NAME_LENGTH)
        self.hide()
        appearance.bind(self._restyle)

    @property
    def title(self) -> str:
        """The text on one line; empty for none."""
        return " ".join(self.text().split())

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFont(theme.font("label"))
        margin = theme.length("s") - theme.length("m")
        self.setTextMargins(margin, 0, margin, 0)

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        text = QFontMetrics(self.font()).horizontalAdvance(self.text())
        least = theme.length("sidebarMin")
        return QSize(max(least, text + 2 * theme.length("l")), theme.length("button"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit("", True)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left.emit(self.title, True)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save when the field is left, but not while its context menu or another window is used."""
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.left.emit(self.title, False)


class KeyHints(QWidget):
    """Keys and what they do, as captions."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._hints: tuple[tuple[str, str], ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        appearance.changed.connect(self.update)

    def set_hints(self, *hints: tuple[str, str]) -> None:
        """Set the keys, in Qt's portable format, and the words after them."""
        native = QKeySequence.SequenceFormat.NativeText
        self._hints = tuple((QKeySequence(keys).toString(native), text) for keys, text in hints)
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        metrics, pad, gap = QFontMetrics(theme.font("caption")), theme.length("xs"), theme.length("s")
        width = sum(metrics.horizontalAdvance(keys + text) + 3 * pad + gap for keys, text in self._hints)
        return QSize(width, theme.line("caption") + pad)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setFont(theme.font("caption"))
        pad, left = theme.length("xs"), 0.0
        for keys, text in self._hints:
            cap = QRectF(left, 0, painter.fontMetrics().horizontalAdvance(keys) + 2 * pad, self.height())
            rest = QRectF(cap.right() + pad, 0, painter.fontMetrics().horizontalAdvance(text) + 1, self.height())
            left = rest.right() + theme.length("s")
            mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            for rect in (cap, rest) if mirrored else ():
                rect.moveRight(self.width() - rect.left())
            draw_box(painter, cap, theme.length("radius.small"), border=theme.color("borderDefault"))
            draw_text(painter, cap, keys, theme.color("textSecondary"))
            draw_text(painter, rest, text, theme.color("textTertiary"), _LEFT)


class TitleRow(Translated, QWidget):
    """The row above the transcript: sidebar toggle, chat title, preset, model picker, toggles of chat settings and outline.

    It is 48 px high with a line below. The title is a button that opens the menu of the chat; to rename the chat, a
    field takes its place.
    """

    sidebar_toggled = Signal()
    menu_requested = Signal(QPoint)
    """Open the menu of the chat at this position on the screen."""
    renamed = Signal(str)
    """Carries a new title, which is never empty."""
    rename_ended = Signal()
    """The field for the title was closed with a key, so the focus should move on."""
    pane_toggled = Signal(str)
    """Carries a pane of the side panel."""
    preset_pressed = Signal()
    preset_removed = Signal()

    def __init__(self, appearance: Appearance, picker: ModelPicker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._toggle = IconButton(appearance, "panel-left-close", self)
        self._toggle.setObjectName("sidebarToggle")
        self._toggle.clicked.connect(self.sidebar_toggled)
        self._title = TitleButton(appearance, self)
        self._title.setObjectName("chatTitle")
        self._title.menu_requested.connect(self.menu_requested)
        self._title.rename_requested.connect(self.rename)
        self._current_title = ""
        self._field: TitleField | None = None
        self._hints: KeyHints | None = None
        self._outline = IconButton(appearance, "outline", self)
        self._outline.setObjectName("outlineToggle")
        self._outline.setCheckable(True)
        self._outline.clicked.connect(lambda: self.pane_toggled.emit(SidePane.OUTLINE))
        self._settings = IconButton(appearance, "sliders-horizontal", self)
        self._settings.setObjectName("chatSettingsToggle")
        self._settings.setCheckable(True)
        self._settings.clicked.connect(lambda: self.pane_toggled.emit(SidePane.SETTINGS))
        self.preset_chip = Chip(appearance, "", "library", self, accent=True, pressable=True)
        self.preset_chip.setObjectName("presetChip")
        self.preset_chip.pressed.connect(self.preset_pressed)
        self.preset_chip.removed.connect(self.preset_removed)
        self.preset_chip.hide()
        self._preset = ""
        layout = QHBoxLayout(self)
        start = QHBoxLayout()
        start.addWidget(self._toggle)
        start.addWidget(self._title, 1)
        layout.addLayout(start, 1)
        layout.addWidget(self.preset_chip)
        self._picker = picker
        layout.addWidget(picker)
        layout.addWidget(self._settings)
        layout.addWidget(self._outline)
        self._layout, self._start = layout, start
        # Qt's order is that of creation, and the picker was created before the row.
        set_tab_order((self._toggle, self._title, self.preset_chip, picker, self._settings, self._outline))
        appearance.bind(self._arrange)
        self._retranslate()

    @property
    def last_in_tab_order(self) -> QWidget:
        """The part of the row that the keyboard reaches last."""
        return self._outline

    def set_title(self, title: str) -> None:
        """Set the title of the chat; an empty one means a new chat."""
        self._current_title = title
        self._retranslate()

    def set_has_menu(self, *, has_menu: bool) -> None:
        """Set whether the title is that of a chat, with a menu and a field for renaming; otherwise it is only text."""
        self._title.set_has_menu(has_menu=has_menu)

    def watch_menu(self, menu: QMenu) -> None:
        """Handle the end of the menu that was opened at the title."""
        self._title.watch_menu(menu)

    def rename(self) -> None:
        """Show the field for the title, with all of it selected."""
        if not self._title.has_menu or (self._field and self._field.isVisible()):
            return
        if self._field is None:
            self._field, self._hints = TitleField(self._appearance, self), KeyHints(self._appearance, self)
            self._field.left.connect(self._end_renaming)
            self._field.textChanged.connect(self._place_field)
            self._retranslate()
        self._title.close_menu()
        self._field.setText(self._current_title)
        self._field.show()
        self._title.hide()
        self._place_field()
        # Backwards: Qt selects towards the end, which would scroll away the start of a long title.
        self._field.setSelection(len(self._current_title), -len(self._current_title))
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def end_renaming(self) -> None:
        """Save the title in the field, if it is shown, because another chat will be shown."""
        if self._field:
            self._end_renaming(self._field.title, by_key=False)

    def _end_renaming(self, title: str, by_key: bool) -> None:
        """Hide the field and emit a changed title."""
        if self._field is None or self._field.isHidden():
            return
        self._title.show()
        self._field.hide()
        self._place_field()
        if title not in {"", self._current_title}:
            self.renamed.emit(title)
        if by_key:
            self.rename_ended.emit()

    def _place_field(self) -> None:
        """Place the field over the title so that the text does not move, and explain the keys if there is space."""
        field, hints, area = self._field, self._hints, self._title.geometry()
        if field is None or hints is None:
            return
        wanted = min(field.sizeHint().width(), self._appearance.theme.length("titleFieldMax"), area.width())
        rect = QRect(area.left(), area.center().y() - field.sizeHint().height() // 2, wanted, field.sizeHint().height())
        space = area.width() - wanted - self._layout.spacing()
        hints.setVisible(field.isVisible() and space >= hints.sizeHint().width())
        icon_rect = QRect(QPoint(rect.right() + self._layout.spacing(), area.top()), hints.sizeHint())
        icon_rect.moveTop(area.center().y() - icon_rect.height() // 2)
        field.setGeometry(QStyle.visualRect(self.layoutDirection(), area, rect))
        hints.setGeometry(QStyle.visualRect(self.layoutDirection(), area, icon_rect))

    def set_preset(self, name: str, icon: str) -> None:
        """Show the preset of the chat; none for an empty name."""
        self._preset = name
        self.preset_chip.set_icon(icon or "library")
        self.preset_chip.setVisible(bool(name))
        self._retranslate()

    def set_sidebar_open(self, *, is_open: bool) -> None:
        """Show whether the sidebar is open."""
        self._toggle.set_icon("panel-left-close" if is_open else "panel-left")
        self._retranslate()

    def set_pane(self, pane: str) -> None:
        """Show which pane of the side panel is open."""
        self._outline.setChecked(pane == SidePane.OUTLINE)
        self._settings.setChecked(pane == SidePane.SETTINGS)

    def set_outline_available(self, *, available: bool) -> None:
        """Show the outline toggle if there is something to outline."""
        self._outline.setVisible(available)

    def _arrange(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(theme.length("titleRow"))
        self._layout.setContentsMargins(theme.length("m"), 0, theme.length("m"), 0)
        self._layout.setSpacing(theme.length("m"))
        self._start.setSpacing(theme.length("xs"))
        self.update()

    def _retranslate(self) -> None:
        self._title.set_title(self._current_title or self.tr("New chat"))
        if self._field and self._hints:
            self._field.setAccessibleName(self.tr("Chat title"))
            self._hints.set_hints(("Return", self.tr("save")), ("Esc", self.tr("cancel")))
        self.preset_chip.set_text(self._preset, self.tr("Remove preset {name}").format(name=self._preset))
        self.preset_chip.set_button_name(self.tr("Preset: {name}").format(name=self._preset))
        self._toggle.set_name(self.tr("Show or hide sidebar"), command=CommandId.TOGGLE_SIDEBAR)
        self._settings.set_name(self.tr("Show or hide chat settings"), command=CommandId.CHAT_SETTINGS)
        self._outline.set_name(self.tr("Show or hide outline"), command=CommandId.TOGGLE_OUTLINE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow row, the title has precedence over the names of the server and of the preset."""
        super().resizeEvent(event)
        self._place_field()
        compact = self.width() < self._appearance.theme.length("titleRowCompactBelow")
        self._picker.set_compact(compact=compact)
        self.preset_chip.set_compact(compact=compact)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._appearance.theme.color("borderSubtle"))
        y = self.height() - 0.5
        painter.drawLine(0, int(y), self.width(), int(y))
