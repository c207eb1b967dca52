"""Opens the menus of messages, under the pointer or beside the message, and lets what is chosen be done."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from chatdesk.ui.transcript.page.document import Document
from chatdesk.ui.transcript.page.message_commands import MessageCommands
from chatdesk.ui.transcript.page.message_menu import MenuDeeds, message_menu
from chatdesk.ui.transcript.page.page_geometry import PageGeometry
from chatdesk.ui.transcript.page.page_surface import PageSurface
from chatdesk.ui.transcript.words import Words


class PageMenus(QObject):
    """`copy` copies what is selected. A menu is shown over `viewport` and gone when it is closed."""

    def __init__(
        self,
        document: Document,
        geometry: PageGeometry,
        surface: PageSurface,
        commands: MessageCommands,
        words: Words,
        copy: Callable[[], None],
        viewport: QWidget,
    ) -> None:
        super().__init__(viewport)
        self._document = document
        self._geometry = geometry
        self._surface = surface
        self._commands = commands
        self._words = words
        self._copy = copy
        self._viewport = viewport

    def show_beside(self, index: int) -> None:
        """Show a message's menu below its last control, or at the view's top."""
        controls = self._surface.controls_of(index)
        place = self._geometry.to_view(controls[-1].rect).bottomLeft() if controls else QPoint()
        self.show_at(index, place)

    def show_at(self, index: int, place: QPoint) -> None:
        """Show a message's menu at a point of the view."""
        selection = self._surface.selection()
        deeds = MenuDeeds(
            perform=lambda command: self._commands.perform(index, command),
            open_link=self._surface.follow_link,
            copy_selection=self._copy if selection and not selection.is_empty else None,
            select_all=self._surface.select_all,
        )
        controls = self._surface.controls_of(index)
        menu = message_menu(self._document[index], controls, self._words, deeds, self._viewport)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._viewport.mapToGlobal(place))
