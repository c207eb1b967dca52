"""Holds who fetches pictures from elsewhere, made when a person first asks for one: a start does not need it, nor what it imports."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatdesk.features.attachments.services.pictures import Pictures


class LatePictures:
    """One per program."""

    def __init__(self, make: "Callable[[], Pictures]") -> None:
        self._make = make
        self._made: Pictures | None = None

    async def load(self, address: str) -> bytes:
        """Return the bytes of a picture. Raises `PictureUnavailable`."""
        if self._made is None:
            self._made = self._make()
        return await self._made.load(address)
