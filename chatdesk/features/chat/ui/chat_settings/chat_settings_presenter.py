"""Connects the chat settings with the services: instructions, parameters, and the memory state of the model."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.services.chat_changes import ChatChange, MessageChanged
from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.chat.ui.chat_page import ChatPage
from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
from chatdesk.features.chat.ui.chat_settings.chat_settings_panel import ChatSettingsPanel
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.features.chat.ui.side_panel_frame import Pane, SidePane
from chatdesk.features.models.domain.creativity import temperatures
from chatdesk.features.models.domain.parameter_state import ChatSettings, Inherited, Origin
from chatdesk.features.models.ui.picker.model_texts import memory_text
from chatdesk.features.servers.ui.server_texts import server_name
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.instructions import AnswerLength
from chatdesk.kernel.models.model_rules import rule_for
from chatdesk.kernel.models.parameters import PARAMETER_NAMES, Parameters
from chatdesk.kernel.settings.declarations import CHAT_SETTINGS_ADVANCED, INSTRUCTIONS
from chatdesk.kernel.settings.store import SettingChanged
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.chat_settings.instructions_presenter import InstructionsPresenter

SaveFolderInstructions = Callable[[str, str], Awaitable[None]]
"""Saves the instructions of a folder, given its id."""

_REFRESH_INTERVAL = 15_000
"""Milliseconds between updates of the time a model stays in memory, while the panel is visible."""


class ChatSettingsPresenter(QObject):
    """Handles the chat settings, which are created when first shown.

    A new chat's settings are kept with the page.
    """

    speed_requested = Signal()
    """Emitted to measure the speed of the current model."""

    def __init__(
        self,
        page: ChatPage,
        services: ChatServices,
        models: ModelPresenter,
        chat: ChatPresenter,
        save_folder: SaveFolderInstructions,
        tasks: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._services = services
        self._models = models
        self._chat = chat
        self._save_folder = save_folder
        self._tasks = tasks
        self._instructions: InstructionsPresenter | None = None
        self._panel = panel = ChatSettingsPanel(page.appearance)
        panel.set_advanced_open(is_open=services.settings.get(CHAT_SETTINGS_ADVANCED))
        panel.instructions_changed.connect(lambda text: self._change(lambda chat: replace(chat, instructions=text)))
        panel.parameter_changed.connect(self._change_parameter)
        panel.length_chosen.connect(self._choose_length)
        panel.thinking_chosen.connect(self._choose_thinking)
        panel.preset_requested.connect(chat.presets.open_popup)
        panel.save_as_preset_requested.connect(chat.presets.save_instructions)
        panel.instructions_requested.connect(self.show_instructions)
        panel.advanced_toggled.connect(lambda is_open: services.settings.set(CHAT_SETTINGS_ADVANCED, is_open))
        panel.reset.connect(lambda: self._change(lambda chat: replace(chat, parameters=Parameters())))
        panel.unload_requested.connect(self._unload)
        panel.speed_requested.connect(self.speed_requested)
        page.side_panel.pane_changed.connect(self._pane_changed)
        chat.leaving.connect(self._flush)
        chat.sending.connect(self._flush)
        chat.opened.connect(self.show)
        chat.opened.connect(panel.forget_history)
        chat.presets.shown.connect(self.show)
        chat.thinking.changed.connect(self.show)
        models.chosen_changed.connect(self.show)
        models.groups_changed.connect(self.show)
        self._timer = QTimer(self, interval=_REFRESH_INTERVAL)
        self._timer.timeout.connect(self._refresh_memory)
        self._end_listening = (
            services.conversations.changes.subscribe(lambda _change: self.show()),
            services.preferences.changes.subscribe(lambda _change: self.show()),
            services.settings.changes.subscribe(self._on_setting),
            services.chat.changes.subscribe(self._on_chat),
        )
        panel.show_settings(self._settings())

    def place(self, parent: QWidget) -> Pane:
        """Return the panel as a child of its frame."""
        self._panel.setParent(parent)
        return self._panel

    def close(self) -> None:
        """Unsubscribe from all changes and save pending input."""
        self._timer.stop()
        self._flush()
        for end in self._end_listening:
            end()

    def show(self) -> None:
        """Show the settings of the current chat, if they are visible."""
        if self._page.side_panel.pane == SidePane.SETTINGS:
            self._panel.show_settings(self._settings())

    def show_instructions(self, answer_id: str = "") -> None:
        """Show the instructions for the model, or those that were sent for an answer."""
        if self._instructions is None:
            from chatdesk.features.chat.ui.chat_settings.instructions_presenter import (  # noqa: PLC0415 - start-up time
                InstructionsPresenter,
            )

            self._instructions = InstructionsPresenter(
                self._page, self._services, self._models, self._chat, self._save_folder, self._tasks, self
            )
        self._panel.flush()
        self._instructions.show(answer_id)

    def _flush(self) -> None:
        self._panel.flush()
        if self._instructions:
            self._instructions.flush()

    def _pane_changed(self, pane: str) -> None:
        if pane:
            self.show()
            self._refresh_memory()
            self._timer.start()
        else:
            self._timer.stop()

    def _on_setting(self, change: SettingChanged) -> None:
        if change.key == INSTRUCTIONS.key:
            self.show()

    def _on_chat(self, change: ChatChange) -> None:
        """Update the memory state after an answer, which may have loaded the model or extended its time."""
        if isinstance(change, MessageChanged) and self._timer.isActive():
            self._refresh_memory()

    def _settings(self) -> ChatSettings:
        model, chat, preset = self._models.chosen, self._chat.conversation, self._chat.presets.preset
        settings = ChatSettings(
            chat.parameters,
            preset=preset.name if preset else "",
            instructions=chat.instructions,
            answer_length=chat.answer_length,
        )
        if model is None:
            return settings
        server = self._services.servers.find(model.ref.server_id)
        rule = rule_for(self._services.instruction_resolver.rules, model.ref.model_id)
        limit = self._services.servers.vendor_of(server).max_temperature if server else None
        return replace(
            settings,
            inherited=self._inherited(),
            known=self._services.models.known_parameters(model.ref),
            server=server_name(server) if server else "",
            model=model.name,
            memory=memory_text(model),
            can_unload=model.load is not None,
            temperatures=temperatures(rule, limit),
            thinking=self._chat.thinking.thinking,
            thinking_choices=self._chat.thinking.offered,
            all_instructions=self._chat.instructions_for(model.ref).sent,
        )

    def _inherited(self) -> dict[str, Inherited]:
        """Return the inherited values in the order of `instruction_resolver.py`, and last the context size determined here."""
        model, preset = self._models.chosen, self._chat.presets.preset
        if model is None:
            return {}
        preferred = self._services.preferences.of(model.ref).parameters
        advised = rule_for(self._services.instruction_resolver.rules, model.ref.model_id).parameters
        found: dict[str, Inherited] = {}
        for name in PARAMETER_NAMES:
            if preset and getattr(preset.parameters, name) is not None:
                found[name] = Inherited(getattr(preset.parameters, name), Origin.PRESET)
            elif getattr(preferred, name) is not None:
                found[name] = Inherited(getattr(preferred, name), Origin.MODEL)
            elif getattr(advised, name) is not None:
                found[name] = Inherited(getattr(advised, name), Origin.MAKERS)
        if "num_ctx" not in found and (
            asked := self._services.contexts.budget_of(model.ref, Parameters()).requested_length
        ):
            found["num_ctx"] = Inherited(asked, Origin.CHOSEN_HERE)
        return found

    def _change(self, change: Callable[[Conversation], Conversation]) -> None:
        self._chat.change_settings(change)
        self.show()

    def _change_parameter(self, name: str, value: object) -> None:
        self._change(lambda chat: replace(chat, parameters=replace(chat.parameters, **{name: value})))  # type: ignore[arg-type]

    def _choose_length(self, key: str) -> None:
        length = AnswerLength(key) if key in set(AnswerLength) else AnswerLength.DEFAULT
        self._change(lambda chat: replace(chat, answer_length=length))

    def _choose_thinking(self, choice: str) -> None:
        self._chat.thinking.choose(choice)
        self.show()

    def _unload(self) -> None:
        if model := self._models.chosen:
            self._tasks.start(self._services.models.unload(model.ref), "unload model")

    def _refresh_memory(self) -> None:
        if model := self._models.chosen:
            self._tasks.start(
                self._services.models.refresh_loaded_models(model.ref.server_id), "refresh models in memory"
            )
