"""What the menu offers about the code block it was opened on, before what it offers about the message."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from chatdesk.features.chat.ui.transcript.code_options import CodeOptions
from chatdesk.features.chat.ui.transcript.controls import Command, Verb
from chatdesk.features.chat.ui.transcript.words import Words
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.live_icon import live_icon


@dataclass(frozen=True, slots=True)
class CodeInMenu:
    """Which block it is, as any command about it says, and how it is shown."""

    about: Command
    options: CodeOptions


def offer_code(
    menu: QMenu, code: CodeInMenu, words: Words, perform: Callable[[Command], None], appearance: Appearance
) -> None:
    """Put the actions before all others."""
    first = menu.actions()[0]
    for verb, caption, icon, on in (
        (Verb.COPY_CODE, words.copy_this_code, "copy", None),
        (Verb.SAVE_CODE, words.save_as, "download", None),
        (Verb.WRAP_CODE, words.wrap_lines, "", code.options.wrapped),
        (Verb.NUMBER_CODE, words.line_numbers, "", code.options.numbered),
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
