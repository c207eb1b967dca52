"""The style of the program: Fusion with custom metrics and custom drawing of all visible controls. The drawing is in painters.py.

There is no style sheet, because it would bypass this style and polish every widget again at each theme change. Qt may pass no widget to its
virtual methods, and accepts a str as class name; the stubs say otherwise, hence the ignored type errors.
"""

from functools import cached_property

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFrame,
    QLabel,
    QMenu,
    QProxyStyle,
    QPushButton,
    QSlider,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionFrame,
    QStyleOptionMenuItem,
    QStyleOptionSlider,
    QStyleOptionSpinBox,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind, ink_color
from chatdesk.ui_kit.style.compositor import windows_may_be_translucent
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.focus_ring import KeyboardFocus
from chatdesk.ui_kit.style.live_icon import live_icon
from chatdesk.ui_kit.style.painters import (
    combo_box_part,
    draw_button_ground,
    draw_check_box,
    draw_combo_box,
    draw_combo_box_label,
    draw_field,
    draw_menu_item,
    draw_menu_panel,
    draw_radio_button,
    draw_scroll_bar,
    draw_slider,
    draw_spin_box,
    menu_item_size,
    scroll_bar_part,
    spin_box_part,
)
from chatdesk.ui_kit.style.painting import draw_box, shadow_margin
from chatdesk.ui_kit.style.theme import Theme, make_palette

# Metrics and behaviour of the style, which Qt requests by number.

_METRIC, _HINT = QStyle.PixelMetric, QStyle.StyleHint

STYLE_HINTS: dict[QStyle.StyleHint, int] = {
    _HINT.SH_EtchDisabledText: 0,
    _HINT.SH_DitherDisabledText: 0,
    _HINT.SH_Widget_Animation_Duration: 0,  # Fusion would animate its scroll bars and progress bars
    _HINT.SH_ScrollBar_Transient: 0,
    _HINT.SH_ComboBox_Popup: 1,
    _HINT.SH_ComboBox_PopupFrameStyle: int(QFrame.Shape.NoFrame),
    _HINT.SH_ToolTip_Mask: 0,
    _HINT.SH_ToolTipLabel_Opacity: 255,
    _HINT.SH_Menu_Mask: 0,
    _HINT.SH_Menu_FlashTriggeredItem: 0,
    _HINT.SH_ScrollView_FrameOnlyAroundContents: 0,
    _HINT.SH_ItemView_ShowDecorationSelected: 1,
    _HINT.SH_Slider_AbsoluteSetButtons: 1,  # left button: move the handle to the clicked position
}

STANDARD_ICONS: dict[QStyle.StandardPixmap, tuple[str, str]] = {
    QStyle.StandardPixmap.SP_MessageBoxInformation: ("info", "accentText"),
    QStyle.StandardPixmap.SP_MessageBoxQuestion: ("info", "accentText"),
    QStyle.StandardPixmap.SP_MessageBoxWarning: ("triangle-alert", "warning"),
    QStyle.StandardPixmap.SP_MessageBoxCritical: ("circle-x", "danger"),
    QStyle.StandardPixmap.SP_LineEditClearButton: ("x", "textSecondary"),
}
"""Icon name and colour token."""


def style_metrics(theme: Theme) -> dict[QStyle.PixelMetric, int]:
    """Return the metrics in px for a theme, except those of menus."""
    check, icon = theme.length("check"), theme.length("icon.ui")
    return {
        _METRIC.PM_ButtonShiftHorizontal: 0,
        _METRIC.PM_ButtonShiftVertical: 0,
        _METRIC.PM_DefaultFrameWidth: 1,
        _METRIC.PM_ComboBoxFrameWidth: 1,
        _METRIC.PM_SpinBoxFrameWidth: 1,
        _METRIC.PM_IndicatorWidth: check,
        _METRIC.PM_IndicatorHeight: check,
        _METRIC.PM_ExclusiveIndicatorWidth: check,
        _METRIC.PM_ExclusiveIndicatorHeight: check,
        _METRIC.PM_CheckBoxLabelSpacing: theme.length("s"),
        _METRIC.PM_RadioButtonLabelSpacing: theme.length("s"),
        _METRIC.PM_MessageBoxIconSize: theme.length("xxl"),
        _METRIC.PM_ButtonIconSize: icon,
        _METRIC.PM_SmallIconSize: icon,
        _METRIC.PM_ListViewIconSize: icon,
        _METRIC.PM_LineEditIconSize: icon,
        _METRIC.PM_LineEditIconMargin: theme.length("xs"),
        _METRIC.PM_MenuPanelWidth: 0,
        _METRIC.PM_ScrollBarExtent: theme.length("scrollTrack"),
        _METRIC.PM_ScrollBarSliderMin: theme.length("button"),
        _METRIC.PM_ScrollView_ScrollBarSpacing: 0,
        _METRIC.PM_ScrollView_ScrollBarOverlap: 0,
        _METRIC.PM_SliderThickness: check + theme.length("xs"),
        _METRIC.PM_SliderLength: check,
        _METRIC.PM_SliderControlThickness: check,
        _METRIC.PM_SplitterWidth: 0,  # the neighbouring panel draws the line; Qt still allows dragging within 4 px
        _METRIC.PM_ToolTipLabelFrameWidth: theme.length("radius.small"),
        _METRIC.PM_TextCursorWidth: max(1, round(theme.scale * 1.5)),
        _METRIC.PM_LayoutHorizontalSpacing: theme.length("s"),
        _METRIC.PM_LayoutVerticalSpacing: theme.length("s"),
        _METRIC.PM_LayoutLeftMargin: theme.length("l"),
        _METRIC.PM_LayoutTopMargin: theme.length("l"),
        _METRIC.PM_LayoutRightMargin: theme.length("l"),
        _METRIC.PM_LayoutBottomMargin: theme.length("l"),
    }


def menu_metrics(theme: Theme, margin: int) -> dict[QStyle.PixelMetric, int]:
    """Return the metrics of menus, which have a margin for their shadow."""
    return {
        _METRIC.PM_MenuHMargin: margin,
        _METRIC.PM_MenuVMargin: margin + theme.length("xs"),
        _METRIC.PM_SubMenuOverlap: -margin - theme.length("s") + theme.length("hair"),
    }


MENU_METRICS = frozenset({_METRIC.PM_MenuHMargin, _METRIC.PM_MenuVMargin, _METRIC.PM_SubMenuOverlap})


# Translucent windows for menus, combo box lists and tooltips, so that they can have rounded corners and a shadow.

_COMBO_LIST = "QComboBoxPrivateContainer"
_TOOLTIP = "QTipLabel"


class PopupStyler(QObject):
    """Prepares popup windows. Call `dress` for every widget before it is first shown. The class names are private names of Qt."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self._appearance = appearance

    @property
    def menu_margin(self) -> int:
        """Margin for the shadow inside the windows of menus, in px."""
        return shadow_margin(self._appearance.theme) if self.translucent else 0

    @cached_property
    def translucent(self) -> bool:
        """Whether windows can be translucent. Determined on first use: on X11 it takes 4 ms."""
        return windows_may_be_translucent()

    def dress(self, widget: QWidget) -> None:
        """Apply the settings for the type of `widget`."""
        if isinstance(widget, QMenu):
            self._make_translucent(widget)
            widget.installEventFilter(self)
        elif isinstance(widget, QLabel):
            # This includes labels that Qt creates, such as tooltips and message boxes.
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
        """Align a menu's visible corner with Qt's window position, and give the list of a combo box the palette of floating elements."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget):
            if not isinstance(watched, QMenu):
                theme = self._appearance.theme
                watched.setPalette(make_palette(theme, "raised"))
                inset = theme.length("hair")  # Qt fills each row, which would cover the border and the rounded corners
                watched.setContentsMargins(inset, 0, inset, 0)
            elif not isinstance(watched.parentWidget(), QMenu):
                watched.move(watched.pos() - QPoint(self.menu_margin, self.menu_margin))
        return super().eventFilter(watched, event)


class WheelGuard(QObject):
    """Passes the wheel on to the page that is being scrolled. Only spin boxes and sliders with the focus use it themselves."""

    def watch(self, widget: QWidget) -> None:
        """Guard `widget` if the wheel would change its value, and keep the wheel from giving it the focus."""
        if widget.focusPolicy() is Qt.FocusPolicy.WheelFocus:
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if isinstance(widget, QComboBox | QAbstractSpinBox | QSlider):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.Wheel or not isinstance(watched, QWidget):
            return super().eventFilter(watched, event)
        if watched.hasFocus() and not isinstance(watched, QComboBox):
            return False
        event.ignore()  # so that it is passed on to the parent
        return True


INVALID_PROPERTY = "invalid"
"""Set to True on a line edit with invalid content: its border is red. `TextField` sets it."""

_HOVERED = ("QAbstractButton", "QComboBox", "QAbstractSpinBox", "QLineEdit", "QScrollBar", "QSlider")


class Style(QProxyStyle):
    """The application style. It also sets the application's palette and fonts, now and when the appearance changes.

    Create it before any widget, so that widgets listening to the same change already find the new palette.
    """

    def __init__(self, application: QApplication, appearance: Appearance) -> None:
        super().__init__("Fusion")
        self._application = application
        self._appearance = appearance
        self._popups = PopupStyler(appearance)
        self._wheel = WheelGuard(self)
        self._metrics: dict[QStyle.PixelMetric, int] = {}
        self._keyboard_focus = KeyboardFocus(application, appearance)
        appearance.bind(self._dress)

    def _dress(self) -> None:
        theme = self._appearance.theme
        self._metrics = style_metrics(theme)
        palette = make_palette(theme)
        self._application.setPalette(palette)
        self._application.setPalette(make_palette(theme, "raised"), "QMenu")  # type: ignore[arg-type]
        self._application.setFont(theme.font("ui"))
        QToolTip.setPalette(palette)
        QToolTip.setFont(theme.font("caption"))

    def _draw_push_button(self, painter: QPainter, option: QStyleOptionButton, widget: QWidget | None) -> None:
        """Draw a button that Qt created, for example in a message box; `Button` draws itself."""
        theme, state = self._appearance.theme, ControlState.of_option(option)
        kind = ButtonKind.FILLED if option.features & option.ButtonFeature.DefaultButton else ButtonKind.OUTLINED
        draw_button_ground(painter, theme, QRectF(option.rect), kind, state, theme.length("radius.control"))
        label = QStyleOptionButton(option)
        palette = label.palette
        palette.setColor(palette.ColorRole.ButtonText, ink_color(theme, kind, state))
        label.palette = palette
        super().drawControl(QStyle.ControlElement.CE_PushButtonLabel, label, painter, widget)

    def _draw_row(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Draw the background of a list row, for lists without a custom delegate."""
        theme, flags = self._appearance.theme, QStyle.StateFlag
        selected = bool(option.state & flags.State_Selected)
        if selected or option.state & flags.State_MouseOver:
            fill = theme.color("selected" if selected else "hover")
            draw_box(painter, QRectF(option.rect), theme.length("radius.small"), fill=fill)

    def polish(self, target: QWidget | QApplication) -> None:  # type: ignore[override]  # omits one of Qt's three overloads
        """Prepare a widget for this style, once, before it is first shown."""
        if isinstance(target, QWidget):
            super().polish(target)
            if any(target.inherits(name) for name in _HOVERED):
                target.setAttribute(Qt.WidgetAttribute.WA_Hover)
            self._popups.dress(target)
            self._wheel.watch(target)
            area = target.parentWidget()
            if isinstance(area, QAbstractScrollArea) and area.viewport() is target:
                # A viewport's focus proxy is its scroll area, so screen readers would see the focus twice.
                target.setFocusProxy(None)  # type: ignore[arg-type]  # Qt allows None

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric in MENU_METRICS:
            has_shadow = metric is not QStyle.PixelMetric.PM_MenuVMargin or isinstance(
                widget, QMenu
            )  # combo box lists have none
            return menu_metrics(self._appearance.theme, self._popups.menu_margin if has_shadow else 0)[metric]
        length = self._metrics.get(metric)
        return super().pixelMetric(metric, option, widget) if length is None else length

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        if hint is QStyle.StyleHint.SH_ToolTip_WakeUpDelay:
            return self._appearance.theme.duration("tooltipDelay")
        habit = STYLE_HINTS.get(hint)
        return super().styleHint(hint, option, widget, returned) if habit is None else habit

    def standardIcon(
        self, standard: QStyle.StandardPixmap, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> QIcon:
        """Return an icon for message boxes and fields from the bundled icon set."""
        if standard in STANDARD_ICONS:
            return live_icon(self._appearance, *STANDARD_ICONS[standard])
        return super().standardIcon(standard, option, widget)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        theme, parts = self._appearance.theme, QStyle.PrimitiveElement
        rect, state = QRectF(option.rect), ControlState.of_option(option)
        match element:
            case parts.PE_FrameFocusRect | parts.PE_FrameMenu | parts.PE_FrameLineEdit | parts.PE_PanelScrollAreaCorner:
                pass  # drawn elsewhere, or not at all
            case parts.PE_IndicatorCheckBox:
                partly = bool(option.state & QStyle.StateFlag.State_NoChange)
                draw_check_box(painter, theme, rect, state, partly=partly)
            case parts.PE_IndicatorRadioButton:
                draw_radio_button(painter, theme, rect, state)
            case parts.PE_PanelLineEdit:
                if isinstance(option, QStyleOptionFrame) and option.lineWidth > 0:
                    invalid = widget is not None and bool(widget.property(INVALID_PROPERTY))
                    draw_field(painter, theme, rect, state, invalid=invalid)
            case parts.PE_PanelMenu:
                margin = self._popups.menu_margin if isinstance(widget, QMenu) else 0
                radius = theme.length("card" if margin else "radius.control") if self._popups.translucent else 0
                draw_menu_panel(painter, theme, rect, margin, radius)
            case parts.PE_PanelTipLabel:
                radius = theme.length("radius.small") if self._popups.translucent else 0
                draw_box(painter, rect, radius, fill=theme.color("toast"))
            case parts.PE_PanelButtonTool:
                draw_button_ground(painter, theme, rect, ButtonKind.PLAIN, state, theme.length("radius.small"))
            case parts.PE_Frame:
                draw_box(painter, rect, theme.length("mark"), border=theme.color("borderDefault"))
            case parts.PE_PanelItemViewItem if isinstance(option, QStyleOptionViewItem):
                self._draw_row(painter, option)
            case _:
                super().drawPrimitive(element, option, painter, widget)

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        theme, elements = self._appearance.theme, QStyle.ControlElement
        match element:
            case elements.CE_PushButton if isinstance(option, QStyleOptionButton):
                self._draw_push_button(painter, option, widget)
            case elements.CE_MenuItem if isinstance(option, QStyleOptionMenuItem):
                draw_menu_item(painter, theme, option, widget)
            case elements.CE_MenuEmptyArea | elements.CE_Splitter:
                pass  # PE_PanelMenu has drawn it; a panel draws its own edge
            case elements.CE_ComboBoxLabel if isinstance(option, QStyleOptionComboBox):
                draw_combo_box_label(painter, theme, option)
            case _:
                super().drawControl(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        theme, controls = self._appearance.theme, QStyle.ComplexControl
        match control:
            case controls.CC_ScrollBar if isinstance(option, QStyleOptionSlider):
                draw_scroll_bar(painter, theme, option)
            case controls.CC_ComboBox if isinstance(option, QStyleOptionComboBox):
                draw_combo_box(painter, theme, option)
            case controls.CC_SpinBox if isinstance(option, QStyleOptionSpinBox):
                draw_spin_box(painter, theme, option)
            case controls.CC_Slider if isinstance(option, QStyleOptionSlider):
                handle = self.subControlRect(control, option, QStyle.SubControl.SC_SliderHandle, widget)
                draw_slider(painter, theme, option, handle)
            case _:
                super().drawComplexControl(control, option, painter, widget)

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        theme, controls, parts = self._appearance.theme, QStyle.ComplexControl, QStyle.SubControl
        match control:
            case controls.CC_ScrollBar if isinstance(option, QStyleOptionSlider):
                return scroll_bar_part(theme, option, part)
            case controls.CC_ComboBox if isinstance(option, QStyleOptionComboBox):
                if part is not parts.SC_ComboBoxListBoxPopup:
                    return combo_box_part(theme, option, part)
            case controls.CC_SpinBox if isinstance(option, QStyleOptionSpinBox):
                return spin_box_part(theme, option, part)
        return super().subControlRect(control, option, part, widget)  # type: ignore[arg-type]

    def subElementRect(self, element: QStyle.SubElement, option: QStyleOption, widget: QWidget | None = None) -> QRect:
        """Return the rectangle of a part of a simple control. Text in a field has a margin on both sides."""
        rect = super().subElementRect(element, option, widget)  # type: ignore[arg-type]
        if (
            element is QStyle.SubElement.SE_LineEditContents
            and isinstance(option, QStyleOptionFrame)
            and option.lineWidth > 0
        ):
            inset = self._appearance.theme.length("m") - 3  # QLineEdit adds 2 to the frame's 1
            rect.adjust(inset, 0, -inset, 0)
        return rect

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, contents: QSize, widget: QWidget | None = None
    ) -> QSize:
        theme, kinds = self._appearance.theme, QStyle.ContentsType
        padding = 2 * theme.length("m")
        match kind:
            case kinds.CT_PushButton if isinstance(widget, QPushButton):
                return QSize(contents.width() + padding, theme.length("button"))
            case kinds.CT_LineEdit if isinstance(option, QStyleOptionFrame) and option.lineWidth > 0:
                return QSize(contents.width() + padding, theme.length("field"))
            case kinds.CT_ComboBox | kinds.CT_SpinBox:
                slack = theme.length("s")  # the rows of its list have a column for the check mark
                width = contents.width() + theme.length("m") + theme.length("button") + slack
                return QSize(width, theme.length("field"))
            case kinds.CT_MenuItem if isinstance(option, QStyleOptionMenuItem):
                return menu_item_size(theme, option, contents)
            case kinds.CT_CheckBox | kinds.CT_RadioButton:
                size = super().sizeFromContents(kind, option, contents, widget)  # type: ignore[arg-type]
                return QSize(size.width(), max(size.height(), theme.line("ui")))
        return super().sizeFromContents(kind, option, contents, widget)  # type: ignore[arg-type]
