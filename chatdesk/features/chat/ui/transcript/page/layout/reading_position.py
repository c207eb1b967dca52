"""Where somebody was reading, in a form that outlives the layout: to be kept while another chat is shown, and found again."""

from dataclasses import replace

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class ReadingPosition:
    """The line at the top of the view: its place in a message's text, and how far it is scrolled out, in pixels.

    `at_end` says that the end was being followed; it wins over the rest.
    """

    message_id: str
    part: int
    block: int
    offset: int
    distance: int
    at_end: bool

    def scaled(self, factor: float) -> "ReadingPosition":
        """Return the same place on a page that is larger by a factor."""
        return replace(self, distance=round(self.distance * factor))
