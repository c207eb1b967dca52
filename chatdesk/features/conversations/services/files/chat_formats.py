"""The file formats that chats can be saved as."""

from collections.abc import Sequence

from chatdesk.features.conversations.services.files.chat_html import HTML
from chatdesk.features.conversations.services.files.chat_json import JSON
from chatdesk.features.conversations.services.files.chat_markdown import MARKDOWN
from chatdesk.features.conversations.services.files.chat_pdf import PDF
from chatdesk.features.conversations.services.files.chat_text import TEXT
from chatdesk.features.conversations.services.files.chat_word import WORD
from chatdesk.features.conversations.services.files.exported_chat import ChatFormat

CHAT_FORMATS: Sequence[ChatFormat] = (WORD, PDF, HTML, MARKDOWN, TEXT, JSON)
"""In the order in which they are offered."""
