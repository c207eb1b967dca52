"""Controls for a font family and a font size."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QFontDatabase, QKeyEvent
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

from chatdesk.ui_kit.forms.settings_card import AnySetting, SettingControl
from chatdesk.ui_kit.style.appearance import Appearance


class FontControl(SettingControl):
    """A combo box with the installed font families, after an item for the default font. The list is read when it is opened."""

    def __init__(self, appearance: Appearance, setting: AnySetting, parent: QWidget, *, monospaced: bool) -> None:
        self._box = _FontBox(self._fill)
        self._monospaced = monospaced
        self._filled = False
        super().__init__(appearance, setting, self._box, parent)
        self._box.addItem("", "")
        self._box.activated.connect(lambda: self.value_chosen.emit(self._box.currentData()))

    def show_value(self, value: object) -> None:
        """Select a family. One that is not installed is still shown, because it may be installed again."""
        if value and self._box.findData(value) < 0:
            self._box.addItem(str(value), value)
        self._box.setCurrentIndex(self._box.findData(value))

    def retranslate(self) -> None:
        super().retranslate()
        text = self.tr("Default (JetBrains Mono)") if self._monospaced else self.tr("System font")
        self._box.setItemText(0, text)

    def _fill(self) -> None:
        if self._filled:
            return
        self._filled = True
        chosen = self._box.currentData()
        for family in QFontDatabase.families():
            private = QFontDatabase.isPrivateFamily(family)
            if not private and family != chosen and (not self._monospaced or QFontDatabase.isFixedPitch(family)):
                self._box.addItem(family, family)


class _FontBox(QComboBox):
    """Calls `fill` before the first use by mouse or keyboard."""

    def __init__(self, fill: Callable[[], None]) -> None:
        super().__init__()
        self._fill = fill

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        self._fill()
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._fill()
        super().keyPressEvent(event)


class SizeControl(SettingControl):
    """A box with arrows for a size in px, within the bounds of the setting."""

    def __init__(self, appearance: Appearance, setting: AnySetting, parent: QWidget) -> None:
        self._box = QSpinBox()
        super().__init__(appearance, setting, self._box, parent)
        self._box.setRange(*(setting.bounds or (0, 0)))
        self._box.setKeyboardTracking(False)
        self._box.valueChanged.connect(self.value_chosen.emit)

    def show_value(self, value: object) -> None:
        if isinstance(value, int):
            with QSignalBlocker(self._box):
                self._box.setValue(value)

    def retranslate(self) -> None:
        super().retranslate()
        self._box.setSuffix(self.tr(" px"))
