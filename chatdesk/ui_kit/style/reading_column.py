"""Where the reading column stands in a width: in its middle, as wide as reads well, with margins that shrink when room is short."""

from chatdesk.ui_kit.style.theme import Theme

OVERHANG = 16
"""Focus rings, hover grounds and icons reach this far beyond the column."""


def reading_column(width: int, theme: Theme) -> tuple[int, int]:
    """Return the column's left edge and its width, in a width that includes the scroll bar."""
    column = theme.length("readingColumn")
    narrow = width < column + 2 * theme.length("columnMargin")
    margin = theme.length("columnMarginNarrow" if narrow else "columnMargin")
    left = max(margin, (width - column) // 2)
    return left, max(1, width - 2 * left)


def painted_band(width: int, theme: Theme) -> tuple[int, int]:
    """Return left edge and width of all that is ever painted on the ground of the page: the column, and what reaches beyond it."""
    left, column = reading_column(width, theme)
    return left - OVERHANG, column + 2 * OVERHANG
