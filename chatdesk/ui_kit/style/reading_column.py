"""The position of the reading column: centred, with a comfortable width and with margins that shrink in narrow windows."""

from chatdesk.ui_kit.style.theme import Theme

OVERHANG = 16
"""How far focus rings, hover backgrounds and icons extend beyond the column."""


def reading_column(width: int, theme: Theme) -> tuple[int, int]:
    """Return the column's left edge and its width, for a total width that includes the scroll bar."""
    column = theme.reading_width
    narrow = width < column + 2 * theme.length("columnMargin")
    margin = theme.length("columnMarginNarrow" if narrow else "columnMargin")
    left = max(margin, (width - column) // 2)
    return left, max(1, width - 2 * left)


def painted_band(width: int, theme: Theme) -> tuple[int, int]:
    """Return the left edge and the width of everything painted on the page: the column and its overhang."""
    left, column = reading_column(width, theme)
    return left - OVERHANG, column + 2 * OVERHANG
