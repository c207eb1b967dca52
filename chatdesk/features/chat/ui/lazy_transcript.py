"""The transcript of the window, created on first use: a new chat shows none, and program start need not wait for it.

Loading its modules and creating it take a third of the time to the first paint.
"""

import asyncio
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatdesk.features.chat.ui.transcript.code_options import CodeOptions
from chatdesk.features.chat.ui.transcript.formula_source import FormulaSource
from chatdesk.kernel.chat.pictures import PictureUnavailable
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.settings.declarations import ANNOUNCE, NUMBER_CODE, REASONING, SEND_KEY, WRAP_CODE
from chatdesk.kernel.settings.store import SettingChanged, Settings
from chatdesk.ui_kit.errors.error_texts import describe_failure
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.safe_text import plain_line

if TYPE_CHECKING:
    from chatdesk.features.attachments.services.pictures import Pictures
    from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
    from chatdesk.ui_kit.pictures.picture_store import PictureStore, ReadStored


_MODULE = "chatdesk.features.chat.ui.transcript.transcript_view"
_FIRST_ANSWER = ("chatdesk.rendering.markdown.incremental", "chatdesk.rendering.code.language_guess")
"""The modules needed by the first message and the first code block without a language: 80 modules that blocked the window for 50 ms."""


class LazyTranscript:
    """A transcript created on demand: `view` creates it, `when_created` only registers a callback for its creation."""

    def __init__(
        self, appearance: Appearance, formulas: FormulaSource, read_own: "ReadStored", parent: QObject
    ) -> None:
        self.model_name_of: Callable[[ModelRef], str] = lambda model: plain_line(model.model_id)
        """Returns the display name of a model, for transcripts of other chats as well."""
        self._appearance = appearance
        self._formulas = formulas
        self._read_own = read_own
        self._parent = parent
        self._pictures = Lazy(self._make_pictures)
        self._view = Lazy(self._make_view)

    @property
    def view(self) -> "TranscriptView":
        """The transcript."""
        return self._view.get()

    @property
    def pictures(self) -> "PictureStore":
        """The pictures of the transcript and of drafts; `read_own` reads attached ones."""
        return self._pictures.get()

    @property
    def created(self) -> "TranscriptView | None":
        """The transcript, or None if it has not been created."""
        return self._view.created

    def when_created(self, use: Callable[["TranscriptView"], object]) -> None:
        """Call `use` with the transcript: now if it exists, otherwise right after its creation, before any other access."""
        self._view.when_created(use)

    def selected_ids(self) -> Sequence[str]:
        """Return the ids of the messages that contain the selection."""
        return self.created.selected_ids() if self.created else ()

    def callback(self, function: Callable[["TranscriptView"], object]) -> Callable[[], None]:
        """Return a callback that calls `function` with the transcript, or does nothing while there is none."""

        def call() -> None:
            if view := self._view.created:
                function(view)

        return call

    async def prepare(self) -> None:
        """Create the transcript ahead of time, importing its modules on another thread."""
        if self._view.created is None:
            await asyncio.to_thread(import_module, _MODULE)
        self._view.get()
        for module in _FIRST_ANSWER:
            await asyncio.to_thread(import_module, module)

    def _make_pictures(self) -> "PictureStore":
        from chatdesk.ui_kit.pictures.picture_store import PictureStore  # noqa: PLC0415 - start-up time: see above

        store = PictureStore(self._parent)
        store.set_stored_reader(self._read_own)
        return store

    def _make_view(self) -> "TranscriptView":
        from chatdesk.features.chat.ui.transcript.transcript_view import (  # noqa: PLC0415 - start-up time: see above
            TranscriptView,
        )

        return TranscriptView(self._appearance, describe_failure, formulas=self._formulas, pictures=self.pictures)


def reading_commands(transcript: LazyTranscript) -> dict[CommandId, Callable[[], object]]:
    """Return the functions of the reading shortcuts; each acts on the transcript if there is one."""
    callback = transcript.callback
    return {
        CommandId.COPY_LAST_ANSWER: callback(lambda view: view.copy_last_answer()),
        CommandId.COPY_LAST_CODE: callback(lambda view: view.copy_last_code()),
        CommandId.EDIT_QUESTION: callback(lambda view: view.edit_last_question()),
        CommandId.FIND: callback(lambda view: view.open_find_bar()),
        CommandId.FIND_NEXT: callback(lambda view: view.find_next()),
        CommandId.FIND_PREVIOUS: callback(lambda view: view.find_previous()),
        CommandId.NEXT_QUESTION: callback(lambda view: view.go_to_question(1)),
        CommandId.PREVIOUS_QUESTION: callback(lambda view: view.go_to_question(-1)),
    }


def follow_settings(transcript: LazyTranscript, settings: Settings) -> Callable[[], None]:
    """Apply the settings for the transcript from its creation on; return a function that stops that."""

    def apply_setting(view: "TranscriptView", key: str) -> None:
        match key:
            case SEND_KEY.key:
                view.set_send_key(settings.get(SEND_KEY))
            case REASONING.key:
                view.set_reasoning_display(settings.get(REASONING))
            case ANNOUNCE.key:
                view.set_announcing(settings.get(ANNOUNCE))
            case WRAP_CODE.key | NUMBER_CODE.key:
                view.set_code_options(CodeOptions(settings.get(WRAP_CODE), settings.get(NUMBER_CODE)))

    def apply_all(view: "TranscriptView") -> None:
        for setting in (SEND_KEY, REASONING, ANNOUNCE, WRAP_CODE):
            apply_setting(view, setting.key)

    def on_change(change: SettingChanged) -> None:
        if view := transcript.created:
            apply_setting(view, change.key)

    transcript.when_created(apply_all)
    return settings.changes.subscribe(on_change)


class PicturePresenter(QObject):
    """Connects the transcript's pictures with the service that fetches them; every request was made by the user."""

    def __init__(self, transcript: LazyTranscript, pictures: "Lazy[Pictures]", tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._transcript = transcript
        self._pictures = pictures
        self._tasks = tasks
        transcript.when_created(lambda view: view.picture_requested.connect(self._load))

    def _load(self, source: str, address: str) -> None:
        self._tasks.start(self._fetch(source, address), "picture")

    async def _fetch(self, source: str, address: str) -> None:
        try:
            data = await self._pictures.get().load(address)
        except PictureUnavailable as unavailable:
            self._transcript.view.refuse_picture(source, unavailable.failure)
        else:
            self._transcript.view.show_picture(source, data)
