"""What a chat asks of the features that add to its page. Presets and applications implement it; a chat knows neither."""

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
"""An application, and what was filled in for it."""


class ChatAddon(Protocol):
    """Something on the page of a chat that follows the chat being shown."""

    def show(self) -> None:
        """Show what belongs to the chat that is shown now."""

    def close(self) -> None:
        """Keep what is filled in, and let go of the services."""


class ChatPreset(ChatAddon, Protocol):
    """The preset of the chat being shown."""

    library_requested: SignalInstance
    """With the key of a preset to show there; empty for none."""
    translation_requested: SignalInstance
    """The key of a preset for translating."""
    shown: SignalInstance
    """Another one may hold now."""

    @property
    def preset(self) -> AppliedPreset | None:
        """The preset as it is filled in now; None without one."""

    def applied(self, key: str) -> AppliedPreset | None:
        """Return the preset with this key, filled in as last time; without a key that of the chat."""

    def use(self, key: str) -> None:
        """Use a preset from now on."""

    def open_popup(self, typed: str = "") -> None:
        """Let the user choose a preset; `typed` is searched for."""

    def save_chat(self, conversation_id: str = "") -> None:
        """Save a chat as a preset, by default the one being shown."""

    def refresh(self) -> None:
        """Show the library as it is now."""

    def take_thinking(self, thinking: Thinking) -> bool:
        """Have the preset ask for this thinking if it asks for any; return whether it does."""

    def keep(self) -> None:
        """Save what is filled in."""

    def note_sent(self, conversation_id: str) -> None:
        """Count a use: a question was sent."""

    def forget_new(self) -> None:
        """Drop the preset of the new chat: it has become a chat that keeps its own."""


class ChatApplication(ChatAddon, Protocol):
    """The application that answers the chat being shown, with its form."""

    notified: SignalInstance
    """A sentence for the user, and details."""

    def inputs(self) -> Inputs | None:
        """Return what is sent along with the first question; None if nothing is."""

    async def keep(self, conversation_id: str, model: Model, inputs: Inputs | None) -> None:
        """Keep with a chat what its first question was sent with."""


MakeAddons = Callable[["ChatView", "ModelPresenter", Tasks, CurrentChat, QObject], tuple[ChatPreset, ChatApplication]]
