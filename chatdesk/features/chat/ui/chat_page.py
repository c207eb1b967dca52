"""The middle of the window: title row, then the transcript with the composer under it, or the start page with the composer in its centre.

Only the arrangement lives here; what the parts do is wired in `chat_presenter.py`.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from chatdesk.features.chat.ui.chat_face import ChatFace
from chatdesk.features.chat.ui.composer.start_page import StartPage
from chatdesk.features.chat.ui.composer.suggestions import SuggestionGroup
from chatdesk.features.chat.ui.late_transcript import LateTranscript
from chatdesk.features.chat.ui.outline_frame import OutlineFrame
from chatdesk.features.chat.ui.title_row import TitleRow
from chatdesk.features.models.ui.picker.model_list import StateKind
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.reading_column import reading_column

_HANDLE = 2
"""Pixels."""


class ChatPage(ChatFace):
    """The face of the window."""

    turned = Signal()
    """The start page has given way to a chat, or the other way round."""

    def __init__(
        self, appearance: Appearance, picker: ModelPicker, transcript: LateTranscript, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, transcript, parent)
        self._appearance = appearance
        self.title_row = TitleRow(appearance, picker, self)
        self.title_row.preset_pressed.connect(self.preset_pressed)
        self.title_row.preset_removed.connect(self.preset_removed)
        self.composer = self.new_composer()
        self.start_page = StartPage(appearance, self)
        self.start_page.suggestion_chosen.connect(self.suggestion_chosen)
        self.start_page.question_chosen.connect(self.question_chosen)

        self._bottom = QWidget(self)
        self._bottom_layout = QHBoxLayout(self._bottom)
        self._chat = chat = QWidget(self)
        chat_layout = QVBoxLayout(chat)
        # The splitter's handle reaches so far over the page. Under it, nothing could be scrolled without painting all of it again.
        chat_layout.setContentsMargins(_HANDLE, 0, 0, 0)
        chat_layout.setSpacing(0)
        chat_layout.addWidget(self._bottom)

        self._faces = QStackedWidget(self)
        self._faces.addWidget(self.start_page)
        self.outline_frame = OutlineFrame(appearance, chat, self._new_outline)
        self.outline_frame.left.connect(self.composer.focus)
        self.outline_frame.opened_changed.connect(self.title_row.set_outline_open)
        self.title_row.outline_toggled.connect(self.outline_frame.toggle)
        self._faces.addWidget(self.outline_frame)
        self._faces.currentChanged.connect(self.turned)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.title_row)
        self.make_chat_settings: Callable[[QWidget], QWidget] = QWidget
        """Makes the panel of chat settings when it is first seen."""
        self.settings_frame = OutlineFrame(appearance, self._faces, self._new_settings)
        self.settings_frame.left.connect(self.composer.focus)
        self.settings_frame.opened_changed.connect(self.title_row.set_settings_open)
        self.title_row.settings_toggled.connect(self.settings_frame.toggle)
        layout.addWidget(self.settings_frame, 1)
        self.setAutoFillBackground(True)
        appearance.changed.connect(self._arrange)
        chat.installEventFilter(self)
        self._picker = picker
        transcript.when_made(lambda view: self._place(view, chat_layout))
        self.show_start()

    @property
    def shows_start(self) -> bool:
        """Whether the start page is shown."""
        return self._faces.currentIndex() == 0

    def show_start(self) -> None:
        """Show the empty chat, the composer in its centre."""
        self._keep_focus(lambda: self.start_page.place_composer(self.composer), face=0)
        self.title_row.set_outline_available(available=False)

    def show_transcript(self) -> None:
        """Show the messages, the composer under them."""
        self._keep_focus(lambda: self._bottom_layout.addWidget(self.composer), face=1)
        self.title_row.set_outline_available(available=True)
        self._arrange()

    def set_title(self, title: str) -> None:
        """Show it in the title row."""
        self.title_row.set_title(title)

    def set_preset(self, name: str, icon: str) -> None:
        """Show it in the title row."""
        self.title_row.set_preset(name, icon)

    @property
    def place_of_preset(self) -> QWidget:
        """The chip in the title row."""
        return self.title_row.preset_chip

    def set_greeting(self, name: str, words: str, *, begun: bool) -> None:
        """Say it on the start page."""
        self.start_page.set_greeting(name, words, begun=begun)

    def set_suggestions(self, groups: tuple[SuggestionGroup, ...]) -> None:
        """Offer them on the start page."""
        self.start_page.set_suggestions(groups)

    def set_opening(self, name: str, words: str) -> None:
        """Say it on the start page."""
        self.start_page.set_opening(name, words)

    def set_questions(self, questions: tuple[str, ...]) -> None:
        """Offer them on the start page."""
        self.start_page.set_questions(questions)

    def set_connection_line(self, kind: StateKind, words: str) -> None:
        """Say it on the start page."""
        self.start_page.set_connection_line(kind, words)

    def toggle_outline(self) -> None:
        """Show the outline with the keyboard in it, or hide it. An empty chat has none."""
        if self.shows_start:
            return
        self.outline_frame.toggle()
        self.outline_frame.give_keyboard()

    def _place(self, view: QWidget, layout: QVBoxLayout) -> None:
        layout.insertWidget(0, view, 1)
        self.setTabOrder(self._picker, view)  # messages stand above the composer, whatever was made first

    def _new_settings(self, parent: QWidget) -> QWidget:
        return self.make_chat_settings(parent)

    def _new_outline(self, parent: QWidget) -> QWidget:
        outline = self.transcript.new_outline(parent)
        outline.closed.connect(self.outline_frame.toggle)
        outline.chosen.connect(self.outline_frame.close_overlay)
        return outline

    def _keep_focus(self, move: Callable[[], None], *, face: int) -> None:
        had_focus = self.composer.has_focus()
        move()
        self._faces.setCurrentIndex(face)
        if had_focus:
            self.composer.focus()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        side, _ = reading_column(self._chat.width(), theme)
        self._bottom_layout.setContentsMargins(side, 0, side, theme.length("composerBottom"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the composer under the reading column."""
        if event.type() is QEvent.Type.Resize and watched is self._chat:
            self._arrange()
        return super().eventFilter(watched, event)
