"""Appearance section of the settings: theme, contrast, zoom, and fonts and width for reading, with a preview."""

from typing import Any

from PySide6.QtWidgets import QWidget

from chatdesk.features.settings.ui.font_controls import FontControl, SizeControl
from chatdesk.features.settings.ui.reading_preview import ReadingPreview
from chatdesk.features.settings.ui.theme_choice import ThemeChoice
from chatdesk.kernel.settings.declarations import (
    CODE_FONT,
    CODE_SIZE,
    CONTRAST,
    READING_WIDTH,
    TEXT_FONT,
    TEXT_SIZE,
    THEME,
    ZOOM,
    Setting,
)
from chatdesk.kernel.settings.store import SettingChanged, Settings
from chatdesk.ui_kit.forms.section_page import SectionPage
from chatdesk.ui_kit.forms.settings_card import SegmentsControl, SettingsCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label

SHOWN: tuple[Setting[Any], ...] = (
    THEME,
    CONTRAST,
    ZOOM,
    TEXT_FONT,
    TEXT_SIZE,
    CODE_FONT,
    CODE_SIZE,
    READING_WIDTH,
)
"""The settings of the section. *Reset* returns them to their defaults."""


class AppearanceSection(Translated, SectionPage):
    """Appearance section. Each change takes effect immediately in all windows."""

    def __init__(self, appearance: Appearance, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._settings = settings
        self._reset = Button(appearance, "", ButtonKind.PLAIN, self, icon="undo-2")
        self._reset.setObjectName("resetAppearance")
        self._reset.clicked.connect(self._reset_all)
        self.set_action(self._reset)
        self.theme = ThemeChoice(appearance, settings, self)
        scale, reading = SettingsCard(appearance, settings, self), SettingsCard(appearance, settings, self)
        scale.add(CONTRAST)
        scale.add(ZOOM)
        reading.add_controls(
            FontControl(appearance, TEXT_FONT, reading, monospaced=False), SizeControl(appearance, TEXT_SIZE, reading)
        )
        reading.add_controls(
            FontControl(appearance, CODE_FONT, reading, monospaced=True), SizeControl(appearance, CODE_SIZE, reading)
        )
        reading.add_controls(SegmentsControl(appearance, READING_WIDTH, reading))
        self._preview_title = Label(appearance, "label", "text")
        self._preview = ReadingPreview(appearance, self)
        for part in (self.theme, scale, reading, self._preview_title, self._preview):
            self.column.addWidget(part)
        self.destroyed.connect(settings.changes.subscribe(self._on_setting))
        self._retranslate()
        self._show_reset()

    def _on_setting(self, change: SettingChanged) -> None:
        if any(change.key == setting.key for setting in SHOWN):
            self._show_reset()

    def _show_reset(self) -> None:
        changed = any(self._settings.get(setting) != setting.default for setting in SHOWN)
        self._reset.setEnabled(changed)

    def _reset_all(self) -> None:
        for setting in SHOWN:
            self._settings.set(setting, setting.default)

    def _retranslate(self) -> None:
        self.set_labels(self.tr("Appearance"))
        self._reset.setText(self.tr("Reset"))
        self._preview_title.set_text(self.tr("Preview"))
