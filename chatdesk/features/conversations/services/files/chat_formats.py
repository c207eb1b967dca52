"""The file formats that chats can be saved as."""

from collections.abc import Sequence
from pathlib import PurePath

from chatdesk.features.conversations.services.files.chat_html import HTML
from chatdesk.features.conversations.services.files.chat_json import JSON
from chatdesk.features.conversations.services.files.chat_markdown import MARKDOWN
from chatdesk.features.conversations.services.files.chat_text import TEXT
from chatdesk.features.conversations.services.files.chat_word import WORD
from chatdesk.features.conversations.services.files.exported_chat import ChatFormat

CHAT_FORMATS: Sequence[ChatFormat] = (WORD, HTML, MARKDOWN, TEXT, JSON)
"""In the order in which they are offered."""


def format_of(path: PurePath) -> ChatFormat | None:
    """Return the format that the end of a file's name stands for; None for an unknown one."""
    ending = path.suffix.lower().removeprefix(".")
    return next((each for each in CHAT_FORMATS if each.ending.rpartition(".")[2] == ending), None)
