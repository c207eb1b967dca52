"""Settings section with the keyboard shortcuts of ui_kit/shortcuts.py, read-only."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.forms.rows import RowCard
from chatdesk.ui_kit.forms.section_page import SectionPage
from chatdesk.ui_kit.shortcuts import SHORTCUTS, CommandId, Shortcut
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.tag import Tag

GROUPS: tuple[tuple[str, frozenset[CommandId]], ...] = (
    (
        QT_TRANSLATE_NOOP("KeyboardSection", "Chats"),
        frozenset(
            {
                CommandId.NEW_CHAT,
                CommandId.QUICK_QUESTION,
                CommandId.RENAME_CHAT,
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
                CommandId.SHOW_TOLD,
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
    """Keyboard section: a card for each group, in the order of the table."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._headings: list[tuple[str, Label]] = []
        self._groups: list[QVBoxLayout] = []
        for text, commands in GROUPS:
            heading = Label(appearance, "label", "text")
            self._headings.append((text, heading))
            card = RowCard(appearance, self)
            for shortcut in SHORTCUTS:
                if shortcut.command in commands:
                    card.add_row(_KeyRow(appearance, shortcut, card))
            group = QVBoxLayout()
            group.addWidget(heading)
            group.addWidget(card)
            self._groups.append(group)
            self.column.addLayout(group)
        self._everywhere = Label(appearance, "caption", "textSecondary", wrap=True)
        self.column.addWidget(self._everywhere)
        appearance.bind(self._restyle_groups)
        self._retranslate()

    def _restyle_groups(self) -> None:
        theme = self._appearance.theme
        for index, group in enumerate(self._groups):
            group.setContentsMargins(0, theme.length("m") if index else 0, 0, 0)
            group.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        self.set_labels(self.tr("Keyboard"), self.tr("These shortcuts are fixed."))
        for text, heading in self._headings:
            heading.set_text(QCoreApplication.translate("KeyboardSection", text))
        self._everywhere.set_text(
            self.tr(
                "To ask a quick question from any program, bind the command “{command}” to a keyboard shortcut in "
                "your desktop settings."
            ).format(command="chatdesk quick")
        )


class _KeyRow(Translated, QWidget):
    """Row with a command and its shortcuts in the system's notation."""

    def __init__(self, appearance: Appearance, shortcut: Shortcut, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._shortcut = shortcut
        self._title = Label(appearance, "ui", "text", elide=True)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._title, 1)
        self._names = []
        for keys in shortcut.keys:
            name = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            self._names.append(name)
            self._layout.addWidget(Tag(appearance, name))
        appearance.bind(self._restyle)
        self._retranslate()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._layout.setContentsMargins(theme.length("l"), theme.length("s"), theme.length("l"), theme.length("s"))
        self._layout.setSpacing(theme.length("xs"))

    def _retranslate(self) -> None:
        text = QCoreApplication.translate("Shortcuts", self._shortcut.words)
        self._title.set_text(text)
        self.setAccessibleName(f"{text}: {', '.join(self._names)}")
