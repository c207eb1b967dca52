"""Connects the sidebar with the services: the list of chats, renaming, pinning, the trash and its undo, search.

Folders are `folder_presenter.py`.
"""

from typing import assert_never

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.domain.conversation import Conversation
from chatdesk.services.conversations import (
    ConversationAdded,
    ConversationChange,
    ConversationChanged,
    ConversationRemoved,
)
from chatdesk.services.program import Program
from chatdesk.ui.sidebar.sidebar import Sidebar
from chatdesk.ui.tasks import Tasks

_SEARCH_AFTER_MILLISECONDS = 150


class SidebarPresenter(QObject):
    """`trashed` tells what went to the trash, so that undo can be offered."""

    trashed = Signal(tuple)

    def __init__(self, sidebar: Sidebar, program: Program, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._sidebar = sidebar
        self._program = program
        self._tasks = tasks
        self._end_listening = program.conversations.changes.subscribe(self._on_change)
        self._wanted = ""
        self._search_soon = QTimer(self, singleShot=True, interval=_SEARCH_AFTER_MILLISECONDS)
        self._search_soon.timeout.connect(self._search)
        sidebar.set_conversations(program.conversations.all())
        sidebar.rename_requested.connect(self._rename)
        sidebar.pin_requested.connect(self._pin)
        sidebar.trash_requested.connect(self._trash)
        sidebar.search_requested.connect(self._search_for)

    def close(self) -> None:
        """Listen no longer."""
        self._search_soon.stop()
        self._end_listening()

    def restore(self, conversations: tuple[Conversation, ...]) -> None:
        """Undo what `trashed` told of."""
        self._tasks.start(self._restore(conversations), "restore chats")

    def _on_change(self, change: ConversationChange) -> None:
        match change:
            case ConversationAdded(conversation):
                self._sidebar.conversation_added(conversation)
            case ConversationChanged(conversation):
                self._sidebar.conversation_changed(conversation)
            case ConversationRemoved(conversation):
                self._sidebar.conversation_removed(conversation.id)
            case _:
                assert_never(change)

    def _rename(self, conversation_id: str, title: str) -> None:
        self._tasks.start(self._program.conversations.rename(conversation_id, title), "rename chat")

    def _pin(self, conversation_id: str, pinned: bool) -> None:
        self._tasks.start(self._program.conversations.pin(conversation_id, pinned=pinned), "pin chat")

    def _trash(self, conversation_ids: list[str]) -> None:
        self._tasks.start(self._trash_all(conversation_ids), "trash chats")

    async def _trash_all(self, conversation_ids: list[str]) -> None:
        gone = []
        for conversation_id in conversation_ids:
            if conversation := self._program.conversations.find(conversation_id):
                await self._program.chat.trash(conversation_id)
                gone.append(conversation)
        if gone:
            self.trashed.emit(tuple(gone))

    async def _restore(self, conversations: tuple[Conversation, ...]) -> None:
        for conversation in conversations:
            await self._program.conversations.restore(conversation)

    def _search_for(self, text: str) -> None:
        self._wanted = text
        if text.strip():
            self._search_soon.start()
        else:
            self._search_soon.stop()

    def _search(self) -> None:
        self._tasks.start(self._show_hits(self._wanted), "search chats")

    async def _show_hits(self, text: str) -> None:
        hits = await self._program.conversations.search(text)
        if text == self._wanted:
            self._sidebar.show_hits(hits)
