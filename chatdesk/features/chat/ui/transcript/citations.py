"""Citations of documents in the transcript: how they are named, where they lead, and which of them is open.

The parser asks for the spans of what it finds in brackets (`rendering/markdown/citations.py`). What the chat has sent decides whether they
lead anywhere (`features/chat/services/citations.py`).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chatdesk.features.chat.ui.transcript.texts import TranscriptTexts
from chatdesk.kernel.chat.message import DocumentPart, Message
from chatdesk.kernel.documents.citations import Citation, CitationTarget
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Span
from chatdesk.ui_kit.text.safe_text import plain_line

if TYPE_CHECKING:
    from chatdesk.features.chat.services.citations import CitedDocuments
    from chatdesk.rendering.markdown.citations import Cite

_MAX_NAME = 28
"""Characters of a document's name in a citation; its ending is kept."""
_MAX_PASSAGES = 50
_LINK = re.compile(r"citation:(\d{1,6})(?:([pl])(\d{1,6})-(\d{1,6})|t(.+))?")


def citation_link(citation: Citation) -> str:
    """Return the target of the link to a cited location. It is opened in the window only."""
    if citation.title:
        return f"citation:{citation.document}t{citation.title}"
    where = f"{'l' if citation.lines else 'p'}{citation.first}-{citation.last}" if citation.first else ""
    return f"citation:{citation.document}{where}"


def cited_by(link: str) -> Citation | None:
    """Return the citation to which a link leads; None for other links."""
    match = _LINK.fullmatch(link)
    if not match:
        return None
    return Citation(int(match[1]), int(match[3] or 0), int(match[4] or 0), match[2] == "l", match[5] or "")


@dataclass(frozen=True, slots=True)
class ShownCitation:
    """A citation of an answer that leads to a document: its link, and the text of its block around it, to find the passage."""

    target: CitationTarget
    link: str
    before: str
    after: str


class CitationDisplay(QObject):
    """What the page knows about citations besides their texts, and about the document that is shown beside the chat."""

    changed = Signal()
    """Another citation or document is open, or none."""
    passage_requested = Signal(ShownCitation)
    passage_found = Signal(ShownCitation)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.open_link = ""
        """The link of the location that is shown beside the chat; empty if none is."""
        self.open_document = ""
        """The identity of the document that is shown beside the chat; empty if none is."""
        self._passages: dict[ShownCitation, str] = {}

    def show_open(self, link: str) -> None:
        """Show as open the citations of a location; of none with an empty link."""
        if link != self.open_link:
            self.open_link = link
            self.changed.emit()

    def show_document(self, identity: str) -> None:
        """Show a document as open; none with an empty identity."""
        if identity != self.open_document:
            self.open_document = identity
            self.changed.emit()

    def passage(self, citation: ShownCitation) -> str:
        """Return the beginning of the passage that a citation is about. It is empty, and requested, if it is not known yet."""
        if citation not in self._passages:
            self.passage_requested.emit(citation)
        return self._passages.get(citation, "")

    def set_passage(self, citation: ShownCitation, passage: str) -> None:
        """Set the beginning of a passage; empty if there is none."""
        if len(self._passages) >= _MAX_PASSAGES:
            self._passages.pop(next(iter(self._passages)))
        self._passages[citation] = passage
        if passage:
            self.passage_found.emit(citation)


class PathCitations:
    """The citations of the messages of a path. Messages are examined when an answer is first shown, and once."""

    def __init__(self, texts: TranscriptTexts) -> None:
        self._texts = texts
        self._examined = 0
        self._with_documents: list[int] = []
        """The indexes of the messages with documents."""
        self._cited: dict[int, CitedDocuments] = {}
        """The documents up to each of these."""

    def truncate(self, count: int) -> None:
        """Forget the messages from an index on."""
        self._examined = min(self._examined, count)
        while self._with_documents and self._with_documents[-1] >= count:
            self._cited.pop(self._with_documents.pop(), None)

    def cite(self, messages: Sequence[Message], index: int) -> "Cite | None":
        """Return what makes citations in a message of the path; None if it cites no documents of the chat.

        The numbers in an answer with sources are those of its sources.
        """
        cited = self.documents(messages, index)
        return None if cited is None or messages[index].sources else partial(self._spans, cited)

    def documents(self, messages: Sequence[Message], index: int) -> "CitedDocuments | None":
        """Return the documents up to a message; None if there are none."""
        for number in range(self._examined, index + 1):
            if DocumentPart in map(type, messages[number].parts):
                self._with_documents.append(number)
        self._examined = max(self._examined, index + 1)
        count = bisect_right(self._with_documents, index)
        if not count:
            return None
        last = self._with_documents[count - 1]
        if last not in self._cited:
            from chatdesk.features.chat.services.citations import CitedDocuments  # noqa: PLC0415 - start-up time

            self._cited[last] = CitedDocuments(messages[number] for number in self._with_documents[:count])
        return self._cited[last]

    def _spans(self, cited: "CitedDocuments", inside: str, is_attached: bool) -> tuple[Span, ...]:
        targets = cited.targets(inside, is_attached=is_attached)
        before = (None, *targets)
        return tuple(
            self._span(target, inside if len(targets) == 1 else "", names_document=not _continues(earlier, target))
            for earlier, target in zip(before, targets, strict=False)
        )

    def _span(self, target: CitationTarget, written: str, *, names_document: bool) -> Span:
        """Return the span of a target, with what the model has `written` between its brackets, if that is for this target alone."""
        texts, citation = self._texts, target.citation
        where = texts.target_name(target)
        name = plain_line(target.document.name) if target.document else str(citation.document)
        text = " ".join(filter(None, (shortened(name) if names_document else "", where)))
        markdown = f"[{written or _written(citation)}]"
        if target.lack:
            return Span(f"[{texts.dead_citation(text, target)}]", title=texts.why_dead(name, target), citation=markdown)
        return Span(f"[{text}]", link=citation_link(citation), title=texts.cited_title(name, where), citation=markdown)


def _continues(earlier: CitationTarget | None, target: CitationTarget) -> bool:
    """Return whether a target follows another one of the same document, whose name need not be repeated."""
    same = earlier is not None and earlier.document is not None and earlier.document == target.document
    return same and bool(target.citation.first or target.citation.title)


def _written(citation: Citation) -> str:
    """Return a citation in the form for which models are asked."""
    targets = f"{citation.first}-{citation.last}" if citation.last > citation.first else f"{citation.first}"
    word = "lines" if citation.lines else "p." if citation.last == citation.first else "pp."
    return f"{citation.document}, {word} {targets}" if citation.first else f"{citation.document}"


def shortened(name: str) -> str:
    """Return a name without its middle if it is long."""
    if len(name) <= _MAX_NAME:
        return name
    end = _MAX_NAME // 3
    return f"{name[: _MAX_NAME - end - 1].rstrip()}…{name[-end:]}"
