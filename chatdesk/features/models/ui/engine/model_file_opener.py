"""Opens GGUF files by adding them to the built-in engine's models."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from chatdesk.features.models.services.model_services import ModelServices
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.tasks import Tasks


class ModelFileOpener(QObject):
    """Opener for `ask`, or `ask_for_picker` at the request of `picker`. `refuse` reports which file cannot be used, and why.

    `shown` returns an ID of the chat for which the model is chosen. Dialogs are modal to `window`.
    """

    def __init__(
        self,
        picker: ModelPicker,
        services: ModelServices,
        tasks: Tasks,
        refuse: Callable[[str, str], object],
        shown: Callable[[], object],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._picker = picker
        self._refuse = refuse
        self._shown = shown
        self._services = services
        self._tasks = tasks
        self._window = window

    def ask(self, added: Callable[[ModelRef], object]) -> None:
        """Ask for a file, and pass its model to `added`."""
        from chatdesk.features.models.ui.engine.model_dialog import (  # noqa: PLC0415 - start-up time: made when opened
            ask_for_models,
        )

        dialog = ask_for_models(self._window, self._services.built_in.files.user_paths(), folders=False)
        dialog.filesSelected.connect(
            lambda paths: self._tasks.start(self._open(Path(paths[0]), added), "open a model file")
        )

    def ask_for_picker(self) -> None:
        """Ask for a file, and let the picker choose its model."""
        self.ask(self._choose_for_current_chat())

    def open_for_picker(self, path: Path) -> None:
        """Open a file, and let the picker choose its model."""
        self._tasks.start(self._open(path, self._choose_for_current_chat()), "open a model file")

    def _choose_for_current_chat(self) -> Callable[[ModelRef], object]:
        here = self._shown()

        def choose(ref: ModelRef) -> None:
            if self._shown() == here:  # if another chat is displayed by now, it keeps its model
                self._picker.model_chosen.emit(ref)

        return choose

    async def _open(self, path: Path, added: Callable[[ModelRef], object]) -> None:
        from chatdesk.features.models.ui.engine.engine_texts import (  # noqa: PLC0415 - start-up time
            unusable_file_text,
        )

        files, server = self._services.built_in.files, self._services.servers.find(BUILT_IN_ID)
        files.add([path])
        if server is None:
            return
        if not server.enabled:
            server = replace(server, enabled=True)
            await self._services.servers.save(server)
        await self._services.models.refresh_server(server)
        file = await files.at(path)
        if file and file.can_be_loaded:
            added(ModelRef(server.id, file.id))
        else:
            why = unusable_file_text(file) if file else self.tr("The file was not found among the models.")
            title = self.tr("{name} was added.") if file and file.makes_vectors else self.tr("{name} cannot be used.")
            self._refuse(title.format(name=path.name), why)
