"""Chats and messages as text, for the clipboard and for files. What it looks like: `chat_markdown.py`, `chat_json.py`; files: `exports.py`.

Making it takes as long as the chat is, so that happens on a thread of its own.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

from chatdesk.domain.message import Message
from chatdesk.services.chat import Chat
from chatdesk.services.chat_json import chat_json
from chatdesk.services.chat_markdown import ExportWords, chat_markdown, turns_markdown
from chatdesk.services.conversations import Conversations


class Exporting:
    """One per program. Of a chat or a message that is gone there is nothing to say."""

    def __init__(self, conversations: Conversations, chat: Chat, now: Callable[[], datetime]) -> None:
        self._conversations = conversations
        self._chat = chat
        self._now = now

    async def turns(self, conversation_id: str, words: ExportWords) -> str:
        """Return the path being shown, as markdown without front matter."""
        path, _ = await self._chat.path(conversation_id)
        return await asyncio.to_thread(turns_markdown, path, words)

    async def markdown(self, conversation_id: str, words: ExportWords, message_id: str = "") -> str:
        """Return a markdown file: the path being shown, or one message."""
        messages, _ = await self._chat.path(conversation_id)
        title = self._title(conversation_id)
        chosen = _chosen(messages, message_id)
        return await asyncio.to_thread(chat_markdown, chosen, title, self._now(), words)

    async def json(self, conversation_id: str, message_id: str = "") -> str:
        """Return a JSON file: the chat with all its branches, or one message."""
        messages = _chosen(await self._chat.messages(conversation_id), message_id)
        conversation = self._conversations.find(conversation_id)
        head_id = message_id or (conversation.head_id if conversation else None)
        return await asyncio.to_thread(chat_json, messages, self._title(conversation_id), head_id)

    def _title(self, conversation_id: str) -> str:
        conversation = self._conversations.find(conversation_id)
        return conversation.title if conversation else ""


def _chosen(messages: tuple[Message, ...], message_id: str) -> tuple[Message, ...]:
    return tuple(message for message in messages if message.id == message_id) if message_id else messages
