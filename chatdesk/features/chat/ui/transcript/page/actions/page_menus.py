"""Opens the menus of messages, under the pointer or beside the message, and lets what is chosen be done."""

from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.features.chat.ui.transcript.controls import ABOUT_CODE, Command
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.page.actions.code_menu import CodeInMenu, offer_code
from chatdesk.features.chat.ui.transcript.page.actions.message_commands import MessageCommands
from chatdesk.features.chat.ui.transcript.page.actions.message_menu import MenuDeeds, MessageMenu
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.page_geometry import PageGeometry
from chatdesk.features.chat.ui.transcript.page.page_surface import PageSurface
from chatdesk.features.chat.ui.transcript.page.pictures.picture_actions import PictureDeeds
from chatdesk.features.chat.ui.transcript.page.selection.clipboard import Clipboard
from chatdesk.features.chat.ui.transcript.page.selection.selected_text import selected_text
from chatdesk.features.chat.ui.transcript.place import UNENDING, Place, Selection
from chatdesk.features.chat.ui.transcript.words import Words
from chatdesk.features.models.ui.picker.model_list import ServerGroup
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.live_icon import live_icon


class PageMenus(QObject):
    """`models` are what can answer. A menu is shown over `viewport` and gone when it is closed."""

    regenerate_with_requested = Signal(str, ModelRef)

    def __init__(
        self,
        appearance: Appearance,
        document: Document,
        geometry: PageGeometry,
        surface: PageSurface,
        commands: MessageCommands,
        words: Words,
        clipboard: Clipboard,
        pictures: PictureDeeds,
        viewport: QWidget,
    ) -> None:
        super().__init__(viewport)
        self.models: tuple[ServerGroup, ...] = ()
        self.read_only = False
        """Whether they offer only what changes nothing."""
        self._appearance = appearance
        self._document = document
        self._geometry = geometry
        self._surface = surface
        self._commands = commands
        self._words = words
        self._clipboard = clipboard
        self._pictures = pictures
        self._viewport = viewport

    def show_beside(self, index: int, command: Command | None = None) -> None:
        """Show a message's menu below the control that `command` belongs to, else below its last one, or at the view's top."""
        controls = self._surface.controls_of(index)
        chosen = next((control for control in controls if control.command == command), None)
        shown = chosen or (controls[-1] if controls else None)
        place = self._geometry.to_view(shown.rect).bottomLeft() if shown else QPoint()
        about = chosen.command if chosen and chosen.command.verb in ABOUT_CODE else None
        self._show(index, place, self._code(index, about) if about else None)

    def show_at(self, index: int, place: QPoint) -> None:
        """Show a message's menu at a point of the view."""
        about = self._surface.code_at(index, place)
        self._show(index, place, self._code(index, about) if about else None)

    def _code(self, index: int, about: Command) -> CodeInMenu | None:
        column = self._document[index].column(about.part)
        return CodeInMenu(about, column.code_options(about.block)) if column else None

    def _show(self, index: int, place: QPoint, code: CodeInMenu | None) -> None:
        selection = self._surface.selection()
        has_selection = selection is not None and not selection.is_empty
        message_id = self._document.message(index).id
        table = self._surface.table_at(place)
        deeds = MenuDeeds(
            perform=lambda command: self._commands.perform(index, command),
            open_link=lambda link: self._surface.follow_link_of(index, link),
            copy_selection=self._clipboard.copy_selection if has_selection else None,
            quote_selection=self._quote_selection if has_selection and not self.read_only else None,
            select_all=self._surface.select_all,
            regenerate_with=lambda model: self.regenerate_with_requested.emit(message_id, model),
            copy_rich=partial(self._clipboard.copy, _whole_text(index)),
            copy_table=partial(self._clipboard.copy, table) if table else None,
        )
        controls = self._surface.controls_of(index)
        menu = MessageMenu(
            self._appearance,
            self._document[index],
            controls,
            self.models,
            self._words,
            deeds,
            self._viewport,
            on_code=code is not None,
            read_only=self.read_only,
        )
        if code:
            offer_code(menu, code, self._words, deeds.perform, self._appearance)
        self._pictures.add_load_all(menu, index)
        self._add_what_is_there(menu, place)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._viewport.mapToGlobal(place))

    def _quote_selection(self) -> None:
        if selection := self._surface.selection():
            self._commands.quote_requested.emit(selected_text(self._document, selection))

    def _add_what_is_there(self, menu: QMenu, place: QPoint) -> None:
        """Offer before all else what can be done with the link or the picture under the pointer."""
        actions: list[QAction] = []
        if link := self._surface.link_under(place):
            actions.append(QAction(live_icon(self._appearance, "external-link"), self._words.open_link, menu))
            actions[-1].triggered.connect(lambda: self._surface.follow_link(link, place))
            actions.append(QAction(live_icon(self._appearance, "copy"), self._words.copy_link, menu))
            actions[-1].triggered.connect(lambda: QGuiApplication.clipboard().setText(link.target))
        elif found := self._surface.control_at(place):
            actions += self._pictures.actions(menu, found.message, found.control.command)
        if actions:
            first = menu.actions()[0]
            menu.insertActions(first, actions)
            menu.insertSeparator(first)


def _whole_text(index: int) -> Selection:
    """Return all that a message says, without its reasoning."""
    return Selection(Place(index, TEXT, 0, 0), Place(index, TEXT, UNENDING, UNENDING))
