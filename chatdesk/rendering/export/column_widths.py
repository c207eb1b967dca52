"""The widths of the columns of a table that is wider than a page."""

from collections.abc import Sequence

_HALVINGS = 20
"""Steps of the search for the widths: the last one is smaller than any unit of a page."""


def column_widths(natural: Sequence[float], least: Sequence[float], width: float) -> list[float]:
    """Return the widths of columns that fill a width: as wide as their texts if possible.

    `natural` are the widths of their texts without line breaks, `least` those of their longest words. The widest columns are limited to the
    same width, but not below their longest words; if even those do not fit, they are broken in the widest columns.
    """
    if (total := sum(natural)) <= width:
        return [each * width / total for each in natural]
    if sum(least) >= width:
        natural, least = least, [0.0] * len(least)
    too_narrow, too_wide = 0.0, width
    for _ in range(_HALVINGS):
        limit = (too_narrow + too_wide) / 2
        if sum(_limited(natural, least, limit)) <= width:
            too_narrow = limit
        else:
            too_wide = limit
    return _limited(natural, least, too_narrow)


def _limited(natural: Sequence[float], least: Sequence[float], limit: float) -> list[float]:
    return [min(wide, max(narrow, limit)) for wide, narrow in zip(natural, least, strict=True)]
