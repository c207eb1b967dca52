"""Stores the pictures of an answer as attachments while it streams, within limits of number, size and pixels.

A picture on the web becomes a Markdown picture in the text, fetched when the user asks. One that cannot be stored is
reported in the answer, so that nothing is missing silently.
"""

import asyncio
import binascii
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from chatdesk.features.attachments.services.request_pictures import StorePicture
from chatdesk.kernel.chat.attachments import MAX_ANSWER_PICTURES, MAX_FILE_BYTES
from chatdesk.kernel.chat.message import ImagePart, Message
from chatdesk.kernel.chat.pictures import PictureKind, PictureProblem, classify_picture, data_payload
from chatdesk.kernel.chat.stream_events import PictureAdded, PictureArrived, StreamEvent, TextDelta
from chatdesk.kernel.errors.attachment_errors import AttachmentError, AttachmentTooLarge, PictureTooManyPixels
from chatdesk.kernel.errors.storage_errors import StorageError

Batch = tuple[StreamEvent, ...]

_MAX_ADDRESS_LENGTH = 8192
_CHUNK_SIZE = 1024 * 1024
"""Characters of base64 decoded in one step: a large picture decoded at once would block all other threads for 40 ms."""
_FORBIDDEN_IN_ADDRESSES = frozenset("<>\\ \t\r\n")

_log = logging.getLogger(__name__)


class AnswerPictures:
    """The picture handling of one answer stream; the answer may have pictures already."""

    def __init__(self, answer: Message, store: StorePicture) -> None:
        self._store = store
        self._stored = {picture.sha256 for picture in answer.pictures if not picture.problem}
        self._linked_addresses: set[str] = set()
        self._too_many_reported = any(picture.problem is PictureProblem.TOO_MANY for picture in answer.pictures)

    async def with_pictures_stored(self, batches: AsyncGenerator[Batch, None]) -> AsyncGenerator[Batch, None]:
        """Yield the batches with each picture replaced by its result."""
        async with aclosing(batches):
            async for batch in batches:
                if any(isinstance(event, PictureArrived) for event in batch):
                    async for part in self._split(batch):
                        yield part
                else:
                    yield batch

    async def _split(self, batch: Sequence[StreamEvent]) -> AsyncGenerator[Batch, None]:
        """Yield the events before a picture first: storing it takes a moment."""
        before: list[StreamEvent] = []
        for event in batch:
            if isinstance(event, PictureArrived):
                if before:
                    yield tuple(before)
                    before = []
                if result := await self._store_picture(event):
                    yield (result,)
            else:
                before.append(event)
        if before:
            yield tuple(before)

    async def _store_picture(self, arrived: PictureArrived) -> StreamEvent | None:
        """Return the event for a picture; None for one that arrived before."""
        source = arrived.source
        if source in self._linked_addresses:
            return None
        picture_source = classify_picture(source)
        if len(self._stored) + len(self._linked_addresses) >= MAX_ANSWER_PICTURES:
            return self._too_many()
        if picture_source.kind is PictureKind.REMOTE:
            return self._link(source)
        if picture_source.kind is not PictureKind.DATA:
            return self._failed(picture_source.failure.problem if picture_source.failure else PictureProblem.BROKEN)
        description = arrived.name.replace("/", " ").replace(
            "\\", " "
        )  # a description, not a path of which only the last part counts
        name = description or f"picture-{len(self._stored) + 1}"
        try:
            data = await asyncio.to_thread(_decoded, source)
            picture = await self._store(data, name)
        except (AttachmentTooLarge, PictureTooManyPixels):
            return self._failed(PictureProblem.TOO_LARGE)
        except (AttachmentError, ValueError):
            return self._failed(PictureProblem.BROKEN)
        except StorageError as error:
            _log.error("A picture of an answer could not be saved: %r", error)
            return self._failed(PictureProblem.NOT_SAVED)
        if picture.sha256 in self._stored:
            return None
        self._stored.add(picture.sha256)
        return PictureAdded(picture)

    def _link(self, address: str) -> StreamEvent:
        if len(address) > _MAX_ADDRESS_LENGTH or _FORBIDDEN_IN_ADDRESSES & set(address):
            return self._failed(PictureProblem.NOT_OPENED)
        self._linked_addresses.add(address)
        return TextDelta(f"\n\n![](<{address}>)\n\n")

    def _too_many(self) -> StreamEvent | None:
        if self._too_many_reported:
            return None
        self._too_many_reported = True
        return self._failed(PictureProblem.TOO_MANY)

    @staticmethod
    def _failed(problem: PictureProblem) -> PictureAdded:
        return PictureAdded(ImagePart("", "", "", problem=problem))


def _decoded(source: str) -> bytes:
    """Return the bytes of a `data:` address. Blocks, in steps. Raises `ValueError` and `AttachmentTooLarge`."""
    payload = data_payload(source)
    if any(space in payload for space in (" ", "\n", "\r")):
        payload = "".join(payload.split())
    if len(payload) * 3 // 4 > MAX_FILE_BYTES + 3:
        raise AttachmentTooLarge
    payload += "=" * (-len(payload) % 4)
    found = bytearray()
    for start in range(0, len(payload), _CHUNK_SIZE):
        found += binascii.a2b_base64(payload[start : start + _CHUNK_SIZE])
    return bytes(found)
