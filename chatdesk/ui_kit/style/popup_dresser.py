"""Makes the windows of menus, combo box lists and tooltips translucent, so that they can have round corners and a shadow."""

from functools import cached_property

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.compositor import windows_may_be_translucent
from chatdesk.ui_kit.style.painting import shadow_margin
from chatdesk.ui_kit.style.palette import make_palette

_COMBO_LIST = "QComboBoxPrivateContainer"
_TOOLTIP = "QTipLabel"


class PopupDresser(QObject):
    """`dress` is to be called for every widget before it is first shown. The class names are Qt's own, private ones."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self._appearance = appearance

    @property
    def menu_margin(self) -> int:
        """The room for the shadow inside the windows of menus, in px."""
        return shadow_margin(self._appearance.theme) if self.translucent else 0

    @cached_property
    def translucent(self) -> bool:
        """Whether windows can have round corners. Asked when there is one: on X11 the answer takes 4 ms."""
        return windows_may_be_translucent()

    def dress(self, widget: QWidget) -> None:
        """Do to `widget` what its kind needs."""
        if isinstance(widget, QMenu):
            self._make_translucent(widget)
            widget.installEventFilter(self)
        elif isinstance(widget, QLabel):
            # Also the labels that Qt makes itself: a tooltip, a message box.
            if widget.textFormat() == Qt.TextFormat.AutoText:
                widget.setTextFormat(Qt.TextFormat.PlainText)
            if widget.inherits(_TOOLTIP):
                self._make_translucent(widget)
        elif widget.inherits(_COMBO_LIST):
            self._make_translucent(widget)
            widget.installEventFilter(self)

    def _make_translucent(self, widget: QWidget) -> None:
        if self.translucent and not widget.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground):
            widget.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
            widget.setWindowFlag(Qt.WindowType.FramelessWindowHint)
            widget.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put a menu's visible corner where Qt puts its window's, and give a combo box's list the colour of what floats."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget):
            if not isinstance(watched, QMenu):
                theme = self._appearance.theme
                watched.setPalette(make_palette(theme, "raised"))
                inset = theme.length("hair")  # Qt fills each row: it would cover the border and the round corners
                watched.setContentsMargins(inset, 0, inset, 0)
            elif not isinstance(watched.parentWidget(), QMenu):
                watched.move(watched.pos() - QPoint(self.menu_margin, self.menu_margin))
        return super().eventFilter(watched, event)
