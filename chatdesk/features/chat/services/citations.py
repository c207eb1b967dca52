"""What the citations of an answer refer to: the documents of its chat, as far as they were sent up to the answer."""

from collections.abc import Iterable

from chatdesk.features.attachments.services.request_pictures import document_numbers
from chatdesk.kernel.chat.message import DocumentPart, Message, SentAs
from chatdesk.kernel.documents.citations import Citation, CitedPlace, Lack, citation_name, parse_citation
from chatdesk.kernel.documents.document_text import numbers_in


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
        document, sent = self._parts[number][-1], self._sent[number]
        if citation.first and not citation.lines:
            if citation.last > max(1, document.sections):
                return CitedPlace(citation, document, Lack.NO_SECTION)
            sent = sent.intersection(range(citation.first, citation.last + 1))
        return CitedPlace(citation, document, None if sent else Lack.NOT_SENT, tuple(sorted(sent)))


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
