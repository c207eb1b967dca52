"""The menu of a message: everything that can be done with it, also what has no icon."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.domain.message import MessageState, Role
from chatdesk.ui.transcript.blocks.text_flow import Link
from chatdesk.ui.transcript.controls import Command, Control, Verb
from chatdesk.ui.transcript.messages.message_item import MessageItem
from chatdesk.ui.transcript.page.visible_target import visible_target
from chatdesk.ui.transcript.words import Words

_LONGEST_LINK = 60


@dataclass(frozen=True, slots=True)
class MenuDeeds:
    """What the menu can ask for, besides commands."""

    perform: Callable[[Command], None]
    open_link: Callable[[Link], None]
    copy_selection: Callable[[], object] | None
    """None if nothing is selected."""
    select_all: Callable[[], None]
    copy_table: Callable[[], None] | None = None
    """None if the menu is not about a table."""


def message_menu(
    item: MessageItem, controls: Sequence[Control], words: Words, deeds: MenuDeeds, parent: QWidget
) -> QMenu:
    """Make the menu; it is shown and thrown away by who asked for it."""
    menu = QMenu(parent)
    if deeds.copy_selection:
        _add(menu, words.copy_selection, deeds.copy_selection)
    if deeds.copy_table:
        _add(menu, words.copy_table, deeds.copy_table)
    if not menu.isEmpty():
        menu.addSeparator()

    def offer(verb: Verb, caption: str, *, enabled: bool = True) -> None:
        _add(menu, caption, lambda: deeds.perform(Command(verb))).setEnabled(enabled)

    offer(Verb.COPY, words.copy_message)
    streaming = item.message.state is MessageState.STREAMING
    if not streaming:
        offer(Verb.EDIT, words.edit_of(item.message))
        if item.message.role is Role.ASSISTANT:
            offer(Verb.REGENERATE, words.regenerate)
    position, count = item.position
    if count > 1:
        menu.addSeparator()
        offer(Verb.PREVIOUS_SIBLING, words.previous_sibling, enabled=position > 0)
        offer(Verb.NEXT_SIBLING, words.next_sibling, enabled=position < count - 1)
    _add_parts(menu, controls, words, deeds)
    if links := item.links():
        submenu = menu.addMenu(words.links)
        for link in links:
            _add(submenu, visible_target(link.target, _LONGEST_LINK), partial(deeds.open_link, link))
    menu.addSeparator()
    _add(menu, words.select_all, deeds.select_all)
    if not streaming:
        menu.addSeparator()
        offer(Verb.DELETE, words.delete)
    return menu


def _add_parts(menu: QMenu, controls: Sequence[Control], words: Words, deeds: MenuDeeds) -> None:
    """Offer what the message's own parts offer: folding its reasoning, copying its code."""
    menu.addSeparator()
    code = 0
    for control in controls:
        command = control.command
        match command.verb:
            case Verb.FOLD_REASONING:
                caption = words.hide_reasoning if control.on else words.show_reasoning
            case Verb.COPY_REASONING | Verb.CONTINUE | Verb.FOLD_QUESTION:
                caption = control.name
            case Verb.COPY_CODE:
                code += 1
                caption = words.copy_code(code)
            case _:
                continue
        _add(menu, caption, partial(deeds.perform, command))


def _add(menu: QMenu, caption: str, deed: Callable[[], object]) -> QAction:
    # An ampersand would underline the next letter.
    action = menu.addAction(caption.replace("&", "&&"))
    action.triggered.connect(lambda _checked=False: deed())
    return action
