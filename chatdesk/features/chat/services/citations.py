"""What the citations of an answer refer to: the documents of its chat, as far as they were sent up to the answer."""

from collections.abc import Iterable
from enum import Enum, auto

from chatdesk.features.attachments.services.request_pictures import document_numbers
from chatdesk.kernel.chat.message import DocumentPart, Message, SentAs
from chatdesk.kernel.documents.citations import Citation, citation_name, parse_citation
from chatdesk.kernel.documents.document_text import numbers_in
from chatdesk.kernel.fast_dataclass import dataclass


class Lack(Enum):
    """Why a citation leads nowhere."""

    NO_DOCUMENT = auto()
    """The chat has no document with this number."""
    NO_SECTION = auto()
    """The document has no such page."""
    NOT_SENT = auto()
    """The page exists, but was not sent before this answer."""


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A citation with the document that it names. `document` is None if the chat has none with this number."""

    citation: Citation
    document: DocumentPart | None = None
    lack: Lack | None = None

    @property
    def has_sections(self) -> bool:
        """Whether pages or other sections are cited."""
        return bool(self.citation.first) and not self.citation.lines


class CitedDocuments:
    """The documents of the messages up to an answer.

    What was sent is known from the questions: the sections that were selected, or the passages that were found.
    """

    def __init__(self, messages: Iterable[Message]) -> None:
        path = tuple(messages)
        self._parts: dict[int, list[DocumentPart]] = {}
        numbers = document_numbers(path)
        for message in path:
            for document in message.documents:
                self._parts.setdefault(numbers[document.identity], []).append(document)
        self._names: dict[str, int] = {}
        for number, parts in self._parts.items():
            self._names.setdefault(citation_name(parts[0].name), number)
        self._sent = {number: frozenset().union(*map(_sent_sections, parts)) for number, parts in self._parts.items()}

    def places(self, inside: str) -> tuple[CitedPlace, ...]:
        """Return the places cited between a pair of brackets; empty if that is ordinary text.

        A page without a document refers to the only document of the chat.
        """
        found = tuple(map(self.place, parse_citation(inside, self._names)))
        return () if any(not place.citation.document for place in found) else found

    def place(self, citation: Citation) -> CitedPlace:
        """Return the place to which a citation leads, or why it leads nowhere."""
        number = citation.document or (next(iter(self._parts)) if len(self._parts) == 1 else 0)
        citation = Citation(number, citation.first, citation.last, citation.lines)
        if number not in self._parts:
            return CitedPlace(citation, None, Lack.NO_DOCUMENT)
        document = self._parts[number][-1]
        sections = range(citation.first, citation.last + 1) if citation.first and not citation.lines else range(0)
        if sections and sections[-1] > max(1, document.sections):
            return CitedPlace(citation, document, Lack.NO_SECTION)
        sent = self._sent[number]
        if not sent or (sections and sent.isdisjoint(sections)):
            return CitedPlace(citation, document, Lack.NOT_SENT)
        return CitedPlace(citation, document)

    def sent_within(self, citation: Citation) -> tuple[int, ...]:
        """Return the numbers of the cited sections that were sent, in order; all that were sent for a whole document."""
        sent = sorted(self._sent.get(citation.document, ()))
        if not citation.first or citation.lines:
            return tuple(sent)
        return tuple(number for number in sent if citation.first <= number <= citation.last)


def _sent_sections(document: DocumentPart) -> frozenset[int]:
    """Return the numbers of the sections that a question sent. A summary is one of the whole document."""
    count = max(1, document.sections)
    match document.sent_as:
        case SentAs.PASSAGES:
            return frozenset(passage.section for passage in document.passages)
        case SentAs.SUMMARY:
            return frozenset(range(1, count + 1))
        case SentAs.TEXT | SentAs.PICTURES:
            return frozenset(numbers_in(document.selected, count))
