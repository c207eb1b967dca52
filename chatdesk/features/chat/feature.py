"""The chat feature's contributions to the window: a settings section and the reasoning commands."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from chatdesk.features.chat.ui.composer.thinking_presenter import ThinkingPresenter
from chatdesk.kernel.settings.declarations import (
    ANNOUNCE,
    EXPORT_REASONING,
    FIX_AT_ONCE,
    NUMBER_CODE,
    OPEN_PREVIEWS,
    REASONING,
    SEND_KEY,
    WRAP_CODE,
)
from chatdesk.kernel.settings.store import Settings
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.feature import Command, Feature, Section, WindowContext, Wording
from chatdesk.ui_kit.text.thinking_texts import thinking_word

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.chat_section import ChatSection


class ChatFeature(Feature):
    """The chat feature of one window."""

    def __init__(self, settings: Settings, window: WindowContext, thinking: ThinkingPresenter) -> None:
        self._settings = settings
        self._window = window
        self._thinking = thinking

    def settings_sections(self) -> Sequence[Section]:
        """Return the Chat section."""
        return (
            Section(
                "chat",
                "message-square",
                10,
                QT_TRANSLATE_NOOP("SectionList", "Chat"),
                self._make_section,
                QT_TRANSLATE_NOOP("SectionList", "messages, answers, reasoning, code"),
                (
                    SEND_KEY,
                    REASONING,
                    EXPORT_REASONING,
                    WRAP_CODE,
                    NUMBER_CODE,
                    OPEN_PREVIEWS,
                    FIX_AT_ONCE,
                    ANNOUNCE,
                ),
            ),
        )

    def commands(self) -> Sequence[Command]:
        """Return a command for each available reasoning choice."""
        think = QT_TRANSLATE_NOOP("Palette", "Reasoning: {how}")
        also = Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "thinking, think, reasoning effort"))
        return tuple(
            Command(
                f"thinking.{choice}",
                Wording.of("Palette", think, how=Wording(thinking_word(choice), choice.value)),
                partial(self._thinking.choose, choice.value),
                "lightbulb",
                also=also,
            )
            for choice in self._thinking.offered
        )

    def _make_section(self) -> "ChatSection":
        from chatdesk.features.chat.ui.chat_section import ChatSection  # noqa: PLC0415 - start-up time

        return ChatSection(self._window.appearance, self._settings)
