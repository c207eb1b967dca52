"""A chat's title as one harmless line: titles may come from anywhere and be anything."""

_LONGEST = 300
"""Characters worth laying out; no row is wide enough for more."""

_BREAKS = (*range(0x20), 0x7F, *range(0x80, 0xA0), 0x2028, 0x2029)
_DIRECTIONS = (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_HARMLESS: dict[int, str | None] = {**dict.fromkeys(_BREAKS, " "), **dict.fromkeys(_DIRECTIONS)}


def plain_title(title: str) -> str:
    """Return the title without line breaks, control characters and marks that turn the direction of text around; cut if it is very long."""
    cut = title if len(title) <= _LONGEST else title[:_LONGEST] + "…"
    return " ".join(cut.translate(_HARMLESS).split())
