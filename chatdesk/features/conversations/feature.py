"""Contribution of the conversation list to the window: the *Recently deleted* page, and its commands."""

from collections.abc import Callable, Sequence
from functools import partial

from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
from chatdesk.features.conversations.services.conversation_services import ConversationServices
from chatdesk.features.conversations.ui.chat_navigation import ChatNavigation
from chatdesk.features.conversations.ui.export_presenter import ExportPresenter
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.feature import Command, DataAction, Feature, Page, PageView, WindowContext, Wording


class ConversationsFeature(Feature):
    """One instance per window. `transcript` provides the pictures in memory; `undo` undoes the last change of the list.

    `import_chats` shows what can be imported.

    `show_toast` shows a message: what happened, the name of the item, and the ID of a chat that can be opened.
    """

    def __init__(
        self,
        services: ConversationServices,
        window: WindowContext,
        transcript: LazyTranscript,
        navigation: ChatNavigation,
        export: ExportPresenter,
        show_toast: Callable[[str, str, str], object],
        undo: Callable[[], object],
        import_chats: Callable[[], object],
    ) -> None:
        self._services = services
        self._window = window
        self._transcript = transcript
        self._navigation = navigation
        self._export = export
        self._show_toast = show_toast
        self._undo = undo
        self._import_chats = import_chats

    def pages(self) -> Sequence[Page]:
        """Return the *Recently deleted* page."""
        title = QT_TRANSLATE_NOOP("Pages", "Recently deleted")
        return (Page("deleted", title, self._make_deleted, beside_sidebar=True),)

    def commands(self) -> Sequence[Command]:
        """Return the commands for folders and, if a chat is shown, for this chat."""
        navigation, export = self._navigation, self._export
        new_folder = Command(
            "new_folder",
            Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "New folder")),
            navigation.new_folder,
            "folder-plus",
            also=Wording.of(
                "Palette", QT_TRANSLATE_NOOP("Palette", "group, project, directory, category, move to folder")
            ),
        )
        import_chats = Command(
            "import_chats",
            Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "Import chats…")),
            self._import_chats,
            "download",
            also=Wording.of(
                "Palette",
                QT_TRANSLATE_NOOP(
                    "Palette",
                    "move, migrate, ChatGPT, Claude, DeepSeek, Open WebUI, Chatbox, Cherry Studio, LM Studio, Jan, Ollama, LibreChat, "
                    "LobeChat, restore, history",
                ),
            ),
        )
        chat = navigation.current
        if chat is None:
            return new_folder, import_chats
        pin = QT_TRANSLATE_NOOP("Palette", "Unpin chat") if chat.pinned else QT_TRANSLATE_NOOP("Palette", "Pin chat")
        return (
            Command(
                "pin_chat",
                Wording.of("Palette", pin),
                navigation.toggle_pin,
                "pin-off" if chat.pinned else "pin",
                also=Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "favourite, star, keep on top, bookmark")),
            ),
            Command(
                "copy_chat",
                Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "Copy chat")),
                export.copy,
                "copy",
                also=Wording.of(
                    "Palette", QT_TRANSLATE_NOOP("Palette", "copy whole chat, copy conversation, copy as Markdown")
                ),
            ),
            Command(
                "copy_chat_text",
                Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "Copy chat as plain text")),
                partial(export.copy, plain=True),
                "file-text",
                also=Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "copy conversation as text, unformatted")),
            ),
            Command(
                "copy_chat_link",
                Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "Copy link to chat")),
                navigation.copy_link,
                "link",
                also=Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "address, reference, share")),
            ),
            Command(
                "duplicate_chat",
                Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "Duplicate chat")),
                navigation.duplicate,
                "copy-plus",
                also=Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "copy, clone, copy of a chat")),
            ),
            new_folder,
            import_chats,
        )

    def data_actions(self) -> Sequence[DataAction]:
        """Return the import of chats, and the export of all of them."""
        return (
            DataAction(
                "importChats",
                "download",
                10,
                QT_TRANSLATE_NOOP("DataActions", "Import chats"),
                QT_TRANSLATE_NOOP("DataActions", "From other programs, or from files of Chatdesk"),
                QT_TRANSLATE_NOOP("DataActions", "Import…"),
                self._import_chats,
            ),
            DataAction(
                "exportEverything",
                "upload",
                20,
                QT_TRANSLATE_NOOP("DataActions", "Export everything"),
                QT_TRANSLATE_NOOP(
                    "DataActions", "All chats as Word, PDF, HTML, Markdown or JSON, with presets and glossaries"
                ),
                QT_TRANSLATE_NOOP("DataActions", "Export…"),
                self._export.open_everything,
            ),
        )

    def _make_deleted(self) -> PageView:
        from chatdesk.features.conversations.ui.trash.deleted_chat import DeletedChat  # noqa: PLC0415 - start-up time
        from chatdesk.features.conversations.ui.trash.deleted_page import DeletedPage  # noqa: PLC0415 - start-up time
        from chatdesk.features.conversations.ui.trash.deleted_presenter import (  # noqa: PLC0415 - start-up time
            DeletedPresenter,
            utc_now,
        )

        window, services = self._window, self._services
        ends: list[Callable[[], object]] = []

        def make_chat() -> DeletedChat:
            chat = DeletedChat(window.appearance, services.formulas, self._transcript.pictures)
            chat.transcript.set_model_names(self._transcript.model_name_of)
            chat.restore_requested.connect(presenter.restore)
            chat.delete_requested.connect(presenter.ask_to_delete)
            chat.transcript.link_activated.connect(window.links.open)
            chat.transcript.save_requested.connect(window.files.ask)
            chat.transcript.file_requested.connect(window.files.ask_made)
            formula_arrived = chat.transcript.formulas.formula_arrived
            ends.append(services.formulas.formula_ready.subscribe(lambda _formula: formula_arrived()))
            return chat

        def end() -> None:
            for each in ends:
                each()
            presenter.end()

        page = DeletedPage(window.appearance, utc_now, make_chat)
        presenter = DeletedPresenter(window.appearance, page, services.trash, window.tasks)
        presenter.notified.connect(self._show_toast)
        page.list.undo_requested.connect(self._undo)
        page.closed.connect(window.navigation.show_chats)
        return PageView(page, presenter.open, end, page.header)
