"""Which pictures of a path go along when a model is asked, and why others do not. What is said in their place: `request_builder.py`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from enum import Enum, auto

from chatdesk.kernel.chat.message import ImagePart, Message
from chatdesk.kernel.chat.request import Picture

ToSend = Callable[[ImagePart], Awaitable[Picture | None]]
"""Returns what of a picture is sent; None if it is not there any more."""
KeepPicture = Callable[[bytes, str], Awaitable[ImagePart]]
"""Decodes a picture of an answer and keeps it, given its bytes and its name. Raises `AttachmentError` and `StorageError`."""

_MOST = 20
_MOST_BYTES = 32 * 1024 * 1024
"""Of one request, before base64: servers take 48 MiB at most."""


class LeftOut(Enum):
    """Why a picture does not go along."""

    UNSEEN = auto()
    """The model takes none."""
    MISSING = auto()
    """Its file is gone or damaged."""
    TOO_MANY = auto()
    """Newer ones are enough for one request."""


async def pictures_for(
    path: Sequence[Message], to_send: ToSend, *, can_see: bool | None
) -> tuple[Mapping[str, Picture], frozenset[LeftOut]]:
    """Return the pictures that go along, by hash, the newest first of all, and the reasons why others do not."""
    wanted = [picture for message in reversed(path) for picture in message.kept_pictures]
    if not wanted or can_see is False:
        return {}, frozenset({LeftOut.UNSEEN} if wanted else ())
    found: dict[str, Picture] = {}
    left_out: set[LeftOut] = set()
    room = _MOST_BYTES
    for picture in wanted:
        if picture.sha256 in found:
            continue
        if len(found) == _MOST or room <= 0:
            left_out.add(LeftOut.TOO_MANY)
            break
        sent = await to_send(picture)
        if sent is None:
            left_out.add(LeftOut.MISSING)
        elif len(sent.data) > room:
            left_out.add(LeftOut.TOO_MANY)
            break
        else:
            found[picture.sha256] = sent
            room -= len(sent.data)
    return found, frozenset(left_out)
