"""Names that come from elsewhere (titles of chats, ids of models) as one harmless line of text."""

_LONGEST = 300
"""Characters worth laying out: no place for a name is wide enough for more."""

_BREAKS = (*range(0x20), 0x7F, *range(0x80, 0xA0), 0x2028, 0x2029)
_DIRECTIONS = (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_HARMLESS: dict[int, str | None] = {**dict.fromkeys(_BREAKS, " "), **dict.fromkeys(_DIRECTIONS)}


def plain_line(name: str) -> str:
    """Return the name without line breaks, control characters and marks that turn the direction of text around; cut if it is very long."""
    cut = name if len(name) <= _LONGEST else name[:_LONGEST] + "…"
    return " ".join(cut.translate(_HARMLESS).split())
