"""What the frame of the settings contributes itself: the sections General and Keyboard."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chatdesk.app.program import Program
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.feature import Feature, Section, WindowContext

if TYPE_CHECKING:
    from chatdesk.features.settings.ui.general_section import GeneralSection
    from chatdesk.features.settings.ui.keyboard_section import KeyboardSection


class SettingsFeature(Feature):
    """One per window."""

    def __init__(self, program: Program, window: WindowContext) -> None:
        self._program = program
        self._window = window

    def settings_sections(self) -> Sequence[Section]:
        """Return the sections that belong to no feature."""
        return (
            Section(
                "general", "sliders-horizontal", 0, QT_TRANSLATE_NOOP("SectionList", "General"), self._make_general
            ),
            Section("keyboard", "keyboard", 40, QT_TRANSLATE_NOOP("SectionList", "Keyboard"), self._make_keyboard),
        )

    def _make_general(self) -> "GeneralSection":
        from chatdesk.features.settings.ui.general_section import GeneralSection  # noqa: PLC0415 - start-up time

        return GeneralSection(self._window.appearance, self._program.settings)

    def _make_keyboard(self) -> "KeyboardSection":
        from chatdesk.features.settings.ui.keyboard_section import KeyboardSection  # noqa: PLC0415 - likewise

        return KeyboardSection(self._window.appearance)
