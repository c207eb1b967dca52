"""The menu of a message: everything that can be done with it, also what has no icon."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link
from chatdesk.features.chat.ui.transcript.controls import WAITING_VERBS, Command, Control, Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import MessageItem
from chatdesk.features.chat.ui.transcript.words import Words
from chatdesk.features.models.ui.picker.model_list import ServerGroup
from chatdesk.kernel.chat.message import Message, MessageState, Role
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef
from chatdesk.rendering.markdown.blocks import Code
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.live_icon import live_icon
from chatdesk.ui_kit.style.menu_painter import DANGER_PROPERTY
from chatdesk.ui_kit.text.visible_target import visible_target

_LONGEST_LINK = 60


@dataclass(frozen=True, slots=True)
class MenuDeeds:
    """What the menu can ask for, besides commands."""

    perform: Callable[[Command], None]
    open_link: Callable[[Link], None]
    copy_selection: Callable[[], object] | None
    """None if nothing is selected."""
    quote_selection: Callable[[], None] | None
    select_all: Callable[[], None]
    regenerate_with: Callable[[ModelRef], None]
    copy_rich: Callable[[], None]
    """Copies the message in every form there is."""
    copy_table: Callable[[], None] | None = None
    """None if the menu is not about a table."""


class MessageMenu(QMenu):
    """Made for one showing; whoever shows it throws it away. `models` are those a question can be answered with.

    `on_code`: whether copying the code block it was opened on will be offered before all this; `read_only`: whether only what changes
    nothing is offered.
    """

    def __init__(
        self,
        appearance: Appearance,
        item: MessageItem,
        controls: Sequence[Control],
        models: Sequence[ServerGroup],
        words: Words,
        deeds: MenuDeeds,
        parent: QWidget,
        *,
        on_code: bool = False,
        read_only: bool = False,
    ) -> None:
        super().__init__(parent)
        self._on_code = on_code
        self._appearance = appearance
        self._item = item
        self._controls = controls
        self._words = words
        self._deeds = deeds
        self._add_selection()
        self._add_copies()
        if read_only:
            self._add_parts()
            self._add_links()
            return
        self._add_asking(models)
        self._add_versions()
        self._add_parts()
        self._add_links()
        self._add_uses()
        self.addSeparator()
        self._offer(Verb.DELETE, "trash-2", words.delete, ink="danger").setProperty(DANGER_PROPERTY, True)

    @property
    def _message(self) -> Message:
        return self._item.message

    def _add_selection(self) -> None:
        words, deeds = self._words, self._deeds
        if deeds.copy_selection:
            _add(self, words.copy_selection, deeds.copy_selection).setIcon(live_icon(self._appearance, "copy"))
        if deeds.quote_selection:
            _add(self, words.quote_selection, deeds.quote_selection).setIcon(live_icon(self._appearance, "quote"))
        if deeds.copy_table:
            _add(self, words.copy_table, deeds.copy_table).setIcon(live_icon(self._appearance, "copy"))
        if not self.isEmpty():
            self.addSeparator()

    def _add_copies(self) -> None:
        words = self._words
        self._offer(Verb.COPY, "copy", words.copy_message)
        submenu = self.addMenu(live_icon(self._appearance, "file-text"), words.copy_as)
        _add(submenu, words.as_markdown, partial(self._deeds.perform, Command(Verb.COPY)))
        _add(submenu, words.as_plain_text, partial(self._deeds.perform, Command(Verb.COPY_PLAIN)))
        _add(submenu, words.as_rich_text, self._deeds.copy_rich)
        if self._message.reasoning:
            self._offer(Verb.COPY_REASONING, "lightbulb", words.copy_reasoning)
        self._add_code_blocks()

    def _add_code_blocks(self) -> None:
        """Offer to copy what code is in view; several blocks share one entry, so that the menu stays short."""
        commands = [control.command for control in self._controls if control.command.verb is Verb.COPY_CODE]
        if not commands or self._on_code:
            return
        words, icon = self._words, live_icon(self._appearance, "code")
        if len(commands) == 1:
            _add(self, words.copy_code_block, partial(self._deeds.perform, commands[0])).setIcon(icon)
            return
        submenu = self.addMenu(icon, words.copy_code_block)
        for number, command in enumerate(commands, 1):
            block = self._item.blocks(command.part)[command.block]
            lines = words.code_block(block.language, block.text.count("\n")) if isinstance(block, Code) else ""
            _add(submenu, f"{number}  {lines}", partial(self._deeds.perform, command))

    def _add_asking(self, models: Sequence[ServerGroup]) -> None:
        """Offer what asks a model again, for messages that are not being written."""
        message, words = self._message, self._words
        if message.state is MessageState.STREAMING:
            return
        self.addSeparator()
        self._offer(Verb.EDIT, "pencil", words.edit)
        again = words.regenerate if message.role is Role.ASSISTANT else words.answer_question
        self._offer(Verb.REGENERATE, "refresh-cw", again)
        if not any(group.models for group in models):
            return
        submenu = self.addMenu(live_icon(self._appearance, "cpu"), words.regenerate_with)
        for group in models:
            if group.models:
                submenu.addSection(group.name.replace("&", "&&"))
            for row in group.models:
                action = _add(submenu, row.name, partial(self._deeds.regenerate_with, row.ref))
                action.setCheckable(True)
                action.setChecked(row.ref == message.model)

    def _add_versions(self) -> None:
        words = self._words
        position, count = self._item.position
        if count > 1:
            self.addSeparator()
            self._offer(Verb.PREVIOUS_SIBLING, "chevron-left", words.previous_sibling, enabled=position > 0)
            self._offer(Verb.NEXT_SIBLING, "chevron-right", words.next_sibling, enabled=position < count - 1)

    def _add_parts(self) -> None:
        """Offer what the message's own parts offer: folding its reasoning, say."""
        self.addSeparator()
        words = self._words
        for control in self._controls:
            command = control.command
            match command.verb:
                case Verb.FOLD_REASONING:
                    icon, caption = "lightbulb", words.hide_reasoning if control.on else words.show_reasoning
                case Verb.CONTINUE:
                    self._offer(Verb.CONTINUE, "play", words.continue_answer)
                    continue
                case Verb.FOLD_QUESTION:
                    icon, caption = "maximize-2", control.name
                case _:
                    continue
            _add(self, caption, partial(self._deeds.perform, command)).setIcon(live_icon(self._appearance, icon))

    def _add_links(self) -> None:
        if links := self._item.links():
            submenu = self.addMenu(live_icon(self._appearance, "external-link"), self._words.links)
            for link in links:
                _add(submenu, visible_target(link.target, _LONGEST_LINK), partial(self._deeds.open_link, link))

    def _add_uses(self) -> None:
        """Offer what takes the message, or the chat, somewhere else."""
        words = self._words
        self.addSeparator()
        self._offer(Verb.QUOTE, "quote", words.quote)
        self._offer(Verb.BRANCH, "git-branch", words.branch)
        rare = self.addMenu(live_icon(self._appearance, "ellipsis"), words.more_actions)
        self._offer(Verb.SAVE, "download", words.save_message, menu=rare)
        rare.addSeparator()
        self._offer(Verb.COPY_CHAT, "copy", words.copy_chat, menu=rare)
        self._offer(Verb.SAVE_CHAT, "download", words.save_chat, menu=rare)
        rare.addSeparator()
        _add(rare, words.select_all, self._deeds.select_all)

    def _offer(
        self,
        verb: Verb,
        icon: str,
        caption: str,
        *,
        enabled: bool = True,
        ink: str = "textSecondary",
        menu: QMenu | None = None,
    ) -> QAction:
        waits = self._item.busy and verb in WAITING_VERBS and enabled
        action = _add(menu or self, caption, partial(self._deeds.perform, Command(verb)))
        if waits:  # behind the tab, where a menu has its keys
            action.setText(f"{action.text()}\t{self._words.not_while_answering}")
        action.setEnabled(enabled and not waits)
        action.setIcon(live_icon(self._appearance, icon, ink))
        return action


def _add(menu: QMenu, caption: str, deed: Callable[[], object]) -> QAction:
    # An ampersand would underline the next letter.
    action = menu.addAction(caption.replace("&", "&&"))
    action.triggered.connect(lambda _checked=False: deed())
    return action
