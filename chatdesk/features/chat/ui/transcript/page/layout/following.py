"""Where the page stands while it grows: following the end, or left alone as soon as the reader does anything else.

Knows heights, no widget. A question that was just asked is placed near the top and the answer fills the room below it.
"""

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(slots=True)
class Following:
    """`active` while the end is followed. `asked` is where the question begins that was placed near the top; None for none."""

    active: bool = True
    asked: int | None = None

    def longest_scroll(self, page_height: int, view_height: int, margin: int) -> int:
        """Return how far the page may be scrolled: to its end, or until the question is `margin` below the view's top."""
        end = page_height - view_height
        if self.asked is not None:
            end = max(end, self.asked - margin)
        return max(0, end)

    def reader_scrolled(self, value: int, longest: int) -> None:
        """Take note of where the reader went: at the end, following goes on."""
        self.active = value >= longest

    def let_go(self) -> None:
        """Stay where we are: the reader looks at something."""
        self.active = False
