"""A card with settings that are changed immediately and that follow changes made elsewhere (a key, another window)."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.kernel.settings.declarations import ZOOM_STEPS, Setting
from chatdesk.kernel.settings.store import SettingChanged, Settings
from chatdesk.ui_kit.forms.rows import RowCard, StackingRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import ring_reach
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.segments import Segments
from chatdesk.ui_kit.widgets.switch import Switch

# The control of a setting, created from its declaration: a switch, segments, or a combo box.

AnySetting = Setting[bool] | Setting[int] | Setting[float] | Setting[str]
_MAX_SEGMENTS = 3
_CONTEXT = "Settings"


def make_control(appearance: Appearance, setting: AnySetting, parent: QWidget) -> "SettingControl":
    """Return the control for a setting.

    A switch for bool, segments for up to three choices, otherwise a combo box; zoom steps for a number.
    """
    match setting.default:
        case bool():
            return SwitchControl(appearance, setting, parent)
        case str() if len(setting.choices) <= _MAX_SEGMENTS:
            return SegmentsControl(appearance, setting, parent)
        case _:
            return BoxControl(appearance, setting, parent)


class SettingControl(QWidget):
    """Base class of controls. `value_chosen` carries the value that the user chose; `show_value` emits no signal.

    Call `retranslate` before it is shown. It has a margin for the focus ring on all sides.
    """

    value_chosen = Signal(object)

    def __init__(self, appearance: Appearance, setting: AnySetting, inner: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setting = setting
        self._inner = inner
        inner.setObjectName(setting.key)
        self._appearance = appearance
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(inner)
        appearance.bind(self._restyle)

    @abstractmethod
    def show_value(self, value: object) -> None:
        """Show a value."""

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        self._inner.setAccessibleName(_translated(self.setting.title))

    def _restyle(self) -> None:
        self._layout.setContentsMargins(*[ring_reach(self._appearance.theme)] * 4)


class SwitchControl(SettingControl):
    """A switch for a boolean setting."""

    def __init__(self, appearance: Appearance, setting: AnySetting, parent: QWidget) -> None:
        self._switch = Switch(appearance, _translated(setting.title))
        super().__init__(appearance, setting, self._switch, parent)
        self._switch.clicked.connect(lambda: self.value_chosen.emit(self._switch.isChecked()))

    def show_value(self, value: object) -> None:
        self._switch.setChecked(bool(value))


class SegmentsControl(SettingControl):
    """Segments for a few choices, all visible."""

    def __init__(self, appearance: Appearance, setting: AnySetting, parent: QWidget) -> None:
        self._segments = Segments(appearance, _translated(setting.title))
        super().__init__(appearance, setting, self._segments, parent)
        self._segments.chosen.connect(self.value_chosen.emit)

    def show_value(self, value: object) -> None:
        self._segments.choose(str(value))

    def retranslate(self) -> None:
        super().retranslate()
        self._segments.set_segments([(choice.value, _translated(choice.words)) for choice in self.setting.choices])


class BoxControl(SettingControl):
    """A combo box for more choices than fit side by side, or for zoom steps."""

    def __init__(self, appearance: Appearance, setting: AnySetting, parent: QWidget) -> None:
        self._box = QComboBox()
        super().__init__(appearance, setting, self._box, parent)
        for value in [choice.value for choice in setting.choices] or ZOOM_STEPS:
            self._box.addItem("", value)
        self._box.activated.connect(lambda: self.value_chosen.emit(self._box.currentData()))

    def show_value(self, value: object) -> None:
        """Select a choice. A zoom level between the steps, edited in the file, selects the nearest step."""
        if isinstance(value, int):
            percent = value
            value = min(ZOOM_STEPS, key=lambda step: abs(step - percent))
        self._box.setCurrentIndex(self._box.findData(value))

    def retranslate(self) -> None:
        """Update the choices, with numbers in the format of the language."""
        super().retranslate()
        label = [_translated(choice.words) for choice in self.setting.choices]
        for index, text in enumerate(label or [QLocale().toString(step) + QLocale().percent() for step in ZOOM_STEPS]):
            self._box.setItemText(index, text)


class ListControl(SettingControl):
    """A combo box for values that the declaration does not list; `words_of` returns the text of a value in the current language."""

    def __init__[Value: (int, str)](
        self,
        appearance: Appearance,
        setting: AnySetting,
        values: Sequence[Value],
        words_of: Callable[[Value], str],
        parent: QWidget,
    ) -> None:
        self._box = QComboBox()
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._words_of: Callable[[Any], str] = words_of
        super().__init__(appearance, setting, self._box, parent)
        self._add(values)
        self._box.activated.connect(lambda: self.value_chosen.emit(self._box.currentData()))

    def set_values(self, values: Sequence[int] | Sequence[str]) -> None:
        """Offer other values. The selected one stays selected, and stays in the list."""
        selected = self._box.currentData()
        self._box.clear()
        self._add(values)
        self.show_value(selected)

    def show_value(self, value: object) -> None:
        """Select a value. One that is not in the list, edited in the file, is added to it."""
        if isinstance(value, type(self.setting.default)) and self._box.findData(value) < 0:
            self._box.addItem(self._words_of(value), value)
        self._box.setCurrentIndex(self._box.findData(value))

    def retranslate(self) -> None:
        super().retranslate()
        for index in range(self._box.count()):
            self._box.setItemText(index, self._words_of(self._box.itemData(index)))

    def _add(self, values: Sequence[int] | Sequence[str]) -> None:
        for value in values:
            self._box.addItem(self._words_of(value), value)


def _translated(source: str) -> str:
    return QCoreApplication.translate(_CONTEXT, source) if source else ""


# A setting with its title, its help text, and its control, from the declaration in kernel/settings/declarations.py.


class SettingRow(Translated, QWidget):
    """A row with the title and help text of the first control's setting, and one or more controls.

    `value_chosen` is that of the first control.
    """

    value_chosen = Signal(object)

    def __init__(
        self, appearance: Appearance, controls: Sequence[SettingControl], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._setting = controls[0].setting
        self._title = Label(appearance, "ui", "text", wrap=True)
        self._help = Label(appearance, "caption", "textTertiary", wrap=True)
        self._controls = controls
        controls[0].value_chosen.connect(self.value_chosen.emit)
        beside = QWidget(self)
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)  # each control has a margin
        for control in controls:
            row.addWidget(control)
        label = QWidget(self)
        self._text_layout = QVBoxLayout(label)
        self._text_layout.setSpacing(0)
        self._text_layout.addStretch(1)
        self._text_layout.addWidget(self._title)
        self._text_layout.addWidget(self._help)
        self._text_layout.addStretch(1)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(StackingRow(appearance, label, beside, self))
        appearance.bind(self._restyle)
        self._retranslate()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        # The control has a margin for its focus ring; compensate for it so that its edges align with the text.
        side, reach = theme.length("l"), ring_reach(theme)
        self._text_layout.setContentsMargins(reach, 0, 0, 0)
        self.setMinimumHeight(theme.length("rowSetting"))
        self._layout.setContentsMargins(side - reach, theme.length("s"), side - reach, theme.length("s"))

    def _retranslate(self) -> None:
        self._title.set_text(QCoreApplication.translate("Settings", self._setting.title))
        self._help.set_text(QCoreApplication.translate("Settings", self._setting.help) if self._setting.help else "")
        for control in self._controls:
            control.retranslate()


class SettingsCard(RowCard):
    """A card with one row for each added setting."""

    def __init__(self, appearance: Appearance, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._settings = settings
        self._shown: dict[str, Callable[[], None]] = {}
        self.destroyed.connect(settings.changes.subscribe(self._on_setting))

    def add(self, setting: AnySetting) -> SettingRow:
        """Add a row for a setting with its default control, and return it."""
        return self.add_controls(make_control(self._appearance, setting, self))

    def add_controls(self, *controls: SettingControl) -> SettingRow:
        """Add a row with these controls, each for its own setting, and return it."""
        row = SettingRow(self._appearance, controls, self)
        for control in controls:
            self._connect(control)
        self.add_row(row)
        return row

    def _connect(self, control: SettingControl) -> None:
        settings = self._settings
        setting: Setting[Any] = control.setting

        def show() -> None:
            control.show_value(settings.get(setting))

        control.value_chosen.connect(lambda value: settings.set(setting, value))
        self._shown[setting.key] = show
        show()

    def _on_setting(self, change: SettingChanged) -> None:
        if show := self._shown.get(change.key):
            show()
