"""Settings feature: the settings page, and the sections that belong to no other feature."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from chatdesk.kernel.settings.declarations import (
    CODE_FONT,
    CODE_SIZE,
    CONTRAST,
    LANGUAGE,
    READING_WIDTH,
    TEXT_FONT,
    TEXT_SIZE,
    THEME,
    USE_SYSTEM_PROXY,
    ZOOM,
)
from chatdesk.kernel.settings.store import Settings
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.feature import Command, Feature, Page, PageView, Section, WindowContext, Wording

if TYPE_CHECKING:
    from chatdesk.features.settings.ui.appearance_section import AppearanceSection
    from chatdesk.features.settings.ui.general_section import GeneralSection
    from chatdesk.features.settings.ui.keyboard_section import KeyboardSection


class SettingsFeature(Feature):
    """The feature. One per window. `sections` returns the sections of all features in order, `list_commands` all commands."""

    def __init__(
        self,
        settings: Settings,
        window: WindowContext,
        sections: Callable[[], Sequence[Section]],
        list_commands: Callable[[], Sequence[Command]],
    ) -> None:
        self._settings = settings
        self._window = window
        self._sections = sections
        self._list_commands = list_commands

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
                QT_TRANSLATE_NOOP("SectionList", "network, language"),
                (LANGUAGE, USE_SYSTEM_PROXY),
            ),
            Section(
                "appearance",
                "palette",
                5,
                QT_TRANSLATE_NOOP("SectionList", "Appearance"),
                self._make_appearance,
                QT_TRANSLATE_NOOP("SectionList", "look, design, colours, fonts, display"),
                (THEME, CONTRAST, ZOOM, TEXT_FONT, TEXT_SIZE, CODE_FONT, CODE_SIZE, READING_WIDTH),
            ),
            Section(
                "keyboard",
                "keyboard",
                40,
                QT_TRANSLATE_NOOP("SectionList", "Keyboard"),
                self._make_keyboard,
                QT_TRANSLATE_NOOP("SectionList", "keyboard shortcuts, hotkeys, key bindings, change shortcuts"),
            ),
        )

    def commands(self) -> Sequence[Command]:
        """Return commands for the sections, for each setting, and for choosing a theme or a language."""
        show, set_value = self._window.navigation.show_settings, self._settings.set
        settings_of, sections, single = QT_TRANSLATE_NOOP("Palette", "Settings: {section}"), [], []
        for section in self._sections():
            title = Wording.of("SectionList", section.title)
            also = Wording.of("SectionList", section.also)
            of_section = Wording.of("Palette", settings_of, section=title)
            page = self._window.navigation.show_page
            run = partial(page, *section.leads_to) if section.leads_to else partial(show, section.name)
            sections.append(Command(f"settings.{section.name}", of_section, run, section.icon, also=also))
            single += [
                Command(
                    f"setting.{setting.key}",
                    Wording.of("Settings", setting.title),
                    partial(run, setting.key),
                    section.icon,
                    also=Wording.of("Settings", setting.also),
                    section=of_section,
                )
                for setting in section.settings
            ]
        choices = tuple(
            Command(
                f"{name}.{choice.value}",
                Wording.of("Palette", text, choice=Wording.of("Settings", choice.words)),
                partial(set_value, setting, choice.value),
                icon,
            )
            for name, icon, text, setting in (
                ("theme", "sliders-horizontal", QT_TRANSLATE_NOOP("Palette", "Theme: {choice}"), THEME),
                ("language", "globe", QT_TRANSLATE_NOOP("Palette", "Language: {choice}"), LANGUAGE),
            )
            for choice in setting.choices
        )
        return (*sections, *choices, *single)

    def _make_page(self) -> PageView:
        from chatdesk.features.settings.ui.settings_page import SettingsPage  # noqa: PLC0415 - start-up time

        page = SettingsPage(self._window.appearance, self._sections())
        page.closed.connect(self._window.navigation.show_chats)
        page.page_requested.connect(lambda target: self._window.navigation.show_page(*target))
        return PageView(page, page.show_section, lambda: None)

    def _make_general(self) -> "GeneralSection":
        from chatdesk.features.settings.ui.general_section import GeneralSection  # noqa: PLC0415 - start-up time

        return GeneralSection(self._window.appearance, self._settings)

    def _make_appearance(self) -> "AppearanceSection":
        from chatdesk.features.settings.ui.appearance_section import AppearanceSection  # noqa: PLC0415 - likewise

        return AppearanceSection(self._window.appearance, self._settings)

    def _make_keyboard(self) -> "KeyboardSection":
        from chatdesk.features.settings.ui.keyboard_section import KeyboardSection  # noqa: PLC0415 - likewise

        return KeyboardSection(self._window.appearance, self._settings, self._list_commands, self._window.show_toast)
