"""File names derived from text of users and models."""

import re

MAX_CHARACTERS = 80
MAX_BYTES = 240
"""In UTF-8. File systems allow 255; an extension or a number may be added."""
_REFUSED = r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]+'
"""Characters that some system does not allow in names, or that could disguise the real name: invisible ones and direction overrides.

The joiners U+200C and U+200D are kept, because some scripts and emoji need them.
"""
_RESERVED = r"(?i)(?:con|conin\$|conout\$|prn|aux|nul|(?:com|lpt)[\d¹²³]) *(?:\.|$)"
_TRIMMED = " .…\u200c\u200d"


def safe_file_name(text: str, characters: int = MAX_CHARACTERS) -> str:
    """Return `text` as a file name without folders that every system accepts; empty if nothing of it remains.

    It has at most the given number of characters.
    """
    name = " ".join(re.sub(_REFUSED, " ", text).split()).strip(_TRIMMED)
    return shortened(f"_{name}" if is_reserved_name(name) else name, characters, MAX_BYTES)


def is_reserved_name(name: str) -> bool:
    """Return whether the name is a device name on Windows, with any extension."""
    return bool(re.match(_RESERVED, name))


def shortened(name: str, characters: int, max_bytes: int) -> str:
    """Return the start of a name within both limits, without trailing spaces and dots."""
    return name[:characters].encode()[:max_bytes].decode(errors="ignore").rstrip(_TRIMMED)
