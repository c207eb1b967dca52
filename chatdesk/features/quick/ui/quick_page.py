"""Content of the quick question window: the composer at the top, the answer below it, and a footer with actions."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.chat.ui.chat_view import ChatView
from chatdesk.features.chat.ui.composer.suggestions import SuggestionGroup
from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
from chatdesk.features.models.domain.model_rows import StateKind
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.features.quick.ui.quick_window import QuickWindow
from chatdesk.kernel.models.model_rules import Ability
from chatdesk.ui_kit.shortcuts import CommandId, native_keys
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.text.safe_text import bounded_text
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Rule
from chatdesk.ui_kit.widgets.chip import Chip
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label

# Header of the quick question window: title, preset, model and close button. The window is moved by dragging it.


class QuickHeader(Translated, QWidget):
    """Header with the height of a title row."""

    preset_pressed = Signal()
    preset_removed = Signal()
    closed = Signal()

    def __init__(self, appearance: Appearance, picker: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._current_title = ""
        self._preset = ""
        self._title = Label(appearance, "label", "textSecondary", self, elide=True)
        self._title.setObjectName("quickTitle")
        self.preset_chip = Chip(appearance, "", "library", self, accent=True, pressable=True)
        self.preset_chip.setObjectName("presetChip")
        self.preset_chip.pressed.connect(self.preset_pressed)
        self.preset_chip.removed.connect(self.preset_removed)
        self.preset_chip.hide()
        self._cross = IconButton(appearance, "x", self)
        self._cross.setObjectName("closeQuick")
        self._cross.clicked.connect(self.closed)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._title, 1)
        self._row.addWidget(self.preset_chip)
        self._row.addWidget(picker)
        self._row.addWidget(self._cross)
        self.setTabOrder(picker, self._cross)
        appearance.bind(self._arrange)
        self._retranslate()

    def set_title(self, title: str) -> None:
        """Set the title; empty for a new question."""
        self._current_title = title
        self._retranslate()

    def set_preset(self, name: str, icon: str) -> None:
        """Show the preset in use; an empty name hides it."""
        self._preset = name
        self.preset_chip.set_icon(icon or "library")
        self.preset_chip.setVisible(bool(name))
        self._retranslate()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(theme.length("titleRow"))
        self._row.setContentsMargins(theme.length("l"), 0, theme.length("s"), 0)
        self._row.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        self._title.set_text(self._current_title or self.tr("Quick question"))
        self.preset_chip.set_text(self._preset, self.tr("Remove preset {name}").format(name=self._preset))
        self.preset_chip.set_button_name(self.tr("Preset: {name}").format(name=self._preset))
        self._cross.set_name(self.tr("Close"), shortcut="Esc")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.window().windowHandle().startSystemMove()
        event.accept()


# Footer with the actions for an answer, and the folder where it is stored.

OPEN_KEYS = "Ctrl+O"


class QuickFooter(Translated, QWidget):
    """Footer. If there is too little space, the folder is elided first, then two buttons lose their text but not their accessible name."""

    copy_requested = Signal()
    chat_requested = Signal()
    new_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._folder = ""
        self._folder_label = Label(appearance, "caption", "textTertiary", self, elide=True)
        self._folder_label.setObjectName("quickKept")
        self._new = Button(appearance, "", ButtonKind.PLAIN, self, icon="square-pen", small=True)
        self._new.setObjectName("newQuick")
        self._new.clicked.connect(self.new_requested)
        self._chat = Button(appearance, "", ButtonKind.OUTLINED, self, icon="message-square", small=True)
        self._chat.setObjectName("openAsChat")
        self._chat.clicked.connect(self.chat_requested)
        self._copy = Button(appearance, "", ButtonKind.OUTLINED, self, icon="copy", small=True)
        self._copy.setObjectName("copyAnswer")
        self._copy.clicked.connect(self.copy_requested)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._folder_label, 1)
        for button in (self._new, self._chat, self._copy):
            self._row.addWidget(button)
        appearance.bind(self._arrange)
        appearance.shortcuts_changed.connect(self._retranslate)
        self._retranslate()

    def set_answered(self, *, answered: bool) -> None:
        """Enable copying if there is an answer."""
        self._copy.setEnabled(answered)

    def set_folder(self, name: str) -> None:
        """Show the folder in which the question is stored; empty for none."""
        self._folder = name
        self._retranslate()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        side, above = theme.length("l"), theme.length("s")
        self._row.setContentsMargins(side, above, side, theme.length("m"))
        self._row.setSpacing(theme.length("s"))
        self._fit()

    def _fit(self) -> None:
        """Show as much text as fits."""
        buttons = (self._new, self._chat, self._copy)
        for button in buttons:
            button.setText(button.accessibleName())
        margins = self._row.contentsMargins()
        available = self.width() - margins.left() - margins.right() - len(buttons) * self._row.spacing()
        if sum(button.sizeHint().width() for button in buttons) > available:
            self._new.setText("")
            self._copy.setText("")

    def _retranslate(self) -> None:
        shortcuts = self._appearance.shortcuts
        self._folder_label.set_text(self.tr("Saved in “{folder}”").format(folder=self._folder) if self._folder else "")
        for button, text, keys in (
            (self._new, self.tr("New question"), shortcuts.shown(CommandId.NEW_CHAT)),
            (self._chat, self.tr("Open as chat"), native_keys(OPEN_KEYS)),
            (self._copy, self.tr("Copy answer"), shortcuts.shown(CommandId.COPY_LAST_ANSWER)),
        ):
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(f"{text}  {keys}" if keys else text)
        self._fit()

    def sizeHint(self) -> QSize:
        """Request no width, so that the row adapts to the window."""
        return QSize(0, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


CLIPBOARD_KEYS = "Ctrl+Shift+V"

_MAX_GREETING_LENGTH = 600
"""Maximum number of characters, as the composer is below it."""


class QuickPage(ChatView):
    """Page of the window, without suggestions. `compact_changed`: whether it needs no space for an answer."""

    clipboard_requested = Signal()
    compact_changed = Signal(bool)
    close_requested = Signal()
    language_changed = Signal()

    def __init__(self, appearance: Appearance, picker: ModelPicker, transcript: LazyTranscript) -> None:
        super().__init__(appearance, transcript)
        self._shows_start = True
        self._trouble = ""
        self.composer = self.new_composer(self._max_text_height)
        self._clipboard = Button(appearance, "", ButtonKind.OUTLINED, self, icon="clipboard-list", small=True)
        self._clipboard.setObjectName("useClipboard")
        self._clipboard.clicked.connect(self.clipboard_requested)
        self._connection = Label(appearance, "caption", "textTertiary", self, elide=True)
        self._connection.setObjectName("quickConnection")
        self._connection.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._greeting = Label(appearance, "reading", "textSecondary", self, wrap=True)
        self._greeting.setObjectName("quickGreeting")
        self._greeting.hide()
        self._rule = Rule(appearance, self)
        self._transcript_area = QVBoxLayout()
        self.footer = QuickFooter(appearance, self)
        self.header = QuickHeader(appearance, picker, self)
        self.header.preset_pressed.connect(self.preset_pressed)
        self.header.preset_removed.connect(self.preset_removed)
        self._composer_row, self._offers = QHBoxLayout(), QHBoxLayout()
        self._composer_row.addWidget(self.composer)
        self._offers.addWidget(self._clipboard)
        self._offers.addWidget(self._connection, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._greeting)
        column.addLayout(self._composer_row)
        column.addLayout(self._offers)
        column.addWidget(self._rule)
        column.addLayout(self._transcript_area, 1)
        column.addWidget(self.footer)
        transcript.when_created(self._add_transcript)
        self.header.closed.connect(self.close_requested)
        appearance.bind(self._arrange)
        self._retranslate()
        self.show_start()

    @property
    def shows_start(self) -> bool:
        """Whether no question was asked yet."""
        return self._shows_start

    def show_start(self) -> None:
        """Show only the composer."""
        self._show_content(start=True)

    def show_transcript(self) -> None:
        """Show the answer below the composer."""
        self._show_content(start=False)

    def set_title(self, title: str) -> None:
        """Set the title of the header."""
        self.header.set_title(title)

    def set_preset(self, name: str, icon: str) -> None:
        """Show the preset in the header."""
        self.header.set_preset(name, icon)

    @property
    def preset_anchor(self) -> QWidget:
        """The preset's chip in the header."""
        return self.header.preset_chip

    def set_greeting(self, name: str, text: str, *, has_begun: bool) -> None:  # noqa: ARG002 - there are no suggestions to hide
        """Show a character's greeting above the text field."""
        self._greeting.setText(bounded_text(text, _MAX_GREETING_LENGTH))
        self._greeting.setAccessibleName(f"{name}: {text}" if name else text)
        self._greeting.setVisible(bool(text) and self._shows_start)

    def set_suggestions(self, groups: tuple[SuggestionGroup, ...], ability: Ability) -> None:
        """Ignore suggestions."""

    def set_connection_line(self, kind: StateKind, text: str) -> None:
        """Show the line only for problems: the model is in the header."""
        self._trouble = text if kind in {StateKind.ERROR, StateKind.WARNING} else ""
        self._retranslate()

    def _show_content(self, *, start: bool) -> None:
        self._shows_start = start
        for widget in (self._rule, self.footer):
            widget.setVisible(not start)
        if transcript := self.lazy_transcript.created:
            transcript.setVisible(not start)
        self._greeting.setVisible(start and bool(self._greeting.text()))
        self.compact_changed.emit(start)

    def _add_transcript(self, view: QWidget) -> None:
        self._transcript_area.addWidget(view)
        view.setVisible(not self._shows_start)
        self.setTabOrder(self._clipboard, view)
        self.setTabOrder(view, self.footer)

    def _max_text_height(self) -> int:
        window = self.window()
        return window.max_text_height() if isinstance(window, QuickWindow) else 0

    def _arrange(self) -> None:
        theme = self.appearance.theme
        side, gap = theme.length("m"), theme.length("s")
        self._composer_row.setContentsMargins(side, 0, side, 0)
        self._greeting.setContentsMargins(theme.length("l"), 0, theme.length("l"), gap)
        self._offers.setContentsMargins(side, gap, side, side)
        self._offers.setSpacing(side)

    def _retranslate(self) -> None:
        text = self.tr("Use clipboard")
        self._clipboard.setText(text)
        self._connection.set_text(self._trouble or self.tr("Esc closes"))
        self._clipboard.setToolTip(
            self.tr("Add the text or picture on the clipboard. The clipboard is read only when you choose this.")
            + f"  {native_keys(CLIPBOARD_KEYS)}"
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self.language_changed.emit()
        super().changeEvent(event)
