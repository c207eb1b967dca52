"""The built-in engine among what runs the models: its state, and below it, folded, its options, its files and its log."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.models.services.model_services import ModelServices
from chatdesk.features.models.ui.engine.engine_log_card import EngineLogCard
from chatdesk.features.models.ui.engine.engine_offer import EngineOffer
from chatdesk.features.models.ui.engine.engine_state_card import EngineStateCard
from chatdesk.features.models.ui.engine.engine_texts import (
    caution_text,
    details_text,
    machine_text,
    tokens_text,
    unusable_file_text,
)
from chatdesk.features.models.ui.engine.model_dialog import ask_for_models
from chatdesk.features.models.ui.engine.model_files_card import FileTexts, ModelFilesCard
from chatdesk.features.servers.services.models import ModelsChanged
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.kernel.context.context_size import CONTEXTS
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.models.model_file import ModelFile
from chatdesk.kernel.settings.declarations import (
    ENGINE_CONTEXT,
    ENGINE_DELETE_TO_TRASH,
    ENGINE_FIND_MODELS,
    ENGINE_GPU_LAYERS,
    ENGINE_IDLE_MINUTES,
    ENGINE_READ_AHEAD,
    ENGINE_THREADS,
    Setting,
)
from chatdesk.kernel.settings.store import SettingChanged
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.forms.settings_card import ListControl, SettingsCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind

_TICK = 1000  # ms
_MINUTES = (1, 5, 10, 30, 60, -1)
_LAYERS = (-1, 0, 8, 16, 24, 32, 48, 64, 96)
_SEARCH_SETTINGS = frozenset({ENGINE_FIND_MODELS.key, ENGINE_CONTEXT.key})
"""Settings that change the set of models, or their context length."""


class EngineCard(Translated, QWidget):
    """The card. `save` asks where to save a text, with a proposed name. The cards below it are created when it is first unfolded."""

    unfolded = Signal()
    """The cards below became visible."""

    def __init__(
        self,
        appearance: Appearance,
        services: ModelServices,
        tasks: Tasks,
        save: Callable[[str, str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("engineCard")
        self._appearance = appearance
        self._services = services
        self._built_in = services.built_in
        self._programs = services.built_in.programs.get()
        self._tasks = tasks
        self._save = save
        self._has_graphics = False
        self._get_machine_text: Callable[[], str] = str
        self._has_requested_facts = False
        self._state = EngineStateCard(appearance, self)
        self._offer = EngineOffer(appearance, self._built_in, tasks, self._state)
        self._state.offers.addWidget(self._offer)
        self._state.unload_requested.connect(lambda: tasks.start(self._unload(), "unload the model"))
        self._state.unfold_toggled.connect(self._on_unfolded)
        self._below: QWidget | None = None
        self._files: ModelFilesCard | None = None
        self._layers: QWidget | None = None
        self._other_program: Button | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._state)
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self._show_status)
        self.destroyed.connect(services.models.changes.subscribe(self._on_models))
        self.destroyed.connect(services.settings.changes.subscribe(self._on_setting))
        self.destroyed.connect(self._programs.changes.subscribe(lambda _change: self._show_machine()))
        appearance.bind(self._restyle)
        self._retranslate()

    def unfold(self) -> None:
        """Show the options, the files and the log."""
        self._state.set_unfolded(unfolded=True)

    def focus(self) -> None:
        """Focus the button that unfolds the card."""
        self._state.focus()

    def _on_unfolded(self, unfolded: bool) -> None:
        if self._below is None:
            self._below = self._make_below()
            self._column.addWidget(self._below)
            self._show_files()
        self._below.setVisible(unfolded)
        if unfolded:
            self.unfolded.emit()

    def _make_below(self) -> QWidget:
        appearance, below = self._appearance, QWidget(self)
        files = self._files = ModelFilesCard(appearance, self._file_text, below)
        files.add_file_requested.connect(lambda: self._ask(folders=False))
        files.add_folder_requested.connect(lambda: self._ask(folders=True))
        files.search_requested.connect(self._start_search)
        files.remove_requested.connect(self._remove)
        choices = self._choices = SettingsCard(appearance, self._services.settings, below)
        choices.add(ENGINE_FIND_MODELS)
        self._add_number(ENGINE_CONTEXT, (0, *CONTEXTS), self._context_text)
        self._add_number(ENGINE_THREADS, range((os.cpu_count() or 1) + 1), self._threads_text)
        self._layers = self._add_number(ENGINE_GPU_LAYERS, _LAYERS, self._layers_text)
        self._show_machine()
        self._add_number(ENGINE_IDLE_MINUTES, _MINUTES, self._minutes_text)
        choices.add(ENGINE_READ_AHEAD)
        choices.add(ENGINE_DELETE_TO_TRASH)
        other = self._other_program = Button(appearance, "", ButtonKind.PLAIN, icon="terminal", small=True)
        other.setObjectName("otherProgram")
        other.clicked.connect(self._offer.choose)
        log = EngineLogCard(appearance, self._built_in.log_since, below)
        log.save_requested.connect(partial(self._save, self.tr("engine log") + ".txt"))
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(appearance.theme.length("m"))
        for card in (choices, files, log):
            column.addWidget(card)
        column.insertWidget(1, other, 0, Qt.AlignmentFlag.AlignLeading)
        self._retranslate()
        return below

    def _add_number(
        self, setting: Setting[int], numbers: "range | tuple[int, ...]", text: Callable[[int], str]
    ) -> QWidget:
        control = ListControl(self._appearance, setting, numbers, text, self)
        return self._choices.add_controls(control)

    def _file_text(self, file: ModelFile) -> FileTexts:
        if trouble := unusable_file_text(file):
            return FileTexts(trouble) if file.makes_vectors else FileTexts("", trouble)
        needed = self._built_in.memory_with(file)
        caution = caution_text(file, needed, self._built_in.machine_memory)
        return FileTexts(details_text(file, self._built_in.context_of(file), needed), caution=caution)

    def _ask(self, *, folders: bool) -> None:
        """Open a dialog for model files, or for a folder."""
        ask_for_models(self.window(), self._built_in.files.user_paths(), folders=folders).filesSelected.connect(
            self._add
        )

    def _add(self, paths: list[str]) -> None:
        self._built_in.files.add([Path(path) for path in paths])
        self._start_search()

    def _remove(self, path: Path) -> None:
        self._built_in.files.remove(path)
        self._start_search()

    def _start_search(self) -> None:
        self._tasks.start(self._search(), "look for models")

    async def _search(self) -> None:
        if self._files:
            self._files.set_searching(looking=True)
        try:
            server = self._services.servers.find(BUILT_IN_ID)
            if server and server.enabled:
                await self._services.models.refresh_server(server)
            else:
                await self._built_in.search()
        finally:
            if self._files:
                self._files.set_searching(looking=False)
            self._show_files()

    async def _unload(self) -> None:
        await self._built_in.unload()
        self._show_status()

    async def _load_facts(self) -> None:
        try:
            facts = await self._built_in.facts()
        except ChatdeskError as error:
            failure = error
            self._get_machine_text = lambda: describe_error(failure).sentence
        else:
            self._get_machine_text = lambda: machine_text(facts, self._built_in.machine_memory)
            self._has_graphics = any(device.is_graphics for device in facts.devices)
        self._show_machine()

    def _show_machine(self) -> None:
        """Show what the installed engine runs on, unless another program runs the models: that is described in its own part."""
        program = self._programs.in_use
        self._state.show_machine("" if program else self._get_machine_text())
        if self._layers:
            self._layers.setVisible(bool(program.device_names) if program else self._has_graphics)

    def _show_status(self) -> None:
        self._state.show_status(self._built_in.status())

    def _show_files(self) -> None:
        if self._files:
            self._files.show_found(self._built_in.files.found)

    def _on_models(self, change: ModelsChanged) -> None:
        if change.server_id == BUILT_IN_ID:
            self._show_files()

    def _on_setting(self, change: SettingChanged) -> None:
        if self._files:
            self._files.show_again()
        self._show_status()
        if change.key in _SEARCH_SETTINGS:
            self._start_search()

    def _context_text(self, tokens: int) -> str:
        return self.tr("{count} tokens").format(count=tokens_text(tokens)) if tokens else self.tr("Automatic")

    def _threads_text(self, threads: int) -> str:
        return str(threads) if threads else self.tr("Automatic")

    def _layers_text(self, layers: int) -> str:
        if layers < 0:
            return self.tr("As many as fit")
        return str(layers) if layers else self.tr("None")

    def _minutes_text(self, minutes: int) -> str:
        return self.tr("After %n minutes", "", minutes) if minutes > 0 else self.tr("Never")

    def _restyle(self) -> None:
        self._column.setSpacing(self._appearance.theme.length("m"))

    def _retranslate(self) -> None:
        if self._other_program:
            self._other_program.setText(self.tr("Run models with a llama-server of your own…"))
        self._show_machine()

    def showEvent(self, event: QShowEvent) -> None:
        """Poll the engine's state while visible; its devices are requested once."""
        super().showEvent(event)
        self._show_status()
        self._show_files()
        self._timer.start()
        self._offer.look()
        if not self._has_requested_facts:
            self._has_requested_facts = True
            self._tasks.start(self._load_facts(), "ask what the engine computes on")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
