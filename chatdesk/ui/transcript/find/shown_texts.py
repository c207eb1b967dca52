"""The texts of messages as they are shown, block by block, for looking through them. Kept while somebody looks for something."""

from collections.abc import Iterator

from chatdesk.domain.message import TextPart
from chatdesk.ui.transcript.blocks.block_text import text_of
from chatdesk.ui.transcript.messages.message_item import REASONING, TEXT
from chatdesk.ui.transcript.page.document import Document
from chatdesk.ui.transcript.page.parsed_blocks import parsed_blocks


class ShownTexts:
    """Texts by message and part. What is laid out is not parsed a second time, and what is parsed here is not kept as blocks."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._kept: dict[tuple[str, int], tuple[str, tuple[str, ...]]] = {}
        """By message and part, the source and the texts."""

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()

    def sources(self, index: int) -> dict[int, str]:
        """Return the source of each part of a message that says anything."""
        message = self._document.message(index)
        match message.parts:
            case (TextPart(text),):  # most messages, and there may be thousands
                return {TEXT: text}
        reasoning = message.reasoning
        sources = {REASONING: reasoning.text if reasoning else "", TEXT: message.text}
        return {part: source for part, source in sources.items() if source}

    def read(self, index: int, part: int, source: str) -> Iterator[tuple[str, ...] | None]:
        """Yield None as often as there may be a pause, then the texts of the part's blocks."""
        message = self._document.message(index)
        kept = self._kept.get((message.id, part))
        if kept and kept[0] == source:
            yield kept[1]
            return
        for blocks in parsed_blocks(self._document, index, part, source):
            if blocks is None:
                yield None
                continue
            texts = tuple(map(text_of, blocks))
            self._kept[message.id, part] = (source, texts)
            yield texts
