"""The window for quick questions from the inside: what is asked above, the answer streaming under it, what can be done with it below."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.chat.ui.chat_face import ChatFace
from chatdesk.features.chat.ui.composer.suggestions import SuggestionGroup
from chatdesk.features.chat.ui.late_transcript import LateTranscript
from chatdesk.features.models.ui.picker.model_list import StateKind
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.features.quick.ui.quick_foot import QuickFoot
from chatdesk.features.quick.ui.quick_head import QuickHead
from chatdesk.features.quick.ui.quick_window import QuickWindow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.text.bounded_text import bounded_text
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.rule import Rule

CLIPBOARD_KEYS = "Ctrl+Shift+V"

_LONGEST_GREETING = 600
"""Characters: what one writes stands under it."""


class QuickPage(ChatFace):
    """Nothing is offered to begin with: who opens it knows the question. `compact_changed`: whether it needs no room for an answer."""

    clipboard_wanted = Signal()
    compact_changed = Signal(bool)
    close_wanted = Signal()
    language_changed = Signal()

    def __init__(self, appearance: Appearance, picker: ModelPicker, transcript: LateTranscript) -> None:
        super().__init__(appearance, transcript)
        self._shows_start = True
        self._trouble = ""
        self.composer = self.new_composer(self._room)
        self._clipboard = Button(appearance, "", ButtonKind.OUTLINED, self, icon="clipboard-list", small=True)
        self._clipboard.setObjectName("useClipboard")
        self._clipboard.clicked.connect(self.clipboard_wanted)
        self._connection = Label(appearance, "caption", "textTertiary", self, elide=True)
        self._connection.setObjectName("quickConnection")
        self._connection.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._greeting = Label(appearance, "reading", "textSecondary", self, wrap=True)
        self._greeting.setObjectName("quickGreeting")
        self._greeting.hide()
        self._rule = Rule(appearance, self)
        self._place = QVBoxLayout()
        self.foot = QuickFoot(appearance, self)
        self.head = QuickHead(appearance, picker, self)
        self.head.preset_pressed.connect(self.preset_pressed)
        self.head.preset_removed.connect(self.preset_removed)
        self._composer_row, self._offers = QHBoxLayout(), QHBoxLayout()
        self._composer_row.addWidget(self.composer)
        self._offers.addWidget(self._clipboard)
        self._offers.addWidget(self._connection, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._greeting)
        column.addLayout(self._composer_row)
        column.addLayout(self._offers)
        column.addWidget(self._rule)
        column.addLayout(self._place, 1)
        column.addWidget(self.foot)
        transcript.when_made(self._take_transcript)
        self.head.closed.connect(self.close_wanted)
        appearance.changed.connect(self._arrange)
        self._arrange()
        self._retranslate()
        self.show_start()

    @property
    def shows_start(self) -> bool:
        """Whether nothing was asked yet."""
        return self._shows_start

    def show_start(self) -> None:
        """Show only where one writes."""
        self._show_face(start=True)

    def show_transcript(self) -> None:
        """Show the answer under what one writes."""
        self._show_face(start=False)

    def set_title(self, title: str) -> None:
        """Show it in the head."""
        self.head.set_title(title)

    def set_preset(self, name: str, icon: str) -> None:
        """Show it in the head."""
        self.head.set_preset(name, icon)

    @property
    def place_of_preset(self) -> QWidget:
        """The chip in the head."""
        return self.head.preset_chip

    def set_greeting(self, name: str, words: str, *, begun: bool) -> None:  # noqa: ARG002 - it offers nothing to leave out
        """Let a character say it above the text."""
        self._greeting.setText(bounded_text(words, _LONGEST_GREETING))
        self._greeting.setAccessibleName(f"{name}: {words}" if name else words)
        self._greeting.setVisible(bool(words) and self._shows_start)

    def set_suggestions(self, groups: tuple[SuggestionGroup, ...]) -> None:
        """Offer none."""

    def set_connection_line(self, kind: StateKind, words: str) -> None:
        """Say it only where something is wrong: the model is in the head."""
        self._trouble = words if kind in {StateKind.ERROR, StateKind.WARNING} else ""
        self._retranslate()

    def _show_face(self, *, start: bool) -> None:
        self._shows_start = start
        for widget in (self._rule, self.foot):
            widget.setVisible(not start)
        if transcript := self.late_transcript.made:
            transcript.setVisible(not start)
        self._greeting.setVisible(start and bool(self._greeting.text()))
        self.compact_changed.emit(start)

    def _take_transcript(self, view: QWidget) -> None:
        self._place.addWidget(view)
        view.setVisible(not self._shows_start)
        self.setTabOrder(self._clipboard, view)
        self.setTabOrder(view, self.foot)

    def _room(self) -> int:
        window = self.window()
        return window.most_height_of_text() if isinstance(window, QuickWindow) else 0

    def _arrange(self) -> None:
        theme = self.appearance.theme
        side, gap = theme.length("m"), theme.length("s")
        self._composer_row.setContentsMargins(side, 0, side, 0)
        self._greeting.setContentsMargins(theme.length("l"), 0, theme.length("l"), gap)
        self._offers.setContentsMargins(side, gap, side, side)
        self._offers.setSpacing(side)

    def _retranslate(self) -> None:
        words = self.tr("Use clipboard")
        keys = QKeySequence(CLIPBOARD_KEYS).toString(QKeySequence.SequenceFormat.NativeText)
        self._clipboard.setText(words)
        self._connection.set_text(self._trouble or self.tr("Esc closes"))
        self._clipboard.setToolTip(
            self.tr("Take along the text or the picture on the clipboard. It is read when you ask for it.")
            + f"  {keys}"
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self.language_changed.emit()
        super().changeEvent(event)
