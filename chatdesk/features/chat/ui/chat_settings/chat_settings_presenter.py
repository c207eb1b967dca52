"""Connects the chat settings panel with the services: the parameters of the current chat and the memory state of its model."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.services.chat_changes import ChatChange, MessageChanged
from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.chat.ui.chat_page import ChatPage
from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.features.models.domain.parameter_state import ChatSettings, Inherited, Origin
from chatdesk.features.models.ui.picker.model_texts import memory_text
from chatdesk.features.servers.ui.server_texts import server_name
from chatdesk.kernel.models.model_rules import rule_for
from chatdesk.kernel.models.parameters import PARAMETER_NAMES, Parameters
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.chat_settings.chat_settings_panel import ChatSettingsPanel

_REFRESH_INTERVAL = 15_000
"""Milliseconds between updates of the time a model stays in memory, while the panel is visible."""


class ChatSettingsPresenter(QObject):
    """Handles the chat settings panel, which is created when first shown.

    A new chat's parameters are kept with the page.
    """

    speed_requested = Signal()
    """Emitted to measure the speed of the current model."""

    def __init__(
        self,
        page: ChatPage,
        services: ChatServices,
        models: ModelPresenter,
        chat: ChatPresenter,
        tasks: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._services = services
        self._models = models
        self._chat = chat
        self._tasks = tasks
        self._panel: ChatSettingsPanel | None = None
        page.make_chat_settings = self._make
        page.settings_frame.opened_changed.connect(self._opened)
        chat.leaving.connect(self._flush)
        chat.opened.connect(self.show)
        models.chosen_changed.connect(self.show)
        models.groups_changed.connect(self.show)
        self._timer = QTimer(self, interval=_REFRESH_INTERVAL)
        self._timer.timeout.connect(self._refresh_memory)
        self._end_listening = (
            services.conversations.changes.subscribe(lambda _change: self.show()),
            services.preferences.changes.subscribe(lambda _change: self.show()),
            services.chat.changes.subscribe(self._on_chat),
        )

    def toggle(self) -> None:
        """Show and focus the panel, or hide it."""
        self._page.settings_frame.toggle()
        self._page.settings_frame.focus_outline()

    def close(self) -> None:
        """Unsubscribe from all changes and save pending input."""
        self._timer.stop()
        self._flush()
        for end in self._end_listening:
            end()

    def show(self) -> None:
        """Show the settings of the current chat."""
        if self._panel and self._page.settings_frame.is_open:
            self._panel.show_settings(self._settings())

    def _flush(self) -> None:
        if self._panel:
            self._panel.flush()

    def _make(self, parent: QWidget) -> QWidget:
        from chatdesk.features.chat.ui.chat_settings.chat_settings_panel import (  # noqa: PLC0415 - start-up time
            ChatSettingsPanel,
        )

        self._panel = ChatSettingsPanel(self._page.appearance, parent)
        self._panel.changed.connect(self._change)
        self._panel.reset.connect(self._reset)
        self._panel.unload_requested.connect(self._unload)
        self._panel.speed_requested.connect(self.speed_requested)
        self._panel.closed.connect(self._page.settings_frame.toggle)
        self._panel.show_settings(self._settings())
        return self._panel

    def _opened(self, is_open: bool) -> None:
        self.show()
        if is_open:
            self._refresh_memory()
            self._timer.start()
        else:
            self._timer.stop()

    def _on_chat(self, change: ChatChange) -> None:
        """Update the memory state after an answer, which may have loaded the model or extended its time."""
        if isinstance(change, MessageChanged) and self._timer.isActive():
            self._refresh_memory()

    def _settings(self) -> ChatSettings:
        model, own = self._models.chosen, self._chat.conversation.parameters
        preset = self._chat.presets.preset
        if model is None:
            return ChatSettings(own, preset=preset.name if preset else "")
        server = self._services.servers.find(model.ref.server_id)
        return ChatSettings(
            own,
            self._inherited(),
            self._services.models.known_parameters(model.ref),
            server_name(server) if server else "",
            model.name,
            preset.name if preset else "",
            memory_text(model),
            can_unload=model.load is not None,
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

    def _change(self, name: str, value: object) -> None:
        self._chat.change_settings(
            lambda chat: replace(chat, parameters=replace(chat.parameters, **{name: value}))  # type: ignore[arg-type]
        )
        self.show()

    def _reset(self) -> None:
        self._chat.change_settings(lambda chat: replace(chat, parameters=Parameters()))
        self.show()

    def _unload(self) -> None:
        if model := self._models.chosen:
            self._tasks.start(self._services.models.unload(model.ref), "unload model")

    def _refresh_memory(self) -> None:
        if model := self._models.chosen:
            self._tasks.start(
                self._services.models.refresh_loaded_models(model.ref.server_id), "refresh models in memory"
            )
