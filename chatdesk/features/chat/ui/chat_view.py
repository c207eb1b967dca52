"""The interface between the presenters of a chat and its view: the window's chat page or the quick window.

Each view decides how it arranges these parts and what else it shows.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.composer.composer import Composer
from chatdesk.features.chat.ui.composer.offered_files import offers_files
from chatdesk.features.chat.ui.composer.suggestions import SuggestionGroup
from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
from chatdesk.features.models.domain.model_rows import StateKind
from chatdesk.kernel.chat.message import DocumentPart, PassageRange
from chatdesk.kernel.models.model_rules import Ability
from chatdesk.ui_kit.style.appearance import Appearance

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView


class ChatView(QWidget):
    """The base class of chat views.

    It has one composer for the start page and the transcript: text, focus and undo history survive the first
    question. Keys that no child handles arrive here: letters go to the composer, Escape emits `escape_pressed`.
    Pictures can be dropped anywhere. Subclasses create `composer` with `new_composer` at the right time: the tab
    order follows the order of creation.
    """

    composer: Composer
    shows_documents = False
    """Whether the view has a panel for documents, beside the chat."""

    escape_pressed = Signal()
    preset_pressed = Signal()
    preset_removed = Signal()
    suggestion_chosen = Signal(str)
    """Carries the key of a preset."""
    question_chosen = Signal(str)
    """Carries a question proposed by an application."""
    attended = Signal()
    """The view was shown, or its window was activated: `has_reader` may have become True."""

    def __init__(self, appearance: Appearance, transcript: LazyTranscript, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.appearance = appearance
        self.lazy_transcript = transcript
        self.setAcceptDrops(True)

    @property
    def has_reader(self) -> bool:
        """Whether the user can see the view, because it is shown in the active window."""
        return self.isVisible() and self.isActiveWindow()

    def open_document(
        self, document: DocumentPart, passage: PassageRange | None = None, words: Sequence[str] = ()
    ) -> None:
        """Show a document at a passage, with words marked, if the view has a panel for documents."""

    def choose_sections(self, document: DocumentPart) -> None:
        """Let the user choose which sections of a document are sent, if the view has a panel for documents."""

    def new_composer(self, max_height: Callable[[], int] | None = None) -> Composer:
        """Return a composer. `max_height` returns its maximum height in px; by default a third of the window."""
        transcript = self.lazy_transcript
        return Composer(
            self.appearance, self, pictures=lambda: transcript.pictures, presets=True, max_height=max_height
        )

    @property
    def transcript(self) -> "TranscriptView":
        """The transcript, created on first access."""
        return self.lazy_transcript.view

    def show_start(self) -> None:
        """Show the start page."""
        raise NotImplementedError

    def show_transcript(self) -> None:
        """Show the messages."""
        raise NotImplementedError

    def set_title(self, title: str) -> None:
        """Show the title of the chat; an empty one means a new chat."""
        raise NotImplementedError

    def set_preset(self, name: str, icon: str) -> None:
        """Show the preset of the chat; none for an empty name."""
        raise NotImplementedError

    @property
    def preset_anchor(self) -> QWidget:
        """Return the widget that shows the preset, as the anchor of its menu."""
        raise NotImplementedError

    def set_greeting(self, name: str, text: str, *, has_begun: bool) -> None:
        """Show the greeting of a character in the new chat."""
        raise NotImplementedError

    def set_suggestions(self, groups: tuple[SuggestionGroup, ...], ability: Ability) -> None:
        """Show suggestions for a first message, which need a model of this ability, if there is space."""
        raise NotImplementedError

    def set_opening(self, name: str, text: str) -> None:
        """Show the opening of an application in the new chat, if there is space."""

    def set_questions(self, questions: tuple[str, ...]) -> None:
        """Show the questions an application proposes for the start, if there is space."""

    def set_connection_line(self, kind: StateKind, text: str) -> None:
        """Show the connection state and the answering model in one line."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.attended.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.WindowActivate:
            self.attended.emit()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Redirect typing to the composer and Escape to `escape_pressed`."""
        command = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.escape_pressed.emit()
        elif event.text().isprintable() and event.text().strip() and not command:
            self.composer.handle_key(event)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if offers_files(event.mimeData()):
            event.acceptProposedAction()
            self.composer.set_awaiting(awaiting=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.composer.set_awaiting(awaiting=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Pass on what was dropped, as a copy: the source keeps it."""
        self.composer.set_awaiting(awaiting=False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.composer.offer(event.mimeData())
        self.composer.focus()
