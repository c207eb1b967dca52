"""What the presenters of a chat need of the place where it is shown: the window's chat page, and the window for quick questions.

How a place arranges these things, and what else it shows, is its own business.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.composer.composer import Composer
from chatdesk.features.chat.ui.composer.offered_pictures import offers_pictures
from chatdesk.features.chat.ui.composer.suggestions import SuggestionGroup
from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
from chatdesk.features.models.ui.picker.model_list import StateKind
from chatdesk.ui_kit.style.appearance import Appearance

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView


class ChatView(QWidget):
    """Has one composer for the empty chat and the one in which something was said: text, focus and undo stay with the first question.

    Keys that no part wanted come here: letters go to the composer, Escape asks for `escape_pressed`. Pictures can be dropped anywhere.
    Who inherits makes `composer` with `new_composer`, in its turn: Tab goes through what a place shows in the order it was made.
    """

    composer: Composer

    escape_pressed = Signal()
    preset_pressed = Signal()
    preset_removed = Signal()
    suggestion_chosen = Signal(str)
    """The key of a preset."""
    question_chosen = Signal(str)
    """One that an application proposes."""

    def __init__(self, appearance: Appearance, transcript: LazyTranscript, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.appearance = appearance
        self.lazy_transcript = transcript
        self.setAcceptDrops(True)

    def new_composer(self, room: Callable[[], int] | None = None) -> Composer:
        """Return a composer. `room` tells how high it may grow, in px; without it a third of the window."""
        transcript = self.lazy_transcript
        return Composer(self.appearance, self, pictures=lambda: transcript.pictures, presets=True, room=room)

    @property
    def transcript(self) -> "TranscriptView":
        """The messages; made now if they were not needed before."""
        return self.lazy_transcript.view

    def show_start(self) -> None:
        """Show the empty chat."""
        raise NotImplementedError

    def show_transcript(self) -> None:
        """Show the messages."""
        raise NotImplementedError

    def set_title(self, title: str) -> None:
        """Show the chat's title; an empty one is a new chat."""
        raise NotImplementedError

    def set_preset(self, name: str, icon: str) -> None:
        """Show the preset that the chat is held with; none for an empty name."""
        raise NotImplementedError

    @property
    def place_of_preset(self) -> QWidget:
        """What shows the preset, for the menu that opens there."""
        raise NotImplementedError

    def set_greeting(self, name: str, words: str, *, begun: bool) -> None:
        """Let a character say something first in the empty chat."""
        raise NotImplementedError

    def set_suggestions(self, groups: tuple[SuggestionGroup, ...]) -> None:
        """Offer these to begin with, where there is room."""
        raise NotImplementedError

    def set_opening(self, name: str, words: str) -> None:
        """Let an application say something first in the empty chat, where there is room."""

    def set_questions(self, questions: tuple[str, ...]) -> None:
        """Offer what an application proposes to begin with, where there is room."""

    def set_connection_line(self, kind: StateKind, words: str) -> None:
        """Say in one line what was found and who will answer."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let typing anywhere write a message, and Escape anywhere stop."""
        command = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.escape_pressed.emit()
        elif event.text().isprintable() and event.text().strip() and not command:
            self.composer.focus()
            QCoreApplication.sendEvent(self.composer.focusProxy() or self.composer, event)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if offers_pictures(event.mimeData()):
            event.acceptProposedAction()
            self.composer.set_awaiting(awaiting=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.composer.set_awaiting(awaiting=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on what was dropped; its owner keeps it."""
        self.composer.set_awaiting(awaiting=False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.composer.offer(event.mimeData())
        self.composer.focus()
