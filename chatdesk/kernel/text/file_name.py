"""File names made from text that a user or a model wrote."""

import re

MAX_CHARACTERS = 80
MAX_BYTES = 240
"""In UTF-8. File systems take 255, and an ending or a number may be added."""
_REFUSED = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]+'
)
"""Characters that a system refuses, or that can make a name look like another one: invisible ones and overrides of direction.

The joiners U+200C and U+200D stay: they belong to the words of some scripts and to emoji.
"""
_RESERVED = re.compile(r"(?:con|conin\$|conout\$|prn|aux|nul|(?:com|lpt)[\d¹²³]) *(?:\.|$)", re.IGNORECASE)
_TRIMMED = " .\u200c\u200d"


def safe_file_name(text: str) -> str:
    """Return `text` as a file name without folders that every system accepts; empty if nothing of it is left."""
    name = " ".join(_REFUSED.sub(" ", text).split()).strip(_TRIMMED)
    return shortened(f"_{name}" if is_reserved_name(name) else name, MAX_CHARACTERS, MAX_BYTES)


def is_reserved_name(name: str) -> bool:
    """Whether Windows opens a device under this name, whatever its ending."""
    return bool(_RESERVED.match(name))


def shortened(name: str, characters: int, max_bytes: int) -> str:
    """Return the beginning of a name that is within both limits, without a space or a dot at its end."""
    return name[:characters].encode()[:max_bytes].decode(errors="ignore").rstrip(_TRIMMED)
