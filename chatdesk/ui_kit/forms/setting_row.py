"""One setting: its title, what it means, and its control, all from its declaration in kernel/settings/declarations.py."""

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.ui_kit.forms.setting_control import AnySetting, SettingControl, make_control
from chatdesk.ui_kit.forms.stacking_row import StackingRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import ring_reach
from chatdesk.ui_kit.widgets.label import Label


class SettingRow(QWidget):
    """Draws and signals; what a value does is not known here. `control` where the declaration alone does not say which."""

    value_chosen = Signal(object)

    def __init__(
        self,
        appearance: Appearance,
        setting: AnySetting,
        parent: QWidget | None = None,
        control: SettingControl | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._setting = setting
        self._title = Label(appearance, "ui", "text", wrap=True)
        self._help = Label(appearance, "caption", "textTertiary", wrap=True)
        self._control = control or make_control(appearance, setting, self)
        self._control.value_chosen.connect(self.value_chosen)
        words = QWidget(self)
        self._words_layout = QVBoxLayout(words)
        self._words_layout.setSpacing(0)
        self._words_layout.addStretch(1)
        self._words_layout.addWidget(self._title)
        self._words_layout.addWidget(self._help)
        self._words_layout.addStretch(1)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(StackingRow(appearance, words, self._control, self))
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    def show_value(self, value: object) -> None:
        """Show a value, without a signal."""
        self._control.show_value(value)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        # The control brings room for its focus ring, so that its own edges and the words stand in line.
        side, reach = theme.length("l"), ring_reach(theme)
        self._words_layout.setContentsMargins(reach, 0, 0, 0)
        self.setMinimumHeight(theme.length("rowSetting"))
        self._layout.setContentsMargins(side - reach, theme.length("s"), side - reach, theme.length("s"))

    def _retranslate(self) -> None:
        self._title.set_text(QCoreApplication.translate("Settings", self._setting.title))
        self._help.set_text(QCoreApplication.translate("Settings", self._setting.help) if self._setting.help else "")
        self._control.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
