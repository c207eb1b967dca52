"""Stores the pictures of an answer as attachments while it streams, within limits of number, size and pixels.

A picture on the web becomes a Markdown picture in the text, fetched when the user asks. One that cannot be stored is
reported in the answer, so that nothing is missing silently.
"""

import asyncio
import binascii
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from chatdesk.features.attachments.services.request_pictures import KeepPicture
from chatdesk.kernel.chat.attachments import MAX_ANSWER_PICTURES, MAX_FILE_BYTES
from chatdesk.kernel.chat.message import ImagePart, Message
from chatdesk.kernel.chat.pictures import PictureKind, PictureProblem, data_payload, judge_picture
from chatdesk.kernel.chat.stream_events import PictureAdded, PictureArrived, StreamEvent, TextDelta
from chatdesk.kernel.errors.attachment_errors import AttachmentError, AttachmentTooLarge, PictureTooManyPixels
from chatdesk.kernel.errors.storage_errors import StorageError

Batch = tuple[StreamEvent, ...]

_LONGEST_ADDRESS = 8192
_STEP = 1024 * 1024
"""Characters of base64 decoded in one step: a large picture decoded at once would block all other threads for 40 ms."""
_NOT_IN_AN_ADDRESS = frozenset("<>\\ \t\r\n")

_log = logging.getLogger(__name__)


class AnswerPictures:
    """The picture handling of one answer stream; the answer may have pictures already."""

    def __init__(self, answer: Message, keep: KeepPicture) -> None:
        self._keep = keep
        self._kept = {picture.sha256 for picture in answer.pictures if not picture.problem}
        self._linked: set[str] = set()
        self._told_of_too_many = any(picture.problem is PictureProblem.TOO_MANY for picture in answer.pictures)

    async def taken_in(self, batches: AsyncGenerator[Batch, None]) -> AsyncGenerator[Batch, None]:
        """Yield the batches with each picture replaced by its result."""
        async with aclosing(batches):
            async for batch in batches:
                if any(isinstance(event, PictureArrived) for event in batch):
                    async for part in self._in_parts(batch):
                        yield part
                else:
                    yield batch

    async def _in_parts(self, batch: Sequence[StreamEvent]) -> AsyncGenerator[Batch, None]:
        """Yield the events before a picture first: storing it takes a moment."""
        before: list[StreamEvent] = []
        for event in batch:
            if isinstance(event, PictureArrived):
                if before:
                    yield tuple(before)
                    before = []
                if became := await self._take(event):
                    yield (became,)
            else:
                before.append(event)
        if before:
            yield tuple(before)

    async def _take(self, arrived: PictureArrived) -> StreamEvent | None:
        """Return the event for a picture; None for one that arrived before."""
        source = arrived.source
        if source in self._linked:
            return None
        judged = judge_picture(source)
        if len(self._kept) + len(self._linked) >= MAX_ANSWER_PICTURES:
            return self._too_many()
        if judged.kind is PictureKind.REMOTE:
            return self._link(source)
        if judged.kind is not PictureKind.DATA:
            return self._lost(judged.failure.problem if judged.failure else PictureProblem.BROKEN)
        described = arrived.name.replace("/", " ").replace(
            "\\", " "
        )  # a description, not a path of which only the last part counts
        name = described or f"picture-{len(self._kept) + 1}"
        try:
            data = await asyncio.to_thread(_decoded, source)
            picture = await self._keep(data, name)
        except (AttachmentTooLarge, PictureTooManyPixels):
            return self._lost(PictureProblem.TOO_LARGE)
        except (AttachmentError, ValueError):
            return self._lost(PictureProblem.BROKEN)
        except StorageError as error:
            _log.error("A picture of an answer could not be saved: %r", error)
            return self._lost(PictureProblem.NOT_SAVED)
        if picture.sha256 in self._kept:
            return None
        self._kept.add(picture.sha256)
        return PictureAdded(picture)

    def _link(self, address: str) -> StreamEvent:
        if len(address) > _LONGEST_ADDRESS or _NOT_IN_AN_ADDRESS & set(address):
            return self._lost(PictureProblem.NOT_OPENED)
        self._linked.add(address)
        return TextDelta(f"\n\n![](<{address}>)\n\n")

    def _too_many(self) -> StreamEvent | None:
        if self._told_of_too_many:
            return None
        self._told_of_too_many = True
        return self._lost(PictureProblem.TOO_MANY)

    @staticmethod
    def _lost(problem: PictureProblem) -> PictureAdded:
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
    for start in range(0, len(payload), _STEP):
        found += binascii.a2b_base64(payload[start : start + _STEP])
    return bytes(found)
