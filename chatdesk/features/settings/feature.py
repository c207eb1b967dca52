"""Settings feature: the settings page, and the sections that belong to no other feature."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from chatdesk.kernel.settings.declarations import LANGUAGE, THEME
from chatdesk.kernel.settings.store import Settings
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.feature import Command, Feature, Page, PageView, Section, WindowContext

if TYPE_CHECKING:
    from chatdesk.features.settings.ui.appearance_section import AppearanceSection
    from chatdesk.features.settings.ui.general_section import GeneralSection
    from chatdesk.features.settings.ui.keyboard_section import KeyboardSection


class SettingsFeature(Feature):
    """The feature. One per window. `sections` returns the sections of all features in order."""

    def __init__(self, settings: Settings, window: WindowContext, sections: Callable[[], Sequence[Section]]) -> None:
        self._settings = settings
        self._window = window
        self._sections = sections

    def pages(self) -> Sequence[Page]:
        """Return the settings page; its target is a section, an item in it, and a part of that."""
        return (Page("settings", QT_TRANSLATE_NOOP("Pages", "Settings"), self._make_page),)

    def settings_sections(self) -> Sequence[Section]:
        """Return the sections that belong to no other feature."""
        return (
            Section(
                "general",
                "sliders-horizontal",
                0,
                QT_TRANSLATE_NOOP("SectionList", "General"),
                self._make_general,
                QT_TRANSLATE_NOOP("Palette", "Settings: general"),
            ),
            Section(
                "appearance",
                "palette",
                5,
                QT_TRANSLATE_NOOP("SectionList", "Appearance"),
                self._make_appearance,
                QT_TRANSLATE_NOOP("Palette", "Settings: appearance"),
            ),
            Section(
                "keyboard",
                "keyboard",
                40,
                QT_TRANSLATE_NOOP("SectionList", "Keyboard"),
                self._make_keyboard,
                QT_TRANSLATE_NOOP("Palette", "Settings: keyboard"),
            ),
        )

    def commands(self) -> Sequence[Command]:
        """Return commands for the sections, themes and languages."""
        translate, settings, show = (
            QCoreApplication.translate,
            self._settings,
            self._window.navigation.show_settings,
        )
        sections = tuple(
            Command(
                f"settings.{section.name}",
                translate("Palette", section.command),
                partial(show, section.name),
                section.icon,
            )
            for section in self._sections()
            if section.command
        )
        choices = tuple(
            Command(
                f"{name}.{choice.value}",
                text.format(choice=translate("Settings", choice.words)),
                partial(settings.set, setting, choice.value),
                "sliders-horizontal",
            )
            for name, text, setting in (
                ("theme", QCoreApplication.translate("Palette", "Theme: {choice}"), THEME),
                ("language", QCoreApplication.translate("Palette", "Language: {choice}"), LANGUAGE),
            )
            for choice in setting.choices
        )
        return sections + choices

    def _make_page(self) -> PageView:
        from chatdesk.features.settings.ui.settings_page import SettingsPage  # noqa: PLC0415 - start-up time

        page = SettingsPage(self._window.appearance, self._sections())
        page.closed.connect(self._window.navigation.show_chats)
        return PageView(page, page.show_section, lambda: None)

    def _make_general(self) -> "GeneralSection":
        from chatdesk.features.settings.ui.general_section import GeneralSection  # noqa: PLC0415 - start-up time

        return GeneralSection(self._window.appearance, self._settings)

    def _make_appearance(self) -> "AppearanceSection":
        from chatdesk.features.settings.ui.appearance_section import AppearanceSection  # noqa: PLC0415 - likewise

        return AppearanceSection(self._window.appearance, self._settings)

    def _make_keyboard(self) -> "KeyboardSection":
        from chatdesk.features.settings.ui.keyboard_section import KeyboardSection  # noqa: PLC0415 - likewise

        return KeyboardSection(self._window.appearance)
