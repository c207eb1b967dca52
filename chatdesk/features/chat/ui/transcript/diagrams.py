"""Diagrams in the transcript: code that can be drawn as a picture inside the answer. Another feature draws them."""

from enum import Enum, auto

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from chatdesk.kernel.fast_dataclass import dataclass


class DiagramState(Enum):
    """What is known of the picture of a diagram."""

    OFFERED = auto()
    """It can be drawn on request."""
    DRAWING = auto()
    DRAWN = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class Diagram:
    """A diagram. Another state of it is another object."""

    state: DiagramState
    picture: QImage | None = None
    png: bytes = b""
    scale: float = 1.0
    """Pixels of the picture for each device-independent one."""
    reason: str = ""
    """Why it cannot be drawn."""

    @property
    def size(self) -> QSize:
        """The size of the picture in device-independent pixels."""
        return self.picture.size() / self.scale if self.picture else QSize()


class DiagramSource(QObject):
    """Draws diagrams. This base class draws none; the preview feature overrides it."""

    changed = Signal()
    """The state of a diagram queried before has changed."""

    def diagram(self, language: str, source: str) -> Diagram | None:  # noqa: ARG002
        """Return a diagram in the colours of the current theme; None if code in this language stays code. Must be fast."""
        return None

    def draw(self, language: str, source: str) -> None:
        """Draw a diagram; `changed` announces the result."""

    def stop(self, language: str, source: str) -> None:
        """Stop drawing a diagram."""
