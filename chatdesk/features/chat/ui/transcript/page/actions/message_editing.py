"""In-place editing of a message: one editor at a time, placed over the message and moving with the page.

Text that was neither sent nor saved is kept for each message until it is cancelled; the owner of the transcript saves
it across restarts.
"""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.chat.ui.composer.message_edit import MessageEdit
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.layout.page_scroller import PageScroller
from chatdesk.features.chat.ui.transcript.page.page_geometry import PageGeometry
from chatdesk.kernel.chat.attachments import ArrivingFile, pictures_in
from chatdesk.kernel.chat.conversation import EditDraft
from chatdesk.kernel.chat.message import Attachment, Message, MessageState, Role
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.pictures.attachment_chips import AttachmentChips
from chatdesk.ui_kit.pictures.picture_store import PictureStore
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.label import Label

MakePreview = Callable[[QWidget], tuple[QWidget, Callable[[str], object]]]
"""Returns a preview in a parent, and the function that shows a text in it."""
_MIN_LINES = 12
"""Lines an editor may always grow to."""


class MessageEditor(Translated, QWidget):
    """The editor of one message: its source in a frame, with Cancel and Send or Save below.

    Its owner sets position and width.

    The height follows the text. A question is sent with the configured key; an answer, which has many lines, is
    always saved with Ctrl+Enter.
    """

    accepted = Signal(str)
    edited = Signal()
    cancelled = Signal()
    model_requested = Signal()
    attachment_opened = Signal(object)
    files_offered = Signal(object)
    """Carries pasted files as `OfferedFiles`."""
    arrival_stopped = Signal(int)
    """The user stopped the reading of a file: the key of its `ArrivingFile`."""
    """Carries an `Attachment` to be shown."""
    height_changed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        source: str,
        parent: QWidget,
        *,
        is_question: bool,
        attachments: Sequence[Attachment] = (),
        store: PictureStore | None = None,
        make_preview: MakePreview | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_preview = make_preview
        self._preview: QWidget | None = None
        self._show_text: Callable[[str], object] = lambda _text: None
        self._send_key = "enter"
        self.is_question = is_question
        self._source = ""
        self._max_height = 0
        self._blind = ""
        self._notice: Notice | None = None
        self._appearance = appearance
        self._edit = MessageEdit(appearance, self)
        self._source_attachments = tuple(attachments)
        self._chips = AttachmentChips(appearance, store or PictureStore(self), self._edit, self)
        self._chips.show_attachments(attachments)
        self._chips.removed.connect(self._on_attachments_changed)
        self._chips.reordered.connect(self._on_attachments_changed)
        self._chips.opened.connect(self.attachment_opened)
        self._chips.stopped.connect(self.arrival_stopped)
        self._edit.accepts_files = is_question
        self._edit.files_offered.connect(self.files_offered)
        self._chips.emptied.connect(self.focus)
        self._cancel = Button(appearance, "", parent=self, small=True)
        self._accept = Button(appearance, "", ButtonKind.FILLED, self, small=True)
        self._show = Button(appearance, "", ButtonKind.PLAIN, self, icon="eye", small=True)
        self._show.setObjectName("previewEdit")
        self._show.setCheckable(True)
        self._show.setVisible(make_preview is not None and not is_question)
        self._show.toggled.connect(self._toggle_preview)
        self._hint = Label(appearance, "caption", "textTertiary", self, elide=True)
        self._hint.setObjectName("editHint")
        self._buttons = buttons = QHBoxLayout()
        buttons.addWidget(self._show)
        buttons.addWidget(self._hint, 1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._accept)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._chips)
        self._layout.addWidget(self._edit)
        self._layout.addLayout(buttons)
        self._edit.setTabChangesFocus(True)
        self._edit.sent.connect(self._accept_text)
        self._edit.height_changed.connect(self._fit)
        self._edit.focus_changed.connect(self.update)
        self._edit.document().contentsChanged.connect(self._show_state)
        self._cancel.clicked.connect(self.cancelled)
        self._accept.clicked.connect(self._accept_text)
        appearance.bind(self._restyle)
        self._retranslate()
        self.set_send_key("enter")
        self.set_text(source)
        self._source = self._edit.text()

    @property
    def is_changed(self) -> bool:
        """Whether text or attachments differ from those of the message."""
        return self._edit.text() != self._source or self.attachments() != self._source_attachments

    def attachments(self) -> tuple[Attachment, ...]:
        """Return the attachments that have not been removed."""
        return self._chips.attachments()

    def set_attachments(self, attachments: Sequence[Attachment]) -> None:
        """Restore the attachments of a draft."""
        self.show_arriving(attachments, self._chips.arriving)

    def show_arriving(self, attachments: Sequence[Attachment], arriving: Sequence[ArrivingFile]) -> None:
        """Show the attachments, and the files that are being read. Until they are read, nothing can be sent."""
        self._chips.show_attachments(attachments, arriving)
        self._on_attachments_changed()

    def text(self) -> str:
        return self._edit.text()

    def set_text(self, text: str) -> None:
        """Restore the text of a draft, with the cursor at the end of a question but at the start of an answer, which is read first."""
        self._edit.set_text(text, at_end=self.is_question)
        self._show_state()

    def set_send_key(self, key: str) -> None:
        """Send a question with "enter" or "ctrl_enter" (a value of the setting `chat.send_key`)."""
        self._send_key = key if self.is_question else "ctrl_enter"
        self._edit.set_send_key(self._send_key)
        self._retranslate()

    def set_blind(self, sentence: str) -> None:
        """Hold a question with pictures back because the chosen model cannot see them, as `sentence` says; empty if it can."""
        self._blind = sentence
        self._show_state()

    def set_max_height(self, height: int) -> None:
        """Grow up to `height` px; longer text scrolls."""
        if height != self._max_height:
            self._max_height = height
            self._restyle()

    def focus(self) -> None:
        """Focus the text."""
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _accept_text(self) -> None:
        if self._can_accept:
            self.accepted.emit(self._edit.text())
        elif self._is_held_back and self._notice:
            self._notice.focus()

    @property
    def _can_accept(self) -> bool:
        has_content = self._edit.has_text or bool(self.attachments())
        return has_content and not self._is_held_back and not self._chips.is_adding

    @property
    def _is_held_back(self) -> bool:
        return bool(self._blind and pictures_in(self.attachments()))

    def _on_attachments_changed(self) -> None:
        self._restyle()
        self._show_state()

    def _show_state(self) -> None:
        self._accept.setEnabled(self._can_accept)
        self._show_notice()
        self.edited.emit()

    def _show_notice(self) -> None:
        """Show why the question is held back, and what can be done."""
        if not self._is_held_back:
            if self._notice and not self._notice.isHidden():
                self._notice.hide()
                self._restyle()
            return
        notice = self._notice
        if notice is None:
            notice = self._notice = Notice(self._appearance, self, NoticeKind.WARNING)
            notice.setObjectName("editNotice")
            notice.acted.connect(self.model_requested)
            notice.other_acted.connect(self._send_without_pictures)
            self._layout.insertWidget(0, notice)
        one = len(pictures_in(self.attachments())) == 1
        send = self.tr("Send without the picture") if one else self.tr("Send without the pictures")
        notice.show_text(self._blind, self.tr("Choose a model…"), other=send if self._edit.has_text else "")
        if notice.isHidden():
            notice.show()
            self._restyle()

    def _send_without_pictures(self) -> None:
        pictures = set(pictures_in(self.attachments()))
        self.set_attachments([each for each in self.attachments() if each not in pictures])
        self._accept_text()

    def _toggle_preview(self, shown: bool) -> None:
        """Show the answer as it will be, in place of its source, or the source again."""
        if shown and self._preview is None and self._make_preview:
            self._preview, self._show_text = self._make_preview(self)
            self._layout.insertWidget(self._layout.indexOf(self._edit), self._preview)
        if self._preview:
            self._preview.setVisible(shown)
            if shown:
                self._show_text(self._edit.text())
        self._edit.setVisible(not shown)
        self._retranslate()
        self._fit()
        if not shown:
            self.focus()

    def _fit(self) -> None:
        if self._preview and self._show.isChecked():
            self._preview.setFixedHeight(self._edit.height())
        self._layout.activate()
        self.height_changed.emit()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        margin = theme.length("m")
        self._layout.setContentsMargins(theme.length("l"), margin, margin, margin)
        self._buttons.setSpacing(theme.length("s"))
        self._layout.setSpacing(theme.length("s"))
        chips = self._chips.height() + theme.length("s") if self._chips.count else 0
        notice = self._notice.sizeHint().height() + theme.length("s") if self._notice and self._is_held_back else 0
        around = 3 * margin + theme.length("buttonSmall") + chips + notice
        self._edit.set_max_height(max(_MIN_LINES * theme.line("reading"), self._max_height - around))
        self._fit()

    def _retranslate(self) -> None:
        question = self.is_question
        self._edit.setAccessibleName(self.tr("Edit the question") if question else self.tr("Edit the answer"))
        self._show.setText(self.tr("Edit") if self._show.isChecked() else self.tr("Preview"))
        self._show.set_icon("pencil" if self._show.isChecked() else "eye")
        keys = QKeySequence("Ctrl+Enter" if self._send_key == "ctrl_enter" else "Enter")
        hint = self.tr("{keys} sends, Esc cancels") if question else self.tr("Markdown. {keys} saves, Esc cancels")
        self._hint.set_text(hint.format(keys=keys.toString(QKeySequence.SequenceFormat.NativeText)))
        self._cancel.setText(self.tr("Cancel"))
        self._accept.setText(self.tr("Send") if question else self.tr("Save"))
        self._show_notice()

    def event(self, event: QEvent) -> bool:
        """Adjust the height when a part has another one, such as the notice once it knows its width."""
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self.height_changed.emit()
        return handled

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cancel with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, in the accent colour while it has the focus."""
        theme = self._appearance.theme
        focused = self._edit.hasFocus()
        border = theme.color("accent" if focused else "borderDefault")
        width = theme.stroke("focus") if focused else theme.stroke("border")
        draw_box(QPainter(self), QRectF(self.rect()), theme.length("radius.card"), theme.color("raised"), border, width)


_SAVE_DELAY = 500
"""Milliseconds from a change to its saving, however long the typing goes on."""
_MAX_DRAFTS = 20
_MAX_HEIGHT_SHARE = 0.6
"""The maximum height as a share of the view."""


class MessageEditing(QObject):
    """Manages editing in a transcript.

    Signals carry the id of the message, its new text and the remaining attachments of a question.

    `changed` carries the index of a message whose height changed.
    """

    sent = Signal(str, str, tuple)
    """A question was edited."""
    saved = Signal(str, str)
    """An answer was edited."""
    discarded = Signal(str, str)
    """The edit was discarded; `edit_with_draft` restores it."""
    drafts_changed = Signal(dict)
    """Carries the `EditDraft`s by message id."""
    changed = Signal(int)
    ended = Signal()
    model_requested = Signal()
    attachment_opened = Signal(object)
    files_offered = Signal(str, object)
    """Carries files that were pasted into a question as `OfferedFiles`. `show_arriving` shows what becomes of them."""
    arrival_stopped = Signal(int)

    def __init__(
        self,
        appearance: Appearance,
        document: Document,
        geometry: PageGeometry,
        scroller: PageScroller,
        viewport: QWidget,
        store: PictureStore,
    ) -> None:
        super().__init__(viewport)
        self.make_preview: MakePreview | None = None
        """Creates the preview of an answer that is being edited."""
        self._appearance = appearance
        self._document = document
        self._geometry = geometry
        self._scroller = scroller
        self._viewport = viewport
        self._editor: MessageEditor | None = None
        self._message_id = ""
        self._send_key = "enter"
        self._blind = ""
        self._store = store
        self._drafts: dict[str, EditDraft] = {}
        self._attachments: dict[str, tuple[Attachment, ...]] = {}
        """The remaining attachments of edits, also of discarded ones, which can be taken up again."""
        self._save_timer = QTimer(self, interval=_SAVE_DELAY, singleShot=True)
        self._save_timer.timeout.connect(self.save_draft)

    def set_send_key(self, key: str) -> None:
        """Send with "enter" or "ctrl_enter" (a value of the setting `chat.send_key`)."""
        self._send_key = key
        if self._editor:
            self._editor.set_send_key(key)

    def set_blind(self, sentence: str) -> None:
        """Hold questions with pictures back because the chosen model cannot see them, as `sentence` says; empty if it can."""
        self._blind = sentence
        if self._editor:
            self._editor.set_blind(sentence)

    def set_drafts(self, drafts: Mapping[str, EditDraft]) -> None:
        """Restore the drafts of the last run, by message id."""
        self._drafts = dict(drafts)

    def begin(self, index: int) -> None:
        """Edit the message at `index`, unless it is still being written."""
        if self._open(index) and self._editor:
            self._editor.focus()
            self._bring_into_view(index)

    def begin_last_question(self) -> None:
        """Edit the last question, if there is one."""
        if questions := self._document.questions:
            self.begin(questions[-1])

    def edit_with_draft(self, message_id: str, text: str) -> None:
        """Edit a message with a previous draft, which is only stored if its chat is not shown."""
        self._set_draft(message_id, EditDraft(text, self._attachments.get(message_id)))
        index = self._document.index(message_id)
        if index is not None:
            self.begin(index)

    def attachments(self, message_id: str) -> tuple[Attachment, ...]:
        """Return the attachments in the editor of a message; none if it is not open."""
        return self._editor.attachments() if self._editor and self._message_id == message_id else ()

    def show_arriving(self, message_id: str, arriving: Sequence[ArrivingFile], added: Attachment | None = None) -> None:
        """Show files that are read for a message, and one that has been read, if its editor is still open."""
        if self._editor and self._message_id == message_id:
            shown = self._editor.attachments()
            self._editor.show_arriving((*shown, added) if added and added not in shown else shown, arriving)

    def resume(self) -> None:
        """Reopen the editor for a draft of the chat now shown, without taking the focus."""
        found = (self._document.index(message_id) for message_id in reversed(self._drafts))
        index = next((index for index in found if index is not None), None)
        if index is not None:
            self._open(index)

    def _save_soon(self) -> None:
        if not self._save_timer.isActive():
            self._save_timer.start()

    def save_draft(self) -> None:
        """Store the current text as a draft."""
        self._save_timer.stop()
        if self._editor:
            self._remember_attachments(self._editor)
            draft = EditDraft(self._editor.text(), self._attachments.get(self._message_id))
            self._set_draft(self._message_id, draft if self._editor.is_changed else None)

    def place(self) -> None:
        """Move the editor to its message; if that is gone, close it and keep the draft."""
        if self._editor is None:
            return
        index = self._document.index(self._message_id)
        if index is None:
            self.save_draft()
            self._close()
            return
        left, width = self._geometry.column
        self._editor.set_max_height(round(_MAX_HEIGHT_SHARE * self._geometry.view_height))
        height = (
            self._editor.heightForWidth(width) if self._editor.hasHeightForWidth() else self._editor.sizeHint().height()
        )
        self._set_item_height(index, height)
        top = self._document.top(index) - self._geometry.in_view[0]
        self._editor.setGeometry(left, top, width, height)

    def _open(self, index: int) -> bool:
        message = self._document.message(index)
        if message.state is MessageState.STREAMING:
            return False
        if self._editor and self._message_id == message.id:
            return True
        self.save_draft()
        self._close()
        self._message_id = message.id
        editor = self._editor = MessageEditor(
            self._appearance,
            message.text,
            self._viewport,
            is_question=message.role is Role.USER,
            attachments=_editable_attachments(message),
            store=self._store,
            make_preview=self.make_preview,
        )
        if (draft := self._drafts.get(message.id)) is not None:
            editor.set_text(draft.text)
            if draft.attachments is not None:
                editor.set_attachments(draft.attachments)
        editor.set_send_key(self._send_key)
        editor.set_blind(self._blind)
        editor.model_requested.connect(self.model_requested)
        editor.attachment_opened.connect(self.attachment_opened)
        editor.files_offered.connect(lambda offered: self.files_offered.emit(message.id, offered))
        editor.arrival_stopped.connect(self.arrival_stopped)
        editor.accepted.connect(self._accept)
        editor.cancelled.connect(self._cancel)
        editor.height_changed.connect(self.place)
        editor.edited.connect(self._save_soon)
        self.place()
        editor.show()
        return True

    def _bring_into_view(self, index: int) -> None:
        editor = self._editor
        if editor and not self._viewport.rect().contains(editor.geometry()):
            self._scroller.show(index, None, self._appearance.theme.length("xxl"))
            self.changed.emit(index)

    def _accept(self, text: str) -> None:
        message_id, editor = self._message_id, self._editor
        self._set_draft(message_id, None)
        self._remember_attachments(editor)
        self._close()
        if editor and editor.is_question:
            self.sent.emit(message_id, text, editor.attachments())
        elif editor and editor.is_changed:
            self.saved.emit(message_id, text)

    def _cancel(self) -> None:
        message_id, editor = self._message_id, self._editor
        self._set_draft(message_id, None)
        self._remember_attachments(editor)
        self._close()
        if editor and editor.is_changed:
            self.discarded.emit(message_id, editor.text())

    def _remember_attachments(self, editor: MessageEditor | None) -> None:
        """Store which attachments of the message remain, for when the draft is reopened."""
        self._attachments.pop(self._message_id, None)
        if editor and editor.attachments() != self._document_attachments():
            self._attachments[self._message_id] = editor.attachments()
            while len(self._attachments) > _MAX_DRAFTS:
                del self._attachments[next(iter(self._attachments))]

    def _document_attachments(self) -> tuple[Attachment, ...]:
        index = self._document.index(self._message_id)
        return _editable_attachments(self._document.message(index)) if index is not None else ()

    def _close(self) -> None:
        """Close the editor and show the message again."""
        self._save_timer.stop()
        if self._editor is None:
            return
        editor, self._editor = self._editor, None
        editor.hide()
        editor.deleteLater()
        index = self._document.index(self._message_id)
        if index is not None:
            self._set_item_height(index, None)
        self.ended.emit()

    def _set_draft(self, message_id: str, draft: EditDraft | None) -> None:
        """Store a draft as the newest one, or remove it."""
        if self._drafts.get(message_id) == draft:
            return
        self._drafts.pop(message_id, None)
        if draft is not None:
            self._drafts[message_id] = draft
            while len(self._drafts) > _MAX_DRAFTS:
                del self._drafts[next(iter(self._drafts))]
        self.drafts_changed.emit(dict(self._drafts))

    def _set_item_height(self, index: int, height: int | None) -> None:
        item = self._document[index]
        if item.editor_height != height:
            item.editor_height = height
            self.changed.emit(index)


def _editable_attachments(message: Message) -> tuple[Attachment, ...]:
    """Return the attachments that can be removed: in answers only the text is editable."""
    return message.attachments if message.role is Role.USER else ()
