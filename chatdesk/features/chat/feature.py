"""The chat feature's contributions to the window: a settings section and the reasoning commands."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from chatdesk.features.chat.ui.composer.thinking_presenter import ThinkingPresenter
from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
from chatdesk.kernel.settings.declarations import (
    ANNOUNCE,
    ATTACH_LONG_TEXT,
    DRAW_DIAGRAMS,
    EXPORT_REASONING,
    FIND_PASSAGES_BY,
    FIX_AT_ONCE,
    NOTIFY,
    NUMBER_CODE,
    OPEN_PREVIEWS,
    REASONING,
    SEND_KEY,
    TITLES,
    TITLES_ONLINE,
    WRAP_CODE,
)
from chatdesk.kernel.settings.store import Settings
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.feature import Command, Feature, Section, WindowContext, Wording
from chatdesk.ui_kit.text.thinking_texts import thinking_word

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.chat_section import ChatSection
    from chatdesk.features.servers.services.embedders import Embedders
    from chatdesk.kernel.lazy import Lazy


class ChatFeature(Feature):
    """The chat feature of one window."""

    def __init__(
        self,
        settings: Settings,
        window: WindowContext,
        thinking: ThinkingPresenter,
        transcript: LazyTranscript,
        embedders: "Lazy[Embedders]",
        attach_files: Callable[[], object],
        attach_folder: Callable[[], object],
    ) -> None:
        self._attach_files = attach_files
        self._attach_folder = attach_folder
        self._embedders = embedders
        self._settings = settings
        self._window = window
        self._thinking = thinking
        self._transcript = transcript

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
                    ATTACH_LONG_TEXT,
                    FIND_PASSAGES_BY,
                    TITLES,
                    TITLES_ONLINE,
                    REASONING,
                    EXPORT_REASONING,
                    WRAP_CODE,
                    NUMBER_CODE,
                    DRAW_DIAGRAMS,
                    OPEN_PREVIEWS,
                    FIX_AT_ONCE,
                    NOTIFY,
                    ANNOUNCE,
                ),
            ),
        )

    def commands(self) -> Sequence[Command]:
        """Return the commands to attach files, for the last question and answer, and one for each available reasoning choice."""
        return (*self._attach_commands(), *self._commands_of_last(), *self._reasoning_commands())

    def _attach_commands(self) -> tuple[Command, ...]:
        return (
            Command(
                "attach.files",
                Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "Attach files…")),
                self._attach_files,
                "paperclip",
                also=Wording.of(
                    "Palette", QT_TRANSLATE_NOOP("Palette", "upload, document, PDF, picture, image, e-mail")
                ),
            ),
            Command(
                "attach.folder",
                Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "Attach sources…")),
                self._attach_folder,
                "folder",
                also=Wording.of(
                    "Palette", QT_TRANSLATE_NOOP("Palette", "upload, code, project, repository, directory, archive")
                ),
            ),
        )

    def _commands_of_last(self) -> Iterator[Command]:
        """Yield the commands of the menus of the last question and answer that have no shortcut."""
        transcript = self._transcript.created
        if transcript is None or not transcript.last_message:
            return
        from chatdesk.features.chat.ui.last_message_commands import LAST_MESSAGE_COMMANDS  # noqa: PLC0415 - start-up time

        yield Command(
            "select_all",
            Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "Select all messages")),
            transcript.select_all,
            "text-quote",
            also=Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "select all, mark everything")),
        )
        yield Command(
            "last.copy_rich",
            Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "Copy last answer with formatting")),
            transcript.copy_last_answer_formatted,
            "file-text",
            also=Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "rich text, Word, HTML, copy as")),
        )
        for each in LAST_MESSAGE_COMMANDS:
            run = partial(transcript.perform_on_last, each.role, each.verb)
            title, also = Wording.of("Palette", each.title), Wording.of("Palette", each.also)
            yield Command(f"last.{each.verb.name.lower()}", title, run, each.icon, also=also)

    def _reasoning_commands(self) -> tuple[Command, ...]:
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

        return ChatSection(self._window.appearance, self._settings, self._embedders.get())
