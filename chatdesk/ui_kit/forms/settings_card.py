"""A card of settings: changes them at once, and follows what else changes them (a key, another window)."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from chatdesk.kernel.settings.declarations import Setting
from chatdesk.kernel.settings.store import SettingChanged, Settings
from chatdesk.ui_kit.forms.row_card import RowCard
from chatdesk.ui_kit.forms.setting_control import SettingControl
from chatdesk.ui_kit.forms.setting_row import SettingRow
from chatdesk.ui_kit.style.appearance import Appearance

Value = TypeVar("Value", bool, int, float, str)


class SettingsCard(RowCard):
    """One row for each setting that is added."""

    def __init__(self, appearance: Appearance, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._settings = settings
        self._shown: dict[str, Callable[[], None]] = {}
        self.destroyed.connect(settings.changes.subscribe(self._on_setting))

    def add(self, setting: Setting[Value], control: SettingControl | None = None) -> SettingRow:
        """Add a setting's row and return it. `control` where the declaration alone does not say which."""
        row = SettingRow(self._appearance, setting, self, control)
        row.value_chosen.connect(lambda value: self._settings.set(setting, value))

        def show() -> None:
            row.show_value(self._settings.get(setting))

        self._shown[setting.key] = show
        self.add_row(row)
        show()
        return row

    def _on_setting(self, change: SettingChanged) -> None:
        if show := self._shown.get(change.key):
            show()
