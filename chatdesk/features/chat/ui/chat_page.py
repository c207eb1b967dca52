"""The page in the middle of the window: the title row above either the transcript with the composer or the start page.

On the start page the composer is in the centre. This module contains only the arrangement; `chat_presenter.py`
connects the parts.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from chatdesk.features.chat.ui.chat_view import ChatView
from chatdesk.features.chat.ui.composer.start_page import StartPage
from chatdesk.features.chat.ui.composer.suggestions import SuggestionGroup
from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
from chatdesk.features.chat.ui.side_panel_frame import Pane, SidePane, SidePanelFrame
from chatdesk.features.chat.ui.title_row import TitleRow
from chatdesk.features.models.domain.model_rows import StateKind
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.kernel.chat.message import Attachment, DocumentPart, Message, PassageRange
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model_rules import Ability
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.reading_column import reading_column

if TYPE_CHECKING:
    from chatdesk.features.chat.services.chat_services import ChatServices
    from chatdesk.features.chat.ui.chat_pane import ChatPane
    from chatdesk.features.chat.ui.documents.document_view import DocumentView
    from chatdesk.features.chat.ui.side_panel import SidePanel
    from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
    from chatdesk.ui_kit.files.file_saver import FileSaver


_HANDLE = 2
"""Pixels."""


class ChatPage(ChatView):
    """The chat page of the window."""

    shows_documents = True
    page_switched = Signal()
    """The page switched between the start page and a chat."""
    _document_opened = Signal(str)
    """Carries the identity of the document beside the chat; empty for none."""

    def __init__(
        self, appearance: Appearance, picker: ModelPicker, transcript: LazyTranscript, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, transcript, parent)
        self._appearance = appearance
        self.title_row = TitleRow(appearance, picker, self)
        self.title_row.preset_pressed.connect(self.preset_pressed)
        self.title_row.preset_removed.connect(self.preset_removed)
        self.composer = self.new_composer()
        self.title_row.rename_ended.connect(self.composer.focus)
        self.start_page = StartPage(appearance, self)
        self.start_page.suggestion_chosen.connect(self.suggestion_chosen)
        self.start_page.text_chosen.connect(self._begin_with)
        self.start_page.question_chosen.connect(self.question_chosen)

        self._bottom = QWidget(self)
        self._bottom_layout = QHBoxLayout(self._bottom)
        self._chat = chat = QWidget(self)
        chat_layout = QVBoxLayout(chat)
        # The splitter handle extends this far over the page. A scroll area below it would have to repaint completely
        # when scrolled.
        chat_layout.setContentsMargins(_HANDLE, 0, 0, 0)
        chat_layout.setSpacing(0)
        chat_layout.addWidget(self._bottom)

        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.start_page)
        self._stack.addWidget(chat)
        self._stack.currentChanged.connect(self.page_switched)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.title_row)
        self.make_chat_settings: Callable[[QWidget], Pane] = Pane
        """Creates the chat settings when they first become visible."""
        self._document_view: Lazy[DocumentView] | None = None
        self._open_document = ""
        self.side_panel = SidePanelFrame(appearance, self._stack, self._new_side_panel)
        self.side_panel.focus_lost.connect(self.composer.focus)
        self.side_panel.pane_changed.connect(self.title_row.set_pane)
        self.title_row.pane_toggled.connect(lambda pane: self.side_panel.toggle(SidePane(pane)))
        layout.addWidget(self.side_panel, 1)
        self.setAutoFillBackground(True)
        appearance.changed.connect(self._arrange)
        chat.installEventFilter(self)
        self._picker = picker
        transcript.when_created(lambda view: self._insert_transcript(view, chat_layout))
        self.show_start()

    @property
    def shows_start(self) -> bool:
        """Whether the start page is shown."""
        return self._stack.currentIndex() == 0

    def show_start(self) -> None:
        """Show the start page with the composer in its centre."""
        self._keeping_focus(lambda: self.start_page.place_composer(self.composer), index=0)
        self._set_outline_available(available=False)

    def show_transcript(self) -> None:
        """Show the transcript with the composer below it."""
        self._keeping_focus(lambda: self._bottom_layout.addWidget(self.composer), index=1)
        self._set_outline_available(available=True)
        self._arrange()

    def set_title(self, title: str) -> None:
        """Show the title in the title row."""
        self.title_row.set_title(title)

    def set_preset(self, name: str, icon: str) -> None:
        """Show the preset in the title row."""
        self.title_row.set_preset(name, icon)

    @property
    def preset_anchor(self) -> QWidget:
        """Return the preset chip of the title row."""
        return self.title_row.preset_chip

    def set_greeting(self, name: str, text: str, *, has_begun: bool) -> None:
        """Show the greeting on the start page."""
        self.start_page.set_greeting(name, text, has_begun=has_begun)

    def _begin_with(self, text: str) -> None:
        """Put a suggested message into the composer, below what is there already."""
        before = self.composer.text().rstrip()
        self.composer.set_text(f"{before}\n\n{text}" if before else text)
        self.composer.focus()

    def set_suggestions(self, groups: tuple[SuggestionGroup, ...], ability: Ability) -> None:
        """Show the suggestions on the start page."""
        self.start_page.set_suggestions(groups, ability)

    def set_opening(self, name: str, text: str) -> None:
        """Show the opening on the start page."""
        self.start_page.set_opening(name, text)

    def set_questions(self, questions: tuple[str, ...]) -> None:
        """Show the questions on the start page."""
        self.start_page.set_questions(questions)

    def set_connection_line(self, kind: StateKind, text: str) -> None:
        """Show the connection state on the start page."""
        self.start_page.set_connection_line(kind, text)

    def toggle_pane(self, pane: SidePane) -> None:
        """Show and focus a pane of the side panel, or close it. The start page has no outline."""
        if pane is SidePane.SETTINGS or not self.shows_start:
            self.side_panel.toggle(pane)

    def show_documents(self, pane: "ChatPane[ChatPage]", services: "ChatServices", files: "FileSaver") -> None:
        """Show documents of drafts and questions when the user opens them, until the chat is left."""

        def new_view() -> "DocumentView":
            from chatdesk.features.chat.ui.documents.document_view import (  # noqa: PLC0415 - start-up time
                DocumentView,
                Surroundings,
            )

            around = Surroundings(services, files, self.composer, pane.tasks, lambda: pane.models.server_away)
            view = DocumentView(self._appearance, around, self)
            view.closed.connect(self.side_panel.uncover)
            return view

        def show(attachment: Attachment) -> None:
            if isinstance(attachment, DocumentPart):
                self.open_document(attachment)

        self._document_view = Lazy(new_view)
        pane.chat.leaving.connect(self.side_panel.uncover)
        self.composer.attachment_opened.connect(show)

        def connect(view: "TranscriptView") -> None:
            from chatdesk.features.chat.ui.documents.citation_presenter import CitationPresenter  # noqa: PLC0415 - likewise

            citations = CitationPresenter(view, services.attachments, self.open_document, pane.tasks)
            view.document_requested.connect(show)
            view.citations.show_document(self._open_document)
            self._document_opened.connect(view.citations.show_document)
            view.message_changed.connect(lambda index: self._follow_documents(view.document.messages[index]))
            self.composer.attachment_opened.connect(citations.forget)
            self.side_panel.pane_changed.connect(citations.pane_changed)

        self.side_panel.pane_changed.connect(self._on_pane_changed)
        self.lazy_transcript.when_created(connect)

    def open_document(
        self, document: DocumentPart, passage: PassageRange | None = None, words: Sequence[str] = ()
    ) -> None:
        """Show a document in the side panel, at a passage if one is given, with words marked. Esc returns the focus."""
        if self._document_view:
            view = self._document_view.get()
            view.show_document(document, passage, words)
            self.side_panel.cover(view)
            self._set_open_document(document.identity)

    def choose_sections(self, document: DocumentPart) -> None:
        """Show a document in the side panel, and let the user choose which of its sections are sent."""
        self.open_document(document)
        if self._document_view:
            self._document_view.get().choose_sections()

    def _follow_documents(self, message: Message) -> None:
        """Let the shown document follow the question with which it is sent."""
        for document in message.documents:
            if document.identity == self._open_document and self._document_view:
                self._document_view.get().follow(document, message.id)

    def _on_pane_changed(self, pane: str) -> None:
        if pane != SidePane.DOCUMENT:
            self._set_open_document("")

    def _set_open_document(self, identity: str) -> None:
        self._open_document = identity
        self._document_opened.emit(identity)

    def _insert_transcript(self, view: QWidget, layout: QVBoxLayout) -> None:
        layout.insertWidget(0, view, 1)
        # Messages are above the composer in either order of creation.
        self.setTabOrder(self.title_row.last_in_tab_order, view)

    def _set_outline_available(self, *, available: bool) -> None:
        self.title_row.set_outline_available(available=available)
        self.side_panel.set_outline_available(available=available)

    def _new_side_panel(self, parent: QWidget) -> "SidePanel":
        from chatdesk.features.chat.ui.side_panel import SidePanel  # noqa: PLC0415 - start-up time: created when opened

        makers = {SidePane.SETTINGS: self.make_chat_settings, SidePane.OUTLINE: self._new_outline}
        return SidePanel(self._appearance, makers, parent)

    def _new_outline(self, parent: QWidget) -> Pane:
        outline = self.transcript.new_outline(parent)
        outline.chosen.connect(self.side_panel.close_overlay)
        return outline

    def _keeping_focus(self, move: Callable[[], None], *, index: int) -> None:
        had_focus = self.composer.has_focus()
        move()
        self._stack.setCurrentIndex(index)
        if had_focus:
            self.composer.focus()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        side, _ = reading_column(self._chat.width(), theme)
        self._bottom_layout.setContentsMargins(side, 0, side, theme.length("composerBottom"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._chat:
            self._arrange()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the side panel with Esc, unless that stops an answer."""
        if event.key() == Qt.Key.Key_Escape and self.side_panel.pane and not self.composer.is_streaming:
            self.side_panel.close_panel()
        else:
            super().keyPressEvent(event)
