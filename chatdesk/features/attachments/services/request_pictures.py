"""Selects the pictures of a path that are sent with a request, and reads the texts of its documents.

`request_builder.py` has the text that replaces the others.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING

from chatdesk.kernel.chat.attachments import MAX_SENT_PICTURES
from chatdesk.kernel.chat.message import DocumentPart, ImagePart, Message, SentPicture
from chatdesk.kernel.chat.request import Picture

ToSend = Callable[[SentPicture], Awaitable[Picture | None]]
"""Returns the picture data to send; None if it no longer exists."""
StorePicture = Callable[[bytes, str], Awaitable[ImagePart]]
"""Decodes and stores a picture of an answer, given its bytes and its name. Raises `AttachmentError` and `StorageError`."""

if TYPE_CHECKING:
    from chatdesk.kernel.documents.document_text import DocumentText

ReadText = Callable[[DocumentPart], Awaitable["DocumentText | None"]]
"""Returns the text of a document; None if it no longer exists."""

_MAX_BYTES = 32 * 1024 * 1024
"""Per request, before base64: servers accept 48 MiB at most."""


class LeftOut(Enum):
    """Why a picture is not sent."""

    UNSEEN = auto()
    """The model does not accept pictures."""
    MISSING = auto()
    """The file is missing or damaged."""
    TOO_MANY = auto()
    """The limit of a request is used up by newer pictures."""


async def pictures_for(
    path: Sequence[Message], to_send: ToSend, *, can_see: bool | None
) -> tuple[Mapping[str, Picture], frozenset[LeftOut]]:
    """Return the pictures to send, by hash, newest first, and the reasons why others are left out."""
    candidates = [picture for message in reversed(path) for picture in message.sent_pictures]
    if not candidates or can_see is False:
        return {}, frozenset({LeftOut.UNSEEN} if candidates else ())
    found: dict[str, Picture] = {}
    left_out: set[LeftOut] = set()
    remaining = _MAX_BYTES
    for picture in candidates:
        if picture.sha256 in found:
            continue
        if len(found) == MAX_SENT_PICTURES or remaining <= 0:
            left_out.add(LeftOut.TOO_MANY)
            break
        sent = await to_send(picture)
        if sent is None:
            left_out.add(LeftOut.MISSING)
        elif len(sent.data) > remaining:
            left_out.add(LeftOut.TOO_MANY)
            break
        else:
            found[picture.sha256] = sent
            remaining -= len(sent.data)
    return found, frozenset(left_out)


async def documents_for(
    path: Sequence[Message], sent: Sequence[Message], read_text: ReadText, *, file_marks: bool = False
) -> Mapping[str, Sequence[str]]:
    """Return the documents of the messages in `sent` as they are written into the prompt, by message id.

    They are numbered along the whole `path`, so that a number never changes, whatever is left out. A document keeps its number where a
    later question refers to it again. `file_marks` is as in `ModelRule`.
    """
    if not any(message.documents for message in path):
        return {}
    from chatdesk.kernel.documents.prompt import (  # noqa: PLC0415 - start-up time: most chats have none
        INTRODUCTION,
        MARKED_INTRODUCTION,
        document_block,
        marked_block,
    )

    wanted = {message.id for message in sent}
    blocks: dict[str, list[str]] = {}
    numbers = document_numbers(path)
    for message in path:
        for document in message.documents:
            if message.id not in wanted:
                continue
            number, text = numbers[document.identity], await read_text(document)
            if file_marks:
                blocks.setdefault(message.id, [MARKED_INTRODUCTION]).append(marked_block(number, document, text))
            else:
                block = document_block(message.id, number, document, text)
                blocks.setdefault(message.id, [INTRODUCTION]).append(block)
    return blocks


def document_numbers(path: Iterable[Message]) -> Mapping[str, int]:
    """Return the numbers of the documents of a path by their identity, from 1, in the order in which they came."""
    numbers: dict[str, int] = {}
    for message in path:
        for document in message.documents:
            numbers.setdefault(document.identity, len(numbers) + 1)
    return numbers
