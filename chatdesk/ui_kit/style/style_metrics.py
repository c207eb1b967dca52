"""The style's lengths and habits: what Qt asks for by number."""

from PySide6.QtWidgets import QFrame, QStyle

from chatdesk.ui_kit.style.theme import Theme

_METRIC, _HINT = QStyle.PixelMetric, QStyle.StyleHint

STYLE_HINTS: dict[QStyle.StyleHint, int] = {
    _HINT.SH_EtchDisabledText: 0,
    _HINT.SH_DitherDisabledText: 0,
    _HINT.SH_Widget_Animation_Duration: 0,  # Fusion's own: it would fade its scroll bars and turn its progress bars
    _HINT.SH_ScrollBar_Transient: 0,
    _HINT.SH_ComboBox_Popup: 1,
    _HINT.SH_ComboBox_PopupFrameStyle: int(QFrame.Shape.NoFrame),
    _HINT.SH_ToolTip_Mask: 0,
    _HINT.SH_ToolTipLabel_Opacity: 255,
    _HINT.SH_Menu_Mask: 0,
    _HINT.SH_Menu_FlashTriggeredItem: 0,
    _HINT.SH_ScrollView_FrameOnlyAroundContents: 0,
    _HINT.SH_ItemView_ShowDecorationSelected: 1,
    _HINT.SH_Slider_AbsoluteSetButtons: 1,  # the left one: the handle goes where one clicks
}

STANDARD_ICONS: dict[QStyle.StandardPixmap, tuple[str, str]] = {
    QStyle.StandardPixmap.SP_MessageBoxInformation: ("info", "accentText"),
    QStyle.StandardPixmap.SP_MessageBoxQuestion: ("info", "accentText"),
    QStyle.StandardPixmap.SP_MessageBoxWarning: ("triangle-alert", "warning"),
    QStyle.StandardPixmap.SP_MessageBoxCritical: ("circle-x", "danger"),
    QStyle.StandardPixmap.SP_LineEditClearButton: ("x", "textSecondary"),
}
"""Icon and colour token."""


def style_metrics(theme: Theme) -> dict[QStyle.PixelMetric, int]:
    """Return the lengths in px for a theme, but for those of menus."""
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
        _METRIC.PM_SplitterWidth: 0,  # the panel beside it draws the line; Qt still lets 4 px be dragged
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
    """Return the lengths of menus, which leave `margin` for their shadow."""
    return {
        _METRIC.PM_MenuHMargin: margin,
        _METRIC.PM_MenuVMargin: margin + theme.length("xs"),
        _METRIC.PM_SubMenuOverlap: -margin,
    }


MENU_METRICS = frozenset({_METRIC.PM_MenuHMargin, _METRIC.PM_MenuVMargin, _METRIC.PM_SubMenuOverlap})
