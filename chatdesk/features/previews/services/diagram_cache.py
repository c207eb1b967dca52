"""Pictures of diagrams on disk, so that a chat opened again shows them without starting the engine that draws them."""

import struct
from pathlib import Path

from chatdesk.storage.files.file_cache import FileCache

_SCALE = struct.Struct("<d")
"""Comes before the picture in a file."""


class DiagramCache:
    """`folder` contains only these files."""

    def __init__(self, folder: Path) -> None:
        self._files = FileCache(folder, max_bytes=64 << 20, max_files=500, max_file_bytes=16 << 20)

    async def get(self, key: str) -> tuple[bytes, float] | None:
        """Return a picture and its scale; None if there is none."""
        content = await self._files.get(key)
        if content is None or len(content) <= _SCALE.size:
            return None
        return content[_SCALE.size :], _SCALE.unpack_from(content)[0]

    async def put(self, key: str, picture: bytes, scale: float) -> None:
        """Store a picture. If that fails, it is drawn again next time."""
        await self._files.put(key, _SCALE.pack(scale) + picture)
