"""The strip that says in a chat that the model it waited for has been downloaded. Only the user changes the model."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from chatdesk.features.chat.ui.chat_view import ChatView
from chatdesk.features.chat.ui.composer.composer import StripRank
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.features.models.services.pulls import Pulls
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_file import STARTER_NAME
from chatdesk.kernel.models.pulls import Pull, PullChanged
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.chat_presenter import ChatPresenter


class ReadyStrip(Translated, Card):
    """The strip, hidden until there is a model to offer."""

    answer_requested = Signal()
    """The last question is to be answered again, by this model."""
    use_requested = Signal()
    dismissed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent, fill="successSoft", border="", radius="radius.control")
        self.setObjectName("readyModel")
        self._model = ""
        self._icon = IconLabel(appearance, "circle-check", "success")
        self._ready = Label(appearance, "ui", "text", strong=True, elide=True)
        self._ready.setObjectName("readySentence")
        self._advice = Label(appearance, "ui", "textSecondary", elide=True)
        self._answer = Button(appearance, "", ButtonKind.OUTLINED, small=True, icon="refresh-cw")
        self._answer.setObjectName("answerAgain")
        self._answer.clicked.connect(self.answer_requested)
        self._use = Button(appearance, "", ButtonKind.FILLED, small=True)
        self._use.setObjectName("useReadyModel")
        self._use.clicked.connect(self.use_requested)
        self._close = IconButton(appearance, "x", size=IconButtonSize.ROW)
        self._close.setObjectName("dismissReadyModel")
        self._close.clicked.connect(self.dismissed)
        self._text_layout = QHBoxLayout()
        for part in (self._icon, self._ready, self._advice):
            self._text_layout.addWidget(part, 0 if part is self._icon else 1)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        for button in (self._answer, self._use, self._close):
            self._buttons.addWidget(button)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.addLayout(self._text_layout, 1)
        self._layout.addLayout(self._buttons)
        appearance.bind(self._restyle)
        self._retranslate()
        self.hide()

    def show_model(self, name: str, *, replaces_starter: bool, can_answer: bool) -> None:
        """Offer a model. `replaces_starter`: the chat has used the included model. `can_answer`: there is a question for it."""
        self._model = plain_line(name)
        self._advice.setVisible(replaces_starter)
        self._answer.setVisible(can_answer)
        self._retranslate()
        self._arrange()
        self.show()

    def _retranslate(self) -> None:
        self._ready.set_text(self.tr("{model} is ready.").format(model=self._model))
        self._advice.set_text(self.tr("It writes better than the small model."))
        self._answer.setText(self.tr("Answer again"))
        self._answer.setToolTip(self.tr("Answer the last question with this model, beside the old answer"))
        self._use.setText(self.tr("Use it here"))
        self._use.setAccessibleName(self.tr("Use {model} in this chat").format(model=self._model))
        self._close.set_name(self.tr("Keep the current model"))
        self.setAccessibleName(self._ready.text())

    def _restyle(self) -> None:
        theme = self._appearance.theme
        pad, small = theme.length("m"), theme.length("s")
        self._layout.setContentsMargins(pad, small, small, small)
        self._text_layout.setSpacing(small)
        self._buttons.setSpacing(small)
        self._arrange()

    def _arrange(self) -> None:
        """Place the buttons below the text if there is no space beside it."""
        margins = self._layout.contentsMargins()
        text = self._icon.sizeHint().width() + self._ready.sizeHint().width() + 2 * self._text_layout.spacing()
        available = self.width() - margins.left() - margins.right() - self._buttons.sizeHint().width()
        stacked = text > available
        self._layout.setDirection(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)
        self._layout.setSpacing(self._appearance.theme.length("xs" if stacked else "s"))
        self._layout.setAlignment(self._buttons, Qt.AlignmentFlag(0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


class ReadyPresenter(QObject):
    """Remembers which chat waits for which download, and offers the model there. `end` is called before the services are closed.

    A download is awaited by the chat that is shown when it is requested. A new chat is known by its page number until its first message.
    """

    def __init__(self, page: ChatView, chat: "ChatPresenter", models: ModelPresenter, pulls: Pulls) -> None:
        super().__init__(chat)
        self._page = page
        self._chat = chat
        self._models = models
        self._pulls = pulls
        self._strip: ReadyStrip | None = None
        self._new_chats: dict[ModelRef, int] = {}
        """Page numbers of new chats that wait for a model."""
        self._ready: dict[str, ModelRef] = {}
        """The downloaded model by the chat that waited for it."""
        self._new_page = 0
        """The page number of the new chat that a model is offered in."""
        self._answered = ""
        """The chat in which the offered model has already answered again."""
        self._active: set[ModelRef] = set()
        self.end: Callable[[], None] = pulls.changes.subscribe(self._on_pull)
        chat.opened.connect(self._on_opened)
        chat.title_changed.connect(self._show)
        models.chosen_changed.connect(self._show)
        models.groups_changed.connect(self._show)

    def shows(self, ref: ModelRef) -> bool:
        """Return whether the user sees the offer of a model."""
        return (
            self._strip is not None and self._strip.isVisible() and self._ready.get(self._chat.conversation_id) == ref
        )

    def _on_pull(self, change: PullChanged) -> None:
        pull = self._pulls.find(change.ref)
        if pull is None:
            self._active.discard(change.ref)
        elif pull.is_done:
            self._offer(pull)
        elif pull.is_active and change.ref not in self._active:
            self._active.add(change.ref)
            if not (pull.is_resumed or pull.conversation_id):
                self._wait_here(change.ref)

    def _wait_here(self, ref: ModelRef) -> None:
        if self._chat.conversation_id:
            self._pulls.set_conversation(ref, self._chat.conversation_id)
        else:
            self._new_chats[ref] = self._chat.page_number

    def _offer(self, pull: Pull) -> None:
        if pull.ref not in self._active and not pull.conversation_id:
            return  # it was complete before
        self._active.discard(pull.ref)
        page = self._new_chats.pop(pull.ref, None)
        if pull.conversation_id or (page == self._chat.page_number and not self._chat.conversation_id):
            self._ready[pull.conversation_id] = pull.ref
            self._new_page = self._chat.page_number
            self._show()

    def _on_opened(self, conversation_id: str) -> None:
        """Follow the new chat when it becomes one with an ID; another new chat waits for nothing."""
        page, ready = self._chat.page_number, self._ready.pop("", None)
        if conversation_id:
            for ref in [ref for ref, waiting in self._new_chats.items() if waiting == page]:
                del self._new_chats[ref]
                self._pulls.set_conversation(ref, conversation_id)
            if ready and self._new_page == page:
                self._ready[conversation_id] = ready
        self._show()

    def _show(self) -> None:
        chat = self._chat.conversation_id
        ref, chosen = self._ready.get(chat), self._models.chosen
        if ref is None or (chosen and chosen.ref == ref):
            self._ready.pop(chat, None)
            if self._strip:
                self._strip.hide()
            return
        transcript = self._page.lazy_transcript.created
        has_question = bool(chat and transcript and transcript.last_message)
        self._made_strip().show_model(
            self._models.name_of(ref),
            replaces_starter=chosen is not None and chosen.name == STARTER_NAME,
            can_answer=has_question and self._answered != chat,
        )

    def _made_strip(self) -> ReadyStrip:
        if self._strip is None:
            self._strip = ReadyStrip(self._page.appearance)
            self._strip.answer_requested.connect(self._answer_again)
            self._strip.use_requested.connect(self._use)
            self._strip.dismissed.connect(self._dismiss)
            self._page.composer.set_strip(self._strip, StripRank.READY)
        return self._strip

    def _answer_again(self) -> None:
        if ref := self._ready.get(self._chat.conversation_id):
            self._answered = self._chat.conversation_id
            self._show()
            self._chat.regenerate_last_with(ref)

    def _use(self) -> None:
        if ref := self._ready.pop(self._chat.conversation_id, None):
            self._models.choose(ref)
            self._show()
            self._page.composer.focus()

    def _dismiss(self) -> None:
        self._ready.pop(self._chat.conversation_id, None)
        self._show()
        self._page.composer.focus()
