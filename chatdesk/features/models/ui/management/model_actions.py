"""Management of models on servers: asks the user for what is needed, runs the operation and reports the result.

`features/models/ui/page/actions.py` defines which actions are offered; `features/models/services/model_management.py` runs them.
"""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.features.models.services.model_management import DeletionFailed, FreedSpace, ModelDeleted
from chatdesk.features.models.services.model_services import ModelServices
from chatdesk.features.models.ui.engine.engine_texts import origin_text
from chatdesk.features.models.ui.engine.model_dialog import ask_for_models
from chatdesk.features.models.ui.management.new_model_sheet import (
    NewModel,
    NewModelKind,
    NewModelSheet,
    proposed_name,
)
from chatdesk.features.models.ui.picker.model_texts import model_name
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.model_file import ModelOrigin
from chatdesk.ui_kit.errors.error_texts import describe_error, sentence_and_consequence
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.download_texts import download_size
from chatdesk.ui_kit.text.open_link import open_folder
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.widgets.button import ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind

_MAX_NAMES = 5


def weights_text(freed: FreedSpace, name_of: Callable[[ModelRef], str]) -> str:
    """Return a sentence with the models that use the same weights; empty if there are none. `name_of` returns a model's name."""
    if not freed.still_used_by:
        return ""
    names = [name_of(ref) for ref in freed.still_used_by[:_MAX_NAMES]]
    names += ["…"] if len(freed.still_used_by) > _MAX_NAMES else []
    text = QCoreApplication.translate(
        "DeletionSheet", "This frees no disk space, because {models} uses the same weights."
    )
    return text.format(models=QLocale().createSeparatedList(names))


class DeletionSheet(Sheet):
    """Question before a large model is deleted, with the disk space that is freed. `confirmed`: the model is to be deleted.

    `name_of` returns a model's name.
    """

    confirmed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        window: QWidget,
        model: Model,
        freed: FreedSpace,
        name_of: Callable[[ModelRef], str],
    ) -> None:
        name, model_id = name_of(model.ref), plain_line(model.ref.model_id)
        super().__init__(appearance, window, SheetKind.QUESTION, self.tr("Delete {model}?").format(model=name))
        self.heading.setToolTip(model_id if model_id != name else "")
        self.setObjectName("deleteModel")
        self.body.addWidget(Label(appearance, "ui", "textSecondary", text=self._consequence(freed, name_of), wrap=True))
        self.add_button(self.tr("Cancel"), ButtonKind.PLAIN).clicked.connect(self.cancel)
        size = self.tr("0 MB") if freed.still_used_by else download_size(freed.size)
        text = self.tr("Move to trash") if freed.in_trash else self.tr("Delete (frees {size})").format(size=size)
        delete = self.add_button(text, ButtonKind.DANGER)
        delete.clicked.connect(self._confirm)

    def _confirm(self) -> None:
        self.leave()
        self.confirmed.emit()

    def _consequence(self, freed: FreedSpace, name_of: Callable[[ModelRef], str]) -> str:
        if text := weights_text(freed, name_of):
            return text
        size = download_size(freed.size)
        if freed.in_trash:
            return self.tr("This frees {size} once you empty the trash. Until then, you can restore the files.").format(
                size=size
            )
        text = (
            self.tr("This frees {size}. To use the model again, you need to download or create it again.")
            if freed.is_known
            else self.tr("This frees up to {size}. To use the model again, you need to download or create it again.")
        )
        return text.format(size=size)


CONFIRMATION_SIZE = 10**9
"""Size in bytes from which deletion asks first, because downloading the model again takes long."""
_MINUTE, _HOUR = 60, 3600
FOR_EVER = -1
KEEP = (5 * _MINUTE, 30 * _MINUTE, 2 * _HOUR, 24 * _HOUR, FOR_EVER)
"""Seconds for which a model can be kept in memory after its last use; 5 minutes are Ollama's default."""


class ModelActions(QObject):
    """Model management with sheets over `window`."""

    notified = Signal(str, str, object)
    """A message, its details, and the function that undoes what it reports; None if it cannot be undone."""
    model_created = Signal(ModelRef)
    """A new model was created."""

    def __init__(self, appearance: Appearance, services: ModelServices, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._services = services
        self._tasks = tasks
        self._window = window
        self._folders: list[Path] = []
        self._asking = False
        management = services.library.management
        self._end_listening = (
            management.failures.subscribe(self._on_failure),
            management.deletions.subscribe(self._on_deletion),
        )

    def end(self) -> None:
        """Stop listening for changes."""
        for end in self._end_listening:
            end()

    def delete(self, model: Model) -> None:
        """Delete a model: a large one after a question, a small one at once."""
        if (model.size_bytes or 0) < CONFIRMATION_SIZE:
            still_used_by = self._services.library.management.other_names(model)
            known = FreedSpace(0 if still_used_by else model.size_bytes or 0, still_used_by, is_known=False)
            self._delete(model, known)
            self._tasks.start(self._find_variants(model, known), "look who keeps the weights of a model")
        elif not self._asking:
            self._asking = True
            self._tasks.start(self._ask_to_delete(model), "ask before a model is deleted")

    async def _find_variants(self, model: Model, known: FreedSpace) -> None:
        """Update the message of a deletion that can still be undone, if the server reports other models with the same weights."""
        management = self._services.library.management
        freed = await management.freed_by_deleting(model)
        if freed.still_used_by != known.still_used_by and management.pending_deletions[-1:] == (model.ref,):
            self._offer_to_undo_deletion(model, freed)

    async def _ask_to_delete(self, model: Model) -> None:
        try:
            freed = await self._services.library.management.freed_by_deleting(model)
            sheet = DeletionSheet(self._appearance, self._window, model, freed, self._name)
        finally:
            self._asking = False
        sheet.confirmed.connect(lambda: self._delete(model, freed))
        sheet.open()

    def _delete(self, model: Model, freed: FreedSpace) -> None:
        self._services.library.management.delete(model.ref)
        self._offer_to_undo_deletion(model, freed)

    def _offer_to_undo_deletion(self, model: Model, freed: FreedSpace) -> None:
        """Announce the pending deletions, and offer to undo them all."""
        name, deletions = self._name(model.ref), self._services.library.management.pending_deletions
        details = weights_text(freed, self._name)
        if len(deletions) > 1:
            text, details = self.tr("%n model(s) will be deleted.", "", len(deletions)), ""
        elif model.size_bytes and not details:
            size = download_size(model.size_bytes)
            text = self.tr("{model} ({size}) will be deleted.").format(model=name, size=size)
        else:
            text = self.tr("{model} will be deleted.").format(model=name)
        self.notified.emit(text, details, lambda: self._undo_deletions(deletions))

    def has_other_names(self, model: Model) -> bool:
        """Return whether the server lists a model under several names: deleting one of them frees no space."""
        return bool(self._services.library.management.other_names(model))

    def choose_keep_alive(self, model: Model, position: QPoint | None = None) -> None:
        """Ask how long a model is to stay in memory, in a menu at a global position or at the pointer, and load it."""
        menu = QMenu(self._window)
        menu.setObjectName("keepModel")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for seconds in KEEP:
            action = menu.addAction(self._keep_text(seconds))
            action.triggered.connect(lambda _checked=False, seconds=seconds: self.load(model, seconds))
        menu.popup(QCursor.pos() if position is None else position)

    def load(self, model: Model, seconds: int) -> None:
        """Load a model into memory for a number of seconds."""
        self._tasks.start(self._load(model, seconds), "load a model")

    def unload(self, model: Model) -> None:
        """Unload a model from memory."""
        self._tasks.start(self._services.models.unload(model.ref), "unload a model")

    def is_running(self, model: Model) -> bool:
        """Return whether the built-in engine has a model in memory."""
        return self._services.built_in.loaded_id == model.ref.model_id

    def can_delete(self, model: Model) -> bool:
        """Return whether a model of the built-in engine may be deleted: only those that Chatdesk downloaded may."""
        return self._services.built_in.files.can_delete(model.ref.model_id)

    def origin_of(self, model: Model) -> ModelOrigin | None:
        """Return where a model of the built-in engine comes from; None if its file is gone."""
        file = self._services.built_in.files.found.find(model.ref.model_id)
        return file.origin if file else None

    def explain_deletion(self, model: Model) -> None:
        """Say where a model that belongs to the user or to another program is deleted."""
        file = self._services.built_in.files.found.find(model.ref.model_id)
        if file is None:
            return
        sheet = Sheet(
            self._appearance,
            self._window,
            SheetKind.QUESTION,
            self.tr("{model} is not deleted here").format(model=self._name(model.ref)),
        )
        sheet.setObjectName("foreignModel")
        if file.origin is ModelOrigin.OWN:
            text = self.tr(
                "You added this file. Chatdesk uses it in place and never changes it. Delete it in its folder:"
            )
        else:
            text = self.tr(
                "This model belongs to {program}. Chatdesk uses it in place and never changes it. Delete it in {program}, or "
                "in its folder:"
            ).format(program=origin_text(file.origin))
        sheet.body.addWidget(Label(self._appearance, "ui", "textSecondary", text=text, wrap=True))
        path = plain_line(str(file.path))
        sheet.body.addWidget(Label(self._appearance, "code", "text", text=path, wrap=True, selectable=True))
        sheet.add_button(self.tr("Close"), ButtonKind.PLAIN).clicked.connect(sheet.cancel)
        show = sheet.add_button(self.tr("Show the folder"), ButtonKind.OUTLINED)
        show.setObjectName("showModelFile")
        show.clicked.connect(lambda: open_folder(file.path.parent))
        sheet.open(show)

    def copy(self, model: Model) -> None:
        """Ask for a name, and copy a model."""
        ref, management = model.ref, self._services.library.management

        def work(wanted: NewModel, _sheet: NewModelSheet) -> Awaitable[ModelRef]:
            return management.copy(ref, wanted.name)

        self._ask(NewModelKind.COPY, ref.model_id, proposed_name(ref.model_id, "copy"), work)

    def create_variant(self, model: Model) -> None:
        """Ask for instructions and settings, and create a variant of a model with them."""
        ref, management = model.ref, self._services.library.management

        def work(wanted: NewModel, sheet: NewModelSheet) -> Awaitable[ModelRef]:
            return management.create_from_model(
                ref, wanted.name, wanted.system, wanted.as_options(), sheet.show_progress
            )

        self._ask(NewModelKind.VARIANT, ref.model_id, proposed_name(ref.model_id, "mine"), work)

    def choose_file(self, server_id: str) -> None:
        """Ask for a GGUF file, and create a model from it on a server."""
        dialog = ask_for_models(self._window, self._folders, folders=False)
        dialog.filesSelected.connect(lambda paths: self.create_from_file_dialog(server_id, Path(paths[0])))

    def create_from_file_dialog(self, server_id: str, path: Path) -> None:
        """Ask for a name, and create a model from a file on a server."""
        self._folders = [path]
        management = self._services.library.management

        def work(wanted: NewModel, sheet: NewModelSheet) -> Awaitable[ModelRef]:
            return management.create_from_file(server_id, wanted.name, path, sheet.show_progress)

        self._ask(NewModelKind.FILE, path.name, proposed_name(path.name, ""), work)

    def _undo_deletions(self, refs: Sequence[ModelRef]) -> None:
        management, models = self._services.library.management, self._services.models
        late = [ref for ref in refs if not management.undo_deletion(ref) and models.find(ref) is None]
        if late:
            text = self.tr("{model} has already been deleted from the server. You can download it again.")
            names = QLocale().createSeparatedList([self._name(ref) for ref in late])
            self.notified.emit(text.format(model=names), "", None)

    def _ask(
        self,
        kind: NewModelKind,
        source: str,
        name: str,
        work: Callable[[NewModel, NewModelSheet], Awaitable[ModelRef]],
    ) -> None:
        sheet = NewModelSheet(self._appearance, self._window, kind, plain_line(source), name)
        sheet.wanted.connect(lambda wanted: self._make(sheet, work(wanted, sheet)))
        sheet.open_form()

    def _make(self, sheet: NewModelSheet, work: Awaitable[ModelRef]) -> None:
        task = self._tasks.start(self._run_and_report(sheet, work), "make a model")
        sheet.dismissed.connect(task.cancel)

    async def _run_and_report(self, sheet: NewModelSheet, work: Awaitable[ModelRef]) -> None:
        try:
            ref = await work
        except ChatdeskError as error:
            sheet.show_failure(sentence_and_consequence(describe_error(error)))
            return
        sheet.leave()
        self.notified.emit(self.tr("{model} is ready.").format(model=self._name(ref)), "", None)
        self.model_created.emit(ref)

    async def _load(self, model: Model, seconds: int) -> None:
        name = self._name(model.ref)
        self.notified.emit(self.tr("Loading {model}…").format(model=name), "", None)
        await self._services.library.management.load(model.ref, seconds)
        self.notified.emit(self.tr("{model} is loaded.").format(model=name), "", None)

    def _name(self, ref: ModelRef) -> str:
        return model_name(self._services.models, self._services.preferences, ref)

    def _keep_text(self, seconds: int) -> str:
        locale = self._window.locale()
        if seconds == FOR_EVER:
            return self.tr("Indefinitely")
        if seconds < _HOUR:
            return self.tr("{count} minutes").format(count=locale.toString(seconds // _MINUTE))
        return self.tr("{count} hours").format(count=locale.toString(seconds // _HOUR))

    def _on_deletion(self, deletion: ModelDeleted) -> None:
        name = self._name(deletion.ref)
        if deletion.in_trash:
            text, details = self.tr("{model} is in the trash."), self.tr("Its space is free once you empty the trash.")
        else:
            text, details = self.tr("{model} is deleted."), ""
        self.notified.emit(text.format(model=name), details, None)

    def _on_failure(self, failure: DeletionFailed) -> None:
        self.notified.emit(sentence_and_consequence(describe_error(failure.error)), "", None)
