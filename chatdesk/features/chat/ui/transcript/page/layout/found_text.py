"""The position of a search result: the search knows the source of a message, its blocks are known here."""

import re

from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.text_position import Selection, TextPosition
from chatdesk.ui_kit.text.utf16 import units


def find_text(document: Document, index: int, query: str) -> Selection | None:
    """Return the first occurrence of `query` in a message, preferably at the start of a word."""
    column = document[index].column(TEXT)
    texts = [text_of(block) for block in column.blocks] if column and query else []
    for pattern in (rf"(?<!\w){re.escape(query)}", re.escape(query)):
        for block, text in enumerate(texts):
            if match := re.search(pattern, text):
                start, length = units(text[: match.start()]), units(query)
                return Selection(
                    TextPosition(index, TEXT, block, start), TextPosition(index, TEXT, block, start + length)
                )
    return None
