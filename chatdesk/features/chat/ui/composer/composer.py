"""The composer: the text in its frame, the queued messages and the buttons.

It knows no services and no chats: methods set what is shown, signals carry what the user requests.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import Enum, IntEnum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from chatdesk.features.chat.ui.composer.message_edit import MessageEdit
from chatdesk.features.chat.ui.composer.offered_files import OfferedFiles, offered_files
from chatdesk.features.chat.ui.composer.question_cards import QuestionCards
from chatdesk.features.chat.ui.composer.queue_rows import QueueRows
from chatdesk.features.chat.ui.composer.tool_row import ToolRow
from chatdesk.kernel.chat.conversation import Draft, joined
from chatdesk.kernel.chat.message import Attachment
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.context.context_plan import ContextUse
from chatdesk.kernel.models.thinking import ThinkingChoices
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.chip import Chip
from chatdesk.ui_kit.widgets.focus import insert_in_tab_order

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.composer.context_meter import ContextMeter
    from chatdesk.features.chat.ui.composer.strip_stack import StripStack
    from chatdesk.kernel.chat.attachments import ArrivingFile
    from chatdesk.ui_kit.pictures.attachment_chips import AttachmentChips
    from chatdesk.ui_kit.pictures.picture_store import PictureStore


class ComposerFrame(QWidget):
    """The rounded frame around the text. While active it has a 2 px accent border, drawn inward so that nothing moves."""

    pressed = Signal()
    """The user clicked beside the text and the buttons; the text should get the focus."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._active = False
        self._awaiting = False
        appearance.changed.connect(self.update)

    def set_active(self, *, active: bool) -> None:
        """Show whether the text has the focus."""
        self._active = active
        self.update()

    def set_awaiting(self, *, awaiting: bool) -> None:
        """Show whether dragged content can be dropped here."""
        self._awaiting = awaiting
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        border, stroke = ("accent", "focus") if self._active else ("borderDefault", "border")
        if self._awaiting:
            border, stroke = "accent", "focus"
        fill = "accentSoft" if self._awaiting else "raised"
        rect, radius = QRectF(self.rect()), theme.length("card")
        draw_box(QPainter(self), rect, radius, theme.color(fill), theme.color(border), theme.stroke(stroke))


_DRAFT_DELAY = 400
"""Milliseconds without a key press until `draft_changed` is emitted, and at most from a key press to `draft_written`."""

_WINDOW_FRACTION = 3


class Opening(Enum):
    """What a preset or application contributes to the first question, and whether something is missing."""

    NONE = auto()
    READY = auto()
    """The message can be sent without text."""
    MISSING = auto()
    """Required fields must be filled in first; no text is needed."""
    FORM = auto()
    """Required fields must be filled in first, and text is needed as well."""


class StripRank(IntEnum):
    """What a strip above the composer says, the most important first. Only the most important strip is shown."""

    CANNOT_SEND = auto()
    """The message cannot be sent: Send is disabled, and Enter moves the focus to the strip's best button."""
    PROBLEM = auto()
    """Something may prevent an answer."""
    LOSES = auto()
    """Something would be lost or left out."""
    READY = auto()
    """Something that the user waited for is ready."""
    HINT = auto()


_SENT_WITHOUT_TEXT = frozenset({Opening.READY, Opening.MISSING})


class Composer(Translated, QWidget):
    """The composer. It grows with its text up to a third of the window, or up to the height in px returned by `max_height`.

    `presets` shows the presets button. `pictures` allows pictures and returns the store that displays them, called
    with the first one.
    """

    send_requested = Signal(str)
    """Carries the text without surrounding blank lines.

    It stays in the composer until `set_text` is called: sending may fail.
    """
    stop_requested = Signal()
    edit_last_requested = Signal()
    """Arrow up was pressed in the empty composer."""
    draft_changed = Signal()
    draft_written = Signal()
    emptied_or_filled = Signal()
    """The text became empty, or is no longer empty."""
    thinking_changed = Signal(str)
    """Carries the `Thinking` value chosen by the user."""
    queue_edit_requested = Signal(int)
    queue_remove_requested = Signal(int)
    attach_requested = Signal()
    folder_requested = Signal()
    files_offered = Signal(OfferedFiles)
    """Carries pasted or dropped files for checking; `set_attachments` shows the accepted ones."""
    attachments_shown = Signal()
    """Other attachments are shown than before, as by `set_attachments`."""
    attachments_changed = Signal()
    """The user removed an attachment, or changed the order."""
    attachment_removed = Signal(object, int)
    """The user removed an attachment. Carries it and its index."""
    long_text_pasted = Signal(QTextCursor)
    """Carries a cursor that selects the pasted text."""
    arrival_stopped = Signal(int)
    """The user stopped the reading of a file: the key of its `ArrivingFile`."""
    attachment_opened = Signal(object)
    attachment_option_requested = Signal(object, object)
    """The user wants to choose what is read of a document. Carries the document and its button."""
    recognition_requested = Signal(object)
    """The text of a scanned document is to be recognised. Carries the document."""
    need_requested = Signal(int, object)
    """The user wants to enter the password of a file. Carries the key of its `ArrivingFile` and its button."""
    presets_requested = Signal(str)
    """Carries the typed text: empty from the button, a slash from the empty text field."""
    models_requested = Signal(str)
    """Carries the typed text: an at sign typed into the empty text field."""
    folder_removed = Signal()
    """The user removed the folder shown with `set_folder`."""
    question_chosen = Signal(str)
    """Carries a question offered with `set_follow_ups`."""
    refused = Signal()
    """The user tried to send while `set_opening` says that something is missing."""

    def __init__(
        self,
        appearance: Appearance,
        parent: QWidget | None = None,
        *,
        pictures: "Callable[[], PictureStore] | None" = None,
        presets: bool = False,
        max_height: Callable[[], int] | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._has_presets = presets
        self._max_height = max_height or (lambda: self.window().height() // _WINDOW_FRACTION)
        self._streaming = False
        self._had_text = False
        self._model = ""
        self._watched_window: QWidget | None = None
        self.setObjectName("composer")
        self._queue = QueueRows(appearance, self)
        self._frame = ComposerFrame(appearance, self)
        self._edit = MessageEdit(appearance, self._frame)
        self._edit.setObjectName("message")
        self._edit.accepts_files = pictures is not None
        self._edit.command_characters = "/@" if presets else ""
        self._opening = Opening.NONE
        self._asked_for = ""
        self._above: list[QWidget] = []
        self._strips: StripStack | None = None
        self._meter: ContextMeter | None = None
        self._folder = ""
        self._folder_chip: Chip | None = None
        self._use: ContextUse | None = None
        self._attachments_awaited = 0
        """How many attachments must have been read before the message is sent, because the user sent it too early; 0 if not."""
        self._follow_ups: QuestionCards | None = None
        self._store = pictures
        self._chips: AttachmentChips | None = None
        self._tools = ToolRow(appearance, self._frame, attachments=pictures is not None, presets=presets)
        self._draft_timer = QTimer(self, singleShot=True, interval=_DRAFT_DELAY)
        self._written_timer = QTimer(self, singleShot=True, interval=_DRAFT_DELAY)
        self._connect()
        self._frame_layout = QVBoxLayout(self._frame)
        self._frame_layout.addWidget(self._edit)
        self._frame_layout.addWidget(self._tools)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._queue)
        self._layout.addWidget(self._frame)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        appearance.bind(self._restyle)
        self._retranslate()

    def text(self) -> str:
        return self._edit.text()

    def set_text(self, text: str) -> None:
        """Replace the text with that of another chat, or clear it after sending.

        Not undoable; `draft_changed` and `draft_written` are not emitted.
        """
        self._edit.set_text(text)
        self._draft_timer.stop()
        self._written_timer.stop()

    def replace_text(self, text: str) -> None:
        """Replace the text and focus it. Undo restores the old text."""
        self._edit.replace_text(text)
        self.focus()

    def append_text(self, text: str) -> None:
        """Append a text, leaving the user to write an instruction before it. Undo removes it."""
        current = self.text().rstrip()
        self.replace_text(f"{current}\n\n{text}")
        if not current:
            self._edit.moveCursor(QTextCursor.MoveOperation.Start)

    def remove_attached_text(self, selected: QTextCursor) -> None:
        """Remove a part of the text that is attached instead. Undo restores it. A message that waits for its attachments still does."""
        awaited = self._attachments_awaited
        selected.removeSelectedText()
        self._attachments_awaited = awaited

    def quote(self, text: str) -> None:
        """Append a text as a quotation and continue below it. Undo removes it."""
        quoted = "\n".join(f"> {line}".rstrip() for line in text.strip().split("\n"))
        self.replace_text(joined(self.text().rstrip(), quoted) + "\n\n")

    def attachments(self) -> tuple[Attachment, ...]:
        """Return the pictures and documents that will be sent."""
        return self._chips.attachments() if self._chips else ()

    @property
    def is_reading(self) -> bool:
        """Whether attached files are still being read."""
        return self._chips is not None and self._chips.is_adding

    def set_attachments(self, attachments: Sequence[Attachment], arriving: "Sequence[ArrivingFile]" = ()) -> None:
        """Show what will be sent, and the files that are still being read; until they are read, nothing can be sent."""
        if self._chips is None and (attachments or arriving) and self._store:
            self._chips = self._new_chips(self._store())
        if self._chips:
            self._chips.show_attachments(attachments, arriving)
            self.attachments_shown.emit()
            self.show_context(self._use)
        self._show_state()
        self._fit()
        if self._attachments_awaited and not self.is_reading:
            all_read = len(attachments) >= self._attachments_awaited
            self._attachments_awaited = 0
            if all_read:
                self._send()

    def replace_attachments(self, changed: Mapping[Attachment, Attachment]) -> None:
        """Show other values of attachments at their positions, as if the user had changed them. Files that are read stay."""
        if self._chips:
            shown = self._chips.attachments()
            self._chips.show_attachments([changed.get(each, each) for each in shown], self._chips.arriving)
            if self._chips.attachments() != shown:
                self._on_attachments_changed()

    def add_attachment(self, attachment: Attachment) -> None:
        """Show another attachment, as if the user had added it."""
        if self._chips is None and self._store:
            self._chips = self._new_chips(self._store())
        if self._chips and attachment not in self._chips.attachments():
            self._chips.show_attachments([*self._chips.attachments(), attachment], self._chips.arriving)
            self._on_attachments_changed()

    def remove_attachment(self, attachment: Attachment) -> None:
        """Remove an attachment, as if the user had removed it."""
        if self._chips and attachment in self._chips.attachments():
            shown = self._chips.attachments()
            self._chips.show_attachments([each for each in shown if each != attachment], self._chips.arriving)
            self._on_attachments_changed()
            self.attachment_removed.emit(attachment, shown.index(attachment))

    def offer(self, source: QMimeData) -> None:
        """Accept content dropped nearby."""
        if offered := offered_files(source):
            self.files_offered.emit(offered)

    def set_awaiting(self, *, awaiting: bool) -> None:
        """Show whether dragged content can be dropped."""
        self._frame.set_awaiting(awaiting=awaiting)

    def focus(self) -> None:
        """Focus the text."""
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def handle_key(self, event: QKeyEvent) -> None:
        """Focus the text and let it handle a key that was pressed elsewhere."""
        self.focus()
        QCoreApplication.sendEvent(self._edit, event)

    def has_focus(self) -> bool:
        """Return whether the text has the focus, or will have it once the window is active."""
        return self.window().focusWidget() is self._edit

    def set_send_key(self, key: str) -> None:
        """Send with "enter" or "ctrl_enter" (a value of the setting `chat.send_key`); the other one inserts a line break."""
        self._edit.set_send_key(key)

    def set_placeholder_model(self, name: str) -> None:
        """Name the answering model in the placeholder; "" for none."""
        self._model = name
        self._show_placeholder()

    @property
    def is_streaming(self) -> bool:
        """Whether an answer is being written in the chat, so that Esc stops it."""
        return self._streaming

    def set_streaming(self, streaming: bool) -> None:
        """Show the stop button and queue messages instead of sending them while an answer streams."""
        self._streaming = streaming
        self._show_state()

    def set_queue(self, questions: Sequence[Draft]) -> None:
        """Show the queued messages."""
        self._queue.set_questions(questions)

    def show_context(self, use: ContextUse | None) -> None:
        """Show how the context of the model is used; None hides the meter. What has been read of a document counts at once."""
        self._use = use
        arriving = sum(file.progress.tokens for file in self._chips.arriving) if self._chips else 0
        if use and arriving:
            use = replace(use, documents=use.documents + arriving, draft_documents=use.draft_documents + arriving)
        if self._meter is None and use:
            from chatdesk.features.chat.ui.composer.context_meter import (  # noqa: PLC0415 - start-up time: not in a new chat
                ContextMeter,
            )

            self._meter = ContextMeter(self._appearance, self)
            self._tools.add_meter(self._meter)
        if self._meter:
            if use:
                self._meter.show_use(use)
            self._meter.setVisible(use is not None)

    def show_thinking(self, choices: ThinkingChoices, thinking: Thinking) -> None:
        """Show the thinking choices of the model and the current one."""
        self._tools.show_thinking(choices, thinking)

    def change_thinking(self) -> None:
        """Toggle thinking, or open its menu, if the model has choices."""
        self._tools.change_thinking()

    def set_opening(self, opening: Opening, placeholder: str = "") -> None:
        """Set whether a message can be sent without text and whether something is missing; `placeholder` asks for the text."""
        self._opening, self._asked_for = opening, placeholder
        self._show_state()

    def set_follow_ups(self, questions: Sequence[str]) -> None:
        """Show follow-up questions proposed by an application; none hides them."""
        if self._follow_ups is None and questions:
            self._follow_ups = QuestionCards(self._appearance, self)
            self._follow_ups.setObjectName("followUps")
            self._follow_ups.chosen.connect(self.question_chosen)
            self._layout.insertWidget(0, self._follow_ups)
        if self._follow_ups:
            self._follow_ups.show_questions(questions)
            insert_in_tab_order(self._follow_ups, self._edit)

    def set_folder(self, name: str) -> None:
        """Show above the frame in which folder a new chat will be; none for an empty name."""
        self._folder = name
        if self._folder_chip is None and name:
            self._folder_chip = Chip(self._appearance, "", "folder", self)
            self._folder_chip.setObjectName("newChatFolder")
            self._folder_chip.removed.connect(self.folder_removed)
            self._layout.insertWidget(self._layout.indexOf(self._frame), self._folder_chip)
            insert_in_tab_order(self._folder_chip, self._edit)
        if self._folder_chip:
            self._folder_chip.setVisible(bool(name))
            self._name_folder()

    def _name_folder(self) -> None:
        if self._folder_chip:
            text = self.tr("in {folder}").format(folder=self._folder)
            self._folder_chip.set_text(text, self.tr("Do not create the chat in {folder}").format(folder=self._folder))

    def send(self) -> None:
        """Send the message, as Enter does. If there is none, focus the text and point out what is asked for."""
        self._send()

    def set_above(self, widget: QWidget) -> None:
        """Insert a widget into the frame, above the text."""
        self._above.append(widget)
        self._frame_layout.insertWidget(0, widget)
        self._restyle()

    def set_strip(self, strip: QWidget, rank: StripRank) -> None:
        """Add a strip above the frame, below the queue, or change its rank. It says by `show()` and `hide()` whether it is needed.

        The accessible name of a strip that prevents sending says why; Enter moves the focus to its filled button.
        """
        if self._strips is None:
            from chatdesk.features.chat.ui.composer.strip_stack import (  # noqa: PLC0415 - start-up time: rarely needed
                StripStack,
            )

            self._strips = StripStack(self)
            self._strips.changed.connect(self._show_state)
            self._strips.focus_lost.connect(self.focus)
            self._layout.insertWidget(self._layout.indexOf(self._frame), self._strips)
        self._strips.place(strip, rank)
        insert_in_tab_order(self._strips, self._edit)

    def max_height_above(self) -> int:
        """Return the maximum height in px of widgets above the text."""
        return self._max_height()

    def text_anchor(self) -> QWidget:
        """Return the text widget, for the tab order."""
        return self._edit

    def popup_anchor(self) -> QWidget:
        """Return the frame, as the anchor of popups."""
        return self._frame

    def echo(self, typed: str) -> None:
        """Show what is being typed into a popup in place of the text, which is empty; an empty text ends it."""
        self._edit.show_echo(typed)

    def _connect(self) -> None:
        self._draft_timer.timeout.connect(self.draft_changed)
        self._written_timer.timeout.connect(self.draft_written)
        self._edit.sent.connect(self._send)
        self._edit.files_offered.connect(self.files_offered)
        self._edit.long_text_pasted.connect(self.long_text_pasted)
        self._edit.edit_last_requested.connect(self.edit_last_requested)
        self._edit.textChanged.connect(self._text_changed)
        self._edit.focus_changed.connect(lambda: self._frame.set_active(active=self._edit.hasFocus()))
        self._frame.pressed.connect(self.focus)
        self._queue.edit_requested.connect(self.queue_edit_requested)
        self._queue.remove_requested.connect(self.queue_remove_requested)
        self._tools.send_clicked.connect(self._send)
        self._tools.stop_clicked.connect(self.stop_requested)
        self._tools.attach_clicked.connect(self.attach_requested)
        self._tools.folder_clicked.connect(self.folder_requested)
        self._tools.presets_clicked.connect(lambda: self.presets_requested.emit(""))
        self._edit.command_typed.connect(self._on_command_typed)
        self._tools.thinking_chosen.connect(self.thinking_changed)

    def _send(self) -> None:
        if self._edit.is_composing:
            return
        if self._has_content and self._strips and self._strips.obstacle:
            self._strips.focus()
            return
        if self._chips and self._chips.ask_for_need():
            return
        if self._chips and self.is_reading:
            self._attachments_awaited = self._chips.count
            return
        if self._opening in {Opening.MISSING, Opening.FORM}:
            self.refused.emit()
        elif self._has_content:
            self.send_requested.emit(self.text().strip("\n").rstrip())
        else:
            self.focus()
            self._edit.point_out_placeholder()

    @property
    def _has_content(self) -> bool:
        has_attachments = self._chips is not None and bool(self._chips.count)
        return self._edit.has_text or has_attachments or self._opening in _SENT_WITHOUT_TEXT

    @property
    def _can_send(self) -> bool:
        return self._has_content and not self.is_reading and not (self._strips and self._strips.obstacle)

    def _on_command_typed(self, sign: str) -> None:
        (self.presets_requested if sign == "/" else self.models_requested).emit(sign)

    def _new_chips(self, store: "PictureStore") -> "AttachmentChips":
        from chatdesk.ui_kit.pictures.attachment_chips import (  # noqa: PLC0415 - start-up time: only with the first picture
            AttachmentChips,
        )

        chips = AttachmentChips(self._appearance, store, self._edit, self._frame, has_options=True)
        chips.removed.connect(self._on_attachments_changed)
        chips.removed.connect(self.attachment_removed)
        chips.reordered.connect(self._on_attachments_changed)
        chips.stopped.connect(self.arrival_stopped)
        chips.opened.connect(self.attachment_opened)
        chips.option_requested.connect(self.attachment_option_requested)
        chips.need_requested.connect(self.need_requested)
        chips.emptied.connect(self.focus)
        chips.set_side_margin(self._appearance.theme.length("l"))
        self._frame_layout.insertWidget(self._frame_layout.indexOf(self._edit), chips)
        return chips

    def _on_attachments_changed(self) -> None:
        self._show_state()
        self._fit()
        self.attachments_changed.emit()

    def _text_changed(self) -> None:
        self._attachments_awaited = 0
        if self._edit.has_text is not self._had_text:
            self._had_text = self._edit.has_text
            self.emptied_or_filled.emit()
        self._draft_timer.start()
        if not self._written_timer.isActive():
            self._written_timer.start()
        self._show_state()

    def _show_state(self) -> None:
        obstacle = self._strips.obstacle if self._strips else None
        reason = obstacle.accessibleName() if obstacle else ""
        self._tools.set_state(streaming=self._streaming, sendable=self._can_send, reason=reason)
        self._show_placeholder()

    def _show_placeholder(self) -> None:
        if self._streaming:
            text = self.tr("Write the next message")
        elif self._asked_for:
            text = self._asked_for
        elif self._opening in _SENT_WITHOUT_TEXT:
            text = self.tr("Add a message, or just send")
        elif self._model:
            text = self.tr("Message {model}").format(model=self._model)
        elif self._has_presets:
            text = self.tr("Write a message, or type / for a preset")
        else:
            text = self.tr("Write a message")
        self._edit.set_placeholder(text)

    def _fit(self) -> None:
        """Limit the height of the text to what the other parts leave."""
        is_shown = self._chips is not None and not self._chips.isHidden()
        chips = self._chips.height() + self._frame_layout.spacing() if self._chips and is_shown else 0
        other_height = (
            chips + self._tools.height() + self._frame_layout.contentsMargins().top() + self._frame_layout.spacing()
        )
        self._edit.set_max_height(self._max_height() - other_height)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._frame_layout.setContentsMargins(0, theme.length("m") + 1, 0, 0)
        self._frame_layout.setSpacing(theme.length("s") - 2)
        self._edit.set_side_margin(theme.length("l"))
        if self._chips:
            self._chips.set_side_margin(theme.length("l"))
        for above in self._above:
            above.setContentsMargins(theme.length("l"), 0, theme.length("s"), 0)
        self._layout.setSpacing(theme.length("s"))
        self._fit()

    def _retranslate(self) -> None:
        self._edit.setAccessibleName(self.tr("Message"))
        self._name_folder()
        self._show_placeholder()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._watched_window:
            self._fit()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.window() is not self._watched_window:
            if self._watched_window is not None:
                self._watched_window.removeEventFilter(self)
            self._watched_window = self.window()
            self._watched_window.installEventFilter(self)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Stop the answer with Esc; while none streams, leave Esc to the parent."""
        if event.key() == Qt.Key.Key_Escape and event.modifiers() == Qt.KeyboardModifier.NoModifier and self._streaming:
            self.stop_requested.emit()
        else:
            super().keyPressEvent(event)
