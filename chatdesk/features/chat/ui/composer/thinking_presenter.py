"""Connects the composer's reasoning button with the model's choices and saves what the user chooses.

Precedence: the preset of the chat, the choice for the chat, the last choice for its model in a chat or on the models
page.
"""

from PySide6.QtCore import QObject, Signal

from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.chat.ui.chat_addons import ChatPreset
from chatdesk.features.chat.ui.chat_memory import CurrentChat
from chatdesk.features.chat.ui.composer.composer import Composer
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.chat.stream_events import ThinkingChanged
from chatdesk.kernel.models.thinking import NOTHING, ThinkingChoices
from chatdesk.kernel.settings.declarations import THINKING_OF_MODELS
from chatdesk.kernel.settings.store import SettingChanged
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.thinking_texts import thinking_word


class ThinkingPresenter(QObject):
    """Handles the thinking choice. `show` updates it for the current chat and model. `changed` is emitted after each update."""

    changed = Signal()

    def __init__(
        self,
        composer: Composer,
        services: ChatServices,
        models: ModelPresenter,
        presets: ChatPreset,
        tasks: Tasks,
        open_chat: CurrentChat,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._composer = composer
        self._services = services
        self._models = models
        self._presets = presets
        self._tasks = tasks
        self._open = open_chat
        self._notified: set[tuple[str, ThinkingChanged]] = set()
        composer.thinking_changed.connect(self.choose)
        models.chosen_changed.connect(self.show)
        presets.shown.connect(self.show)
        self.destroyed.connect(services.settings.changes.subscribe(self._on_setting))

    @property
    def thinking(self) -> Thinking:
        """The thinking choice for the next question."""
        preset = self._presets.preset
        return preset.thinking if preset and preset.thinking is not Thinking.AUTO else self.own

    @property
    def own(self) -> Thinking:
        """The user's own choice, regardless of the preset."""
        conversation = self._services.conversations.find(self._open.conversation_id)
        if conversation and conversation.thinking is not None:
            return conversation.thinking
        model = self._models.chosen
        return self._services.reasoning.remembered(model.ref) if model else Thinking.AUTO

    @property
    def choices(self) -> ThinkingChoices:
        """The thinking choices of the current model."""
        model = self._models.chosen
        return self._services.reasoning.choices(model) if model else NOTHING

    @property
    def offered(self) -> tuple[Thinking, ...]:
        """The choices available to the user; empty if the model has none."""
        choices = self.choices
        return () if choices.always or not choices.choices else (Thinking.AUTO, *choices.choices)

    def choose(self, value: str) -> None:
        """Apply the user's choice to the chat, and to its model unless the preset decides."""
        thinking = Thinking(value)
        is_presets = self._presets.apply_thinking(thinking)
        if self._open.conversation_id and (not is_presets or thinking is Thinking.AUTO):
            saving = self._services.conversations.set_thinking(self._open.conversation_id, thinking)
            self._tasks.start(saving, "save thinking choice")
        if self._models.chosen and not is_presets:
            self._services.reasoning.remember(self._models.chosen.ref, thinking)
        self._composer.show_thinking(self.choices, thinking)
        self.changed.emit()

    def show(self) -> None:
        """Show the current choice."""
        self._composer.show_thinking(self.choices, self.thinking)
        self.changed.emit()

    def _on_setting(self, change: SettingChanged) -> None:
        if change.key == THINKING_OF_MODELS.key:
            self.show()

    def notified(self, conversation_id: str, change: ThinkingChanged) -> str:
        """Return the message that a server did not accept a thinking choice; empty if it was shown in that chat before."""
        if (conversation_id, change) in self._notified:
            return ""
        self._notified.add((conversation_id, change))
        requested = thinking_word(change.wanted)
        if change.used is Thinking.AUTO:
            return self.tr("The server does not accept a reasoning setting for this model, so none was sent")
        return self.tr("The server does not support the reasoning setting “{wanted}”, so “{used}” was sent").format(
            wanted=requested, used=thinking_word(change.used)
        )
