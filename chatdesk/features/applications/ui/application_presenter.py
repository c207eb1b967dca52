"""Connects a chat with the application that answers it: opening, suggested questions, input form and follow-up questions.

The form is shown once per chat and its values are stored there; those of a chat that has not begun are kept until the
program ends.
"""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.chat.services.chat_changes import ChatChange, MessageAdded, MessageChanged
from chatdesk.features.chat.services.follow_ups import FollowUpQuestions
from chatdesk.features.chat.ui.chat_addons import Inputs
from chatdesk.features.chat.ui.chat_memory import CurrentChat
from chatdesk.features.chat.ui.chat_view import ChatView
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.features.presets.ui.preset_presenter import PresetPresenter
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.file_sending import send_file
from chatdesk.features.servers.services.models import Models
from chatdesk.kernel.chat.application import Application, files_as_text, sent_files
from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.settings.declarations import ATTACH_FOLDER
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.files.file_saver import dialog_folder
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.features.applications.ui.application_strip import ApplicationStrip
    from chatdesk.features.presets.ui.use.upload_field import UploadField

_FormKey = tuple[str, ModelRef]
"""A chat ("" for a new one) and the application asked in it."""


@dataclass(frozen=True, slots=True)
class ApplicationServices:
    """The services used by the presenter. One per program."""

    chat: Chat
    follow_ups: FollowUpQuestions
    models: Models
    connections: Connections
    settings: Settings


class ApplicationPresenter(QObject):
    """Shows the application of the current chat. `notified` carries a message for the user and its details."""

    notified = Signal(str, str)

    def __init__(
        self,
        page: ChatView,
        services: ApplicationServices,
        models: ModelPresenter,
        presets: PresetPresenter,
        tasks: Tasks,
        open_chat: CurrentChat,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._services = services
        self._models = models
        self._presets = presets
        self._tasks = tasks
        self._open = open_chat
        self._filled_in: dict[_FormKey, dict[str, str]] = {}
        """The values entered in each form that have not been sent yet."""
        self._uploading: Counter[_FormKey] = Counter()
        """The number of files being uploaded for each form."""
        self._completed: set[_FormKey] = set()
        """Chats whose application has already received its input."""
        self._checked: set[_FormKey] = set()
        self._open_forms: set[_FormKey] = set()
        """Chats with a history whose application has not received its input yet."""
        self._notified_chats: set[str] = set()
        """Chats in which the user was notified that the application does not see earlier messages."""
        self._strip: ApplicationStrip | None = None
        presets.also_missing = self._has_missing_inputs
        page.question_chosen.connect(self._choose)
        page.composer.question_chosen.connect(self._choose)
        page.composer.refused.connect(self._show_missing)
        models.chosen_changed.connect(self.show)
        self._end_listening = (
            services.chat.changes.subscribe(self._on_change),
            services.follow_ups.changes.subscribe(self._on_proposal),
        )

    def close(self) -> None:
        """Unsubscribe from all changes."""
        for end in self._end_listening:
            end()

    def show(self) -> None:
        """Show the opening, questions and form of the current application."""
        model, application = self._models.chosen, self._application
        opening = _plain_text(application.opening) if application else ""
        self._page.set_opening(model.name if model and opening else "", opening)
        self._page.set_questions(application.questions if application else ())
        if model and application:
            self._check_completed((self._open.conversation_id, model.ref), application)
        self._show_form()
        self._show_follow_ups()

    def inputs(self) -> Inputs | None:
        """Return the input to send with the first question to the application; None if there is none."""
        form_key, application = self._form_key, self._application
        if not (self._is_form_open() and form_key and application):
            return None
        return form_key[1], application.filled_in(self._filled_in.get(form_key, {}))

    def move_new_inputs(self, conversation_id: str) -> None:
        """Move the values entered for the new chat to the draft it has become."""
        for form_key in [each for each in self._filled_in if not each[0]]:
            self._filled_in[conversation_id, form_key[1]] = self._filled_in.pop(form_key)

    async def save_inputs(self, conversation_id: str, model: Model, inputs: Inputs | None) -> None:
        """Store the input that was sent with the first question to an application in a chat."""
        if inputs is None or inputs[0] != model.ref:
            return
        await self._services.chat.remote.save_inputs(conversation_id, model.ref, inputs[1])
        self._completed.add((conversation_id, model.ref))
        self._open_forms.discard((conversation_id, model.ref))
        for form_key in (("", model.ref), (conversation_id, model.ref)):
            self._filled_in.pop(form_key, None)
        self._show_form()

    @property
    def _application(self) -> Application | None:
        return self._models.chosen.application if self._models.chosen else None

    @property
    def _form_key(self) -> _FormKey | None:
        chosen = self._models.chosen
        return (self._open.conversation_id, chosen.ref) if chosen else None

    def _check_completed(self, form_key: _FormKey, application: Application) -> None:
        """Look up whether the application has received its input in this chat."""
        if form_key[0] and application.inputs and form_key not in self._checked:
            self._checked.add(form_key)
            self._tasks.start(self._find(form_key), "look up application inputs")

    async def _find(self, form_key: _FormKey) -> None:
        is_completed = await self._services.chat.remote.inputs(*form_key) is not None
        (self._completed if is_completed else self._open_forms).add(form_key)
        self._show_form()

    def _is_form_open(self) -> bool:
        """Return whether the form is open: the application requires input and has not received any in this chat."""
        form_key, application = self._form_key, self._application
        if not (form_key and application and application.inputs) or form_key in self._completed:
            return False
        return not form_key[0] or form_key in self._open_forms

    def _has_missing_inputs(self) -> bool:
        form_key, application = self._form_key, self._application
        if not (self._is_form_open() and form_key and application):
            return False
        return form_key in self._uploading or bool(application.missing(self._filled_in.get(form_key, {})))

    def _show_form(self) -> None:
        form_key, model = self._form_key, self._models.chosen
        is_open = self._is_form_open()
        if is_open or self._strip:
            strip = self._get_strip()
            inputs = model.application.inputs if is_open and model and model.application else ()
            values = self._filled_in.get(form_key, {}) if form_key else {}
            strip.ask(model.name if model else "", inputs, values, self._page.composer.max_height_above())
        self._presets.show_opening()

    def _get_strip(self) -> "ApplicationStrip":
        if self._strip is None:
            from chatdesk.features.applications.ui.application_strip import (  # noqa: PLC0415 - start-up time: few servers are applications
                ApplicationStrip,
            )

            composer = self._page.composer
            self._strip = ApplicationStrip(self._page.appearance, composer.text_anchor(), composer)
            self._strip.changed.connect(self._save_inputs)
            self._strip.completed.connect(composer.send)
            self._strip.file_requested.connect(self._ask_for_file)
            composer.set_above(self._strip)
        return self._strip

    def _ask_for_file(self, field: "UploadField") -> None:
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - start-up time: PySide creates a class on first access

        form_key = self._form_key
        if form_key is None:
            return
        dialog = QFileDialog(
            self._page, self.tr("Choose a file"), str(dialog_folder(self._services.settings.get(ATTACH_FOLDER)))
        )
        dialog.setObjectName("uploadDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if endings := field.upload.endings:
            dialog.setNameFilter(" ".join(f"*{ending}" for ending in endings))
        if field.remaining_files > 1:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(
            lambda names: self._tasks.start(
                self._send_files(field, form_key, [Path(name) for name in names]), "upload files"
            )
        )
        dialog.open()

    async def _send_files(self, field: "UploadField", form_key: _FormKey, paths: Sequence[Path]) -> None:
        """Upload files immediately, so that the question need not wait for them.

        Errors are raised after the last file; uploaded files are kept.
        """
        remaining = field.remaining_files
        if len(paths) > remaining:
            with suppress(RuntimeError):  # the form has been replaced
                field.show_limit()
        failures = []
        for path in paths[:remaining]:
            try:
                await self._send_file(field, form_key, path)
            except ChatdeskError as error:  # the other files are uploaded anyway
                failures.append(error)
        if failures:
            raise failures[0]

    async def _send_file(self, field: "UploadField", form_key: _FormKey, path: Path) -> None:
        self._services.settings.set(ATTACH_FOLDER, str(path.parent))
        name = field.variable.name
        with suppress(RuntimeError):  # the form may have been replaced since the file was requested
            field.set_sending(sending=True)
        self._uploading[form_key] += 1
        self._presets.show_opening()  # the question must wait for the file or it would be sent without it
        try:
            file = await send_file(self._services.connections, form_key[1], path, field.upload)
            known = self._filled_in.get(form_key, {})
            before = sent_files(known.get(name, "")) if field.upload.several else ()
            self._filled_in[form_key] = {**known, name: files_as_text((*before, file))}
        finally:
            self._uploading -= Counter([form_key])
            self._presets.show_opening()
            with suppress(RuntimeError):  # the form may have been replaced
                field.set_sending(sending=False)
        self._show_form()

    def _save_inputs(self) -> None:
        if self._strip and (form_key := self._form_key):
            self._filled_in[form_key] = self._strip.values()
            self._presets.show_opening()

    def _show_missing(self) -> None:
        form_key, application = self._form_key, self._application
        if self._strip and form_key and application and self._has_missing_inputs():
            self._strip.show_missing(application.missing(self._filled_in.get(form_key, {})))

    def _choose(self, question: str) -> None:
        """Send the question; if the composer has text, append the question to it instead."""
        composer = self._page.composer
        typed = composer.text().strip()
        composer.replace_text(f"{typed}\n\n{question}" if typed else question)
        if not typed:
            composer.send()

    def _on_change(self, change: ChatChange) -> None:
        if isinstance(change, MessageAdded):
            self._notify_not_remembered(change.message)
        if isinstance(change, MessageAdded | MessageChanged):
            self._show_follow_ups()

    def _on_proposal(self, conversation_id: str) -> None:
        if conversation_id == self._open.conversation_id:
            self._show_follow_ups()

    def _show_follow_ups(self) -> None:
        conversation_id = self._open.conversation_id
        is_idle = bool(conversation_id) and not self._services.chat.is_answering(conversation_id)
        shown = self._services.follow_ups.proposals_for(conversation_id) if is_idle else ()
        self._page.composer.set_follow_ups(shown)

    def _notify_not_remembered(self, message: Message) -> None:
        """Notify the user once per chat that its application does not see earlier messages."""
        chat_id, model = message.conversation_id, self._services.models.find(message.model) if message.model else None
        if not (model and model.application) or model.application.remembers or chat_id in self._notified_chats:
            return
        if chat_id == self._open.conversation_id and message.parent_id and message.sequence > 1:
            self._notified_chats.add(chat_id)
            self.notified.emit(
                self.tr("{model} does not see earlier messages").format(model=model.name),
                self.tr("Each message starts a new run with the values you entered in the form."),
            )


def _plain_text(markdown: str) -> str:
    """Return the text of a Markdown source without its markup."""
    if not markdown:
        return ""
    from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of  # noqa: PLC0415 - start-up time
    from chatdesk.rendering.markdown.markdown import parse  # noqa: PLC0415 - start-up time: only with the first application

    return "\n\n".join(filter(None, (text_of(block).strip() for block in parse(markdown))))
