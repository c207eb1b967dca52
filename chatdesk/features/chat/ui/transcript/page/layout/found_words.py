"""Where a message says what a search found: the search knows the message's source, here are its blocks."""

import re

from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.text_position import Selection, TextPosition
from chatdesk.ui_kit.text.utf16 import units


def find_words(document: Document, index: int, words: str) -> Selection | None:
    """Return the first place of a message's text that says `words`, rather at the beginning of a word than within one."""
    column = document[index].column(TEXT)
    texts = [text_of(block) for block in column.blocks] if column and words else []
    for pattern in (rf"(?<!\w){re.escape(words)}", re.escape(words)):
        for block, text in enumerate(texts):
            if match := re.search(pattern, text):
                start, length = units(text[: match.start()]), units(words)
                return Selection(
                    TextPosition(index, TEXT, block, start), TextPosition(index, TEXT, block, start + length)
                )
    return None
