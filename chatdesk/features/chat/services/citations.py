"""What the citations of an answer refer to: the documents of its chat, as far as they were sent up to the answer."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from chatdesk.features.attachments.services.request_pictures import document_numbers
from chatdesk.kernel.chat.message import DocumentPart, Message, Role, SentAs
from chatdesk.kernel.documents.citations import Citation, CitationTarget, Lack, citation_name, parse_citation
from chatdesk.kernel.documents.document_text import numbers_in

if TYPE_CHECKING:
    from chatdesk.rendering.markdown.blocks import Span


_MIN_STEM = 4
"""Minimum length of the name of a file without its ending, by which a document can be cited."""


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
        names = {number: citation_name(parts[0].name) for number, parts in self._parts.items()}
        for number, name in names.items():
            self._names.setdefault(name, number)
        for number, name in names.items():
            stem = name.rpartition(".")[0]
            if len(stem) >= _MIN_STEM and not stem.isdecimal():
                self._names.setdefault(stem, number)
        self._sent = {number: frozenset().union(*map(_sent_sections, parts)) for number, parts in self._parts.items()}

    def targets(self, inside: str, *, is_attached: bool = False) -> tuple[CitationTarget, ...]:
        """Return the targets cited between a pair of brackets; empty if that is ordinary text.

        A page without a document refers to the only document of the chat. If the brackets are attached to a word, as an index is, they
        cite only documents that exist.
        """
        found: list[CitationTarget] = []
        for citation in parse_citation(inside, self._names):
            found.append(self._or_page(found[-1].citation if found else None, citation))
        is_text = any(not target.citation.document or (is_attached and target.document is None) for target in found)
        return () if is_text else tuple(found)

    def target(self, citation: Citation) -> CitationTarget:
        """Return the target to which a citation leads, or why it leads nowhere."""
        number = citation.document or (next(iter(self._parts)) if len(self._parts) == 1 else 0)
        citation = replace(citation, document=number)
        if number not in self._parts:
            return CitationTarget(citation, None, Lack.NO_DOCUMENT)
        document, sent = self._parts[number][-1], self._sent[number]
        if citation.first and not citation.lines:
            if citation.last > max(1, document.sections):
                return CitationTarget(citation, document, Lack.NO_SECTION)
            sent = sent.intersection(range(citation.first, citation.last + 1))
        return CitationTarget(citation, document, None if sent else Lack.NOT_SENT, tuple(sorted(sent)))

    def _or_page(self, before: Citation | None, citation: Citation) -> CitationTarget:
        """Return the target of a citation. A number that no document has is a page of the document before it: `[1, 12]`."""
        target = self.target(citation)
        if before is None or target.document is not None or citation.first:
            return target
        page = self.target(Citation(before.document, citation.document, citation.document))
        return target if page.document is None or page.lack is Lack.NO_SECTION else page


def cited_documents(path: Sequence[Message], chosen: Collection[str] = ()) -> Mapping[int, DocumentPart]:
    """Return the documents that the answers of a path cite, or the chosen ones of them, by their numbers. Slow for a long path.

    The numbers in an answer with sources are those of its sources.
    """
    if not any(message.documents for message in path):
        return {}
    from chatdesk.rendering.markdown.markdown import parse  # noqa: PLC0415 - start-up time

    found: dict[int, DocumentPart] = {}
    cited = CitedDocuments(())

    def cite(inside: str, is_attached: bool) -> "tuple[Span, ...]":
        targets = cited.targets(inside, is_attached=is_attached)
        found.update((target.citation.document, target.document) for target in targets if target.document)
        return ()

    for index, message in enumerate(path):
        if message.documents:
            cited = CitedDocuments(path[: index + 1])
        elif message.role is Role.ASSISTANT and not message.sources and (not chosen or message.id in chosen):
            parse(message.text, cite=cite)
    return dict(sorted(found.items()))


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
