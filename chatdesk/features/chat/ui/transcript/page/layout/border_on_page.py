"""The connection between the context border and the page: updates heights and reports pressed buttons."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.transcript.context_border import BorderAction, ContextBorder
from chatdesk.features.chat.ui.transcript.controls import Command
from chatdesk.features.chat.ui.transcript.page.actions.message_commands import MessageCommands
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.page_geometry import PageGeometry
from chatdesk.features.chat.ui.transcript.page.page_surface import PageSurface


class BorderOnPage(QObject):
    """Updates the page when the border moves.

    `relayout_after` runs a function that changes heights and keeps the reading position.
    """

    def __init__(
        self,
        border: ContextBorder,
        document: Document,
        geometry: PageGeometry,
        surface: PageSurface,
        commands: MessageCommands,
        relayout_after: Callable[[Callable[[], None]], None],
        viewport: QWidget,
    ) -> None:
        super().__init__(viewport)
        self._border = border
        self._document = document
        self._geometry = geometry
        self._surface = surface
        self._relayout_after = relayout_after
        self._viewport = viewport
        border.changed.connect(self._follow)
        commands.border_pressed.connect(self._emit_pressed)

    def _follow(self, before: str, now: str) -> None:
        def change() -> None:
            for message_id in (before, now):
                index = self._document.index(message_id)
                if index is not None:
                    self._document.update_height(index)

        self._relayout_after(change)

    def _emit_pressed(self, index: int, command: Command) -> None:
        """Emit the screen rectangle of a pressed button, which is still in place."""
        rect = next((one.rect for one in self._surface.controls_of(index) if one.command == command), QRect())
        view_rect = self._geometry.to_view(rect)
        self._border.pressed.emit(
            BorderAction(command.action_id), QRect(self._viewport.mapToGlobal(view_rect.topLeft()), view_rect.size())
        )
