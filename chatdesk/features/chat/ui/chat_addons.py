"""The interfaces of the features that extend a chat page; presets and applications implement them, and a chat knows neither."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, SignalInstance

from chatdesk.features.chat.ui.chat_memory import CurrentChat
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.chat_view import ChatView
    from chatdesk.features.chat.ui.model_presenter import ModelPresenter

Inputs = tuple[ModelRef, Mapping[str, str]]
"""An application and the values entered for it."""


class ChatAddon(Protocol):
    """An extension of a chat page that follows the chat being shown."""

    def show(self) -> None:
        """Update for the chat that is shown now."""

    def close(self) -> None:
        """Save what was entered and unsubscribe from the services."""


class ChatPreset(ChatAddon, Protocol):
    """The preset of the chat being shown."""

    library_requested: SignalInstance
    """Carries the key of a preset to show in the library; empty for none."""
    translation_requested: SignalInstance
    """Carries the key of a preset for translating."""
    saved: SignalInstance
    """Instructions were saved as a preset; carries its key and name."""
    page_requested: SignalInstance
    """Carries the name of the page of a tool."""
    shown: SignalInstance
    """The preset may have changed."""
    offers_tools: bool
    """Whether the list of presets contains the pages that work with presets."""

    @property
    def preset(self) -> AppliedPreset | None:
        """The preset with its current values; None without one."""

    @property
    def has_entered_values(self) -> bool:
        """Whether the user has entered values that using the preset again would not bring back."""

    @property
    def model(self) -> ModelRef | None:
        """The model of the chat; None if none is available."""

    def applied(self, key: str) -> AppliedPreset | None:
        """Return the preset with this key and its last values; without a key, that of the chat."""

    def use(self, key: str) -> None:
        """Use a preset from now on."""

    def open_popup(self, typed: str = "") -> None:
        """Open the list of presets, filtered by `typed`."""

    def save_chat(self, conversation_id: str = "") -> None:
        """Save a chat as a preset, by default the one being shown."""

    def save_instructions(self, text: str) -> None:
        """Save instructions as a preset of their own."""

    def refresh(self) -> None:
        """Show the current library."""

    def apply_thinking(self, thinking: Thinking) -> bool:
        """Set the thinking choice of the preset if it has one; return whether it does."""

    def save_values(self) -> None:
        """Save the entered values."""

    def note_sent(self, conversation_id: str) -> None:
        """Count a use of the preset: a question was sent."""

    def forget_new(self) -> None:
        """Remove the preset of the new chat: it has become a chat that stores its own."""


class ChatApplication(ChatAddon, Protocol):
    """The application that answers the chat being shown, with its form."""

    notified: SignalInstance
    """Carries a message for the user and its details."""

    def inputs(self) -> Inputs | None:
        """Return the values to send with the first question; None if there are none."""

    def move_new_inputs(self, conversation_id: str) -> None:
        """Move the values entered for the new chat to the draft it has become."""

    async def save_inputs(self, conversation_id: str, model: Model, inputs: Inputs | None) -> None:
        """Store the values that were sent with the first question of a chat."""


MakeAddons = Callable[["ChatView", "ModelPresenter", Tasks, CurrentChat, QObject], tuple[ChatPreset, ChatApplication]]
