"""The passages of documents that are sent with a question: in which documents they are looked for, and what is found."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace

from chatdesk.features.attachments.services.passages.passage_finder import FoundInDocument, FoundPassages
from chatdesk.features.attachments.services.request_pictures import ReadText
from chatdesk.kernel.chat.message import Attachment, DocumentPart, Message, Part, Role, SentAs
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.kernel.errors.attachment_errors import NothingFound
from chatdesk.kernel.text.safe_line import safe_line

_MAX_WORDS = 200
"""Characters."""

FindPassages = Callable[[str, Sequence[DocumentPart], int], Awaitable[FoundPassages]]
"""Returns the passages of documents that fit a question best, with at most so many tokens."""


def carried_documents(path: Sequence[Message], attached: Iterable[Attachment]) -> tuple[DocumentPart, ...]:
    """Return the documents of the last question of a path whose passages are looked for again for the next one.

    The user may have attached them to it already; then they are not in the result.
    """
    last = next((message for message in reversed(path) if message.role is Role.USER), None)
    known = {each.identity for each in attached if isinstance(each, DocumentPart)}
    documents = last.documents if last else ()
    return tuple(
        without_passages(each) for each in documents if each.sent_as is SentAs.PASSAGES and each.identity not in known
    )


def without_passages(document: DocumentPart) -> DocumentPart:
    """Return a document whose passages are to be looked for."""
    return replace(document, passages=(), passage_count=0)


def awaits_passages(document: DocumentPart) -> bool:
    """Return whether the passages of a document are to be looked for."""
    return document.sent_as is SentAs.PASSAGES and not document.passage_count


def for_edited(attachments: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """Return the attachments of a question whose text has changed: its passages are looked for again."""
    return tuple(
        without_passages(each) if isinstance(each, DocumentPart) and each.sent_as is SentAs.PASSAGES else each
        for each in attachments
    )


async def find_for_question(
    question: str, documents: Sequence[DocumentPart], earlier: Sequence[Message], find: FindPassages, max_tokens: int
) -> FoundPassages:
    """Return the passages of documents that fit a question.

    `earlier` are the messages before it: where the documents are in one of them and no word of the question is in the documents, as in "And
    then?", the question before it says what is meant.
    """
    found = await find(question, documents, max_tokens)
    before = next((message for message in reversed(earlier) if message.role is Role.USER), None)
    if before and not found.chosen and not _new(documents, earlier):
        return await find(f"{question}\n{before.text}", documents, max_tokens)
    return found


async def with_passages(
    question: Message,
    earlier: Sequence[Message],
    find: FindPassages,
    read_text: ReadText,
    max_tokens: int,
) -> tuple[Message, str]:
    """Return a question with the passages of its documents that fit it best, and their tokens; and the words that were searched for.

    `earlier` are the messages before it.
    """
    documents = [each for each in question.documents if awaits_passages(each)]
    found = await find_for_question(question.text, documents, earlier, find, max_tokens)
    changed: dict[Part, Part] = {
        document: await with_found(each, read_text) for document, each in zip(documents, found.documents, strict=True)
    }
    words = safe_line(" ".join(found.words) or question.text, _MAX_WORDS)
    return question.with_parts(changed.get(part, part) for part in question.parts), words


def require_passages(question: Message, earlier: Sequence[Message], words: str) -> None:
    """Raise `NothingFound` if a question brings documents and nothing of any document fits it."""
    documents = [each for each in question.documents if each.sent_as is SentAs.PASSAGES]
    new = _new(documents, earlier)
    if new and not any(each.passages for each in documents):
        raise NothingFound(", ".join(each.name for each in new), words)


def _new(documents: Iterable[DocumentPart], earlier: Iterable[Message]) -> list[DocumentPart]:
    known = {each.identity for message in earlier for each in message.documents}
    return [each for each in documents if each.identity not in known]


async def with_found(found: FoundInDocument, read_text: ReadText) -> DocumentPart:
    """Return a document with the passages that were found in it, and their tokens."""
    document = found.document
    text = await read_text(document) if document.passages else None
    tokens = sum(estimate_tokens(text.passage(each)) for each in document.passages) if text else 0
    return replace(document, passage_count=max(1, found.count), tokens=tokens)
