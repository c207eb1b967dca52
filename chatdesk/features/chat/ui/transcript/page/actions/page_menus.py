"""The menus of messages, opened at the pointer or next to the message."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link
from chatdesk.features.chat.ui.transcript.citations import cited_by
from chatdesk.features.chat.ui.transcript.code_options import CodeOptions
from chatdesk.features.chat.ui.transcript.controls import ABOUT_CODE, WAITING_VERBS, Command, Control, Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT, MessageItem
from chatdesk.features.chat.ui.transcript.page.actions.message_commands import MessageCommands
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.page_geometry import PageGeometry
from chatdesk.features.chat.ui.transcript.page.page_surface import PageSurface
from chatdesk.features.chat.ui.transcript.page.pictures.picture_actions import PictureActions
from chatdesk.features.chat.ui.transcript.page.selection.clipboard import Clipboard
from chatdesk.features.chat.ui.transcript.page.selection.selected_text import selected_text
from chatdesk.features.chat.ui.transcript.texts import TranscriptTexts
from chatdesk.features.models.domain.model_rows import ServerGroup
from chatdesk.kernel.chat.message import Message, MessageState
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef
from chatdesk.rendering.export.plain_text import spans_text
from chatdesk.rendering.markdown.blocks import Code, Table
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.live_icon import live_icon
from chatdesk.ui_kit.style.painters import DANGER_PROPERTY
from chatdesk.ui_kit.text.safe_text import plain_line, visible_target


@dataclass(frozen=True, slots=True)
class CodeInMenu:
    """The code block a menu was opened on: a command that identifies it, and its options."""

    about: Command
    options: CodeOptions
    is_drawn: bool = False
    """Whether it is a diagram that has a picture."""


def add_code_actions(
    menu: QMenu, code: CodeInMenu, texts: TranscriptTexts, perform: Callable[[Command], None], appearance: Appearance
) -> None:
    """Insert the actions for a code block at the top of a menu."""
    first = menu.actions()[0]
    for verb, caption, icon, on in (
        *(((Verb.COPY_DIAGRAM, texts.copy_diagram, "image", None),) if code.is_drawn else ()),
        *(((Verb.SAVE_DIAGRAM, texts.save_diagram, "download", None),) if code.is_drawn else ()),
        (Verb.COPY_CODE, texts.copy_this_code, "copy", None),
        (Verb.SAVE_CODE, texts.save_as, "download", None),
        (Verb.WRAP_CODE, texts.wrap_lines, "", code.options.wrapped),
        (Verb.NUMBER_CODE, texts.line_numbers, "", code.options.numbered),
    ):
        action = QAction(caption, menu)
        if icon:
            action.setIcon(live_icon(appearance, icon))
        if on is not None:
            action.setCheckable(True)
            action.setChecked(on)
        action.triggered.connect(partial(_perform, perform, replace(code.about, verb=verb)))
        menu.insertAction(first, action)
    menu.insertSeparator(first)


def _perform(perform: Callable[[Command], None], command: Command, _checked: bool = False) -> None:
    perform(command)


_MAX_LINK_LENGTH = 60
_MAX_TABLE_NAME_WIDTH = 280


@dataclass(frozen=True, slots=True)
class MenuActions:
    """The actions of a message menu besides commands."""

    perform: Callable[[Command], None]
    open_link: Callable[[Link], None]
    copy_selection: Callable[[], object] | None
    """None if nothing is selected."""
    quote_selection: Callable[[], None] | None
    select_all: Callable[[], None]
    regenerate_with: Callable[[ModelRef], None]
    copy_rich: Callable[[], None]
    """Copies the message in all formats."""
    copy_table: Callable[[], None] | None = None
    """None if the menu was not opened on a table."""
    table: Command | None = None
    """Identifies that table."""


class MessageMenu(QMenu):
    """The menu of a message with all its actions, including those without a button.

    Created for one use; its owner deletes it.

    `models` are those available for regenerating, `keys` the keys that do the same as a command. With `on_code`, the
    caller adds the actions of a code block. With `read_only`, only actions that change nothing are offered.
    `shows_instructions` is whether the instructions of an answer can be shown.
    """

    def __init__(
        self,
        appearance: Appearance,
        item: MessageItem,
        controls: Sequence[Control],
        models: Sequence[ServerGroup],
        texts: TranscriptTexts,
        actions: MenuActions,
        parent: QWidget,
        *,
        on_code: bool = False,
        read_only: bool = False,
        keys: Mapping[Verb, str] = MappingProxyType({}),
        shows_instructions: bool = False,
    ) -> None:
        super().__init__(parent)
        self._shows_instructions = shows_instructions
        self._on_code = on_code
        self._keys = keys
        self._appearance = appearance
        self._item = item
        self._controls = controls
        self._texts = texts
        self._actions = actions
        self._add_selection()
        self._add_copies()
        if read_only:
            self._add_parts()
            self._add_links()
            return
        self._add_regenerate(models)
        self._add_versions()
        self._add_parts()
        self._add_links()
        self._add_uses()
        self.addSeparator()
        self._add_command(Verb.DELETE, "trash-2", texts.delete, ink="danger").setProperty(DANGER_PROPERTY, True)

    @property
    def _message(self) -> Message:
        return self._item.message

    def _add_selection(self) -> None:
        texts, actions = self._texts, self._actions
        if actions.copy_selection:
            action = _add(self, texts.copy_selection, actions.copy_selection)
            action.setIcon(live_icon(self._appearance, "copy"))
            _show_keys(action, QKeySequence(QKeySequence.StandardKey.Copy))
        if actions.quote_selection:
            _add(self, texts.quote_selection, actions.quote_selection).setIcon(live_icon(self._appearance, "quote"))
        if actions.table and actions.copy_table:
            submenu = self.addMenu(live_icon(self._appearance, "table"), texts.table)
            _add(submenu, texts.copy, actions.copy_table).setIcon(live_icon(self._appearance, "copy"))
            self._add_table_files(submenu, actions.table)
        if not self.isEmpty():
            self.addSeparator()

    def _add_copies(self) -> None:
        texts = self._texts
        self._add_command(Verb.COPY, "copy", texts.copy_message)
        submenu = self.addMenu(live_icon(self._appearance, "file-text"), texts.copy_as)
        _add(submenu, texts.as_markdown, partial(self._actions.perform, Command(Verb.COPY)))
        _add(submenu, texts.as_plain_text, partial(self._actions.perform, Command(Verb.COPY_PLAIN)))
        _add(submenu, texts.as_rich_text, self._actions.copy_rich)
        if self._message.reasoning:
            self._add_command(Verb.COPY_REASONING, "lightbulb", texts.copy_reasoning)
        self._add_code_blocks()
        self._add_tables()

    def _add_code_blocks(self) -> None:
        """Add the visible code blocks for copying; several of them share a submenu to keep the menu short."""
        commands = [control.command for control in self._controls if control.command.verb is Verb.COPY_CODE]
        if not commands or self._on_code:
            return
        texts, icon = self._texts, live_icon(self._appearance, "code")
        if len(commands) == 1:
            _add(self, texts.copy_code_block, partial(self._actions.perform, commands[0])).setIcon(icon)
            return
        submenu = self.addMenu(icon, texts.copy_code_block)
        for number, command in enumerate(commands, 1):
            block = self._item.blocks(command.part)[command.block]
            lines = texts.code_block(block.language, block.text.count("\n")) if isinstance(block, Code) else ""
            _add(submenu, f"{number}  {lines}", partial(self._actions.perform, command))

    def _add_tables(self) -> None:
        """Add the tables for saving; several of them have a submenu each, named by their headers."""
        tables = [(number, block) for number, block in enumerate(self._item.blocks(TEXT)) if isinstance(block, Table)]
        if not tables or self._actions.table:
            return
        submenu = self.addMenu(live_icon(self._appearance, "table"), self._texts.save_table)
        for position, (number, table) in enumerate(tables, 1):
            menu = submenu
            if len(tables) > 1:
                header = plain_line(" · ".join(map(spans_text, table.header)))
                name = submenu.fontMetrics().elidedText(header, Qt.TextElideMode.ElideRight, _MAX_TABLE_NAME_WIDTH)
                menu = submenu.addMenu(f"{position}  {name}".replace("&", "&&"))
            self._add_table_files(menu, Command(Verb.SAVE_TABLE, part=TEXT, block=number))

    def _add_table_files(self, menu: QMenu, table: Command) -> None:
        texts = self._texts
        for kind, caption, icon in (
            ("xlsx", texts.table_as_excel, "sheet"),
            ("csv", texts.table_as_csv, "file-text"),
        ):
            action = _add(menu, caption, partial(self._actions.perform, replace(table, action_id=kind)))
            action.setIcon(live_icon(self._appearance, icon))

    def _add_regenerate(self, models: Sequence[ServerGroup]) -> None:
        """Add the actions that ask a model again, unless the message is being written."""
        message, texts = self._message, self._texts
        if message.state is MessageState.STREAMING:
            return
        self.addSeparator()
        self._add_command(Verb.EDIT, "pencil", texts.edit)
        self._add_command(Verb.REGENERATE, "refresh-cw", texts.regenerate)
        if not any(group.models for group in models):
            return
        submenu = self.addMenu(live_icon(self._appearance, "cpu"), texts.regenerate_with)
        for group in models:
            if group.models:
                submenu.addSection(group.name.replace("&", "&&"))
            for row in group.models:
                action = _add(submenu, row.name, partial(self._actions.regenerate_with, row.ref))
                action.setCheckable(True)
                action.setChecked(row.ref == message.model)

    def _add_versions(self) -> None:
        texts = self._texts
        position, count = self._item.position
        if count > 1:
            self.addSeparator()
            self._add_command(Verb.PREVIOUS_SIBLING, "chevron-left", texts.previous_sibling, enabled=position > 0)
            self._add_command(Verb.NEXT_SIBLING, "chevron-right", texts.next_sibling, enabled=position < count - 1)

    def _add_parts(self) -> None:
        """Add the actions of the message's own parts, for example folding the reasoning."""
        self.addSeparator()
        texts = self._texts
        for control in self._controls:
            command = control.command
            match command.verb:
                case Verb.FOLD_REASONING:
                    icon, caption = "lightbulb", texts.hide_reasoning if control.on else texts.show_reasoning
                case Verb.CONTINUE:
                    self._add_command(Verb.CONTINUE, "play", texts.continue_answer)
                    continue
                case Verb.FOLD_QUESTION:
                    icon, caption = "maximize-2", control.name
                case _:
                    continue
            _add(self, caption, partial(self._actions.perform, command)).setIcon(live_icon(self._appearance, icon))

    def _add_links(self) -> None:
        if links := self._item.links():
            submenu = self.addMenu(live_icon(self._appearance, "external-link"), self._texts.links)
            for link in links:
                target = visible_target(link.target, _MAX_LINK_LENGTH)
                name = link.text.strip("[]") if cited_by(link.target) else target
                _add(submenu, name, partial(self._actions.open_link, link))

    def _add_uses(self) -> None:
        """Add the actions that use the message or the chat elsewhere."""
        texts = self._texts
        self.addSeparator()
        self._add_command(Verb.QUOTE, "quote", texts.quote)
        self._add_command(Verb.BRANCH, "git-branch", texts.branch)
        if self._message.model and self._shows_instructions:
            self._add_command(Verb.INSTRUCTIONS, "layers", texts.instructions)
        more_menu = self.addMenu(live_icon(self._appearance, "ellipsis"), texts.more_actions)
        if self._message.model and self._message.state is not MessageState.STREAMING:
            self._add_command(Verb.SAVE_WORD, "file-down", texts.save_as_word, menu=more_menu)
        self._add_command(Verb.SAVE, "download", texts.save_message, menu=more_menu)
        more_menu.addSeparator()
        self._add_command(Verb.COPY_CHAT, "copy", texts.copy_chat, menu=more_menu)
        self._add_command(Verb.SAVE_CHAT, "download", texts.save_chat, menu=more_menu)
        more_menu.addSeparator()
        _add(more_menu, texts.select_all, self._actions.select_all)

    def _add_command(
        self,
        verb: Verb,
        icon: str,
        caption: str,
        *,
        enabled: bool = True,
        ink: str = "textSecondary",
        menu: QMenu | None = None,
    ) -> QAction:
        is_waiting = self._item.busy and verb in WAITING_VERBS and enabled
        action = _add(menu or self, caption, partial(self._actions.perform, Command(verb)))
        if is_waiting:  # after a tab, where menus show shortcuts
            action.setText(f"{action.text()}\t{self._texts.not_while_answering}")
        elif verb in self._keys:
            _show_keys(action, QKeySequence(self._keys[verb]))
        action.setEnabled(enabled and not is_waiting)
        action.setIcon(live_icon(self._appearance, icon, ink))
        return action


def _show_keys(action: QAction, keys: QKeySequence) -> None:
    action.setShortcut(keys)
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the window has the shortcut itself
    action.setShortcutVisibleInContextMenu(True)


def _add(menu: QMenu, caption: str, callback: Callable[[], object]) -> QAction:
    # Escape ampersands, which would mark a mnemonic.
    action = menu.addAction(caption.replace("&", "&&"))
    action.triggered.connect(lambda _checked=False: callback())
    return action


class PageMenus(QObject):
    """Creates the menus of a transcript's messages over `viewport`; each is deleted when closed.

    `models` are the available models.
    """

    regenerate_with_requested = Signal(str, ModelRef)

    def __init__(
        self,
        appearance: Appearance,
        document: Document,
        geometry: PageGeometry,
        surface: PageSurface,
        commands: MessageCommands,
        texts: TranscriptTexts,
        clipboard: Clipboard,
        pictures: PictureActions,
        viewport: QWidget,
    ) -> None:
        super().__init__(viewport)
        self.models: tuple[ServerGroup, ...] = ()
        self.read_only = False
        """Whether menus offer only actions that change nothing."""
        self.shows_instructions = False
        """Whether something shows the instructions of an answer."""
        self._appearance = appearance
        self._document = document
        self._geometry = geometry
        self._surface = surface
        self._commands = commands
        self._texts = texts
        self._clipboard = clipboard
        self._pictures = pictures
        self._viewport = viewport

    def show_beside(self, index: int, command: Command | None = None) -> None:
        """Show the menu of a message below the control of `command`, or below its last control, or at the top of the view."""
        controls = self._surface.controls_of(index)
        chosen = next((control for control in controls if control.command == command), None)
        shown = chosen or (controls[-1] if controls else None)
        position = self._geometry.to_view(shown.rect).bottomLeft() if shown else QPoint()
        about = chosen.command if chosen and chosen.command.verb in ABOUT_CODE else None
        self._show(index, position, self._code(index, about) if about else None)

    def show_at(self, index: int, position: QPoint) -> None:
        """Show the menu of a message at a point of the view."""
        about = self._surface.code_at(index, position)
        self._show(index, position, self._code(index, about) if about else None)

    def _keys_for(self, index: int) -> dict[Verb, str]:
        """Return the keys for commands about a message: the window has some for the last answer and the last question."""
        keys: dict[Verb, str] = {}
        first = self._appearance.shortcuts.first
        if index == self._document.last_answer():
            keys[Verb.COPY] = first(CommandId.COPY_LAST_ANSWER)
        if index == len(self._document) - 1:
            keys[Verb.REGENERATE] = first(CommandId.REGENERATE)
        if [*self._document.questions[-1:]] == [index]:
            keys[Verb.EDIT] = first(CommandId.EDIT_QUESTION)
        return keys

    def _code(self, index: int, about: Command) -> CodeInMenu | None:
        column = self._document[index].column(about.part)
        block = self._commands.code.block(index, about)
        diagram = self._commands.code.diagram(block) if block else None
        is_drawn = diagram is not None and diagram.picture is not None
        return CodeInMenu(about, column.code_options(about.block), is_drawn) if column else None

    def _show(self, index: int, position: QPoint, code: CodeInMenu | None) -> None:
        selection = self._surface.selection()
        has_selection = selection is not None and not selection.is_empty
        message_id = self._document.message(index).id
        table = self._surface.table_at(position)
        actions = MenuActions(
            perform=lambda command: self._commands.perform(index, command),
            open_link=lambda link: self._surface.follow_link_of(index, link),
            copy_selection=self._clipboard.copy_selection if has_selection else None,
            quote_selection=self._quote_selection if has_selection and not self.read_only else None,
            select_all=self._surface.select_all,
            regenerate_with=lambda model: self.regenerate_with_requested.emit(message_id, model),
            copy_rich=partial(self._clipboard.copy_message, index),
            copy_table=partial(self._clipboard.copy, table) if table else None,
            table=Command(Verb.SAVE_TABLE, part=table.start.part, block=table.start.block) if table else None,
        )
        controls = self._surface.controls_of(index)
        menu = MessageMenu(
            self._appearance,
            self._document[index],
            controls,
            self.models,
            self._texts,
            actions,
            self._viewport,
            on_code=code is not None,
            read_only=self.read_only,
            keys=self._keys_for(index),
            shows_instructions=self.shows_instructions,
        )
        if code:
            add_code_actions(menu, code, self._texts, actions.perform, self._appearance)
        self._pictures.add_load_all(menu, index)
        self._add_target_actions(menu, position)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._viewport.mapToGlobal(position))

    def _quote_selection(self) -> None:
        if selection := self._surface.selection():
            self._commands.quote_requested.emit(selected_text(self._document, selection))

    def _add_target_actions(self, menu: QMenu, position: QPoint) -> None:
        """Insert the actions for the link or picture at a point at the top of a menu."""
        actions: list[QAction] = []
        if link := self._surface.link_under(position):
            is_citation = cited_by(link.target) is not None
            opening, text = ("file-text", link.text) if is_citation else ("external-link", link.target)
            open_name = self._texts.open_citation if is_citation else self._texts.open_link
            copy_name = self._texts.copy_citation if is_citation else self._texts.copy_link
            actions.append(QAction(live_icon(self._appearance, opening), open_name, menu))
            actions[-1].triggered.connect(lambda: self._surface.follow_link(link, position))
            actions.append(QAction(live_icon(self._appearance, "copy"), copy_name, menu))
            actions[-1].triggered.connect(lambda: QGuiApplication.clipboard().setText(text))
        elif found := self._surface.control_at(position):
            actions += self._pictures.actions(menu, found.message, found.control.command)
        if actions:
            first = menu.actions()[0]
            menu.insertActions(first, actions)
            menu.insertSeparator(first)
