"""The texts of messages as they are shown, block by block, for looking through them. Kept while somebody looks for something."""

from collections.abc import Callable, Iterator

from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of
from chatdesk.features.chat.ui.transcript.messages.message_item import REASONING, TEXT
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.layout.parsed_blocks import parsed_where
from chatdesk.kernel.chat.message import TextPart
from chatdesk.rendering.markdown.bounded_parser import CHARACTERS

Texts = tuple[str | None, ...]
"""Of the blocks of a message, None for those that were passed over."""

_BETWEEN = "\0"
"""Stands in no message and no query."""


class ShownTexts:
    """Texts by message and part. What is laid out is not parsed a second time, and what is parsed here is not kept as blocks.

    Of blocks that cannot say what is looked for there is none, nor is there when what is looked for becomes longer.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._kept: dict[tuple[str, int], tuple[str, Texts]] = {}
        """By message and part, the source and the texts."""
        self._words = ""
        self._may_hold: Callable[[str], bool] = bool

    def look_for(self, words: str, may_hold: Callable[[str], bool]) -> None:
        """Take note of what is looked for, and of what tells from markdown that it cannot be there."""
        if self._words.lower() not in words.lower():
            self._kept = {place: kept for place, kept in self._kept.items() if None not in kept[1]}
        self._words, self._may_hold = words, may_hold

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._words = ""

    def sources(self, index: int) -> dict[int, str]:
        """Return the source of each part of a message that says anything, as far as it is shown."""
        message = self._document.message(index)
        match message.parts:
            case (TextPart(text),):  # most messages, and there may be thousands
                return {TEXT: text if len(text) <= CHARACTERS else text[:CHARACTERS]}
        reasoning = message.reasoning
        sources = {REASONING: reasoning.text if reasoning else "", TEXT: message.text}
        return {part: source[:CHARACTERS] for part, source in sources.items() if source}

    def source(self, index: int) -> str:
        """Return all that a message says, as it is written."""
        parts = self._document.message(index).parts
        if len(parts) == 1 and type(parts[0]) is TextPart:
            return parts[0].text[:CHARACTERS]
        return _BETWEEN.join(self.sources(index).values())

    def read(self, index: int, part: int, source: str) -> Iterator[Texts | None]:
        """Yield None as often as there may be a pause, then the texts of the part's blocks."""
        message = self._document.message(index)
        kept = self._kept.get((message.id, part))
        if kept and kept[0] == source:
            yield kept[1]
            return
        for blocks in parsed_where(self._document, index, part, source, self._may_hold):
            if blocks is None:
                yield None
                continue
            texts = tuple(None if block is None else text_of(block) for block in blocks)
            self._kept[message.id, part] = (source, texts)
            yield texts
