"""What the chat contributes to the window: a section of the settings."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chatdesk.app.program import Program
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.feature import Feature, Section, WindowContext

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.chat_section import ChatSection


class ChatFeature(Feature):
    """One per window."""

    def __init__(self, program: Program, window: WindowContext) -> None:
        self._program = program
        self._window = window

    def settings_sections(self) -> Sequence[Section]:
        """Return the section Chat."""
        return (Section("chat", "message-square", 10, QT_TRANSLATE_NOOP("SectionList", "Chat"), self._make_section),)

    def _make_section(self) -> "ChatSection":
        from chatdesk.features.chat.ui.chat_section import ChatSection  # noqa: PLC0415 - start-up time

        return ChatSection(self._window.appearance, self._program.settings)
