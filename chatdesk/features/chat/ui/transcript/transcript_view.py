"""The transcript: all messages of a chat in one scrolling view, painted by hand.

It knows no services: values in, signals out.

This class sets the content and emits requests. `page_view.py` handles display and input; `document.py` has the
messages.
"""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.transcript.artifact_cards import CardSource
from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of
from chatdesk.features.chat.ui.transcript.code_options import CodeOptions
from chatdesk.features.chat.ui.transcript.controls import Command
from chatdesk.features.chat.ui.transcript.diagrams import DiagramSource
from chatdesk.features.chat.ui.transcript.find.bar_marks import bar_marks, question_at
from chatdesk.features.chat.ui.transcript.formula_source import FormulaSource, NoFormulas
from chatdesk.features.chat.ui.transcript.messages.answer_item import AnswerItem
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.messages.message_notice import DescribeFailure
from chatdesk.features.chat.ui.transcript.messages.question_item import QuestionItem
from chatdesk.features.chat.ui.transcript.messages.reasoning_strip import ReasoningDisplay
from chatdesk.features.chat.ui.transcript.page.actions.embedded_widget import EmbeddedWidget
from chatdesk.features.chat.ui.transcript.page.layout.anchor import ReadingPosition
from chatdesk.features.chat.ui.transcript.page.layout.border_on_page import BorderOnPage
from chatdesk.features.chat.ui.transcript.page.layout.deferred_parsing import DeferredEstimates, DeferredParsing
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.layout.layout_warm_up import LayoutWarmUp
from chatdesk.features.chat.ui.transcript.page.page_view import PageView
from chatdesk.features.chat.ui.transcript.page.questions import has_new_question, next_question
from chatdesk.features.chat.ui.transcript.text_position import Selection, TextPosition
from chatdesk.features.models.domain.model_rows import ServerGroup
from chatdesk.kernel.chat.message import Message, MessageState, Role
from chatdesk.kernel.chat.pictures import PictureFailure
from chatdesk.kernel.chat.stream_events import StreamEvent, TextDelta
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.pictures.picture_store import PictureStore
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.utf16 import units

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.transcript.find.find_bar import FindBar
    from chatdesk.features.chat.ui.transcript.find.find_in_chat import FindInChat
    from chatdesk.features.chat.ui.transcript.outline.outline_model import OutlineEntry
    from chatdesk.features.chat.ui.transcript.outline.outline_panel import OutlinePanel


# The position of a search result: the search knows the source of a message, its blocks are known here.


def find_text(document: Document, index: int, query: str) -> Selection | None:
    """Return the first occurrence of `query` in a message, preferably at the start of a word."""
    column = document[index].column(TEXT)
    texts = [text_of(block) for block in column.blocks] if column and query else []
    for pattern in (rf"(?<!\w){re.escape(query)}", re.escape(query)):
        for block, text in enumerate(texts):
            if match := re.search(pattern, text):
                start, length = units(text[: match.start()]), units(query)
                return Selection(
                    TextPosition(index, TEXT, block, start), TextPosition(index, TEXT, block, start + length)
                )
    return None


class TranscriptView(PageView):
    """The transcript view. `describe_failure` describes the failure of a message; `clock` returns monotonic seconds.

    Without `formulas`, formulas are shown as LaTeX; without `pictures`, the view has its own store. Signals carry the
    id of the message concerned; see also `link_activated`.
    """

    regenerate_requested = Signal(str)
    regenerate_with_requested = Signal(str, ModelRef)
    continue_requested = Signal(str)
    edit_requested = Signal(str, str, tuple)
    """Carries a question and its new text and pictures."""
    answer_edit_requested = Signal(str, str)
    """Carries an answer and its new text."""
    edit_discarded = Signal(str, str)
    """Carries a message and its discarded text; `edit_again` restores it."""
    edit_drafts_changed = Signal(dict)
    """Carries the edits that were neither sent nor saved, by message id, for `set_edit_drafts` after a restart."""
    edit_files_offered = Signal(str, object)
    """Carries files that were pasted into a question being edited as `OfferedFiles`. See `show_edit_arrivals`."""
    edit_arrival_stopped = Signal(int)
    """The user stopped the reading of such a file: the key of its `ArrivingFile`."""
    model_requested = Signal()
    """Another model is wanted, because the chosen one cannot see the pictures of an edited question."""
    sibling_requested = Signal(str, int)
    """-1 for the previous version, 1 for the next one."""
    delete_requested = Signal(str)
    branch_requested = Signal(str)
    instructions_requested = Signal(str)
    """Carries the id of an answer whose instructions are to be shown."""
    document_requested = Signal(object)
    """Carries the `DocumentPart` of a question to show."""
    quote_requested = Signal(str)
    """Carries the text to quote."""
    message_save_requested = Signal(str)
    message_word_requested = Signal(str, str)
    """An answer is wanted as a Word file: its id and its first heading, which may be empty."""
    file_requested = Signal(str, object)
    """Carries the suggested name of a file to be saved, and a function that takes a while to return its content."""
    chat_copy_requested = Signal()
    chat_save_requested = Signal()
    save_requested = Signal(str, str)
    """Carries the suggested file name and the content of code to be saved."""
    preview_requested = Signal(str, int, int)
    """Carries message, part and index of a code block to be previewed. See `offer_previews`."""
    action_requested = Signal(str, str)
    """Carries the action of a button below a failure."""
    picture_requested = Signal(str, str)
    """Carries source and address of a remote picture. `show_picture` or `refuse_picture` must follow."""
    chat_changed = Signal()
    """Other messages are shown."""
    message_changed = Signal(int)
    """Carries the index of a new or changed message."""
    _deferred_parsing: DeferredParsing | None = None
    embedded_widget: EmbeddedWidget | None = None
    """Embeds a widget in an answer."""

    def __init__(
        self,
        appearance: Appearance,
        describe_failure: DescribeFailure,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        formulas: FormulaSource | None = None,
        pictures: PictureStore | None = None,
    ) -> None:
        super().__init__(appearance, describe_failure, parent, clock, formulas or NoFormulas(), pictures)
        self._conversation_id = ""
        self._unanswered = ""
        self.selected_text, self.selected_ids = self._clipboard.selected_text, self._surface.selected_ids
        self.set_model_names = self._texts.set_model_names
        editing = self._editing
        editing.make_preview = self._make_preview
        self.edit_last_question, self.edit_again = editing.begin_last_question, editing.edit_with_draft
        self.set_blind_model = editing.set_blind
        self.set_edit_drafts, self.save_edit_drafts = editing.set_drafts, editing.save_draft
        self.edit_attachments, self.show_edit_arrivals = editing.attachments, editing.show_arriving
        commands, document = self._commands, self._document
        self.copy_last_answer, self.copy_last_code = commands.copy_last_answer, commands.copy_last_code
        self.perform_on_last, self.select_all = commands.perform_on_last, self._surface.select_all
        BorderOnPage(
            self.border, document, self._geometry, self._surface, commands, self._relayout_after, self.viewport()
        )
        commands.regenerate_requested.connect(self.regenerate_requested)
        commands.continue_requested.connect(self.continue_requested)
        commands.sibling_requested.connect(self.sibling_requested)
        commands.delete_requested.connect(self.delete_requested)
        commands.branch_requested.connect(self.branch_requested)
        commands.instructions_requested.connect(self.instructions_requested)
        commands.document_pressed.connect(self._request_document)
        commands.quote_requested.connect(self.quote_requested)
        commands.save_requested.connect(self.message_save_requested)
        commands.word_requested.connect(self.message_word_requested)
        commands.file_requested.connect(self.file_requested)
        commands.chat_copy_requested.connect(self.chat_copy_requested)
        commands.chat_save_requested.connect(self.chat_save_requested)
        commands.action_requested.connect(self.action_requested)
        commands.code.save_requested.connect(self.save_requested)
        commands.code.preview_requested.connect(self.preview_requested)
        commands.code.picture_save_requested.connect(self._picture_actions.save)
        self._menus.regenerate_with_requested.connect(self.regenerate_with_requested)
        self._editing.sent.connect(self.edit_requested)
        self._editing.saved.connect(self.answer_edit_requested)
        self._editing.discarded.connect(self.edit_discarded)
        self._editing.drafts_changed.connect(self.edit_drafts_changed)
        self._editing.model_requested.connect(self.model_requested)
        self._editing.files_offered.connect(self.edit_files_offered)
        self._editing.arrival_stopped.connect(self.edit_arrival_stopped)
        self._editing.attachment_opened.connect(self.document_requested)
        self.pictures.fetch_requested.connect(self.picture_requested)
        self.pictures.changed.connect(lambda source: self._relayout_after(lambda: document.picture_changed(source)))
        self.pictures.ready.connect(lambda _source: self._paint_again.start())
        commands.picture_pressed.connect(self._picture_actions.perform)
        self._deferred_parsing = DeferredParsing(document, self._scroller, self._finish_relayout, self)
        self._deferred_parsing.done.connect(self._notify_changed)
        commands.picture_copy_requested.connect(self._picture_actions.copy)
        self._deferred_estimates = DeferredEstimates(self._document, self._scroller, self._relayout_after, self)
        LayoutWarmUp(document, lambda: self._page, self.message_changed, self)
        self.embedded_widget = EmbeddedWidget(
            document, self._geometry, self._scroller, self._relayout_after, self.viewport()
        )
        self._find_bar: FindBar | None = None
        self._find: FindInChat | None = None
        self._bar.marks = lambda pixels: bar_marks(self._document, self._find, pixels)
        self._bar.tooltip_text_at = lambda y: question_at(self._document, y)

    def _request_document(self, index: int, command: Command) -> None:
        self.document_requested.emit(self._document.message(index).documents[int(command.action_id)])

    def _make_preview(self, parent: QWidget) -> tuple[QWidget, Callable[[str], object]]:
        """Return a view of an answer as it will be, for the editor, and the function that shows it."""
        from chatdesk.features.chat.ui.transcript.read_only_transcript import (  # noqa: PLC0415 - a subclass of this class
            ReadOnlyTranscript,
        )

        preview = ReadOnlyTranscript(self._appearance, self._formulas, self.pictures, parent)
        self.formulas.updated.connect(preview.formulas.formula_arrived)
        preview.link_activated.connect(self.link_activated)
        return preview, preview.show_answer

    def show_path(self, messages: Sequence[Message], positions: Mapping[str, tuple[int, int]]) -> None:
        """Show the messages of a chat's path. `positions` has the index among its siblings, from 0, and their number.

        Another chat is shown at its end. In the same chat the reading position is kept, and a new question is placed
        near the top, so that its answer fills the space below.
        """
        conversation_id = messages[0].conversation_id if messages else ""
        same_chat = conversation_id == self._conversation_id and len(self._document) > 0
        if same_chat and self._document.shows(messages, positions):
            return
        position = self._scroller.position() if same_chat else None
        known = {message.id for message in self._document.messages} if same_chat else set()
        self._conversation_id = conversation_id
        selection, selected = self._surface.selection() if same_chat else None, self._surface.selected_ids()
        self._forget_pointers()
        self._document.show(messages, positions)
        self._surface.restore_selection(selection, selected)
        if not same_chat:
            self._scroller.question_id = None
            self._scroller.following.active = True
        elif has_new_question(messages, known) or (position and self._document.index(position.message_id) is None):
            self._place_question()
        elif position and not position.at_end:
            self._scroller.restore(position)
        self._relayout(self._scroller.anchor())
        if not same_chat:
            self._editing.resume()
        self._deferred_estimates.chat_changed()
        if self._find:
            self._find.chat_changed(same_chat=same_chat)
        self.chat_changed.emit()

    def add_message(self, message: Message) -> None:
        """Append a message. A question is placed near the top of the view."""
        self._conversation_id = message.conversation_id
        anchor = self._scroller.anchor()
        self._document.add(message)
        if has_new_question((message,), set()):
            self._place_question()
        self._relayout(anchor)
        self._notify_changed(len(self._document) - 1)

    def grow(self, message_id: str, events: tuple[StreamEvent, ...]) -> None:
        """Apply events to an answer and show them with the text that was `read`. Ignored if the answer is not shown."""
        index = self._document.index(message_id)
        item = self._document[index] if index is not None else None
        if index is None or not isinstance(item, AnswerItem):
            return
        anchor, waiting, y = self._scroller.anchor(), item.waiting, item.apply(events) + self._document.top(index)
        if moved := self._document.update_height(index) or item.awaits_layout:
            with self._bar.delayed_repaints():
                y = min(y, self._scroller.relayout(anchor))
        self._geometry.refresh_growth(index, y, moved=moved)
        self._after_relayout(update_clock=waiting)
        self._notify_changed(index)
        self._announcements.grown(message_id)

    def read(self, message_id: str, text: TextDelta) -> bool:
        """Parse more text of an answer, shown with the next `grow`.

        Return False, with nothing parsed, if its text is not shown yet.
        """
        index = self._document.index(message_id)
        return index is not None and isinstance(item := self._document[index], AnswerItem) and item.read(text)

    def change_message(self, message: Message) -> None:
        """Show a new version of a message. Ignored if the message is not shown."""
        index = self._document.index(message.id)
        if index is None:
            return
        anchor = self._scroller.anchor()
        self._document.change(index, message)
        self._scroller.relayout(anchor)
        self._finish_relayout(self._document.top(index))
        self._notify_changed(index)
        if message.state is not MessageState.STREAMING:
            self._announcements.finished(message.id)

    def set_unanswered(self, message_id: str) -> None:
        """Offer to have a question without an answer answered; empty for none. Ignored if it is not shown."""
        if message_id != self._unanswered:
            self._unanswered = message_id
            self._relayout_after(lambda: self._document.set_unanswered(message_id))

    def set_announcing(self, announcing: bool) -> None:
        """Set whether streaming answers are announced to screen readers: the setting `accessibility.announce`."""
        self._announcements.enabled = announcing

    def clear(self) -> None:
        """Show no messages."""
        self.show_path((), {})

    def show_picture(self, source: str, data: bytes) -> None:
        """Show a picture that was requested."""
        self.pictures.add_data(source, data)

    def refuse_picture(self, source: str, failure: PictureFailure) -> None:
        """Show why a requested picture is not available."""
        self.pictures.fail(source, failure)

    def set_reasoning_display(self, display: str) -> None:
        """Show reasoning "auto", "open" or "folded" (a value of the setting `chat.reasoning`)."""
        self._relayout_after(lambda: self._document.set_display(ReasoningDisplay(display)))

    def set_code_options(self, options: CodeOptions) -> None:
        """Set the default display of code; blocks with their own options keep these."""
        if options != self._code_options:
            self._code_options = options
            self._restyle()

    def offer_previews(
        self, languages: frozenset[str], cards: CardSource | None = None, diagrams: DiagramSource | None = None
    ) -> None:
        """Offer previews of code in these languages (as named by `fence_language`), cards of artifacts, and drawn diagrams."""
        if cards:
            self._cards = cards
            cards.changed.connect(lambda: self._relayout_after(self._document.update_cards))
        if diagrams:
            self._diagrams = self._commands.code.diagrams = diagrams
            diagrams.changed.connect(self.formulas.formula_arrived)
        self._previewed = languages
        self._restyle()

    def set_model_groups(self, groups: tuple[ServerGroup, ...]) -> None:
        """Set the models available for regenerating."""
        self._menus.models = groups

    def set_send_key(self, key: str) -> None:
        """Send an edited question with "enter" or "ctrl_enter" (a value of the setting `chat.send_key`)."""
        self._editing.set_send_key(key)

    def copy_last_answer_formatted(self) -> None:
        """Copy the last answer in all formats, if there is one."""
        index = self._commands.last(Role.ASSISTANT)
        if index is not None:
            self._clipboard.copy_message(index)

    @property
    def last_message(self) -> Message | None:
        """The last message."""
        messages = self._document.messages
        return messages[-1] if messages else None

    def last_answer_id(self) -> str | None:
        """Return the id of the last answer."""
        answers = (message for message in reversed(self._document.messages) if message.role is Role.ASSISTANT)
        return next((message.id for message in answers), None)

    def show_unread(self, message_id: str) -> None:
        """Show the start of an answer, below its question if that is short. Ignored if it is not shown."""
        index = self._document.index(message_id)
        if index is None:
            return
        self._scroller.show(index, None)  # lays out the question as well
        if index and self._document.top(index) - self._document.top(index - 1) <= self._scroller.view_height // 3:
            self._scroller.show(index - 1, None)
        if self._deferred_parsing and (position := self._scroller.position()):
            self._deferred_parsing.keep_restoring(position)
        self._finish_relayout(0)

    def show_text(self, message_id: str, query: str) -> None:
        """Scroll to a message and select `query` in it; scroll to its top if it does not contain them.

        Ignored if it is not shown.
        """
        index = self._document.index(message_id)
        if index is None:
            return
        found = find_text(self._document, index, query)
        item = self._document[index]
        if not found and item.is_parsing and self._deferred_parsing:
            self._deferred_parsing.call_when_parsed(message_id, lambda: self.show_text(message_id, query))
        if found and isinstance(item, QuestionItem):
            item.unfold()
            self._document.update_height(index)
        self._scroller.show(index, found.start if found else None)
        self._surface.select(found)
        self._finish_relayout(0)

    def offer_instructions(self) -> None:
        """Offer the view of the instructions in the menus of answers; the owner shows it."""
        self._menus.shows_instructions = True

    def new_outline(self, parent: QWidget) -> "OutlinePanel":
        """Return a new outline panel for the messages shown here."""
        from chatdesk.features.chat.ui.transcript.outline.outline_panel import (  # noqa: PLC0415 - start-up time: created when opened
            OutlinePanel,
        )

        outline = OutlinePanel(self._appearance, self._document, self._scroller, parent)
        outline.chosen.connect(self._go_to_entry)
        self.chat_changed.connect(outline.chat_changed)
        self.message_changed.connect(outline.message_changed)
        self._bar.valueChanged.connect(outline.follow)
        return outline

    def _go_to_entry(self, entry: "OutlineEntry") -> None:
        position = None if entry.is_question else TextPosition(entry.message, TEXT, entry.block, 0)
        self._scroller.show(entry.message, position, self._appearance.theme.length("xxl"))
        self._finish_relayout(0)

    def open_find_bar(self) -> None:
        """Open the find bar, if there are messages."""
        self._finding().open()

    def find_next(self) -> None:
        """Go to the next match."""
        self._finding().go_to_next()

    def find_previous(self) -> None:
        """Go to the previous match."""
        self._finding().go_to_previous()

    def _finding(self) -> "FindInChat":
        """Return the find function, created on first use: most chats are read without it."""
        if self._find is None:
            from chatdesk.features.chat.ui.transcript.find.find_bar import (  # noqa: PLC0415 - start-up time: created on first use
                FindBar,
            )
            from chatdesk.features.chat.ui.transcript.find.find_in_chat import FindInChat  # noqa: PLC0415 - start-up time: created on first use

            self._find_bar = bar = FindBar(self._appearance, self)
            bar.insert_into_tab_order(self)
            page = (self._document, self._scroller, self._geometry, self._surface)
            self._find = FindInChat(bar, *page, lambda: self._finish_relayout(0), self)
            self._marks_of = self._find.marks_of
            self._appearance.changed.connect(self._place_find_bar)
            self._find.found_changed.connect(self._bar.update)
            self._place_find_bar()
        return self._find

    def go_to_question(self, step: int) -> None:
        """Scroll to the next (1) or previous (-1) question from the reading position; after the last one to the end."""
        found = next_question(self._document, self._scroller.value, step, self._appearance.theme.length("xxl"))
        if found is not None:
            self._scroller.show(found, None)
            self._finish_relayout(0)
        elif step > 0:
            self._scroller.go_to_end()
            self._finish_relayout(0)

    def _notify_changed(self, index: int) -> None:
        """Notify the users of the chat's text of a new or changed message."""
        if not self._scroller.following.active and self._return_button.isVisible():
            self._return_button.show_new_content(shown=True)
        if self._find:
            self._find.content_changed(index)
        self.message_changed.emit(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the find bar in the corner of the view."""
        super().resizeEvent(event)
        self._place_find_bar()

    def _place_find_bar(self) -> None:
        if self._find_bar is None:
            return
        spare = self._appearance.theme.length("m")
        right = self.viewport().geometry().right() + 1 - spare
        self._find_bar.place(right, right - spare)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the find bar with Esc."""
        if event.key() == Qt.Key.Key_Escape and self._find and self._find.is_open:
            self._find.leave()
        else:
            super().keyPressEvent(event)

    def reading_position(self) -> ReadingPosition | None:
        """Return the reading position, to be restored later; None if nothing is shown."""
        return self._scroller.position()

    def restore_reading_position(self, position: ReadingPosition) -> None:
        """Restore a reading position. Does nothing if its message is not shown."""
        if self._document.index(position.message_id) is None:
            return
        self._scroller.restore(position)
        if self._deferred_parsing:
            self._deferred_parsing.keep_restoring(position)
        self._finish_relayout(0)

    def _after_relayout(self, *, update_clock: bool = True) -> None:
        super()._after_relayout(update_clock=update_clock)
        if self.embedded_widget and self._deferred_parsing:
            self.embedded_widget.place()
            self._deferred_parsing.check()

    def _relayout_after(self, change: Callable[[], None]) -> None:
        """Run a function that changes heights, keeping the reading position."""
        anchor = self._scroller.anchor()
        change()
        self._relayout(anchor)

    def _place_question(self) -> None:
        """Place the last question near the top and follow the answer below it."""
        questions = (message for message in reversed(self._document.messages) if message.role is Role.USER)
        self._scroller.question_id = next((message.id for message in questions), None)
        self._scroller.following.active = True
