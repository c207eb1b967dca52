"""The messages as they are read out: see `accessible_items.py`."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from chatdesk.ui.transcript.messages.message_item import TEXT
from chatdesk.ui.transcript.page.accessible_items import SpokenControl
from chatdesk.ui.transcript.page.document import Document
from chatdesk.ui.transcript.page.keyboard_focus import KeyboardFocus
from chatdesk.ui.transcript.page.page_geometry import PageGeometry
from chatdesk.ui.transcript.page.page_surface import PageSurface
from chatdesk.ui.transcript.words import Words


class SpokenMessages:
    """Fits `Spoken`."""

    def __init__(
        self,
        document: Document,
        geometry: PageGeometry,
        words: Words,
        surface: PageSurface,
        focus: KeyboardFocus,
        viewport: QWidget,
    ) -> None:
        self._document = document
        self._geometry = geometry
        self._words = words
        self._surface = surface
        self._focus = focus
        self._viewport = viewport

    def count(self) -> int:
        """Return how many messages there are."""
        return len(self._document)

    def name(self, index: int) -> str:
        """Return who speaks, and what is to be said of the message's state."""
        message = self._document.message(index)
        return ", ".join(filter(None, (self._words.speaker(message), self._words.state(message))))

    def text(self, index: int) -> str:
        """Return what is said, as its source; while an answer streams, what has come."""
        return self._document[index].source(TEXT)

    def rect(self, index: int) -> QRect:
        """Return where a message is on the screen."""
        top = self._document.top(index)
        rect = QRect(0, top, self._geometry.column[1], self._document.bottom(index) - top)
        return self._on_screen(rect)

    def controls(self, index: int) -> list[SpokenControl]:
        """Return what can be pressed of a message now."""
        found = (control for control in self._surface.controls_of(index) if control.enabled)
        return [SpokenControl(control.name, self._on_screen(control.rect)) for control in found]

    def focused(self) -> int | None:
        """Return which message the keyboard is on."""
        return self._focus.message

    def _on_screen(self, rect: QRect) -> QRect:
        shown = self._geometry.to_view(rect)
        return QRect(self._viewport.mapToGlobal(shown.topLeft()), shown.size())
