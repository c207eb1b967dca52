"""Settings section with the keyboard shortcuts of all commands: searched, changed, removed and reset."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.settings.ui.key_field import KeyField
from chatdesk.kernel.finding.matcher import Query, names_of
from chatdesk.kernel.settings.declarations import SHORTCUT_KEYS
from chatdesk.kernel.settings.store import Settings
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.feature import Command
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.forms.rows import RowCard
from chatdesk.ui_kit.forms.section_page import SectionPage
from chatdesk.ui_kit.key_rules import Refusal, assign, refusal
from chatdesk.ui_kit.shortcuts import FIXED, SHORTCUTS, CommandId, native_keys
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.search_field import SearchField

GROUPS: tuple[tuple[str, frozenset[CommandId]], ...] = (
    (
        QT_TRANSLATE_NOOP("KeyboardSection", "Chats"),
        frozenset(
            {
                CommandId.NEW_CHAT,
                CommandId.QUICK_QUESTION,
                CommandId.RENAME_CHAT,
                CommandId.EXPORT_CHAT,
                CommandId.DELETE_CHAT,
                CommandId.SEARCH_CHATS,
                CommandId.SHOW_DELETED,
                CommandId.UNDO_IN_LIST,
                CommandId.NEXT_CHAT,
                CommandId.PREVIOUS_CHAT,
            }
        ),
    ),
    (
        QT_TRANSLATE_NOOP("KeyboardSection", "Writing and answers"),
        frozenset(
            {
                CommandId.FOCUS_COMPOSER,
                CommandId.CHOOSE_MODEL,
                CommandId.CHANGE_THINKING,
                CommandId.REGENERATE,
                CommandId.COPY_LAST_ANSWER,
                CommandId.COPY_LAST_CODE,
                CommandId.EDIT_QUESTION,
            }
        ),
    ),
    (
        QT_TRANSLATE_NOOP("KeyboardSection", "Reading"),
        frozenset(
            {
                CommandId.FIND,
                CommandId.FIND_NEXT,
                CommandId.FIND_PREVIOUS,
                CommandId.NEXT_QUESTION,
                CommandId.PREVIOUS_QUESTION,
                CommandId.TOGGLE_OUTLINE,
                CommandId.CHAT_SETTINGS,
                CommandId.SHOW_INSTRUCTIONS,
                CommandId.RELOAD_PREVIEW,
                CommandId.FULL_SCREEN,
            }
        ),
    ),
    (
        QT_TRANSLATE_NOOP("KeyboardSection", "Window"),
        frozenset(
            {
                CommandId.TOGGLE_SIDEBAR,
                CommandId.PALETTE,
                CommandId.SETTINGS,
                CommandId.ZOOM_IN,
                CommandId.ZOOM_OUT,
                CommandId.ZOOM_RESET,
                CommandId.SHOW_KEYS,
                CommandId.QUIT,
            }
        ),
    ),
)


class KeyboardSection(Translated, SectionPage):
    """Keyboard section: a card for each group, in the order of the table, and one for all other commands.

    `list_commands` returns the commands of the window. A change takes effect immediately everywhere.
    """

    def __init__(
        self,
        appearance: Appearance,
        settings: Settings,
        list_commands: Callable[[], Sequence[Command]],
        show_toast: Callable[[str, Callable[[], object] | None], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(appearance, parent)
        self._settings = settings
        self._list_commands = list_commands
        self._show_toast = show_toast
        self._commands: dict[str, Command] = {}
        self._rows: dict[str, _KeyRow] = {}
        self._shows_others = False
        """Whether the user wants to see the commands that have no shortcut by default."""
        self._reset = Button(appearance, "", ButtonKind.PLAIN, self, icon="undo-2")
        self._reset.setObjectName("resetShortcuts")
        self._reset.clicked.connect(self._reset_all)
        self.set_action(self._reset)
        self._search = SearchField(appearance, lambda: self.tr("Search shortcuts"), self)
        self._search.setObjectName("searchShortcuts")
        self._search.textChanged.connect(self._filter)
        self.column.addWidget(self._search)
        self._groups = [_Group(appearance, text, self) for text, _ in GROUPS]
        self._others = _Group(appearance, QT_TRANSLATE_NOOP("KeyboardSection", "Other commands"), self)
        for group in (*self._groups, self._others):
            self.column.addWidget(group)
        self._more = Button(appearance, "", ButtonKind.PLAIN, self, icon="chevron-down")
        self._more.setObjectName("moreCommands")
        self._more.clicked.connect(self._show_others)
        self.column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        self._nothing = Label(appearance, "ui", "textSecondary", wrap=True)
        self.column.addWidget(self._nothing)
        self._everywhere = Label(appearance, "caption", "textSecondary", wrap=True)
        self.column.addWidget(self._everywhere)
        appearance.shortcuts_changed.connect(self._show_keys)
        self._retranslate()
        for group, (_, commands) in zip(self._groups, GROUPS, strict=True):
            for shortcut in SHORTCUTS:
                if shortcut.command in commands:
                    self._add_row(shortcut.command, group)
        self._filter()

    def show_item(self, item: str, part: str) -> None:
        """Show the row of a command."""
        self._search.clear()
        super().show_item(f"keys.{item}", part)

    def _add_row(self, command: str, group: "_Group") -> None:
        row = self._rows[command] = _KeyRow(self._appearance, command, group.card)
        row.recorded.connect(partial(self._on_recorded, row))
        row.reset_requested.connect(lambda: self._propose(row, self._appearance.shortcuts.defaults(command)))
        row.started.connect(lambda: self._end_questions(row))
        group.card.add_row(row)
        self._show_row(row)

    def _show_others(self) -> None:
        self._shows_others = True
        self._filter()
        first = next(command for command in self._other_commands() if command in self._rows)
        self._rows[first].focus()
        QTimer.singleShot(
            0, self, lambda: self.show_widget(self._rows[first])
        )  # its position is known after the next layout

    def _other_commands(self) -> list[str]:
        """Return the commands without a default shortcut. A single setting is no command to run: the palette leads to it."""
        of_table = {shortcut.command for shortcut in SHORTCUTS}
        return [each.id for each in self._commands.values() if each.id not in of_table and not each.section.shown]

    # What is shown.

    def _filter(self) -> None:
        """Show the rows that fit the search."""
        query, known = Query(self._search.text()), self._commands
        others = self._other_commands()
        found = self._found(query, others) if query else {*self._rows} - {*others}
        if not query and self._shows_others:
            found |= {*others}
        for command in others:
            if command in found and command not in self._rows:
                self._add_row(command, self._others)
        for command, row in self._rows.items():
            row.setVisible(command in found and command in known)
        for group in (*self._groups, self._others):
            group.setVisible(group.card.has_rows)
        self._more.setVisible(not query and not self._shows_others and bool(others))
        self._nothing.setVisible(bool(query and not found))
        self._everywhere.setVisible(not query)

    def _found(self, query: Query, others: list[str]) -> set[str]:
        keymap = self._appearance.shortcuts
        items = [
            (
                names_of(
                    command.title.shown,
                    (command.title.english, *command.also.listed()),
                    " ".join(native_keys(keys) for keys in keymap.keys(command.id)),
                ),
                command.id,
            )
            for command in self._commands.values()
            if command.id in others or command.id in self._rows
        ]
        found = query.ranked(items, len(items)) or query.ranked(items, len(items), mistakes=True)
        return {command for _, command in found}

    def _show_keys(self) -> None:
        for row in self._rows.values():
            self._show_row(row)
        self._reset.setEnabled(bool(self._appearance.shortcuts.changed))

    def _show_row(self, row: "_KeyRow") -> None:
        keymap = self._appearance.shortcuts
        title = known.title.shown if (known := self._commands.get(row.command)) else ""
        row.show_keys(title, keymap.keys(row.command), is_changed=row.command in keymap.changed)

    # What is changed.

    def _on_recorded(self, row: "_KeyRow", keys: str) -> None:
        if keys and (reason := refusal(keys, row.command, self._appearance.shortcuts.platform)):
            row.show_refusal(self._refusal_text(reason, native_keys(keys)))
            self._announce(row.problem())
        else:
            self._propose(row, (keys,) if keys else ())

    def _propose(self, row: "_KeyRow", keys: tuple[str, ...]) -> None:
        """Give these keys to a command; ask first if another one has them."""
        keymap = self._appearance.shortcuts
        conflicts = {owner: each for each in keys if (owner := keymap.owner(each)) and owner != row.command}
        if conflicts and {*conflicts} & FIXED:
            row.show_refusal(self._refusal_text(Refusal.EDITING, native_keys(keys[0])))
        elif conflicts:
            owner, each = next(iter(conflicts.items()))
            known = self._commands.get(owner)
            title = known.title.shown if known else self.tr("another command")
            sentence = self.tr("{keys} is used by “{command}”.").format(keys=native_keys(each), command=title)
            row.ask_to_replace(sentence, partial(self._store, row, keys))
        else:
            self._store(row, keys)

    def _store(self, row: "_KeyRow", keys: tuple[str, ...]) -> None:
        self._end_questions()
        self._settings.set(SHORTCUT_KEYS, assign(self._appearance.shortcuts, row.command, keys))
        row.focus()

    def _reset_all(self) -> None:
        before = self._settings.get(SHORTCUT_KEYS)
        self._end_questions()
        self._settings.set(SHORTCUT_KEYS, "")
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_toast(self.tr("All shortcuts were reset."), lambda: self._settings.set(SHORTCUT_KEYS, before))

    def _end_questions(self, but: "_KeyRow | None" = None) -> None:
        for row in self._rows.values():
            if row is not but:
                row.end_question()

    def _announce(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _refusal_text(self, reason: Refusal, keys: str) -> str:
        match reason:
            case Refusal.TYPING:
                text = self.tr("{keys} types text. Press it together with {modifier}.")
            case Refusal.COMPOSING:
                text = self.tr("{keys} types a character on some keyboards.")
            case Refusal.EDITING:
                text = self.tr("{keys} is needed for editing text and moving around.")
            case Refusal.SYSTEM:
                text = self.tr("{keys} is reserved by the system.")
            case Refusal.UNKNOWN:
                text = self.tr("This key cannot be a shortcut.")
        return text.format(keys=keys, modifier=native_keys("Ctrl+A")[:-1].rstrip("+"))

    def _retranslate(self) -> None:
        self.set_labels(
            self.tr("Keyboard"),
            self.tr("Select a shortcut, then press the new keys. Backspace removes it, Esc cancels."),
        )
        self._reset.setText(self.tr("Reset all"))
        self._more.setText(self.tr("Show other commands"))
        self._nothing.set_text(self.tr("No results"))
        self._everywhere.set_text(
            self.tr(
                "To ask a quick question from any program, bind the command “{command}” to a keyboard shortcut in "
                "your desktop settings."
            ).format(command="chatdesk quick")
        )
        self._commands = {command.id: command for command in self._list_commands()}
        self._show_keys()


class _Group(Translated, QWidget):
    """A heading and a card of rows. `heading` is an English source for translation."""

    def __init__(self, appearance: Appearance, heading: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._text = heading
        self._heading = Label(appearance, "label", "text")
        self.card = RowCard(appearance, self)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._heading)
        self._layout.addWidget(self.card)
        appearance.bind(self._restyle)
        self._retranslate()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._layout.setContentsMargins(0, theme.length("m"), 0, 0)
        self._layout.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        self._heading.set_text(QCoreApplication.translate("KeyboardSection", self._text))


class _KeyRow(Translated, QWidget):
    """Row with a command and its shortcut, and below it a refusal, or the question whether to remove keys from another command."""

    recorded = Signal(str)
    started = Signal()
    reset_requested = Signal()

    def __init__(self, appearance: Appearance, command: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.command = command
        self._replace: Callable[[], object] = lambda: None
        self._notice: Notice | None = None
        self._title = Label(appearance, "ui", "text", elide=True)
        self._reset: IconButton | None = None
        self._field = KeyField(appearance, self)
        self._field.setObjectName(f"keys.{command}")
        self._field.setEnabled(command not in FIXED)
        self._field.recorded.connect(self.recorded)
        self._field.started.connect(self.started)
        self._field.cancelled.connect(self._hide_notice)
        self._line = QHBoxLayout()
        self._line.setSpacing(0)
        self._line.addWidget(self._title, 1)
        self._line.addWidget(self._field)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._line)
        appearance.bind(self._restyle)

    def show_keys(self, title: str, keys: tuple[str, ...], *, is_changed: bool) -> None:
        """Show the title of the command and its keys. A changed shortcut can be reset."""
        self._title.set_text(title)
        self._field.show_keys(title, keys)
        if is_changed and self._reset is None:
            self._reset = IconButton(self._appearance, "undo-2", self, size=IconButtonSize.ROW)
            self._reset.clicked.connect(self.reset_requested)
            self._line.insertWidget(1, self._reset)
            self.setTabOrder(self._reset, self._field)
        if self._reset:
            self._reset.setVisible(is_changed)
        self._retranslate()

    def focus(self) -> None:
        """Focus the shortcut."""
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, sentence: str) -> None:
        """Say why the keys cannot be used."""
        self._make_notice().show_text(sentence, kind=NoticeKind.WARNING)

    def ask_to_replace(self, sentence: str, replace: Callable[[], object]) -> None:
        """Ask whether to remove the keys from the command that has them."""
        self._replace = replace
        notice = self._make_notice()
        notice.show_text(sentence, self.tr("Replace"), NoticeKind.WARNING, other=self.tr("Cancel"))
        notice.focus()

    def problem(self) -> str:
        """Return the sentence below the shortcut; empty if there is none."""
        return self._notice.text() if self._notice and not self._notice.isHidden() else ""

    def end_question(self) -> None:
        """Remove the sentence below the shortcut, and end the recording."""
        self._field.finish()
        self._hide_notice()

    def _hide_notice(self) -> None:
        if self._notice:
            self._notice.hide()

    def _make_notice(self) -> Notice:
        if self._notice is None:
            self._notice = Notice(self._appearance, self)
            self._notice.acted.connect(lambda: self._replace())  # noqa: PLW0108 - another one for each question
            self._notice.other_acted.connect(self._cancel)
            self._layout.addWidget(self._notice)
        self._notice.show()
        return self._notice

    def _cancel(self) -> None:
        self.end_question()
        self.focus()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._layout.setContentsMargins(theme.length("l"), theme.length("xs"), theme.length("m"), theme.length("xs"))
        self._layout.setSpacing(theme.length("xs"))

    def _retranslate(self) -> None:
        if self._reset:
            self._reset.set_name(self.tr("Reset shortcut of {command}").format(command=self._title.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the question with Esc: the keys stay where they are."""
        if event.key() == Qt.Key.Key_Escape and self.problem():
            self._cancel()
        else:
            super().keyPressEvent(event)
