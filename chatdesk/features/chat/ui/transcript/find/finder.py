"""Looks through all messages of a chat for a query, a few ms at a time, so that nothing waits for it. Knows neither bar nor page.

It begins at the message one is reading and goes round. What changes is looked through again.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.features.chat.ui.transcript.find.message_hits import Hit, PartHits, hits_of
from chatdesk.features.chat.ui.transcript.find.query import Query
from chatdesk.features.chat.ui.transcript.find.shown_texts import ShownTexts
from chatdesk.features.chat.ui.transcript.find.source_filter import SourceFilter
from chatdesk.features.chat.ui.transcript.messages.answer_item import AnswerItem
from chatdesk.features.chat.ui.transcript.messages.message_item import REASONING, TEXT
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.ui_kit.text.sliced_work import SlicedWork

_TOGETHER = 16
_MOST_TOGETHER = 30_000
"""Messages, and characters of them, that are looked at between two looks at the clock; a message that is parsed has its own."""
_GROWING = 100
"""Milliseconds between two looks at an answer that streams."""


class Finder(QObject):
    """`progressed` tells that hits have come or gone, or that everything has been looked through."""

    progressed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._texts = ShownTexts(document)
        self._query = Query("")
        self._filter = SourceFilter(self._query)
        self.revision = 0
        """Another one whenever hits have come or gone."""
        self._found: dict[int, dict[int, PartHits]] = {}
        self._counts: list[int] = []
        """By message."""
        self._waiting: deque[int] = deque()
        self._grown: set[int] = set()
        self._work = SlicedWork(self)
        self._work.progressed.connect(self.progressed)
        self._next_look = QTimer(self, interval=_GROWING, singleShot=True)
        self._next_look.timeout.connect(self._look_at_grown)

    @property
    def searching(self) -> bool:
        """Whether there are messages still to be looked through."""
        return self._work.active

    @property
    def total(self) -> int:
        """How many hits have been found."""
        return sum(self._counts)

    def look_for(self, query: Query, first: int) -> None:
        """Look for something else, from a message on and round."""
        self._query = query
        self._filter = SourceFilter(query)
        self._texts.look_for(query.words, self._filter.may_hold)
        self.look_through(first)

    def look_through(self, first: int) -> None:
        """Look through all messages: there are others."""
        self._stop()
        count = len(self._document)
        self._counts = [0] * count
        if self._query.words.strip():
            self._waiting.extend((*range(first, count), *range(min(first, count))))
        self._begin()

    def message_changed(self, index: int) -> None:
        """Take note that a message is another or new. An answer that streams is looked at ten times a second."""
        if not self._query.words.strip():
            return
        self._counts.extend([0] * (len(self._document) - len(self._counts)))
        item = self._document.known(index)
        if isinstance(item, AnswerItem) and item.streaming:
            self._grown.add(index)
            if not self._next_look.isActive():
                self._next_look.start()
        else:
            self._grown.discard(index)
            self._waiting.appendleft(index)
            self._begin()

    def forget(self) -> None:
        """Look for nothing, and keep nothing."""
        self.look_for(Query(""), 0)
        self._texts.clear()

    def parts(self, index: int) -> Mapping[int, PartHits]:
        """Return what was found in a message, by part."""
        return self._found.get(index, {})

    def hits(self, index: int) -> Sequence[Hit]:
        """Return the hits of a message in their order."""
        return tuple(hits_of(index, self.parts(index)))

    def messages(self) -> Sequence[int]:
        """Return which messages have hits, in their order."""
        return [index for index, count in enumerate(self._counts) if count]

    def number(self, hit: Hit) -> int:
        """Return which hit of all it is, from 1; 0 if it is none any more."""
        here = self.hits(hit.message)
        return sum(self._counts[: hit.message]) + here.index(hit) + 1 if hit in here else 0

    def after(self, place: Hit) -> Hit | None:
        """Return the first hit behind a place, none round the end."""
        here = self.hits(place.message)
        if (index := bisect_right(here, place)) < len(here):
            return here[index]
        rest = range(place.message + 1, len(self._counts))
        return next((self.hits(index)[0] for index in rest if self._counts[index]), None)

    def before(self, place: Hit) -> Hit | None:
        """Return the last hit before a place, none round the beginning."""
        earlier = [hit for hit in self.hits(place.message) if hit < place]
        if earlier:
            return earlier[-1]
        rest = range(min(place.message, len(self._counts)) - 1, -1, -1)
        return next((self.hits(index)[-1] for index in rest if self._counts[index]), None)

    def _begin(self) -> None:
        if not self._work.active:
            self._work.start(self._look_at_waiting())

    def _stop(self) -> None:
        self._work.stop()
        self._next_look.stop()
        self._waiting.clear()
        self._grown.clear()
        if self._found:
            self._found.clear()
            self.revision += 1

    def _look_at_waiting(self) -> Iterator[None]:
        while self._waiting:
            indices, sources = self._next_sources()
            # Together: most messages say nothing of it, and to ask for each takes longer than to look.
            if self._filter.may_hold(*sources):
                worth_it = [index for index, source in zip(indices, sources, strict=True) if self._holds(index, source)]
            else:
                worth_it = [index for index in indices if self._has_to_be_read(index)]
            for index in worth_it:
                yield from self._look_at(index)
            yield

    def _next_sources(self) -> tuple[list[int], list[str]]:
        """Take the next messages from those that wait. Return them and their sources."""
        indices: list[int] = []
        sources: list[str] = []
        characters, count = 0, len(self._document)
        waiting, source_of = self._waiting, self._texts.source
        while waiting and len(indices) < _TOGETHER and characters < _MOST_TOGETHER:
            if (index := waiting.popleft()) < count:
                indices.append(index)
                sources.append(source := source_of(index))
                characters += len(source)
        return indices, sources

    def _holds(self, index: int, source: str) -> bool:
        return self._has_to_be_read(index) or self._filter.may_hold(source)

    def _has_to_be_read(self, index: int) -> bool:
        """Say whether a message is to be looked at whatever its source says: it may be growing, or say it no more."""
        return index in self._found or self._document.known(index) is not None

    def _look_at(self, index: int) -> Iterator[None]:
        """Look through a message. After each `yield None` there may be a pause, and something may have changed meanwhile."""
        if index >= len(self._document):
            return
        item = self._document.known(index)
        if isinstance(item, AnswerItem) and item.streaming:
            self._look_at_growing(index, item)
            return
        found: dict[int, PartHits] = {}
        for part, source in self._texts.sources(index).items():
            if not self._filter.may_hold(source):
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

    def _look_at_grown(self) -> None:
        grown, self._grown = self._grown, set()
        for index in grown:
            item = self._document.known(index) if index < len(self._document) else None
            if isinstance(item, AnswerItem):
                self._look_at_growing(index, item)
        self.progressed.emit()

    def _look_at_growing(self, index: int, item: AnswerItem) -> None:
        found = self._found.get(index) or {REASONING: PartHits(), TEXT: PartHits()}
        for part in (REASONING, TEXT):
            found.setdefault(part, PartHits()).take(item.blocks(part), self._query)
        self._set(index, found)

    def _set(self, index: int, found: dict[int, PartHits]) -> None:
        self._counts[index] = sum(hits.count for hits in found.values())
        if found:
            self._found[index] = found
            self.revision += 1
        elif self._found.pop(index, None):
            self.revision += 1
