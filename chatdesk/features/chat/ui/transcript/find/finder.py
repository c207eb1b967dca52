"""The search through the messages of a chat, in slices of a few milliseconds. It knows neither bar nor page.

It starts at the current message and wraps around. Changed messages are searched again.
"""

import html
import re
import string
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of
from chatdesk.features.chat.ui.transcript.find.message_hits import Hit, PartHits, hits_of
from chatdesk.features.chat.ui.transcript.find.query import Query
from chatdesk.features.chat.ui.transcript.messages.answer_item import AnswerItem
from chatdesk.features.chat.ui.transcript.messages.message_item import REASONING, TEXT
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.layout.parsed_blocks import parsed_where
from chatdesk.kernel.chat.message import TextPart
from chatdesk.rendering.markdown.bounded_parser import CHARACTERS
from chatdesk.ui_kit.text.sliced_work import SlicedWork

# The source filter avoids parsing most messages. It removes markup inside words from source and query; what remains
# of the query must be contained in what remains of the source.

_LOWER = bytes.maketrans(string.ascii_uppercase.encode(), string.ascii_lowercase.encode())
_IGNORED_BYTES = b"*_~`\\> \t\r\n"
"""Characters that may be between two letters in the source that are adjacent when shown."""
_ENTITY = re.compile(rb"&#?\w{1,40};")
_TOKENS = re.compile(r"\w+|[^\w\s]")

_RARE_LETTERS = "zqjxkvbpywgfmucdlhr"
_MAX_RARE_LETTERS = 3


class SourceFilter:
    """Excludes messages quickly by their source, for one query. What passes must be searched precisely."""

    def __init__(self, query: Query) -> None:
        others = [letter for letter in query.text if letter > "\x7f"]
        cased = [letter for letter in others if letter.lower() != letter.upper()]
        self._lower = bool(cased)
        """Whether case folding requires text instead of bytes."""
        found = (self._reduced(token) for token in _TOKENS.findall(query.text))
        rare = [letter for letter in others if letter.isalpha() and letter not in cased]
        rare += sorted(set(query.text.lower()) & set(_RARE_LETTERS), key=_RARE_LETTERS.index)
        self._rare = tuple((letter.encode(), letter.upper().encode()) for letter in rare[:_MAX_RARE_LETTERS])
        """Rare letters checked first: a missing one is detected very fast."""
        self._tokens = tuple(sorted(filter(None, found), key=len, reverse=True))

    def may_contain(self, *sources: str) -> bool:
        """Return whether the sources together may contain the query."""
        # Encoded before joining: in a joined string, a single Chinese character would double the size of all others.
        source = b"\0".join(map(self._encoded, sources))
        if not self._lacks_rare_letter(source):
            reduced = source.translate(_LOWER, _IGNORED_BYTES)
            if all(token in reduced for token in self._tokens):
                return True
        if not _has_entities(source):
            return False
        shown = self._reduced(html.unescape(source.decode("utf-8", "surrogatepass")))
        reduced = source.translate(_LOWER, _IGNORED_BYTES) + shown
        return all(token in reduced for token in self._tokens)

    def _lacks_rare_letter(self, source: bytes) -> bool:
        return any(small not in source and large not in source for small, large in self._rare)

    def _encoded(self, text: str) -> bytes:
        if self._lower and not text.isascii():
            text = text.lower()
        return text.encode("utf-8", "surrogatepass")

    def _reduced(self, text: str) -> bytes:
        return self._encoded(text).translate(_LOWER, _IGNORED_BYTES)


def _has_entities(source: bytes) -> bool:
    first = source.find(b"&")
    return first >= 0 and _ENTITY.search(source, first) is not None


# The visible texts of messages are cached, block by block, during a search.

Texts = tuple[str | None, ...]
"""The texts of the blocks of a message; None for blocks that were skipped."""

_SEPARATOR = "\0"
"""Occurs in no message and no query."""


class ShownTexts:
    """Cached texts by message and part. Laid-out messages are not parsed again, and blocks parsed here are not kept.

    Blocks that cannot contain the query are skipped; they stay skipped when the query becomes longer.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._cached: dict[tuple[str, int], tuple[str, Texts]] = {}
        """The source and the texts, by message and part."""
        self._query_text = ""
        self._may_contain: Callable[[str], bool] = bool

    def search(self, text: str, may_contain: Callable[[str], bool]) -> None:
        """Set the query and the function that excludes blocks by their Markdown."""
        if self._query_text.lower() not in text.lower():
            self._cached = {position: cached for position, cached in self._cached.items() if None not in cached[1]}
        self._query_text, self._may_contain = text, may_contain

    def clear(self) -> None:
        """Clear the cache."""
        self._cached.clear()
        self._query_text = ""

    def sources(self, index: int) -> dict[int, str]:
        """Return the source of each part of a message, as far as it is shown."""
        message = self._document.message(index)
        match message.parts:
            case (TextPart(text),):  # most messages, and there may be thousands
                return {TEXT: text if len(text) <= CHARACTERS else text[:CHARACTERS]}
        reasoning = message.reasoning
        sources = {REASONING: reasoning.text if reasoning else "", TEXT: message.text}
        return {part: source[:CHARACTERS] for part, source in sources.items() if source}

    def source(self, index: int) -> str:
        """Return the source of all parts of a message."""
        parts = self._document.message(index).parts
        if len(parts) == 1 and type(parts[0]) is TextPart:
            return parts[0].text[:CHARACTERS]
        return _SEPARATOR.join(self.sources(index).values())

    def read(self, index: int, part: int, source: str) -> Iterator[Texts | None]:
        """Yield None at each possible pause, then the texts of the part's blocks."""
        message = self._document.message(index)
        cached = self._cached.get((message.id, part))
        if cached and cached[0] == source:
            yield cached[1]
            return
        for blocks in parsed_where(self._document, index, part, source, self._may_contain):
            if blocks is None:
                yield None
                continue
            texts = tuple(None if block is None else text_of(block) for block in blocks)
            self._cached[message.id, part] = (source, texts)
            yield texts


_MAX_MESSAGES_PER_SLICE = 16
_MAX_CHARACTERS_PER_SLICE = 30_000
"""The limits of messages and characters per slice; parsed messages have slices of their own."""
_GROWING_INTERVAL = 100
"""Milliseconds between searches of a streaming answer."""


class Finder(QObject):
    """The search. `progressed` is emitted when hits have changed or the search is complete."""

    progressed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._texts = ShownTexts(document)
        self._query = Query("")
        self._filter = SourceFilter(self._query)
        self.revision = 0
        """Changes whenever hits change."""
        self._found: dict[int, dict[int, PartHits]] = {}
        self._counts: list[int] = []
        """The number of hits, by message."""
        self._waiting: deque[int] = deque()
        self._grown: set[int] = set()
        self._work = SlicedWork(self)
        self._work.progressed.connect(self.progressed)
        self._growing_timer = QTimer(self, interval=_GROWING_INTERVAL, singleShot=True)
        self._growing_timer.timeout.connect(self._search_grown)

    @property
    def searching(self) -> bool:
        """Whether messages remain to be searched."""
        return self._work.active

    @property
    def total(self) -> int:
        """The number of hits found."""
        return sum(self._counts)

    def search(self, query: Query, first: int) -> None:
        """Start a new query at a message, wrapping around."""
        self._query = query
        self._filter = SourceFilter(query)
        self._texts.search(query.text, self._filter.may_contain)
        self.search_all(first)

    def search_all(self, first: int) -> None:
        """Search all messages because they have changed."""
        self._stop()
        count = len(self._document)
        self._counts = [0] * count
        if self._query.text.strip():
            self._waiting.extend((*range(first, count), *range(min(first, count))))
        self._begin()

    def message_changed(self, index: int) -> None:
        """Search a new or changed message again; a streaming answer ten times a second."""
        if not self._query.text.strip():
            return
        self._counts.extend([0] * (len(self._document) - len(self._counts)))
        item = self._document.loaded_item(index)
        if isinstance(item, AnswerItem) and item.streaming:
            self._grown.add(index)
            if not self._growing_timer.isActive():
                self._growing_timer.start()
        else:
            self._grown.discard(index)
            self._waiting.appendleft(index)
            self._begin()

    def forget(self) -> None:
        """End the search and clear all data."""
        self.search(Query(""), 0)
        self._texts.clear()

    def parts(self, index: int) -> Mapping[int, PartHits]:
        """Return the hits of a message, by part."""
        return self._found.get(index, {})

    def hits(self, index: int) -> Sequence[Hit]:
        """Return the hits of a message in order."""
        return tuple(hits_of(index, self.parts(index)))

    def messages(self) -> Sequence[int]:
        """Return the indexes of messages with hits."""
        return [index for index, count in enumerate(self._counts) if count]

    def number(self, hit: Hit) -> int:
        """Return the number of a hit, from 1; 0 if it no longer exists."""
        hits = self.hits(hit.message)
        return sum(self._counts[: hit.message]) + hits.index(hit) + 1 if hit in hits else 0

    def after(self, position: Hit) -> Hit | None:
        """Return the first hit after a position, without wrapping around."""
        hits = self.hits(position.message)
        if (index := bisect_right(hits, position)) < len(hits):
            return hits[index]
        rest = range(position.message + 1, len(self._counts))
        return next((self.hits(index)[0] for index in rest if self._counts[index]), None)

    def before(self, position: Hit) -> Hit | None:
        """Return the last hit before a position, without wrapping around."""
        earlier = [hit for hit in self.hits(position.message) if hit < position]
        if earlier:
            return earlier[-1]
        rest = range(min(position.message, len(self._counts)) - 1, -1, -1)
        return next((self.hits(index)[-1] for index in rest if self._counts[index]), None)

    def _begin(self) -> None:
        if not self._work.active:
            self._work.start(self._search_waiting())

    def _stop(self) -> None:
        self._work.stop()
        self._growing_timer.stop()
        self._waiting.clear()
        self._grown.clear()
        if self._found:
            self._found.clear()
            self.revision += 1

    def _search_waiting(self) -> Iterator[None]:
        while self._waiting:
            indices, sources = self._next_sources()
            # Together: most messages do not match, and checking each takes longer than checking all at once.
            if self._filter.may_contain(*sources):
                worth_it = [
                    index for index, source in zip(indices, sources, strict=True) if self._must_search(index, source)
                ]
            else:
                worth_it = [index for index in indices if self._is_unconditional(index)]
            for index in worth_it:
                yield from self._search_message(index)
            yield

    def _next_sources(self) -> tuple[list[int], list[str]]:
        """Remove the next waiting messages and return their indexes and sources."""
        indices: list[int] = []
        sources: list[str] = []
        characters, count = 0, len(self._document)
        waiting, source_of = self._waiting, self._texts.source
        while waiting and len(indices) < _MAX_MESSAGES_PER_SLICE and characters < _MAX_CHARACTERS_PER_SLICE:
            if (index := waiting.popleft()) < count:
                indices.append(index)
                sources.append(source := source_of(index))
                characters += len(source)
        return indices, sources

    def _must_search(self, index: int, source: str) -> bool:
        return self._is_unconditional(index) or self._filter.may_contain(source)

    def _is_unconditional(self, index: int) -> bool:
        """Return whether a message must be searched regardless of its source.

        It may be growing or have outdated hits, or citations, which show names that are not in the source.
        """
        is_near = index in self._found or self._document.loaded_item(index) is not None
        return is_near or self._document.cite(index) is not None

    def _search_message(self, index: int) -> Iterator[None]:
        """Search a message. Each `yield` is a possible pause, in which things may change."""
        if index >= len(self._document):
            return
        item = self._document.loaded_item(index)
        if isinstance(item, AnswerItem) and item.streaming:
            self._search_growing(index, item)
            return
        found: dict[int, PartHits] = {}
        for part, source in self._texts.sources(index).items():
            if not self._filter.may_contain(source) and not (part == TEXT and self._document.cite(index)):
                continue
            hits = PartHits()
            for texts in self._texts.read(index, part, source):
                if texts is None:
                    yield
                    continue
                for block, text in enumerate(texts):
                    if text is not None:
                        hits.add(block, text, self._query)
            if hits.count:
                found[part] = hits
            yield
        if found or index in self._found:
            self._set(index, found)

    def _search_grown(self) -> None:
        grown, self._grown = self._grown, set()
        for index in grown:
            item = self._document.loaded_item(index) if index < len(self._document) else None
            if isinstance(item, AnswerItem):
                self._search_growing(index, item)
        self.progressed.emit()

    def _search_growing(self, index: int, item: AnswerItem) -> None:
        found = self._found.get(index) or {REASONING: PartHits(), TEXT: PartHits()}
        for part in (REASONING, TEXT):
            found.setdefault(part, PartHits()).update(item.blocks(part), self._query)
        self._set(index, found)

    def _set(self, index: int, found: dict[int, PartHits]) -> None:
        self._counts[index] = sum(hits.count for hits in found.values())
        if found:
            self._found[index] = found
            self.revision += 1
        elif self._found.pop(index, None):
            self.revision += 1
