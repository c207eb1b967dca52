"""Selects the pictures of a path that are sent with a request.

`request_builder.py` has the text that replaces the others.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from enum import Enum, auto

from chatdesk.kernel.chat.message import ImagePart, Message
from chatdesk.kernel.chat.request import Picture

ToSend = Callable[[ImagePart], Awaitable[Picture | None]]
"""Returns the picture data to send; None if it no longer exists."""
StorePicture = Callable[[bytes, str], Awaitable[ImagePart]]
"""Decodes and stores a picture of an answer, given its bytes and its name. Raises `AttachmentError` and `StorageError`."""

_MAX_PICTURES = 20
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
    candidates = [picture for message in reversed(path) for picture in message.stored_pictures]
    if not candidates or can_see is False:
        return {}, frozenset({LeftOut.UNSEEN} if candidates else ())
    found: dict[str, Picture] = {}
    left_out: set[LeftOut] = set()
    remaining = _MAX_BYTES
    for picture in candidates:
        if picture.sha256 in found:
            continue
        if len(found) == _MAX_PICTURES or remaining <= 0:
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
